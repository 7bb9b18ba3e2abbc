"""Hands: few shapes, drawn from the wrist (0, 0) to the fingertips at y = -1; the thumb is on the +x side."""

from typing import Literal

import numpy as np
import skia

from umair.demo.canvas.curves import ellipse, moved, path, ribbon, shape, spline
from umair.demo.canvas.pen import Pen
from umair.demo.figure.dome import union
from umair.demo.figure.view import View

Grip = Literal["open", "flat", "peace", "curled"]
Finger = tuple[tuple[float, float], tuple[float, float]]  # knuckle, tip

_PALM = [(-0.15, 0.10), (-0.20, -0.18), (-0.25, -0.42), (-0.22, -0.54), (0.0, -0.60), (0.22, -0.53)]
_PALM += [(0.26, -0.38), (0.20, -0.14), (0.15, 0.10)]
_FINGERS: dict[Grip, tuple[Finger, ...]] = {
    "open": (
        ((-0.20, -0.46), (-0.37, -0.80)),
        ((-0.09, -0.52), (-0.14, -0.97)),
        ((0.045, -0.53), (0.07, -1.0)),
        ((0.175, -0.48), (0.27, -0.91)),
        ((0.17, -0.20), (0.47, -0.46)),
    ),
    "flat": (
        ((-0.18, -0.46), (-0.185, -0.80)),
        ((-0.075, -0.52), (-0.075, -0.95)),
        ((0.04, -0.53), (0.04, -0.99)),
        ((0.155, -0.48), (0.15, -0.91)),
        ((0.17, -0.20), (0.36, -0.47)),
    ),
    "peace": (((-0.05, -0.50), (-0.15, -1.0)), ((0.13, -0.50), (0.27, -0.99))),
    "curled": (),
}
_BENT: dict[Grip, tuple[Finger, ...]] = {  # knuckles that lie on the palm, seen from the front
    "peace": (((-0.20, -0.50), (-0.17, -0.30)), ((-0.09, -0.52), (-0.065, -0.31)), ((0.20, -0.16), (-0.02, -0.33))),
    "curled": (
        ((-0.19, -0.50), (-0.20, -0.26)),
        ((-0.07, -0.56), (-0.08, -0.27)),
        ((0.055, -0.56), (0.04, -0.28)),
        ((0.175, -0.50), (0.16, -0.29)),
        ((0.25, -0.20), (0.19, -0.52)),
    ),
}
_THICK = 0.072


def draw_hand(pen: Pen, view: View, grip: Grip, size: float, cast: float = 0.05) -> None:
    """One hand in the present units, `size` of them from wrist to fingertip; it throws a shadow `cast` down."""
    pen.push(0, 0, size)
    outline = shape(spline(_PALM, 8))
    for knuckle, tip in _FINGERS[grip]:
        outline = union(outline, _finger(knuckle, tip))
    line = 0.0100 / size
    pen.shade(moved(outline, -0.03 * view.light, cast / size), 0.9, clip=None)
    hand = pen.part(outline, view.skin, "skin", round_=0.035)
    _shadow(pen, view, hand)
    pen.outline(hand, line, view.skin_line)
    for knuckle, tip in _BENT.get(grip, ()):
        finger = pen.part(_finger(knuckle, tip), view.skin, "skin", round_=0.02)
        _shadow(pen, view, finger, 0.05)
        pen.outline(finger, line * 0.85, view.skin_line)
    if grip in ("open", "flat"):
        crease = spline([(0.20, -0.36), (0.06, -0.30), (0.02, -0.12)], 8)
        pen.stroke(crease, line * 0.8, 0.2, 0, 0.4, view.skin_line, 0.7)
    pen.pop()


def _finger(knuckle: tuple[float, float], tip: tuple[float, float]) -> skia.Path:
    spine = np.linspace(knuckle, tip, 8)
    bone = path(ribbon(spine, np.linspace(_THICK, _THICK * 0.80, 8)))
    ends = union(path(ellipse(*tip, _THICK * 0.80, _THICK * 0.80, n=16)), path(ellipse(*knuckle, _THICK, _THICK, n=16)))
    return union(bone, ends)


def _shadow(pen: Pen, view: View, outline: skia.Path, depth: float = 0.09) -> None:
    lit = moved(outline, view.light * depth, -depth * 0.7)
    dark = skia.Op(outline, lit, skia.PathOp.kDifference_PathOp)
    if dark:
        pen.shade(dark)
