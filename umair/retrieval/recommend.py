"""From what a person has bookmarked to what to show next: candidates, ranker, diversity; every stage is counted.

Nothing already bookmarked is ever recommended. Diversity is maximal marginal relevance (Carbonell and Goldstein,
SIGIR 1998) with at most a few pictures an artist.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

EVERYTHING = 20_000  # up to this many pictures the ranker sees them all; above, candidates are drawn first
RECENT = 20  # latest bookmarks whose neighbours become candidates
SOURCES = ("painted alike", "shows alike", "same artist", "popular", "new")


@dataclass(frozen=True)
class Candidates:
    """Rows that the ranker will score, and how many each source brought ("everything" in a small library)."""

    rows: np.ndarray
    counts: dict[str, int]


@dataclass(frozen=True)
class Diversity:
    """How much likeness to what is already chosen costs (0 none .. 1 all), and how many pictures an artist may have."""

    weight: float = 0.15
    per_artist: int = 4


def candidates(
    history: Sequence[int],
    style: np.ndarray,
    content: np.ndarray,
    artists: Sequence[str],
    popularity: np.ndarray,
    newest: np.ndarray,
    each: int = 400,
) -> Candidates:
    """Pictures worth scoring for a person with this history (rows, oldest first); never one of the history.

    style (N, Ds) and content (N, Dc) unit rows; popularity and newest (N,), higher first.
    """
    total = len(popularity)
    if total <= EVERYTHING:
        rows = np.setdiff1d(np.arange(total), np.asarray(history, dtype=np.int64))
        return Candidates(rows, {"everything": len(rows)})
    recent = np.asarray(history[-RECENT:], dtype=np.int64)
    followed = {artists[r] for r in recent if artists[r]}
    brought = {
        "painted alike": _nearest(style, recent, each),
        "shows alike": _nearest(content, recent, each),
        "same artist": np.flatnonzero(np.fromiter((a in followed for a in artists), bool, total)),
        "popular": np.argsort(-popularity)[:each],
        "new": np.argsort(-newest)[:each],
    }
    rows = np.setdiff1d(np.concatenate(list(brought.values())), np.asarray(history, dtype=np.int64))
    return Candidates(rows, {name: len(found) for name, found in brought.items()})


def diversified(
    rows: np.ndarray,
    relevance: np.ndarray,
    looks: np.ndarray,
    artists: Sequence[str],
    n: int,
    how: Diversity,
) -> list[int]:
    """The n best of `rows` in the order in which to show them.

    relevance (len(rows),) any scale; looks (N, D) unit rows of all pictures; artists by row of the library.
    """
    order = np.argsort(-relevance, kind="stable")[: max(8 * n, 200)]
    rows, worth = rows[order], _unit_range(relevance[order])
    alike = np.zeros(len(rows))
    open_ = np.ones(len(rows), dtype=bool)
    shown: dict[str, int] = {}
    chosen: list[int] = []
    while len(chosen) < n and open_.any():
        value = np.where(open_, (1 - how.weight) * worth - how.weight * alike, -np.inf)
        best = int(value.argmax())
        open_[best] = False
        artist = artists[rows[best]]
        if artist and shown.get(artist, 0) >= how.per_artist:
            continue
        shown[artist] = shown.get(artist, 0) + 1
        chosen.append(int(rows[best]))
        alike = np.maximum(alike, looks[rows] @ looks[rows[best]])
    return chosen


def _nearest(vectors: np.ndarray, rows: np.ndarray, each: int) -> np.ndarray:
    if not len(rows):
        return np.zeros(0, dtype=np.int64)
    best = (vectors @ vectors[rows].T).max(1)
    return np.argpartition(-best, min(each, len(best) - 1))[:each]


def _unit_range(values: np.ndarray) -> np.ndarray:
    low, high = float(values.min()), float(values.max())
    return (values - low) / max(high - low, 1e-9)
