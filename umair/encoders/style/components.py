"""The stack in short: half-whitened principal components, the part that owes nothing to the hands of training.

Alone it finds unseen hands about as well as the whole stack; beside the learnt parts it adds what they forgot.
"""

from __future__ import annotations

import numpy as np
from scipy.linalg import eigh

from umair.encoders.style.head import Projection

COMPONENTS = 128
WHITENING = 0.5  # 0 leaves the variances as they are, 1 makes them equal


def fit_components(standardised: np.ndarray, block_weights: np.ndarray) -> Projection:
    """standardised (N, F), block_weights (F,) -> (s w - centre) V L^(-WHITENING / 2), the 128 largest components."""
    weighted = standardised.astype(np.float64) * block_weights
    centre = weighted.mean(0)
    values, vectors = principal(weighted - centre, COMPONENTS)
    directions = vectors * np.maximum(values, 1e-9) ** (-WHITENING / 2)
    return Projection(
        (centre / block_weights).astype(np.float32), (directions * block_weights[:, None]).astype(np.float32)
    )


def principal(centred: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """The largest principal components of centred (N, F): variances (K,), directions (F, K), K <= count, N - 1.

    With fewer pictures than statistics the N x N matrix is decomposed instead; the answer is the same.
    """
    pictures, width = centred.shape
    count = min(count, pictures - 1, width)
    wide = pictures < width
    square = (centred @ centred.T if wide else centred.T @ centred) / pictures
    size = len(square)
    values, vectors = eigh(square, subset_by_index=[size - count, size - 1])
    values, vectors = values[::-1], vectors[:, ::-1]
    if wide:
        vectors = centred.T @ vectors
        vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=0), 1e-12)
    return np.maximum(values, 0.0), vectors
