"""How alike a person's bookmarks are in each space: their weights when no model is there (recipe, step 3)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

FLOOR = 0.02


def chance_spread(vectors: np.ndarray) -> float:
    """sqrt(tr(C^2)) of the catalogue (N, D), centred: the spread of the product of two random pictures."""
    covariance = np.cov(vectors.astype(np.float64), rowvar=False, bias=True).reshape(vectors.shape[1], -1)
    return float(np.sqrt(max(float((covariance**2).sum()), 1e-12)))


def coherence(total: np.ndarray, squares: np.ndarray, count: np.ndarray, spread: float) -> np.ndarray:
    """Mean product of two *different* bookmarks, in units of chance; 0 below two bookmarks.

    total (B, D) sum of their vectors, squares (B,) sum of their squared lengths, count (B,).
    """
    pairs = np.maximum(count * (count - 1.0), 1.0)
    value = ((total**2).sum(-1) - squares) / (pairs * spread)
    return np.where(count >= 2, value, 0.0)


def weights_of(values: np.ndarray) -> np.ndarray:
    """Coherences (..., J) -> weights that sum to one."""
    raw = np.sqrt(np.maximum(values, 0.0)) + FLOOR
    return raw / raw.sum(-1, keepdims=True)


def coherence_weights(matrices: Sequence[np.ndarray], liked: Sequence[int]) -> np.ndarray:
    """Weights (J) of one person over spaces: matrices of (N, D_j) in one row order, liked rows. Equal for no likes."""
    rows = np.asarray(liked, dtype=np.int64)
    found = []
    for matrix in matrices:
        centred = matrix.astype(np.float64) - matrix.mean(0, dtype=np.float64)
        own = centred[rows]
        value = coherence(own.sum(0), np.asarray((own**2).sum()), np.asarray(len(rows)), chance_spread(centred))
        found.append(float(value))
    return weights_of(np.array(found))
