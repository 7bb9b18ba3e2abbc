"""Hooded sweater with a printed moon, strings and a hood behind the neck."""

import math

from umair.demo.canvas.colours import hsv_shift, mix
from umair.demo.canvas.curves import ellipse, ribbon, shape, spline
from umair.demo.canvas.pen import Pen
from umair.demo.figure.arms import Sleeve, arms
from umair.demo.figure.marks import arc, cast, fold, sided
from umair.demo.figure.outfits.outfit import Outfit
from umair.demo.figure.torso import body_shadow, torso_path
from umair.demo.figure.view import View

_BREADTH = 1.06


def sleeve(view: View) -> Sleeve:
    return Sleeve(view.cloth[1] if view.char.two_tone else view.cloth[0], _BREADTH, 0.06)


def hood(pen: Pen, view: View) -> None:
    edge = [(-0.55, 1.42), (-0.56, 1.15), (-0.38, 0.92), (0, 0.86), (0.40, 0.92), (0.60, 1.15), (0.58, 1.42)]
    pen.part(shape(spline(edge, 8)), hsv_shift(view.cloth[0], 0, 1.05, 0.85), "cloth", line=0.011, round_=0.1)
    pen.shade(ellipse(0, 1.16, 0.40, 0.26))
    pen.ao(ellipse(0, 1.14, 0.30, 0.20), 0.8, blur=0.04)


def hoodie(pen: Pen, view: View) -> None:
    color = view.cloth[0]
    trunk = pen.part(torso_path(_BREADTH, neck_w=0.2), color, "cloth", round_=0.18)
    body_shadow(pen, view)
    fold(pen, (0.42, 1.80), (0.12, 1.98), 0.05, 0.08)
    fold(pen, (-0.42, 1.78), (-0.10, 2.02), -0.05, -0.08)
    fold(pen, (0.44, 2.25), (0.08, 2.34), 0.05, 0.08)
    fold(pen, (-0.42, 2.30), (-0.02, 2.46), -0.05, -0.07)
    pen.outline(trunk, 0.0105)
    if view.char.logo:
        _moon(pen, view)
    arms(pen, view, sleeve(view))
    shirt = shape(spline([(-0.20, 1.18), (0, 1.46), (0.20, 1.18)], 8))
    pen.part(shirt, mix(color, (1, 1, 1), 0.75), "cloth")
    pen.shade(ellipse(0, 1.2, 0.2, 0.13))
    pen.outline(shirt, 0.008)
    for side in (-1, 1):
        _rim(pen, view, side)
    for side in (-1, 1):
        _string(pen, view, side)
    pocket = spline([(-0.34, 2.62), (0.34, 2.62), (0.42, 3.2), (-0.42, 3.2)], 2)
    pen.part(shape(pocket), hsv_shift(color, 0, 1, 0.97), "cloth", line=0.009)


def _moon(pen: Pen, view: View) -> None:
    color, _, print_ = view.cloth
    pen.paint(ellipse(0, 2.05, 0.17, 0.17), print_)
    pen.paint(ellipse(0.05, 2.02, 0.14, 0.14), color)
    for i in range(5):
        a = i * 2 * math.pi / 5 - 0.3
        pen.paint(ellipse(0.06 + 0.055 * math.cos(a), 2.02 + 0.055 * math.sin(a), 0.022, 0.022), print_)


def _rim(pen: Pen, view: View, side: int) -> None:
    """Half of the hood's opening, lying on the shoulder."""
    out = [(0.15, 1.06), (0.30, 1.10), (0.50, 1.26), (0.46, 1.44), (0.24, 1.58), (0.02, 1.63)]
    inn = [(0.0, 1.50), (0.12, 1.36), (0.175, 1.20), (0.15, 1.06)]
    outline = shape(spline(sided(side, out), 8), spline(sided(side, inn), 8))
    cast(pen, outline, 0.012, 0.035)
    pen.part(outline, view.cloth[0], "cloth", line=0.0115, round_=0.06)
    roll = [(0.15, 1.06), (0.175, 1.20), (0.12, 1.36), (0.0, 1.50), (0.10, 1.50), (0.22, 1.34), (0.25, 1.16)]
    pen.shade(shape(spline(sided(side, roll), 8)))
    if not view.lit(side):
        pen.shade(shape(spline(sided(side, [(0.50, 1.2), (0.40, 1.36), (0.2, 1.52), (0, 1.65), (0.6, 1.6)]), 6)))
    fold(pen, (side * 0.24, 1.15), (side * 0.36, 1.40), 0.03 * side, -0.1 * side)


def _string(pen: Pen, view: View, side: int) -> None:
    color = view.cloth[2]
    string = arc(side, [(0.085, 1.55), (0.10, 1.72), (0.07, 1.85), (0.10, 2.02 + 0.06 * side)], 16)
    pen.part(ribbon(string, 0.017), color, "cloth", line=0.006)
    tip = ellipse(string[-1][0], string[-1][1] + 0.02, 0.022, 0.034)
    pen.part(tip, mix(color, (0, 0, 0), 0.2), "metal", line=0.006)


HOODIE = Outfit(draw=hoodie, behind=hood, sleeve=sleeve)
