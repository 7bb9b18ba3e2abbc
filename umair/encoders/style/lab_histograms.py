"""Colour as the eye orders it: a joint Lab palette, and lightness, chroma and hue one by one."""

from __future__ import annotations

import cv2
import numpy as np

from umair.encoders.style.histograms import code_shares, even_shares, shares
from umair.encoders.style.sample import Sample

CHROMA_EDGES = np.array([0, 2, 5, 10, 15, 20, 30, 40, 50, 60, 80, 200], dtype=np.float32)
FULL_CHROMA = 40.0  # from here on a pixel's hue counts whole


def lab_palette(sample: Sample) -> np.ndarray:
    """(288,) sqrt share of each cell of 8 steps of L (12.5), 6 of a and 6 of b (20 each, around zero)."""
    own = sample.scales[0]
    lightness = np.clip(sample.inside(own.lightness) / 12.51, 0, 7).astype(np.int32)
    a, b = (np.clip((sample.inside(plane) + 60) / 20, 0, 5).astype(np.int32) for plane in (own.a, own.b))
    return code_shares(lightness * 36 + a * 6 + b, 288)


def lightness_chroma_hue(sample: Sample) -> np.ndarray:
    """(35,) sqrt shares: L in 12 even bins, chroma sqrt(a^2 + b^2) in 11, hue atan2(b, a) in 12 weighted by chroma."""
    own = sample.scales[0]
    chroma = sample.inside(sample.chroma)
    hue = cv2.phase(sample.inside(own.a), sample.inside(own.b)).ravel() / np.float32(2 * np.pi)
    return np.concatenate(
        [
            even_shares(sample.inside(own.lightness), 0, 100.1, 12),
            shares(chroma, CHROMA_EDGES),
            _hue_shares(hue, np.minimum(chroma, FULL_CHROMA) / FULL_CHROMA),
        ]
    )


def _hue_shares(hue: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """12 bins; a grey picture has none, so its shares are small instead of noise."""
    counted = np.bincount(np.clip(hue * 12, 0, 11).astype(np.int64), weights=weight, minlength=12)
    return np.sqrt(counted / max(float(weight.sum()), 1e-6)).astype(np.float32)
