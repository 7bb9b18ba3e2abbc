"""Duffle coat with a plaid scarf that overlaps the jaw."""

import numpy as np

from umair.demo.canvas.colours import mix
from umair.demo.canvas.curves import bez, path, ribbon, shape, spline
from umair.demo.canvas.pen import Pen
from umair.demo.figure.arms import Sleeve, arms
from umair.demo.figure.marks import cast, fold
from umair.demo.figure.outfits.outfit import Outfit
from umair.demo.figure.torso import body_shadow, torso_path
from umair.demo.figure.view import View

_BREADTH = 1.08
_LOWER_WRAP = [
    *[(-0.36, 1.16), (-0.20, 1.38), (0.05, 1.49), (0.30, 1.40), (0.42, 1.17), (0.36, 1.04)],
    *[(0.20, 1.20), (0.02, 1.27), (-0.18, 1.20), (-0.31, 1.04)],
]
_UPPER_WRAP = [
    *[(-0.33, 1.02), (-0.22, 1.16), (0.0, 1.25), (0.24, 1.18), (0.36, 1.02), (0.26, 0.93)],
    *[(0.16, 1.03), (0.0, 1.09), (-0.15, 1.04), (-0.24, 0.93)],
]


def sleeve(view: View) -> Sleeve:
    return Sleeve(view.cloth[0], _BREADTH, 0.05)


def coat(pen: Pen, view: View) -> None:
    cloth = view.cloth[0]
    trunk = pen.part(torso_path(_BREADTH, neck_w=0.2), cloth, "cloth", round_=0.18)
    body_shadow(pen, view)
    pen.outline(trunk, 0.0105)
    pen.stroke(bez((0.02, 1.6), (0.04, 2), (0.04, 2.6), (0.03, 3.4), 10), 0.010, 0.8, 0.8)
    for y in (1.98, 2.28, 2.58):
        toggle = ribbon(np.array([(-0.06, y), (0.11, y)]), 0.022)
        pen.part(toggle, mix(cloth, (0, 0, 0), 0.35), "prop", line=0.008)
    fold(pen, (0.44, 1.84), (0.14, 2.05), 0.05, 0.08)
    fold(pen, (-0.44, 1.84), (-0.10, 2.08), -0.05, -0.08)
    fold(pen, (0.42, 2.3), (0.10, 2.42), 0.04, 0.07)
    arms(pen, view, sleeve(view))
    _scarf_end(pen, view)
    _wrap(pen, view, _LOWER_WRAP, upper=False)
    _wrap(pen, view, _UPPER_WRAP, upper=True)


def _plaid(pen: Pen, view: View) -> None:
    for j in range(9):
        line = np.array([(-0.7, 1.0 + j * 0.17), (0.7, 1.03 + j * 0.17)])
        pen.paint(ribbon(line, 0.020 if j % 2 else 0.009), view.cloth[2], 0.85)


def _scarf_end(pen: Pen, view: View) -> None:
    _, scarf, plaid = view.cloth
    right = spline([(0.10, 1.45), (0.28, 1.9), (0.30, 2.42)], 6)
    left = spline([(0.04, 1.9), (-0.10, 1.5)], 6)
    tail = shape(right, [(0.06, 2.45)], left)
    cast(pen, tail, -0.03 * view.light, 0.03)
    pen.part(tail, scarf, "cloth", line=0.0115)
    _plaid(pen, view)
    if view.light > 0:
        dark = [(0.10, 1.45), (0.06, 1.9), (0.10, 2.45), (-0.1, 2.5), (-0.1, 1.5)]
        pen.shade(shape(spline(dark, 6)))
    fold(pen, (0.12, 1.5), (0.2, 2.2), -0.035, 0.05)
    for j in range(8):
        x = 0.07 + j * 0.031
        thread = bez((x, 2.43), (x + 0.01, 2.5), (x - 0.01, 2.53), (x + 0.005, 2.58), 6)
        pen.part(ribbon(thread, np.linspace(0.013, 0.006, 6)), mix(scarf, plaid, 0.3), "cloth", line=0.005)


def _wrap(pen: Pen, view: View, edge: list[tuple[float, float]], upper: bool) -> None:
    outline = path(spline(edge, 8, closed=True))
    cast(pen, outline, 0, 0.045)
    pen.part(outline, view.cloth[1], "cloth", line=0.0115, round_=0.07)
    _plaid(pen, view)
    y = 1.42 - upper * 0.22
    under = [(-0.5, y - 0.10), (-0.2, y), (0.05, y + 0.05), (0.3, y - 0.02), (0.5, y - 0.2)]
    pen.shade(shape(spline([*under, (0.5, y + 0.3), (-0.5, y + 0.3)], 6)))
    drop = 0 if upper else 1
    for j in range(5):
        x = -0.24 + j * 0.125
        start = (x, 1.06 + 0.11 * drop - 0.3 * x * x)
        end = (x * 0.75 + 0.02, 1.28 + 0.1 * drop - 0.4 * x * x - upper * 0.08)
        fold(pen, start, end, 0.018, 0.05, 0.7)


COAT = Outfit(draw=coat, sleeve=sleeve)
