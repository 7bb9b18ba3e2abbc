"""Summer dress: bare shoulders, straps, a necklace."""

import numpy as np

from umair.demo.canvas.colours import Colour, rgb
from umair.demo.canvas.curves import ellipse, path, ribbon, shape, shifted, spline
from umair.demo.canvas.pen import Pen
from umair.demo.figure.arms import Sleeve, arm_path
from umair.demo.figure.bow import ribbon_bow
from umair.demo.figure.marks import arc, fold, sided
from umair.demo.figure.outfits.outfit import Outfit
from umair.demo.figure.torso import body_shadow, bust_form, torso_path
from umair.demo.figure.view import View


def dress(pen: Pen, view: View) -> None:
    cloth, trim, _ = view.cloth
    pen.part(torso_path(0.93), view.skin, "skin", round_=0.14)
    body_shadow(pen, view)
    for side in (-1, 1):
        _shoulder(pen, view, side, view.skin_line)
    top = spline([(-0.40, 1.66), (-0.22, 1.70), (0, 1.78), (0.22, 1.70), (0.40, 1.66)], 8)
    right = [(0.455, 1.72), (0.46, 1.98), (0.36, 2.42), (0.62, 3.4)]
    left = [(-0.62, 3.4), (-0.36, 2.42), (-0.46, 1.98), (-0.455, 1.72)]
    pen.part(shape(top, spline(right, 6), spline(left, 6)), cloth, "cloth", line=0.0105, round_=0.16)
    body_shadow(pen, view)
    bust_form(pen, view)
    pen.paint(ribbon(shifted(top, 0, 0.035), 0.012), trim)
    for j in range(8):
        x = -0.30 + j * 0.086
        fold(pen, (x, 2.46), (x * 1.7, 3.3), 0.03, 0.03, 0.6)
    pen.paint(path([(-0.6, 2.36), (0.6, 2.36), (0.6, 2.46), (-0.6, 2.46)]), trim)
    for side in (-1, 1):
        strap = arc(side, [(0.30, 1.68), (0.31, 1.5), (0.30, 1.38), (0.285, 1.265)], 10)
        pen.part(ribbon(strap, 0.030), cloth, "cloth", line=0.008)
        for y in (1.40, 1.55):
            pen.stroke(sided(side, [(0.28, y), (0.325, y + 0.02)]), 0.006, 0.3, 0.3)
    ribbon_bow(pen, 0, 1.80, 0.11, view.accent, view.light)
    for side in (-1, 1):
        chain = arc(side, [(0.17, 1.17), (0.12, 1.36), (0.04, 1.42), (0, 1.44)], 10)
        pen.stroke(chain, 0.006, 1, 1, 0.5, rgb("#b08a3c"))
    pen.part(ellipse(0, 1.465, 0.024, 0.03), view.accent, "metal", line=0.006)


def _shoulder(pen: Pen, view: View, side: int, line: Colour) -> None:
    """Bare shoulder, collar bone and arm."""
    ridge = sided(side, [(0.165, 1.18), (0.285, 1.268), (0.48, 1.345), (0.545, 1.42)])
    pen.stroke(spline(ridge, 8), 0.011, 0.2, 0.6, 0.5, line)
    bone = arc(side, [(0.035, 1.285), (0.12, 1.275), (0.24, 1.275), (0.37, 1.335)], 12)
    pen.stroke(bone, 0.008, 0.5, 0, 0.2, line)
    hollow = sided(side, [(0.04, 1.29), (0.17, 1.295), (0.28, 1.30), (0.15, 1.325)])
    pen.shade(shape(spline(hollow, 5)), 0.7)
    pen.high(ellipse(side * 0.20, 1.262, 0.07, 0.010, rot=side * 0.08), 0.6)
    if side in view.arms_later:
        return
    outer, inner = arm_path(side, 0.90)
    pen.part(shape(outer, inner), view.skin, "skin", round_=0.07)
    depth = 0.05 if view.lit(side) else 0.13
    pen.shade(shape(inner, np.array(shifted(inner[::-1], side * depth, 0))))
    pen.stroke(outer[6:], 0.0115, 0.2, 0.8, 0.6, line)
    pen.stroke(inner[:-4], 0.010, 0.8, 0, 0.3, line)


def bare_arm(view: View) -> Sleeve:
    return Sleeve(view.skin, 0.92, bare=True)


DRESS = Outfit(draw=dress, gesture=bare_arm)
