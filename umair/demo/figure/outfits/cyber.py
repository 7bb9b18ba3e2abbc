"""Night-city jacket: plates, standing collar, glowing seams."""

import numpy as np

from umair.demo.canvas.colours import hsv_shift, mix
from umair.demo.canvas.curves import ribbon, shape, spline
from umair.demo.canvas.pen import Pen
from umair.demo.figure.arms import Sleeve, arms
from umair.demo.figure.marks import cast, sided
from umair.demo.figure.outfits.outfit import Outfit
from umair.demo.figure.torso import body_shadow, torso_path
from umair.demo.figure.view import View

_BREADTH = 1.08


def sleeve(view: View) -> Sleeve:
    return Sleeve(view.cloth[0], _BREADTH, 0.05)


def back_collar(pen: Pen, view: View) -> None:
    edge = [(-0.40, 1.35), (-0.36, 1.02), (-0.22, 0.92), (0.26, 0.92), (0.40, 1.02), (0.44, 1.35)]
    color = hsv_shift(view.cloth[0], 0, 1, 0.75)
    pen.shade(pen.part(shape(spline(edge, 8)), color, "cloth", line=0.011))


def cyber(pen: Pen, view: View) -> None:
    base, plate, glow = view.cloth
    trunk = pen.part(torso_path(_BREADTH, neck_w=0.2), base, "cloth", round_=0.16)
    body_shadow(pen, view)
    pen.outline(trunk, 0.0105)
    for side in (-1, 1):
        edge = sided(side, [(0.10, 1.5), (0.34, 1.46), (0.46, 1.72), (0.40, 2.0), (0.10, 2.1)])
        pen.paint(shape(spline(edge, 4)), plate)
        pen.stroke(spline(edge, 6), 0.008, 0.6, 0.6, 0.5)
        pen.glow(ribbon(sided(side, [(0.14, 1.86), (0.34, 1.78)]), 0.012), glow, clip=True)
    pen.stroke(np.array([(0.0, 1.3), (0, 3.4)]), 0.012, 1, 1, 0.5)
    pen.glow(ribbon(np.array([(0, 1.62), (0, 3.4)]), 0.008), glow, 0.9, clip=True)
    arms(pen, view, sleeve(view))
    for side in (-1,) if view.arm_raised else (-1, 1):
        if side not in view.arms_later:
            _arm_plates(pen, view, side)
    for side in (-1, 1):
        _standing_collar(pen, view, side)


def _arm_plates(pen: Pen, view: View, side: int) -> None:
    base, plate, glow = view.cloth
    seam = spline(sided(side, [(0.56, 1.39), (0.645, 1.52), (0.695, 1.78), (0.715, 2.2), (0.71, 3.3)]), 8)
    pen.part(ribbon(seam, 0.045), plate, "cloth", line=0.008)
    pen.glow(ribbon(seam, 0.011), glow, clip=True)
    pad = [(0.40, 1.30), (0.56, 1.35), (0.68, 1.46), (0.66, 1.56), (0.50, 1.50), (0.38, 1.40)]
    pen.part(shape(spline(sided(side, pad), 8)), mix(base, plate, 0.5), "metal", line=0.010)
    shine = [(0.44, 1.325), (0.56, 1.37), (0.63, 1.44), (0.54, 1.40)]
    pen.high(shape(spline(sided(side, shine), 5)), 0.8)


def _standing_collar(pen: Pen, view: View, side: int) -> None:
    base, plate, glow = view.cloth
    out = [(0.37, 0.98), (0.42, 1.16), (0.40, 1.34), (0.22, 1.52), (0.0, 1.60)]
    inn = [(0.0, 1.36), (0.10, 1.28), (0.22, 1.14), (0.27, 0.96)]
    outline = shape(spline(sided(side, out), 8), spline(sided(side, inn), 8))
    cast(pen, outline, 0, 0.035)
    pen.part(outline, mix(base, plate, 0.25), "cloth", line=0.0115, round_=0.05)
    if view.lit(side):
        roll = [*inn, (0.31, 1.1), (0.2, 1.33), (0, 1.46)]
        pen.shade(shape(spline(sided(side, roll), 8)))
    else:
        pen.shade(outline, 0.9)
    trim = [(0.335, 1.0), (0.375, 1.16), (0.355, 1.31), (0.20, 1.46), (0.03, 1.53)]
    pen.glow(ribbon(spline(sided(side, trim), 8), 0.010), glow, clip=True)


CYBER = Outfit(draw=cyber, behind=back_collar, sleeve=sleeve)
