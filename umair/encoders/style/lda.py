"""Directions in which hands differ more than one hand varies: LDA with equal hands (WCCN) on whitened statistics."""

from __future__ import annotations

import numpy as np
from scipy.linalg import eigh

from umair.encoders.style.components import principal
from umair.encoders.style.head import Projection
from umair.errors import TrainingError

COMPONENTS = 300  # kept by PCA before whitening
DIRECTIONS = 100
SHRINK = 0.1  # of the scatter within hands towards a multiple of the identity


def fit_lda(standardised: np.ndarray, hand: np.ndarray, block_weights: np.ndarray) -> Projection:
    """standardised (N, F), hand (N,), block_weights (F,) -> a part of the head.

    PCA to 300 with whitening; S_w averages the scatter within hands with equal weight a hand, shrunk by a tenth;
    generalised eigenvectors of (S_b, S_w); each direction scaled by sqrt(l / (1 + l)), l its eigenvalue.
    Raises TrainingError with fewer than three hands.
    """
    names, code, count = np.unique(hand, return_inverse=True, return_counts=True)
    if len(names) < 3:
        raise TrainingError(f"Style needs pictures of at least three hands, found {len(names)}. Add hands or painters.")
    weighted = standardised.astype(np.float64) * block_weights
    centre = weighted.mean(0)
    whitening = _whitening(weighted - centre)
    white = (weighted - centre) @ whitening
    means = np.zeros((len(names), white.shape[1]))
    np.add.at(means, code, white)
    means /= count[:, None]
    spread = white - means[code]
    within = (spread / count[code][:, None]).T @ spread / len(names)
    within = (1 - SHRINK) * within + SHRINK * np.trace(within) / len(within) * np.eye(len(within))
    values, vectors = eigh(np.cov(means.T), within)
    best = np.argsort(-values)[: min(DIRECTIONS, len(names) - 1)]
    kept = np.maximum(values[best], 1e-6)
    directions = whitening @ vectors[:, best] * np.sqrt(kept / (1 + kept))
    return Projection(
        (centre / block_weights).astype(np.float32), (directions * block_weights[:, None]).astype(np.float32)
    )


def _whitening(centred: np.ndarray) -> np.ndarray:
    values, vectors = principal(centred, COMPONENTS)
    return vectors / np.sqrt(values + 1e-6 * values.max())
