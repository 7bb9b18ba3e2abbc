"""How well a likeness finds the same hand: R@1, R@5, mAP over queries, and the AUC of all pairs under one threshold."""

from __future__ import annotations

import numpy as np


def retrieval(
    likeness: np.ndarray, hand: np.ndarray, excluded: np.ndarray | None = None, queries: np.ndarray | None = None
) -> dict[str, float]:
    """likeness (N, N), hand (N,), excluded (N, N) bool: never compared, as self always is; queries (N,) bool.

    R@1 and R@5: a picture of the hand among the first; mAP: mean of precision at each of them; over queries that have
    another picture of their hand. AUC: chance that a pair of one hand scores above a pair of two.
    """
    never = np.eye(len(hand), dtype=bool) if excluded is None else excluded | np.eye(len(hand), dtype=bool)
    first, five, precision = [], [], []
    for n in range(len(hand)) if queries is None else np.flatnonzero(queries):
        allowed = np.flatnonzero(~never[n])
        right = hand[allowed][np.argsort(-likeness[n, allowed], kind="stable")] == hand[n]
        if right.any():
            first.append(right[0])
            five.append(right[:5].any())
            found = np.flatnonzero(right)
            precision.append(np.mean(np.arange(1, len(found) + 1) / (found + 1)))
    if not first:
        return {"r1": 0.0, "r5": 0.0, "map": 0.0, "auc": 0.5}
    same, other = pair_scores(likeness, hand, never)
    return {
        "r1": float(np.mean(first)),
        "r5": float(np.mean(five)),
        "map": float(np.mean(precision)),
        "auc": pair_auc(same, other),
    }


def pair_scores(
    likeness: np.ndarray, hand: np.ndarray, excluded: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Scores of all pairs once: those of one hand, those of two."""
    one, two = np.triu_indices(len(hand), 1)
    if excluded is not None:
        kept = ~excluded[one, two]
        one, two = one[kept], two[kept]
    same = hand[one] == hand[two]
    score = likeness[one, two]
    return score[same], score[~same]


def pair_auc(same: np.ndarray, other: np.ndarray) -> float:
    """Chance that a score of `same` is above one of `other`, ties half."""
    ordered = np.sort(other)
    below = np.searchsorted(ordered, same, side="left") + np.searchsorted(ordered, same, side="right")
    return float(below.mean() / 2 / len(other))
