"""Near when alike, far when not: distances of pairs that share something against those of pairs that do not."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from umair.retrieval.pairs import AllPairs, same_against_different

BINS = 40


@dataclass(frozen=True)
class Separation:
    """One space and one thing that pairs may share.

    space: "style" or "content"; by: "hand", "artist" or "label". auc: how often a pair that shares it lies nearer than
    one that does not (0.5 is chance). edges (BINS + 1,) distances; alike, unlike (BINS,) shares of each sort of pair.
    """

    space: str
    by: str
    auc: float
    edges: tuple[float, ...]
    alike: tuple[float, ...]
    unlike: tuple[float, ...]


def separation(
    pairs: AllPairs, space: str, by: str, shared: np.ndarray, judged: np.ndarray | None = None
) -> Separation:
    """shared (P,) bool: the pairs that are alike; judged (P,) bool: the pairs of which that is known (default: all)."""
    distance = pairs.style if space == "style" else pairs.content
    if judged is not None:
        distance, shared = distance[judged], shared[judged]
    edges = np.linspace(0.0, max(float(distance.max(initial=0.0)), 1e-6), BINS + 1)
    alike, unlike = (_shares(distance[kept], edges) for kept in (shared, ~shared))
    auc = same_against_different(distance, shared) if len(distance) else float("nan")
    return Separation(space, by, auc, tuple(edges.tolist()), alike, unlike)


def _shares(distance: np.ndarray, edges: np.ndarray) -> tuple[float, ...]:
    counts = np.histogram(distance, edges)[0]
    return tuple((counts / max(int(counts.sum()), 1)).tolist())
