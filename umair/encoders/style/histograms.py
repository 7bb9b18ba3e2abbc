"""Shares of pixels between edges: every histogram of the stack is one of these, square-rooted.

A square root makes the Euclidean distance of two histograms their Hellinger distance. Planes are counted as bytes
(`floor_bytes`, `log_bytes`, then `byte_counts`), which is several times faster than sorting numbers into bins.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

FINE = 20  # steps a unit that `shares` counts at
LOG_FINE, LOG_LOWEST = 28.0, 0.04  # steps of `log_bytes` for each factor e, and where they begin; they reach 360


def floor_bytes(plane: np.ndarray, scale: float, add: float = 0.0) -> np.ndarray:
    """uint8 floor(scale * plane + add), 255 where it is more; scale * plane + add is not negative."""
    return cv2.convertScaleAbs(plane, alpha=scale, beta=add - 0.5)  # it rounds, so half is taken off


def log_bytes(plane: np.ndarray) -> np.ndarray:
    """uint8 floor(28 ln(value / 0.04)), 0 for all that is smaller: steps of 3.6 % from 0.04 to 360."""
    return floor_bytes(cv2.log(cv2.max(plane, LOG_LOWEST)), LOG_FINE, 1e-3 - LOG_FINE * float(np.log(LOG_LOWEST)))


def log_places(edges: np.ndarray) -> np.ndarray:
    """The byte of `log_bytes` from which a value counts as beyond each edge; 0 for edge 0, 256 for the last."""
    inner = np.round(LOG_FINE * np.log(edges[1:-1] / LOG_LOWEST)).astype(np.int64)
    return np.concatenate([[0], inner, [256]])


def byte_counts(
    planes: Sequence[np.ndarray], inside: np.ndarray, bins: Sequence[int], tops: Sequence[int]
) -> np.ndarray:
    """How often values of one to three planes (H, W) uint8 occur together inside a mask (H, W) bool.

    Each plane has `bins` even bins from 0 to below `tops`; counts have the shape of `bins`, float32 whole numbers.
    """
    ranges = [float(end) for top in tops for end in (0, top)]
    counts = cv2.calcHist(list(planes), list(range(len(planes))), inside.view(np.uint8), list(bins), ranges)
    return counts.reshape(tuple(bins))


def count_shares(counts: np.ndarray) -> np.ndarray:
    """sqrt of each count's share of all; zeros if there is nothing."""
    return np.sqrt(counts / max(float(counts.sum()), 1e-6)).astype(np.float32)


def grouped(counts: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Counts (n) summed between each two of `places` (bins + 1, ascending, 0..n)."""
    return np.diff(np.concatenate([[0.0], np.cumsum(counts, dtype=np.float64)])[places])


def shares(values: np.ndarray, edges: np.ndarray, weights: np.ndarray | None = None) -> np.ndarray:
    """sqrt of the share of `values` (n) between each two of `edges` (bins + 1, ascending); others are left out.

    With weights (n) the share of the weight. Zeros if there is nothing. Without weights values are not negative and
    edges are whole multiples of 1/20: values are counted at that step first, which is many times faster.
    """
    if weights is None:
        fine = np.bincount((np.clip(values, 0, edges[-1]) * FINE).astype(np.int64), minlength=int(edges[-1] * FINE) + 2)
        counted = grouped(fine, np.round(edges * FINE).astype(np.int64))
        return np.sqrt(counted / max(len(values), 1)).astype(np.float32)
    inside = np.searchsorted(edges, values, side="right")
    counted = np.bincount(inside, weights=weights, minlength=len(edges) + 1)[1 : len(edges)]
    total = float(weights.sum())
    return np.sqrt(counted / max(total, 1e-6)).astype(np.float32)


def code_shares(codes: np.ndarray, count: int, weights: np.ndarray | None = None) -> np.ndarray:
    """sqrt of the share of each code 0..count-1; codes (n) integers. Zeros if there is nothing."""
    return count_shares(np.bincount(codes, weights=weights, minlength=count)[:count])


def folded(shares_of_angles: np.ndarray) -> np.ndarray:
    """Orientation shares (n), bin k at k pi / n, made equal for a picture and its mirror image: mean of k and n - k."""
    return (shares_of_angles + shares_of_angles[-np.arange(len(shares_of_angles))]) / 2.0
