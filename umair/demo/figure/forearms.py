"""Both forearms before the chest: holding a prop, joined, or folded."""

import numpy as np
import skia

from umair.demo.canvas.colours import Colour, mix
from umair.demo.canvas.curves import Points, ellipse, normals, path, ribbon, shape, shifted, spline
from umair.demo.canvas.pen import Pen
from umair.demo.figure.arms import Sleeve
from umair.demo.figure.marks import arc, cast, fold, sided
from umair.demo.figure.model import Prop
from umair.demo.figure.props import draw_prop
from umair.demo.figure.view import View

BLACK = (0, 0, 0)


def arms_before_chest(pen: Pen, view: View, sleeve: Sleeve, prop: Prop, prop_color: Colour) -> None:
    """Both sleeves meet before the chest and hold a prop; only fingertips show, so no hand can break."""
    for side in (1, -1):
        _upper_arm(pen, view, sleeve, side)
    y = 1.93
    draw_prop(pen, prop, 0, y - 0.02, prop_color, view.light)
    for side in (1, -1):
        fingertips(pen, view, side, 0.075, y - 0.065)
        _forearm(pen, view, sleeve, side, y)


def joined_arms(pen: Pen, view: View, sleeve: Sleeve) -> None:
    """Both sleeves meet before the chest, fingers laced, nothing held."""
    for side in (1, -1):
        _upper_arm(pen, view, sleeve, side)
    y = 1.95
    pen.part(ellipse(0, y + 0.005, 0.105, 0.105), view.skin, "skin", line=0.0105, round_=0.04)
    pen.shade(ellipse(-view.light * 0.05, y + 0.07, 0.12, 0.09))
    for j in range(4):
        for side in (1, -1):
            row = y - 0.065 + j * 0.043 + (0.0215 if side < 0 else 0)
            finger = ellipse(side * 0.028, row, 0.052, 0.0235, rot=side * 0.20)
            pen.part(finger, view.skin, "skin", line=0.0085, round_=0.02)
            pen.shade(ellipse(side * 0.028, row + 0.017, 0.05, 0.012))
    for side in (1, -1):
        _forearm(pen, view, sleeve, side, y)


def folded_arms(pen: Pen, view: View, sleeve: Sleeve) -> None:
    """Arms folded: each forearm ends under the other upper arm, so no hand shows."""
    _folded_forearm(pen, view, sleeve, -1, 1.98)
    _upper_arm(pen, view, sleeve, 1)
    _folded_forearm(pen, view, sleeve, 1, 2.04)
    _upper_arm(pen, view, sleeve, -1)


def _folded_forearm(pen: Pen, view: View, sleeve: Sleeve, side: int, y: float) -> None:
    spine = arc(side, [(0.66, 2.19), (0.40, 2.16), (0.05, y + 0.06), (-0.52, y - 0.10)], 24)
    t = np.linspace(0, 1, 24)
    elbow = np.sqrt(np.clip(1 - (1 - np.clip(t / 0.14 + 0.12, 0, 1)) ** 2, 0, 1))
    w = np.linspace(0.160, 0.118, 24) * elbow
    sleeve_part(pen, view, spine, w, sleeve.color)
    for t0, t1 in ((2, 8), (4, 12), (8, 15)):
        fold(pen, shifted(spine[t0], 0, -0.10), shifted(spine[t1], 0, 0.06), 0.030 * side, 0.05 * side, 0.7)


def _upper_arm(pen: Pen, view: View, sleeve: Sleeve, side: int) -> None:
    bw, fat = sleeve.bw, sleeve.fat
    outer = [(0.40 * bw, 1.308), (0.545 * bw, 1.365), (0.655 * bw + fat * 0.4, 1.50), (0.725 * bw + fat, 1.80)]
    a = spline(sided(side, [*outer, (0.735 * bw + fat, 2.10), (0.66, 2.30)]), 8)
    b = spline(sided(side, [(0.44, 2.22), (0.47 * bw, 1.95), (0.44 * bw, 1.62)]), 8)
    pen.part(shape(a, b), sleeve.color, "cloth", round_=0.10)
    if not view.lit(side):
        pen.shade(shape(a[8:], sided(side, [(0.56, 2.2), (0.60, 1.8), (0.56, 1.55)])))
    pen.stroke(a[5:], 0.0125, 0.2, 0.8, 0.6)
    pen.stroke(b[:-4], 0.010, 0.8, 0, 0.3)
    fold(pen, (side * 0.46, 1.74), (side * 0.64, 1.62), 0.035 * -side, -0.1 * side)
    fold(pen, (side * 0.47, 1.86), (side * 0.68, 1.82), 0.04 * -side, -0.12 * side)


def fingertips(pen: Pen, view: View, side: int, x: float, y: float) -> None:
    """Four fingertips one below the other, lying on what is held."""
    for j in range(4):
        fx, fy = side * (x - 0.006 * abs(j - 1)), y + j * 0.043
        tip = ellipse(fx, fy, 0.062, 0.0245, rot=side * 0.15)
        pen.part(tip, view.skin, "skin", line=0.0085, round_=0.02)
        pen.shade(ellipse(fx, fy + 0.017, 0.06, 0.014))


def _forearm(pen: Pen, view: View, sleeve: Sleeve, side: int, y: float) -> None:
    spine = arc(side, [(0.70, 2.20), (0.55, 2.23), (0.34, 2.10), (0.155, y + 0.015)], 20)
    t = np.linspace(0, 1, 20)
    elbow = np.sqrt(np.clip(1 - (1 - np.clip(t / 0.16 + 0.12, 0, 1)) ** 2, 0, 1))
    w = np.linspace(0.150, 0.112, 20) * elbow
    sleeve_part(pen, view, spine, w, sleeve.color)
    for t0, t1 in ((1, 7), (3, 10), (15, 11)):
        fold(pen, shifted(spine[t0], 0, -0.10), shifted(spine[t1], 0, 0.06), 0.028 * side, 0.05 * side, 0.7)
    cuff(pen, spine, w, sleeve.color)


def sleeve_part(pen: Pen, view: View, spine: Points, w: Points, color: Colour) -> skia.Path:
    """A sleeve round a forearm's spine: its cast shadow, its underside in shade, its line."""
    outline = path(ribbon(spine, w))
    cast(pen, outline, -0.02 * view.light, 0.035, 0.9)
    pen.part(outline, color, "cloth", round_=0.09)
    n = normals(spine)
    down = np.sign(n[:, 1])
    low, middle = spine + n * (w * down)[:, None], spine + n * (w * down * 0.30)[:, None]
    pen.shade(path(np.vstack([low, middle[::-1]])))
    pen.outline(outline, 0.0115)
    return outline


def cuff(pen: Pen, spine: Points, w: Points, color: Colour) -> None:
    """The end of a sleeve."""
    end = spine[16:]
    pen.part(ribbon(end, w[16:] * 1.06), mix(color, BLACK, 0.10), "cloth", line=0.0105)
    pen.shade(ribbon(shifted(end, 0, 0.06), 0.06))
