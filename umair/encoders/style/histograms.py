"""Shares of pixels between edges: every histogram of the stack is one of these, square-rooted.

A square root makes the Euclidean distance of two histograms their Hellinger distance.
"""

from __future__ import annotations

import numpy as np

FINE = 20


def shares(values: np.ndarray, edges: np.ndarray, weights: np.ndarray | None = None) -> np.ndarray:
    """sqrt of the share of `values` (n) between each two of `edges` (bins + 1, ascending); others are left out.

    With weights (n) the share of the weight. Zeros if there is nothing. Without weights values are not negative and
    edges are whole multiples of 1/20: values are counted at that step first, which is many times faster.
    """
    if weights is None:
        fine = np.bincount((np.clip(values, 0, edges[-1]) * FINE).astype(np.int64), minlength=int(edges[-1] * FINE) + 2)
        upto = np.concatenate([[0], np.cumsum(fine)])[np.round(edges * FINE).astype(np.int64)]
        return np.sqrt(np.diff(upto) / max(len(values), 1)).astype(np.float32)
    inside = np.searchsorted(edges, values, side="right")
    counted = np.bincount(inside, weights=weights, minlength=len(edges) + 1)[1 : len(edges)]
    total = float(weights.sum())
    return np.sqrt(counted / max(total, 1e-6)).astype(np.float32)


def even_shares(
    values: np.ndarray, low: float, high: float, bins: int, weights: np.ndarray | None = None
) -> np.ndarray:
    """The same for bins of one width; values beyond fall into the first or the last bin."""
    index = np.clip((values - low) * (bins / (high - low)), 0, bins - 1).astype(np.int64)
    return code_shares(index, bins, weights)


def code_shares(codes: np.ndarray, count: int, weights: np.ndarray | None = None) -> np.ndarray:
    """sqrt of the share of each code 0..count-1; codes (n) integers. Zeros if there is nothing."""
    counted = np.bincount(codes, weights=weights, minlength=count)[:count]
    return np.sqrt(counted / max(float(counted.sum()), 1e-6)).astype(np.float32)


def folded(shares_of_angles: np.ndarray) -> np.ndarray:
    """Orientation shares (n), bin k at k pi / n, made equal for a picture and its mirror image: mean of k and n - k."""
    return (shares_of_angles + shares_of_angles[-np.arange(len(shares_of_angles))]) / 2.0
