"""How wide dark strokes and light areas are, and whether edges are lines or corners."""

from __future__ import annotations

import cv2
import numpy as np

from umair.encoders.style.histograms import byte_counts, count_shares, floor_bytes, grouped
from umair.encoders.style.sample import Sample

TENTH = 10.0  # steps a pixel that distances are counted in, up to 25.5
DEPTH_PLACES = np.array([0, 12, 18, 26, 36, 50, 70, 100, 160, 256])  # tenths of a pixel to the border, the last open
DARK, LIGHT = 35.0, 65.0
STRONGEST = 0.4  # the share of pixels whose structure is looked at
BINS = 8


def depth_shares(sample: Sample) -> np.ndarray:
    """(18,) sqrt shares of the distance to the border inside L < 35 (9) and inside the figure's L > 65 (9)."""
    lightness = sample.scales[0].lightness
    return np.concatenate([_depth(lightness < DARK), _depth((lightness > LIGHT) & sample.figure)])


def corner_shares(sample: Sample) -> np.ndarray:
    """(8,) sqrt shares of the ratio small / large eigenvalue of the structure tensor, at the 40 % strongest places.

    Tensor: 5 x 5 mean of grad grad^T; 0 is a straight edge, 1 a corner or texture. Some rows of a large picture.
    """
    own = sample.scales[0]
    along_x, along_y = own.slopes
    products = (along_x * along_x, along_y * along_y, along_x * along_y)
    xx, yy, xy = (own.counted(cv2.boxFilter(p, -1, (5, 5))) for p in products)
    middle, apart = (xx + yy) / 2, cv2.magnitude((xx - yy) / 2, xy)
    large = middle + apart
    ordered = large[own.counted(own.texture)][::4]
    place = int((len(ordered) - 1) * (1 - STRONGEST) + 0.5)
    strong = large > np.partition(ordered, place)[place]
    ratio = cv2.max((middle - apart) / (large + np.float32(1e-9)), 0.0)
    return count_shares(byte_counts([floor_bytes(ratio, BINS / 1.001)], strong, [BINS], [BINS]))


def _depth(area: np.ndarray) -> np.ndarray:
    if not area.any():
        return np.zeros(len(DEPTH_PLACES) - 1, dtype=np.float32)
    depth = floor_bytes(cv2.distanceTransform(area.view(np.uint8), cv2.DIST_L2, 3), TENTH)
    return count_shares(grouped(byte_counts([depth], area, [256], [256]), DEPTH_PLACES))
