"""Cross-domain similarity local scaling: how near two pictures are beside how near everything is to each (CSLS).

Conneau et al., arXiv:1710.04087; for styles arXiv:2605.09030. A raw cosine is not comparable between hands: icons are
near to all icons, so their wrong pairs outrank the right pairs of a looser hand. CSLS takes each picture's crowd off.
"""

from __future__ import annotations

import numpy as np

NEIGHBOURS = 80  # measured best of 10 to 200 on demo hands and artists kept out
LEAST = 10  # in a library of fewer than 800 pictures a tenth of them is taken, but not fewer than these
ROWS_AT_ONCE = 2_048


def neighbours(pictures: int, k: int = NEIGHBOURS) -> int:
    """How many nearest are taken in a gallery of so many pictures: k, or a tenth of them, or LEAST, or all others."""
    return max(0, min(k, max(LEAST, pictures // 10), pictures - 1))


def local_scale(matrix: np.ndarray, k: int = NEIGHBOURS) -> np.ndarray:
    """r (N,): mean cosine of each picture to its k nearest others, k cut by `neighbours`. matrix (N, D) unit rows."""
    k = neighbours(len(matrix), k)
    scale = np.zeros(len(matrix), dtype=np.float32)
    if k < 1:
        return scale
    for start in range(0, len(matrix), ROWS_AT_ONCE):
        cosine = matrix[start : start + ROWS_AT_ONCE] @ matrix.T
        cosine[np.arange(len(cosine)), start + np.arange(len(cosine))] = -np.inf
        scale[start : start + len(cosine)] = np.partition(cosine, -k, axis=1)[:, -k:].mean(axis=1)
    return scale


def local_scale_of(queries: np.ndarray, matrix: np.ndarray, k: int = NEIGHBOURS) -> np.ndarray:
    """r (Q,) of pictures from outside: mean cosine to the k nearest of matrix (N, D)."""
    k = neighbours(len(matrix) + 1, k)
    cosine = queries @ matrix.T
    return np.partition(cosine, -k, axis=1)[:, -k:].mean(axis=1) if k else np.zeros(len(queries), np.float32)


def csls(cosine: np.ndarray, query_scale: np.ndarray | float, item_scale: np.ndarray) -> np.ndarray:
    """2 cos - r_q - r_i. cosine (N,) with a number for the query, or (Q, N) with query_scale (Q,)."""
    own = np.asarray(query_scale, dtype=np.float32)
    return 2.0 * cosine - (own[:, None] if own.ndim == 1 and np.ndim(cosine) == 2 else own) - item_scale
