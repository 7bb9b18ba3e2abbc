"""Marks that every part of a figure uses: mirrored points, cast shadows, folds."""

import math

import numpy as np
import skia
from numpy.typing import ArrayLike

from umair.demo.canvas.curves import Points, bez, moved, normals, path
from umair.demo.canvas.pen import Pen


def sided(side: int, pts: ArrayLike) -> Points:
    """Points given for the +x side, put on the side asked for (-1 or 1)."""
    return np.asarray(pts, np.float64) * (side, 1)


def arc(side: int, pts: ArrayLike, n: int) -> Points:
    """A Bezier curve of n samples, its four points given for the +x side."""
    a, b, c, d = sided(side, pts)
    return bez(a, b, c, d, n)


def cast(pen: Pen, outline: skia.Path, dx: float, dy: float, a: float = 1.0) -> None:
    """The shadow this outline throws on what has been drawn so far. Call it before drawing the part."""
    pen.shade(moved(outline, dx, dy), a, clip=None)


def fold(pen: Pen, p0: ArrayLike, p1: ArrayLike, w: float, bend: float = 0.0, line: float = 0.6) -> None:
    """A fold of cloth: a tapered wedge of shadow from a tension point, and a line on its first 70 %."""
    a, b = np.array(p0, float), np.array(p1, float)
    d = b - a
    n = np.array([-d[1], d[0]])
    c = bez(a, a + d * 0.35 + n * bend, a + d * 0.7 + n * bend, b, 18)
    width = w * np.sin(np.linspace(0, 1, 18) ** 0.7 * math.pi)
    pen.shade(path(np.vstack([c, (c + normals(c) * width[:, None])[::-1]])))
    if line:
        pen.stroke(c[:13], 0.008, 0.9, 0, 0.15, alpha=line)
