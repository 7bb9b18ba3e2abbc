"""School blazer over shirt and tie."""

import numpy as np

from umair.demo.canvas.colours import mix, rgb
from umair.demo.canvas.curves import ellipse, ribbon, shape, spline
from umair.demo.canvas.pen import Pen
from umair.demo.figure.arms import Sleeve, arms
from umair.demo.figure.marks import cast, fold, sided
from umair.demo.figure.outfits.outfit import Outfit
from umair.demo.figure.torso import body_shadow, bust_form
from umair.demo.figure.view import View

GOLD = rgb("#d9b25c")


def _breadth(view: View) -> float:
    return 1 + 0.10 * view.char.slim


def sleeve(view: View) -> Sleeve:
    return Sleeve(view.cloth[0], _breadth(view))


def blazer(pen: Pen, view: View) -> None:
    _shirt(pen, view)
    if view.char.tie:
        _tie(pen, view)
    for side in (-1, 1):
        _shirt_collar(pen, view, side)
    for side in (-1, 1):
        _half(pen, view, side)
    arms(pen, view, sleeve(view))
    for side in (-1, 1):
        _lapel(pen, view, side)
    for y in (2.28, 2.58):
        pen.part(ellipse(0.055, y, 0.032, 0.034), GOLD, "metal", line=0.008)
        pen.high(ellipse(0.045, y - 0.01, 0.012, 0.012))
    if view.char.crest:
        _crest(pen, view)


def _shirt(pen: Pen, view: View) -> None:
    s = -view.light
    pen.part(shape([(-0.24, 1.18), (0.24, 1.18), (0.20, 2.4), (-0.20, 2.4)]), rgb("#f6f4f2"), "cloth")
    pen.shade(shape(spline([(-0.3, 1.1), (-0.2, 1.34), (s * 0.05, 1.42), (0.2, 1.36), (0.3, 1.1)], 6)))
    pen.shade(shape(sided(s, [(0.05, 1.4), (0.3, 1.4), (0.3, 2.5), (0.02, 2.5)])), 0.9)


def _tie(pen: Pen, view: View) -> None:
    color = view.cloth[2]
    blade = spline([(-0.045, 1.34), (0.045, 1.34), (0.085, 2.3), (0, 2.4), (-0.085, 2.3)], 5)
    pen.outline(pen.part(shape(blade), color, "cloth"), 0.009)
    for j in range(5):
        stripe = np.array([(-0.12, 1.56 + j * 0.19), (0.12, 1.45 + j * 0.19)])
        pen.paint(ribbon(stripe, 0.014), mix(color, (1, 1, 1), 0.5), 0.8)
    pen.shade(shape(sided(-view.light, [(0, 1.3), (0.1, 1.3), (0.1, 2.4), (0.01, 2.4)])))
    knot = shape([(-0.06, 1.285), (0.06, 1.285), (0.042, 1.385), (-0.042, 1.385)])
    pen.outline(pen.part(knot, color, "cloth"), 0.009)


def _shirt_collar(pen: Pen, view: View, side: int) -> None:
    outer = spline(sided(side, [(0.13, 1.115), (0.20, 1.20), (0.205, 1.36), (0.175, 1.45)]), 6)
    inner = spline(sided(side, [(0.05, 1.24), (0.11, 1.16)]), 4)
    pen.part(shape(outer, [(side * 0.02, 1.30)], inner), rgb("#fbfaf8"), "cloth", line=0.010)
    under = sided(side, [(0.02, 1.30), (0.11, 1.16), (0.13, 1.2), (0.10, 1.34)])
    pen.shade(shape(under), 0.4 if view.lit(side) else 0.9)


def _half(pen: Pen, view: View, side: int) -> None:
    bw = _breadth(view)
    outer = [(0.17, 1.17), (0.30 * bw, 1.270), (0.52 * bw, 1.345), (0.62 * bw, 1.46), (0.56 * bw, 1.75)]
    outer += [(0.51 * bw, 2.0), (0.42 * bw, 2.45), (0.46 * bw, 2.8), (0.58 * bw, 3.4)]
    inner = [(-0.02, 3.4), (0.0, 2.5), (0.02, 2.12), (0.10, 1.80), (0.19, 1.42), (0.17, 1.17)]
    edge = spline(sided(side, outer), 8)
    outline = shape(edge, spline(sided(side, inner), 8))
    cast(pen, outline, -0.015 * side, 0.02, 0.9)
    pen.part(outline, view.cloth[0], "cloth", round_=0.14)
    body_shadow(pen, view)
    if view.char.slim < 0.5:
        bust_form(pen, view)
    pen.outline(outline, 0.0105)
    pen.stroke(edge[2:24], 0.013, 0.2, 0.2, 0.5)
    fold(pen, (side * 0.40 * bw, 2.28), (side * 0.06, 2.20), 0.035 * side, 0.05 * side)
    fold(pen, (side * 0.40 * bw, 2.42), (side * 0.08, 2.40), 0.03 * side, 0.05 * side)


def _lapel(pen: Pen, view: View, side: int) -> None:
    outline = shape(
        spline(sided(side, [(0.165, 1.155), (0.25, 1.26), (0.335, 1.42)]), 6),
        sided(side, [(0.265, 1.475), (0.315, 1.53)]),
        spline(sided(side, [(0.315, 1.53), (0.20, 1.85), (0.02, 2.14)]), 6),
        spline(sided(side, [(0.10, 1.80), (0.185, 1.42), (0.165, 1.155)]), 6),
    )
    cast(pen, outline, 0.01 - 0.012 * view.light, 0.028)
    pen.part(outline, view.cloth[1], "cloth", line=0.0105)
    if view.lit(side):
        roll = [(0.10, 1.80), (0.185, 1.42), (0.165, 1.155), (0.215, 1.42), (0.15, 1.80)]
        pen.shade(shape(spline(sided(side, roll), 6)))
    else:
        pen.shade(outline, 0.9)


def _crest(pen: Pen, view: View) -> None:
    shield = spline([(-0.40, 1.78), (-0.27, 1.78), (-0.27, 1.88), (-0.335, 1.96), (-0.40, 1.88)], 5)
    pen.part(shape(shield), view.cloth[2], "cloth", line=0.007)
    pen.paint(ribbon(np.array([(-0.40, 1.83), (-0.27, 1.83)]), 0.012), rgb("#e8c66a"))
    pen.paint(ribbon(np.array([(-0.335, 1.77), (-0.335, 1.96)]), 0.010), rgb("#e8c66a"))


BLAZER = Outfit(draw=blazer, sleeve=sleeve)
