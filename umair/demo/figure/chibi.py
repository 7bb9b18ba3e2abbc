"""Chibi: two and a half heads tall, the same head with larger eyes, mitten hands, stub legs."""

from dataclasses import replace

import numpy as np

from umair.demo.canvas.colours import rgb
from umair.demo.canvas.curves import ellipse, path, ribbon, shape, shifted, spline
from umair.demo.canvas.pen import Pen
from umair.demo.figure.back_hair import draw_back_hair
from umair.demo.figure.bow import ribbon_bow
from umair.demo.figure.head import draw_head
from umair.demo.figure.marks import fold, sided
from umair.demo.figure.model import Back, Character, Expression
from umair.demo.figure.view import View
from umair.demo.figure.worn.accessories import draw_accessories

_HAIR: dict[Back, float] = {
    **{"long": 1.40, "xlong": 1.60, "wavy": 1.40, "curls": 1.40, "mid": 1.25, "wolf": 1.20},
    **{"twin": 0.95, "pony": 0.95, "bob": 1.02, "short": 0.86, "bun": 0.95, "braid": 0.98},
}


def small(char: Character) -> Character:
    """The same person with the proportions of a chibi."""
    return replace(
        char,
        eye_open=1.12,
        lash_w=1.15,
        hair_len=_HAIR[char.back],
        tail_len=1.05,
        side="mid" if char.side in ("long", "xlong") else char.side,
    )


def chibi(pen: Pen, view: View, expr: Expression, roll: float) -> None:
    """The whole figure; view.char must be `small`. roll tilts the head, not the back hair."""
    draw_back_hair(pen, view)
    for side in (-1, 1):
        _leg(pen, view, side)
    _skirt(pen, view)
    _torso(pen, view)
    for side in (-1, 1):
        _arm(pen, view, side)
    _collar(pen, view)
    face = replace(view, k=view.k * 0.6, pitch=0.0)
    pen.push(rot=roll, pivot=(0, 1.05))
    draw_accessories(pen, face, draw_head(pen, face, expr))
    pen.pop()


def _leg(pen: Pen, view: View, side: int) -> None:
    inner = spline(sided(side, [(0.03, 1.58), (0.045, 1.85), (0.05, 1.98)]), 6)
    outer = spline(sided(side, [(0.19, 1.98), (0.20, 1.8), (0.22, 1.56)]), 6)
    pen.part(shape(inner, outer), view.skin, "skin", line=0.012, round_=0.05)
    pen.shade(path([(-1, 1.4), (1, 1.4), (1, 1.70), (-1, 1.70)]))
    sock_inner = spline(sided(side, [(0.035, 1.82), (0.04, 1.96)]), 4)
    sock_outer = spline(sided(side, [(0.20, 1.96), (0.20, 1.80)]), 4)
    pen.part(shape(sock_inner, sock_outer), rgb(view.char.sock), "cloth", line=0.011)
    shoe = sided(side, [(0.02, 1.95), (0.03, 2.06), (0.14, 2.08), (0.25, 2.05), (0.21, 1.95)])
    pen.part(path(spline(shoe, 6, closed=True)), rgb(view.char.shoe), "cloth", line=0.012)


def _skirt(pen: Pen, view: View) -> None:
    color = rgb(view.char.skirt) if view.char.skirt else view.cloth[1]
    outline = shape(
        spline([(-0.17, 1.36), (-0.28, 1.55), (-0.36, 1.68)], 6),
        spline([(-0.36, 1.68), (-0.18, 1.73), (0, 1.745), (0.18, 1.73), (0.36, 1.68)], 6),
        spline([(0.36, 1.68), (0.28, 1.55), (0.17, 1.36)], 6),
    )
    pen.part(outline, color, "cloth", line=0.013, round_=0.1)
    for j in range(5):
        x = -0.16 + 0.08 * j
        fold(pen, (x * 0.7, 1.42), (x * 1.9, 1.72), -0.028 * view.light, 0.03)


def _torso(pen: Pen, view: View) -> None:
    left = spline([(-0.10, 1.0), (-0.20, 1.08), (-0.21, 1.25), (-0.18, 1.42)], 6)
    right = spline([(0.18, 1.42), (0.21, 1.25), (0.20, 1.08), (0.10, 1.0)], 6)
    pen.part(shape(left, right), view.cloth[0], "cloth", line=0.013, round_=0.1)
    pen.shade(ellipse(0, 1.0, 0.26, 0.15))


def _arm(pen: Pen, view: View, side: int) -> None:
    up = view.char.chibi_arms == "cheer" and side == 1
    reach = [(0.15, 1.10), (0.30, 1.13), (0.40, 1.02)] if up else [(0.15, 1.10), (0.30, 1.16), (0.40, 1.30)]
    points = sided(side, reach)
    x, y = points[2]
    mitten = ellipse(x + side * 0.03, y + (-0.05 if up else 0.04), 0.062, 0.066)
    pen.part(mitten, view.skin, "skin", line=0.012, round_=0.03)
    arm = spline(points, 8)
    sleeve = ribbon(arm, np.linspace(0.075, 0.085, len(arm)))
    pen.part(sleeve, view.cloth[0], "cloth", line=0.013, round_=0.05)
    pen.shade(ribbon(shifted(arm, 0, 0.05), 0.03))


def _collar(pen: Pen, view: View) -> None:
    _, second, trim = view.cloth
    if view.char.outfit == "sailor":
        for side in (-1, 1):
            flap = sided(side, [(0.02, 1.0), (0.21, 1.04), (0.22, 1.12), (0, 1.26)])
            pen.part(shape(flap), second, "cloth", line=0.011)
            pen.paint(ribbon(sided(side, [(0.20, 1.10), (0.0, 1.225)]), 0.009), trim)
        ribbon_bow(pen, 0, 1.25, 0.11, view.accent, view.light)
        return
    for side in (-1, 1):
        flap = sided(side, [(0.0, 1.02), (0.15, 1.03), (0.16, 1.11), (0.02, 1.13)])
        pen.part(shape(flap), trim, "cloth", line=0.011)
    for y in (1.2, 1.3):
        pen.part(ellipse(0, y, 0.022, 0.022), trim, "metal", line=0.009)
