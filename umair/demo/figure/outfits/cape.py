"""Traveller's cape with a broad collar and a jewel."""

import numpy as np

from umair.demo.canvas.colours import mix
from umair.demo.canvas.curves import ellipse, ribbon, shape, shifted, spline
from umair.demo.canvas.pen import Pen
from umair.demo.figure.marks import cast, fold, sided
from umair.demo.figure.outfits.outfit import Outfit
from umair.demo.figure.view import View


def cape(pen: Pen, view: View) -> None:
    _, blouse, trim = view.cloth
    pen.part(shape([(-0.22, 1.16), (0.22, 1.16), (0.28, 3.4), (-0.28, 3.4)]), blouse, "cloth")
    pen.shade(ellipse(0, 1.2, 0.3, 0.22))
    pen.stroke(np.array([(0, 1.3), (0, 3.4)]), 0.008, 0.4, 0.4)
    for y in (1.55, 1.8, 2.05, 2.3):
        pen.part(ellipse(0.0, y, 0.024, 0.024), trim, "metal", line=0.007)
    for side in (1, -1):
        _half(pen, view, side)
    for side in (-1, 1):
        _collar(pen, view, side)
    pen.part(ellipse(0, 1.455, 0.085, 0.085), trim, "metal", line=0.010)
    pen.part(ellipse(0, 1.455, 0.055, 0.058), view.accent, "prop", line=0.007)
    pen.glow(ellipse(0.018 * view.light, 1.435, 0.016, 0.014), (1, 1, 1), clip=True)


def _half(pen: Pen, view: View, side: int) -> None:
    cloth, _, trim = view.cloth
    outer = [(0.14, 1.14), (0.36, 1.265), (0.62, 1.37), (0.78, 1.62), (0.88, 2.1), (1.0, 3.4)]
    a = spline(sided(side, outer), 8)
    b = spline(sided(side, [(0.16, 3.4), (0.12, 2.4), (0.04, 1.75), (0.0, 1.42)]), 8)
    pen.part(shape(a, b), cloth, "cloth", round_=0.2)
    if not view.lit(side):
        inside = spline(sided(side, [(0.62, 3.4), (0.50, 2.2), (0.42, 1.6), (0.2, 1.3)]), 6)
        pen.shade(shape(a[6:], inside))
    for j in range(5):
        t = j / 4
        start, end = (0.12 + 0.40 * t, 1.36 + 0.08 * t), (0.16 + 0.75 * t, 2.7 + 0.1 * t)
        fold(pen, sided(side, start), sided(side, end), -0.055 * side, 0.05 * side, 0.8)
    pen.paint(ribbon(shifted(b, side * 0.045, 0), 0.016), trim)
    pen.stroke(a[3:], 0.013, 0.2, 0.8, 0.6)
    pen.stroke(b, 0.0115, 0.8, 0.4, 0.3)


def _collar(pen: Pen, view: View, side: int) -> None:
    cloth, _, trim = view.cloth
    out = [(0.14, 1.06), (0.32, 1.14), (0.55, 1.34), (0.46, 1.52), (0.22, 1.60), (0.02, 1.50)]
    outline = shape(spline(sided(side, out), 8), spline(sided(side, [(0, 1.40), (0.10, 1.24), (0.14, 1.06)]), 6))
    cast(pen, outline, 0, 0.04)
    pen.part(outline, mix(cloth, trim, 0.12), "cloth", line=0.0115, round_=0.05)
    if not view.lit(side):
        dark = [(0.16, 1.2), (0.6, 1.2), (0.6, 1.7), (0.02, 1.6), (0.2, 1.4)]
        pen.shade(shape(spline(sided(side, dark), 6)))
    edge = [(0.30, 1.16), (0.515, 1.345), (0.435, 1.49), (0.22, 1.565), (0.04, 1.475)]
    pen.paint(ribbon(spline(sided(side, edge), 8), 0.010), trim)


CAPE = Outfit(draw=cape)
