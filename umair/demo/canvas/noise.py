"""Seeded noise and the two small filters everything else is built from."""

import math

import cv2
import numpy as np
from numpy.typing import NDArray

cv2.setNumThreads(1)  # bytes must not depend on the number of cores


def fbm(shape: tuple[int, int], scale: float, seed: int, octaves: int = 4, gain: float = 0.5) -> NDArray[np.float32]:
    """Value noise 0..1 of the given (h, w): random grids enlarged, the first by `scale` pixels a cell."""
    h, w = shape
    rng = np.random.default_rng(seed)
    out = np.zeros(shape, np.float32)
    amplitude, total = 1.0, 0.0
    for _ in range(octaves):
        gh, gw = max(2, math.ceil(h / scale) + 3), max(2, math.ceil(w / scale) + 3)
        grid = rng.random((gh, gw), dtype=np.float32)
        size = (int(gw * scale) + 1, int(gh * scale) + 1)
        big = cv2.resize(grid, size, interpolation=cv2.INTER_CUBIC)
        o = int(scale)
        out += amplitude * big[o : o + h, o : o + w]
        total += amplitude
        amplitude *= gain
        scale = max(1.0, scale / 2)
    out /= total
    return np.clip(out, 0, 1)


def blur(a: NDArray[np.float32], s: float) -> NDArray[np.float32]:
    """Gaussian blur with sigma s pixels; s below .05 leaves the array as it is."""
    return np.asarray(cv2.GaussianBlur(a, (0, 0), max(0.01, s)), np.float32) if s > 0.05 else a


def smooth(a: NDArray[np.floating], lo: float, hi: float) -> NDArray[np.floating]:
    """Smoothstep: 0 below lo, 1 above hi."""
    t = np.clip((a - lo) / (hi - lo + 1e-9), 0, 1)
    return t * t * (3 - 2 * t)
