"""A pointed hat whose tip bends over, with a star on its band."""

import math

from umair.demo.canvas.colours import rgb
from umair.demo.canvas.curves import path, shape, spline
from umair.demo.canvas.pen import Pen
from umair.demo.figure.face_shape import Features
from umair.demo.figure.marks import cast, fold, sided
from umair.demo.figure.view import View

_BRIM = [
    *[(-0.92, 0.22), (-0.55, 0.08), (0, 0.06), (0.55, 0.06)],
    *[(0.95, 0.16), (0.60, 0.28), (0, 0.30), (-0.55, 0.32)],
]


def witch_hat(pen: Pen, view: View, where: Features) -> None:
    witch_hat_behind(pen, view)
    radii = [0.032 if j % 2 else 0.075 for j in range(10)]
    star = [(r * math.sin(j * math.pi / 5), 0.17 - r * math.cos(j * math.pi / 5)) for j, r in enumerate(radii)]
    pen.part(star, rgb("#ffe08a"), "metal", line=0.009)


def witch_hat_behind(pen: Pen, view: View) -> None:
    """The hat without the star on its front."""
    color, _, trim = view.cloth
    s = -view.light
    brim = path(spline(_BRIM, 10, closed=True))
    cast(pen, brim, 0, 0.12)
    pen.part(brim, color, "cloth", line=0.013, round_=0.04)
    under = [(-0.9, 0.25), (-0.4, 0.22), (0, 0.22), (0.5, 0.2), (0.95, 0.18), (0.9, 0.5), (-0.9, 0.5)]
    pen.shade(shape(spline(under, 6)))
    cone = shape(
        spline([(-0.43, 0.17), (-0.36, -0.10), (-0.20, -0.42), (0.06, -0.70), (0.34, -0.78)], 8),
        spline([(0.42, -0.74), (0.24, -0.60), (0.30, -0.40), (0.40, -0.10), (0.46, 0.16)], 8),
        spline([(0.3, 0.22), (0, 0.245), (-0.3, 0.23)], 6),
    )
    pen.part(cone, color, "cloth", line=0.013, round_=0.15)
    dark = [(s * 0.10 + 0.1, -0.9), (s * 0.12 + 0.03, -0.4), (s * 0.16, 0.3), (s * 0.8, 0.3), (s * 0.8, -0.9)]
    pen.shade(shape(spline(dark, 6)))
    fold(pen, (0.24, -0.58), (-0.02, -0.46), 0.05, 0.1)
    fold(pen, (0.27, -0.44), (0.05, -0.30), 0.045, 0.1)
    fold(pen, (-0.2, -0.4), (0.0, -0.30), -0.03, 0.05)
    upper = spline([(-0.425, 0.06), (0, 0.145), (0.45, 0.05)], 8)
    lower = spline([(0.46, 0.15), (0, 0.245), (-0.43, 0.165)], 8)
    pen.part(shape(upper, lower), trim, "cloth", line=0.010)
    pen.shade(shape(sided(s, [(0.12, 0), (0.6, 0), (0.6, 0.3), (0.12, 0.3)])))
