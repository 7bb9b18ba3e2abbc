"""Noses: a few strokes and a wedge of shadow."""

import numpy as np

from umair.demo.canvas.colours import hsv_shift, mix, rgb
from umair.demo.canvas.curves import bez, ellipse, shape, spline
from umair.demo.canvas.pen import Pen
from umair.demo.figure.view import View


def draw_nose(pen: Pen, view: View, x: float, y: float) -> None:
    """A nose whose tip is at (x, y), in the manner the character has."""
    line = mix(hsv_shift(view.skin, -0.02, 2.2, 0.50), rgb("#4a1c26"), 0.2)
    kind, k = view.char.nose, max(view.k, 0.3)
    if kind in ("point", "bridge"):
        tip = [(x - 0.004, y - 0.018), (x - 0.016 * k, y + 0.002), (x + 0.010, y + 0.010)]
        pen.stroke(spline(tip, 6), 0.0085, 0.2, 0.5, 0.7, line)
    elif kind == "dot":
        pen.fill("line", ellipse(x + 0.002, y + 0.004, 0.0075, 0.0055, n=14), line, 0.9)
    elif kind == "line":
        under = [(x - 0.026, y + 0.004), (x - 0.004, y + 0.014), (x + 0.024, y + 0.006)]
        pen.stroke(spline(under, 6), 0.008, 0.1, 0.1, 0.5, line)
    if kind == "bridge":
        side = -view.light if view.k < 0.3 else 1
        bridge = bez(
            (x + side * 0.050, y - 0.190),
            (x + side * 0.030, y - 0.14),
            (x + side * 0.014, y - 0.09),
            (x, y - 0.045),
            14,
        )
        pen.stroke(bridge, 0.0065, 0, 0.3, 0.6, line, 0.75)
        pen.shade(shape(bridge, np.array([(x + side * 0.03, y - 0.02), (x + side * 0.05, y - 0.09)])), 0.6)
    light = view.light
    wedge = [(x + 0.006, y + 0.008), (x - light * 0.035 + 0.01, y + 0.012), (x - light * 0.02 + 0.006, y - 0.025)]
    pen.shade(shape(spline(wedge, 5, closed=True)), 0.75)
    pen.high(ellipse(x - 0.006, y - 0.022, 0.008, 0.012), 0.9)
