"""Leaves: masses of them on trees, single ones in the air."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from umair.demo.canvas.colours import mix
from umair.demo.canvas.curves import Points, ellipse, spline
from umair.demo.setting.backdrop import Backdrop


def foliage(
    ground: Backdrop,
    cx: float,
    cy: float,
    w: float,
    h: float,
    cols: Sequence[ArrayLike],
    n: int = 260,
    size: float = 0.03,
    seed: int = 0,
    flat: float = 0.75,
) -> None:
    """A mass of leaves round (cx, cy): many small strokes, dark first, light last and towards the light."""
    rng = np.random.default_rng(seed)
    for k, color in enumerate(cols):
        t = k / max(1, len(cols) - 1)
        for j in range(int(n * (1 - 0.25 * t))):
            angle = rng.uniform(0, 2 * math.pi)
            q = math.sqrt(rng.random()) * (1 - 0.22 * t)
            x = cx + w * 0.5 * q * math.cos(angle) + ground.lx * w * 0.10 * t
            y = cy + h * 0.5 * q * math.sin(angle) - h * 0.13 * t
            s = size * rng.uniform(0.5, 1.1) * (1 - 0.35 * t)
            leaf = ellipse(x, y, s, s * flat * rng.uniform(0.4, 0.8), n=9, rot=rng.uniform(-0.9, 0.9))
            shade = mix(color, cols[min(k + 1, len(cols) - 1)], rng.random() * 0.5)
            ground.area(leaf, shade, erase=(k == 0 and j % 2 == 0))


def leaf(s: float) -> Points:
    """The outline of a leaf of half length s, pointed at both ends."""
    return np.vstack([spline([(-s, 0), (0, -s * 0.42), (s, 0)], 6), spline([(s, 0), (0, s * 0.42), (-s, 0)], 6)])
