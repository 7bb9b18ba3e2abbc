"""The body seen from the back."""

import numpy as np

from umair.demo.canvas.curves import path, ribbon, shape, spline
from umair.demo.canvas.pen import Pen
from umair.demo.figure.arms import Sleeve, arms
from umair.demo.figure.marks import cast, fold
from umair.demo.figure.torso import body_shadow, neck, torso_path
from umair.demo.figure.view import View


def back_torso(pen: Pen, view: View) -> None:
    """Nape, back and sleeves in the main cloth; the sailor blouse keeps its square collar."""
    cloth = view.cloth[0]
    neck(pen, view)
    pen.shade(path([(-1, 0), (1, 0), (1, 3), (-1, 3)]), 0.8)
    trunk = pen.part(torso_path(neck_w=0.15, neck_y=1.13), cloth, "cloth", round_=0.18)
    body_shadow(pen, view)
    pen.outline(trunk, 0.0105)
    fold(pen, (-0.1, 1.7), (-0.35, 2.1), 0.04, 0.05)
    fold(pen, (0.1, 1.7), (0.34, 2.15), -0.04, -0.05)
    fold(pen, (0, 1.6), (0.02, 2.6), 0.03, 0.03)
    arms(pen, view, Sleeve(cloth))
    if view.char.outfit == "sailor":
        _square_collar(pen, view)


def _square_collar(pen: Pen, view: View) -> None:
    _, blue, trim = view.cloth
    neckline = spline([(-0.17, 1.10), (0, 1.14), (0.17, 1.10)], 6)
    right = spline([(0.34, 1.22), (0.56, 1.35), (0.52, 1.6), (0.47, 1.98)], 6)
    left = spline([(-0.52, 1.6), (-0.56, 1.35), (-0.34, 1.22)], 6)
    outline = shape(neckline, right, [(-0.47, 1.98)], left)
    cast(pen, outline, 0, 0.04)
    pen.part(outline, blue, "cloth", line=0.0115, round_=0.1)
    body_shadow(pen, view)
    for d in (0.04, 0.075):
        stripe = [(-0.50 + d * 0.8, 1.5), (-0.45 + d, 1.98 - d), (0.45 - d, 1.98 - d), (0.50 - d * 0.8, 1.5)]
        pen.paint(ribbon(np.array(stripe), 0.009), trim)
