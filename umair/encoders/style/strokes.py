"""How wide dark strokes and light areas are, and whether edges are lines or corners."""

from __future__ import annotations

import cv2
import numpy as np

from umair.encoders.style.histograms import even_shares, shares
from umair.encoders.style.sample import Sample

DEPTH_EDGES = np.array([0, 1.2, 1.8, 2.6, 3.6, 5, 7, 10, 16, 300], dtype=np.float32)  # pixels to the border
DARK, LIGHT = 35.0, 65.0
STRONGEST = 0.4  # the share of pixels whose structure is looked at


def depth_shares(sample: Sample) -> np.ndarray:
    """(18,) sqrt shares of the distance to the border inside L < 35 (9) and inside the figure's L > 65 (9)."""
    lightness = sample.scales[0].lightness
    return np.concatenate([_depth(lightness < DARK), _depth((lightness > LIGHT) & sample.figure)])


def corner_shares(sample: Sample) -> np.ndarray:
    """(8,) sqrt shares of the ratio small / large eigenvalue of the structure tensor, at the 40 % strongest places.

    Tensor: 5 x 5 mean of grad grad^T; 0 is a straight edge, 1 a corner or texture.
    """
    own = sample.scales[0]
    along_x = cv2.Sobel(own.lightness, cv2.CV_32F, 1, 0)
    along_y = cv2.Sobel(own.lightness, cv2.CV_32F, 0, 1)
    xx, yy, xy = (cv2.blur(p, (5, 5)) for p in (along_x * along_x, along_y * along_y, along_x * along_y))
    middle, apart = (xx + yy) / 2, np.sqrt(((xx - yy) / 2) ** 2 + xy * xy)
    large, small = middle + apart, middle - apart
    limit = np.quantile(large[own.texture][::4], 1 - STRONGEST)
    strong = large > limit
    return even_shares((small / (large + 1e-9))[strong], 0, 1.001, 8)


def _depth(area: np.ndarray) -> np.ndarray:
    if not area.any():
        return np.zeros(len(DEPTH_EDGES) - 1, dtype=np.float32)
    return shares(cv2.distanceTransform(area.astype(np.uint8), cv2.DIST_L2, 3)[area], DEPTH_EDGES)
