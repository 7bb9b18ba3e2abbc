"""A tied bow, used on collars, hats and tails of hair."""

import numpy as np

from umair.demo.canvas.colours import Colour, hsv_shift
from umair.demo.canvas.curves import ellipse, shape, spline
from umair.demo.canvas.pen import Pen
from umair.demo.figure.marks import sided


def ribbon_bow(
    pen: Pen, x: float, y: float, s: float, color: Colour, light: int, rot: float = 0.0, tails: bool = True
) -> None:
    """A bow of half width s with its knot at (x, y), turned by rot radians."""
    pen.push(x, y, s, s, rot=rot)
    if tails:
        for side in (-1, 1):
            outer = spline(sided(side, [(0, 0), (0.35, 0.6), (0.75, 1.35)]), 6)
            inner = spline(np.array([(side * 0.12, 0.9), (0, 0.1)]), 6)
            pen.part(shape(outer, sided(side, [(0.42, 1.30), (0.28, 1.5)]), inner), color, "cloth", line=0.06)
            pen.shade(shape(sided(side, [(0, 0), (0.3, 0.5), (0.42, 1.3), (0.28, 1.5), (0, 0.2)])))
    for side in (-1, 1):
        loop = [(0, -0.08), (0.45, -0.52), (1.0, -0.58), (1.08, -0.05), (0.98, 0.42), (0.45, 0.36), (0, 0.10)]
        pen.part(shape(spline(sided(side, loop), 8)), color, "cloth", line=0.07)
        under = [(0, 0.1), (0.4, 0.02), (0.75, 0.20), (0.98, 0.42), (0.45, 0.40)]
        pen.shade(shape(spline(sided(side, under), 6)))
        pen.stroke(spline(sided(side, [(0.12, 0.0), (0.4, -0.12), (0.66, -0.16)]), 8), 0.05, 0.9, 0, 0.1)
        pen.stroke(spline(sided(side, [(0.12, 0.06), (0.4, 0.12), (0.55, 0.2)]), 8), 0.045, 0.9, 0, 0.1)
        shine = [(0.5, -0.42), (0.85, -0.44), (0.93, -0.2), (0.75, -0.36)]
        pen.high(shape(spline(sided(side, shine), 6)), 0.8)
    pen.part(ellipse(0, 0, 0.19, 0.22), hsv_shift(color, 0, 1, 0.95), "cloth", line=0.06)
    pen.shade(ellipse(-0.05 * light, 0.1, 0.17, 0.14))
    pen.pop()
