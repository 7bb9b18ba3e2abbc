"""Small things in the hair: flowers, pins, a bow."""

import math

import numpy as np

from umair.demo.canvas.colours import rgb
from umair.demo.canvas.curves import ellipse, ribbon
from umair.demo.canvas.pen import Pen
from umair.demo.figure.bow import ribbon_bow
from umair.demo.figure.face_shape import Features
from umair.demo.figure.view import View


def flower(pen: Pen, view: View, where: Features) -> None:
    """Three flowers over the near ear."""
    _flowers(pen, view, 1)


def flower_behind(pen: Pen, view: View) -> None:
    _flowers(pen, view, -1)


def _flowers(pen: Pen, view: View, side: int) -> None:
    for dx, dy, s in ((0.0, 0.0, 0.115), (0.10, 0.08, 0.075), (-0.06, 0.11, 0.06)):
        x, y = side * (0.37 + 0.04 * view.k + dx), 0.24 + dy
        for j in range(5):
            a = 0.3 + j * 2 * math.pi / 5
            c, n = math.cos(a), math.sin(a)
            petal = ellipse(x + s * 0.60 * c, y + s * 0.60 * n, s * 0.55, s * 0.42, rot=a)
            pen.part(petal, view.accent, "prop", line=0.008)
            pen.shade(ellipse(x + s * 0.2 * c, y + s * 0.2 * n, s * 0.4, s * 0.3, rot=a), 0.8)
        pen.part(ellipse(x, y, s * 0.26, s * 0.26), rgb("#ffe08a"), "prop", line=0.007)


def hairpin(pen: Pen, view: View, where: Features) -> None:
    """Two slides on the far side of the fringe."""
    for j in (0, 1):
        pin = np.array([(-0.34 + 0.03 * j, 0.36 + 0.07 * j), (-0.24 + 0.03 * j, 0.33 + 0.07 * j)])
        pen.part(ribbon(pin, 0.015), view.accent, "metal", line=0.008)


def hair_bow(pen: Pen, view: View, where: Features) -> None:
    """A bow on the near side of the crown."""
    ribbon_bow(pen, 0.34 + 0.05 * view.k, 0.06, 0.17, view.accent, view.light, rot=0.45)


def hair_bow_behind(pen: Pen, view: View) -> None:
    ribbon_bow(pen, -0.34, 0.06, 0.17, view.accent, view.light, rot=-0.45)
