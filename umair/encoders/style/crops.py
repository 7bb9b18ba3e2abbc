"""Which pixels of a picture the style network reads: squares of the whole drawing, and squares of its own grain.

The same picture always gives the same squares, in order of how much is in them.
"""

from __future__ import annotations

import cv2
import numpy as np

SIDE = 96  # pixels of a square
WHOLE, WHOLE_CROPS = 128, 2  # long side at which nearly all is seen, and squares of it
LONGEST, GRAIN_CROPS = 256, 2  # larger pictures are reduced, smaller ones keep their size; squares of it
STRIDE = 40  # pixels at most between two squares that are considered
EVERY = 3  # pixels skipped when the spread inside a square is judged
COUNTS = (WHOLE_CROPS, GRAIN_CROPS)


def views(rgb: np.ndarray) -> tuple[np.ndarray, ...]:
    """rgb (H, W, 3) uint8 -> for each view (1..n, 96, 96, 3) uint8: the whole drawing, then its grain."""
    whole = resized(rgb, WHOLE / max(rgb.shape[:2]))
    grain = resized(rgb, min(1.0, LONGEST / max(rgb.shape[:2])))
    return fullest(whole, WHOLE_CROPS), fullest(grain, GRAIN_CROPS)


def resized(rgb: np.ndarray, scale: float) -> np.ndarray:
    """The picture `scale` times as large, each side at least one pixel."""
    if scale == 1.0:
        return rgb
    size = (max(1, round(rgb.shape[1] * scale)), max(1, round(rgb.shape[0] * scale)))
    return cv2.resize(rgb, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)


def padded(rgb: np.ndarray, side: int = SIDE) -> np.ndarray:
    """At least side x side: a smaller picture stands in the middle, its rim carried outwards."""
    down, across = max(0, side - rgb.shape[0]), max(0, side - rgb.shape[1])
    if not down and not across:
        return rgb
    rim = ((down + 1) // 2, down // 2, (across + 1) // 2, across // 2)
    return cv2.copyMakeBorder(rgb, *rim, cv2.BORDER_REPLICATE)


def fullest(rgb: np.ndarray, count: int) -> np.ndarray:
    """Up to `count` squares (n, 96, 96, 3) of an even grid, those with the widest spread of values first."""
    ground = padded(rgb)
    thin = ground[::EVERY, ::EVERY].astype(np.float32)
    side, tops, lefts = SIDE // EVERY, _starts(ground.shape[0]), _starts(ground.shape[1])
    places = [(top, left) for top in tops for left in lefts]
    spread = [float(thin[t // EVERY :, u // EVERY :][:side, :side].std()) for t, u in places]
    best = np.argsort(-np.array(spread), kind="stable")[:count]
    return np.stack([ground[t : t + SIDE, u : u + SIDE] for t, u in (places[n] for n in best)])


def _starts(length: int) -> list[int]:
    steps = int(np.ceil((length - SIDE) / STRIDE)) + 1
    return sorted({round(v) for v in np.linspace(0, length - SIDE, steps)})
