"""Fig. 5: pairs of pictures near in one space and far in the other, found automatically."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from sklearn.metrics import roc_auc_score

SEED = 2
SAMPLED = 400_000  # pairs drawn when a library has more (900 pictures); below, all are taken
NEAREST, FEWEST = 0.001, 40  # share of all pairs that counts as near, and how many at least


@dataclass(frozen=True)
class AllPairs:
    """Pairs (P, 2) of rows with their distance in each space (P,), 1 - cosine, sorted distances beside them."""

    rows: np.ndarray
    style: np.ndarray
    content: np.ndarray

    def percentile(self, space: str, distance: float) -> float:
        """Share of all pairs, 0..100, that are nearer than this distance in "style" or "content"."""
        distances = self.style if space == "style" else self.content
        return float((distances < distance).mean() * 100)


def all_pairs(style: np.ndarray, content: np.ndarray, present: np.ndarray) -> AllPairs:
    """Every pair of encoded pictures, or a seeded sample of them. style, content: unit rows (N, D)."""
    known = np.flatnonzero(present)
    count = len(known)
    if count * (count - 1) // 2 <= SAMPLED:
        first, second = np.triu_indices(count, 1)
    else:
        first, second = np.random.default_rng(SEED).integers(0, count, (2, SAMPLED))
        first, second = first[first != second], second[first != second]
    a, b = known[first], known[second]
    return AllPairs(np.stack([a, b], 1), _distance(style, a, b), _distance(content, a, b))


def telling(pairs: AllPairs, near: str, n: int = 4) -> list[int]:
    """Indices of n pairs among the very nearest in `near` that are farthest in the other space; no picture twice."""
    close, far = (pairs.content, pairs.style) if near == "content" else (pairs.style, pairs.content)
    share = max(NEAREST, FEWEST / max(len(close), 1))
    worth = _place(far) - 2.0 * (_place(close) > share)  # what is not near comes after all that is
    seen: set[int] = set()
    found: list[int] = []
    for k in np.argsort(-worth, kind="stable"):
        if len(found) == n:
            break
        two = {int(r) for r in pairs.rows[k]}
        if not two & seen:
            seen |= two
            found.append(int(k))
    return found


def same_against_different(distance: np.ndarray, same: np.ndarray) -> float:
    """AUC: how often a pair that is the same lies nearer than one that is not (0.5 is chance)."""
    if same.all() or not same.any():
        return float("nan")
    return float(roc_auc_score(same, -distance))


def _distance(unit: np.ndarray, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return 1.0 - np.einsum("pd,pd->p", unit[a], unit[b])


def _place(distance: np.ndarray) -> np.ndarray:
    return np.argsort(np.argsort(distance, kind="stable"), kind="stable") / len(distance)
