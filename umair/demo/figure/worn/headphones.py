"""Headphones with a glowing ring."""

import numpy as np

from umair.demo.canvas.colours import Colour, mix, rgb
from umair.demo.canvas.curves import ellipse, ribbon, shifted
from umair.demo.canvas.pen import Pen
from umair.demo.figure.dome import dome
from umair.demo.figure.face_shape import Features
from umair.demo.figure.view import View


def headphones(pen: Pen, view: View, where: Features) -> None:
    glow, color = view.cloth[2], _band(pen, view)
    for side in (1, -1):
        near = side > 0
        x = (0.445 + 0.05 * view.k) if near else (-0.435 + 0.03 * view.k)
        pen.part(ellipse(x, 0.56, 0.085 if near else 0.06, 0.135), color, "prop", line=0.011, round_=0.03)
        cup = ellipse(x + side * 0.022, 0.56, 0.058 if near else 0.038, 0.10)
        pen.part(cup, mix(color, glow, 0.25), "prop", line=0.008)
        ring = ellipse(x + side * 0.022, 0.56, 0.042 if near else 0.026, 0.078, n=30)
        pen.glow(ribbon(ring, 0.008), glow, 0.9, clip=True)
        pen.high(ellipse(x + side * 0.01 + view.light * 0.02, 0.50, 0.014, 0.03), 0.9)


def headphones_behind(pen: Pen, view: View) -> None:
    """The band, and the cups edge-on."""
    color = _band(pen, view)
    for side in (1, -1):
        pen.part(ellipse(side * 0.475, 0.56, 0.052, 0.135), color, "prop", line=0.011, round_=0.03)
        pen.glow(ribbon(np.array([(side * 0.515, 0.49), (side * 0.515, 0.63)]), 0.007), view.cloth[2], 0.9, clip=True)


def _band(pen: Pen, view: View) -> Colour:
    color = rgb(view.char.acc_c or "#2b2b38")
    band = shifted(dome(view.k)[18:-18], 0, -0.012)
    pen.part(ribbon(band, 0.032), color, "prop", line=0.010)
    pen.high(ribbon(shifted(band[10:40], 0, -0.008), 0.008), 0.8)
    pen.shade(ribbon(shifted(band, 0, 0.02), 0.014))
    return color
