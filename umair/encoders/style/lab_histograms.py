"""Colour as the eye orders it: a joint Lab palette, and lightness, chroma and hue one by one."""

from __future__ import annotations

import cv2
import numpy as np

from umair.encoders.style.histograms import byte_counts, count_shares, floor_bytes, grouped
from umair.encoders.style.sample import CHROMAS, HUES, Sample

CHROMA_EDGES = np.array([0, 2, 5, 10, 15, 20, 30, 40, 50, 60, 80, CHROMAS])
FULL_CHROMA = 40.0  # from here on a pixel's hue counts whole
HUE_WEIGHT = np.minimum(np.arange(CHROMAS) + 0.5, FULL_CHROMA) / FULL_CHROMA
WIDEST = 60.0  # of a and b: what is beyond falls into the first or the last cell


def lab_palette(sample: Sample) -> np.ndarray:
    """(288,) sqrt share of each cell of 8 steps of L (12.5), 6 of a and 6 of b (20 each, around zero)."""
    own = sample.scales[0]
    lightness = floor_bytes(sample.counted(own.lightness), 1 / 12.51)
    a, b = (_cells(sample.counted(plane)) for plane in (own.a, own.b))
    return count_shares(byte_counts([lightness, a, b], sample.counted(sample.figure), [8, 6, 6], [8, 6, 6])).ravel()


def lightness_chroma_hue(sample: Sample) -> np.ndarray:
    """(35,) sqrt shares: L in 12 even bins, chroma sqrt(a^2 + b^2) in 11, hue atan2(b, a) in 12 weighted by chroma."""
    joint = sample.hue_chroma_counts
    return np.concatenate(
        [
            count_shares(sample.lightness_counts.reshape(12, -1).sum(1)),
            count_shares(grouped(joint.sum(0), CHROMA_EDGES)),
            count_shares((joint @ HUE_WEIGHT).reshape(HUES)),
        ]
    )


def _cells(plane: np.ndarray) -> np.ndarray:
    """Of a or b the number 0..5 of the step of 20 units."""
    return cv2.min(floor_bytes(cv2.max(plane, -WIDEST), 1 / 20, WIDEST / 20), 5)
