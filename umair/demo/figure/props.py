"""What can be held before the chest."""

import math
from collections.abc import Callable

import numpy as np

from umair.demo.canvas.colours import Colour, mix, radial, rgb
from umair.demo.canvas.curves import ellipse, path, pressure, ribbon, shape, spline
from umair.demo.canvas.pen import Pen
from umair.demo.figure.marks import sided
from umair.demo.figure.model import Prop

WHITE = (1, 1, 1)


def draw_prop(pen: Pen, kind: Prop, x: float, y: float, color: Colour, light: int) -> None:
    """The prop with its middle at (x, y); nothing for ""."""
    if kind:
        pen.push(x, y)
        _PROPS[kind](pen, color, light)
        pen.pop()


def _mug(pen: Pen, color: Colour, light: int) -> None:
    left = spline([(-0.125, -0.15), (-0.12, 0.05), (-0.10, 0.15)], 6)
    right = spline([(0.10, 0.15), (0.12, 0.05), (0.125, -0.15)], 6)
    pen.part(shape(left, right), color, "prop", line=0.011, round_=0.06)
    pen.shade(path(sided(-light, [(0.04, -0.2), (0.2, -0.2), (0.2, 0.2), (0.04, 0.2)])))
    pen.high(ribbon(sided(light, [(0.085, -0.10), (0.08, 0.06)]), 0.010), 0.9)
    pen.part(ellipse(0, -0.15, 0.126, 0.034), mix(color, WHITE, 0.35), "prop", line=0.009)
    pen.part(ellipse(0, -0.146, 0.105, 0.025), rgb("#6a4230"), "prop")
    for dx in (-0.05, 0.03):
        steam = spline([(dx, -0.19), (dx + 0.03, -0.27), (dx - 0.02, -0.34), (dx + 0.02, -0.43)], 8)
        pen.glow(ribbon(steam, pressure(len(steam), 0.2, 0, 0.4) * 0.012), WHITE, 0.55, blur=0.008)


def _book(pen: Pen, color: Colour, light: int) -> None:
    for side in (-1, 1):
        cover = sided(side, [(0, -0.16), (0.27, -0.21), (0.28, 0.14), (0, 0.19)])
        pen.part(cover, color, "prop", line=0.011)
        if side * light < 0:
            pen.shade(cover, 0.9)
        frame = sided(side, [(0.03, -0.135), (0.24, -0.175), (0.25, 0.115), (0.03, 0.155)])
        pen.paint(ribbon(frame, 0.007), rgb("#e8c66a"))
    pen.stroke(np.array([(0, -0.16), (0, 0.19)]), 0.012, 1, 1)


def _lantern(pen: Pen, color: Colour, light: int) -> None:
    """A paper lantern, alight: it keeps its own colour."""
    pen.glow(ellipse(0, -0.06, 0.30, 0.30), rgb("#ffb45a"), 0.35, blur=0.10)
    shine = radial((0, -0.06), 0.18, [rgb("#fff6d0"), rgb("#ffc060"), rgb("#e8603a")])
    pen.part(ellipse(0, -0.06, 0.15, 0.18), rgb("#ffb050"), "prop", line=0.011, shader=shine)
    for j in range(-2, 3):
        half, y = 0.15 * math.sqrt(1 - (j / 3.2) ** 2), j * 0.055
        pen.stroke(spline([(-half, y - 0.06), (0, y - 0.05), (half, y - 0.06)], 6), 0.006, 1, 1)
    pen.part(path([(-0.08, -0.25), (0.08, -0.25), (0.08, -0.21), (-0.08, -0.21)]), rgb("#2a1a22"), "prop", line=0.008)


def _bouquet(pen: Pen, color: Colour, light: int) -> None:
    paper = [(-0.20, -0.16), (0.20, -0.16), (0.06, 0.26), (-0.06, 0.26)]
    pen.part(shape(paper), mix(color, WHITE, 0.75), "prop", line=0.011)
    pen.shade(shape([(0, -0.16), (-light * 0.2, -0.16), (-light * 0.06, 0.26), (0, 0.26)]))
    petals = (color, mix(color, WHITE, 0.5), rgb("#fff4e0"))
    for j in range(13):
        a, r = j * 2.4, 0.055 * math.sqrt(j)
        x, y = r * math.cos(a) * 1.15, -0.23 + r * math.sin(a) * 0.8
        if j % 4 == 3:
            pen.part(ellipse(x, y, 0.05, 0.022, rot=a), rgb("#5a9a5a"), "prop", line=0.007)
        for i in range(5):
            b = i * 1.257 + a
            petal = ellipse(x + 0.034 * math.cos(b), y + 0.034 * math.sin(b), 0.034, 0.026, rot=b)
            pen.part(petal, petals[j % 3], "prop", line=0.006)
        pen.part(ellipse(x, y, 0.018, 0.018), rgb("#ffd060"), "prop", line=0.005)


_PROPS: dict[Prop, Callable[[Pen, Colour, int], None]] = {
    "mug": _mug,
    "book": _book,
    "lantern": _lantern,
    "bouquet": _bouquet,
}
