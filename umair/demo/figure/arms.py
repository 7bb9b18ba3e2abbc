"""Sleeved arms: hanging out of the frame, or both forearms before the chest."""

from dataclasses import dataclass

import numpy as np

from umair.demo.canvas.colours import Colour
from umair.demo.canvas.curves import Points, normals, path, ribbon, shape, shifted, spline
from umair.demo.canvas.pen import Pen
from umair.demo.figure.marks import arc, fold, sided
from umair.demo.figure.view import View


@dataclass(frozen=True)
class Sleeve:
    """The cloth of an arm: its colour, the breadth of the shoulders it hangs from, how much it stands off.

    bare: there is none. drape: how far below the elbow a wide sleeve hangs.
    """

    color: Colour
    bw: float = 1.0
    fat: float = 0.0
    bare: bool = False
    drape: float = 0.0


def arm_path(side: int, bw: float = 1.0, fat: float = 0.0) -> tuple[Points, Points]:
    """Outer edge (shoulder down) and inner edge (up to the armpit) of an arm that hangs."""
    outer = [(0.40 * bw, 1.308), (0.545 * bw, 1.365), (0.650 * bw + fat * 0.3, 1.49), (0.700 * bw + fat, 1.78)]
    outer += [(0.735 * bw + fat, 2.2), (0.74 * bw + fat, 2.7), (0.72 * bw + fat, 3.4)]
    inner = [(0.50 * bw, 3.4), (0.52 * bw, 2.7), (0.515 * bw, 2.2), (0.475 * bw, 1.80), (0.44 * bw, 1.62)]
    return spline(sided(side, outer), 8), spline(sided(side, inner), 8)


def arms(pen: Pen, view: View, sleeve: Sleeve) -> None:
    """Both arms hanging; those that are drawn later, over everything, left out."""
    bw, fat = sleeve.bw, sleeve.fat
    for side in (1, -1):
        if side in view.arms_later:
            continue
        if side > 0 and view.arm_raised:
            raised_arm(pen, view, sleeve)
            continue
        outer, inner = arm_path(side, bw, fat)
        pen.part(shape(outer, inner), sleeve.color, "cloth", round_=0.10)
        if view.lit(side):
            pen.shade(shape(inner, shifted(inner[::-1], side * 0.055, 0)))
        else:
            inside = inner * 0.45 + outer[::-1][: len(inner)] * 0.55
            pen.shade(shape(outer[10:], inside[:-6]))
        pen.stroke(outer[5:], 0.0125, 0.2, 0.8, 0.6)
        pen.stroke(inner[:-4], 0.010, 0.8, 0, 0.3)
        seam = [(0.50 * bw, 1.352), (0.475 * bw, 1.45), (0.45 * bw, 1.55), (0.45 * bw, 1.66)]
        pen.stroke(arc(side, seam, 12), 0.007, 0.5, 0, 0.3, alpha=0.8)
        for a, b, w, bend in (  # folds radiate from the armpit and hang at the elbow
            ((0.46, 1.72), (0.62, 1.60), 0.035, -0.1),
            ((0.47, 1.80), (0.655, 1.78), 0.04, -0.12),
            ((0.50, 2.12), (0.69, 2.02), 0.04, 0.12),
            ((0.505, 2.22), (0.70, 2.24), 0.035, 0.15),
        ):
            start, end = (side * a[0] * bw, a[1]), (side * (b[0] * bw + fat), b[1])
            fold(pen, start, end, w * -side, bend * side)


def raised_arm(pen: Pen, view: View, sleeve: Sleeve) -> None:
    """The near arm up, its hand behind the head: drawn before the head, which hides it."""
    bw, fat = sleeve.bw, sleeve.fat
    fore = arc(1, [(0.99, 0.80), (0.92, 0.60), (0.66, 0.44), (0.26, 0.34)], 24)
    w = np.linspace(0.135, 0.100, 24) + 0.4 * fat
    outline = path(ribbon(fore, w))
    pen.part(outline, sleeve.color, "cloth", round_=0.09)
    down = np.sign(normals(fore)[:, 1:2])
    low, middle = fore + normals(fore) * down * w[:, None], fore + normals(fore) * down * w[:, None] * 0.1
    pen.shade(path(np.vstack([low, middle[::-1]])))
    pen.outline(outline, 0.0115)
    over = [(0.36 * bw, 1.295), (0.53 * bw, 1.285), (0.70, 1.13), (0.815, 0.93), (0.865, 0.76)]
    elbow = [(0.94, 0.675), (1.05 + fat, 0.685), (1.115 + fat, 0.80)]
    under = [(1.07 + fat, 1.00), (0.92 + fat, 1.31), (0.70 + fat, 1.62), (0.545 * bw, 1.83), (0.47 * bw, 1.84)]
    edge = spline([*over, *elbow, *under], 8)
    pen.part(shape(edge, [(0.40 * bw, 1.60)]), sleeve.color, "cloth", round_=0.10)
    shadow = [(1.10 + fat, 0.80), (0.98, 1.02), (0.80, 1.30), (0.60, 1.62), (0.50, 1.90), (0.8, 1.9), (1.3, 1.1)]
    pen.shade(shape(spline(shadow, 6)))
    pen.stroke(edge[6:-6], 0.0125, 0.1, 0.4, 0.5)
    for a, b, width, bend in (
        ((0.50, 1.74), (0.62, 1.42), 0.040, 0.10),
        ((0.56, 1.78), (0.76, 1.40), 0.036, 0.12),
        ((0.88, 0.78), (1.00, 0.90), 0.030, -0.12),
        ((0.87, 0.84), (0.96, 1.02), 0.028, -0.10),
    ):
        fold(pen, a, b, width, bend)
