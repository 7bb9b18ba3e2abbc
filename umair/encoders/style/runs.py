"""How far one colour goes before it changes: flat areas, the width of lines, the size of coarse pixels."""

from __future__ import annotations

import numpy as np

from umair.encoders.style.histograms import code_shares
from umair.encoders.style.sample import Sample

BINS = 9  # floor(1.5 log2 length), the last one open
DARK = 35.0  # L below which a pixel may be ink


def colour_runs(sample: Sample) -> np.ndarray:
    """(18,) sqrt share of pixels in runs of one 4-bit colour by length, along rows (9) and columns (9)."""
    colour = sample.colour_codes(bits=4)
    return np.concatenate([_along_rows(colour, sample.figure), _along_rows(colour.T, sample.figure.T)])


def dark_runs(sample: Sample) -> np.ndarray:
    """(18,) the same for runs of L < 35; zeros if nothing is dark."""
    dark = sample.scales[0].lightness < DARK
    if not dark.any():
        return np.zeros(2 * BINS, dtype=np.float32)
    return np.concatenate([_along_rows(dark, dark), _along_rows(dark.T, dark.T)])


def _along_rows(values: np.ndarray, counted: np.ndarray) -> np.ndarray:
    """Runs of equal values in every second row; a run counts with its length if its first pixel is `counted`."""
    values, counted = np.ascontiguousarray(values[::2]), np.ascontiguousarray(counted[::2])
    begins = np.ones(values.shape, dtype=bool)
    begins[:, 1:] = values[:, 1:] != values[:, :-1]
    first = np.flatnonzero(begins.ravel())
    length = np.diff(np.append(first, begins.size))
    kept = counted.ravel()[first]
    code = np.minimum(np.log2(length[kept]) * 1.5, BINS - 1).astype(np.int64)
    return code_shares(code, BINS, length[kept].astype(np.float64))
