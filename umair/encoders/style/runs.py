"""How far one colour goes before it changes: flat areas, the width of lines, the size of coarse pixels."""

from __future__ import annotations

import cv2
import numpy as np

from umair.encoders.style.histograms import count_shares
from umair.encoders.style.sample import LONGEST, Sample

BINS = 9  # floor(1.5 log2 length), the last one open
DARK = 35.0  # L below which a pixel may be ink
FOUR_BITS = np.uint16(0b0111101111011110)  # of each channel in Sample.colour_codes
BIN = np.minimum(np.log2(np.maximum(np.arange(2 * LONGEST), 1)) * 1.5, BINS - 1).astype(np.int64)  # of each length


def colour_runs(sample: Sample) -> np.ndarray:
    """(18,) sqrt share of pixels in runs of one 4-bit colour by length, along rows (9) and columns (9)."""
    return _both_ways(sample.colour_codes & FOUR_BITS, sample.figure)


def dark_runs(sample: Sample) -> np.ndarray:
    """(18,) the same for runs of L < 35; zeros if nothing is dark."""
    dark = sample.scales[0].lightness < DARK
    if not dark.any():
        return np.zeros(2 * BINS, dtype=np.float32)
    return _both_ways(dark.view(np.uint8), dark)


def _both_ways(values: np.ndarray, counted: np.ndarray) -> np.ndarray:
    turned = cv2.transpose(counted.view(np.uint8)).view(bool)
    return np.concatenate([_along_rows(values, counted), _along_rows(cv2.transpose(values), turned)])


def _along_rows(values: np.ndarray, counted: np.ndarray) -> np.ndarray:
    """Runs of equal values in every second row; a run counts with its length if its first pixel is `counted`."""
    values, counted = np.ascontiguousarray(values[::2]), np.ascontiguousarray(counted[::2])
    begins = np.empty(values.shape, dtype=bool)
    begins[:, 0] = True
    np.not_equal(values[:, 1:], values[:, :-1], out=begins[:, 1:])
    first = np.flatnonzero(begins)
    length = np.diff(first, append=begins.size)
    often = np.bincount(length[counted.ravel()[first]], minlength=1)
    return count_shares(np.bincount(BIN[: len(often)], weights=often * np.arange(len(often)), minlength=BINS))
