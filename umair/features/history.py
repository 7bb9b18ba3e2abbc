"""What a person had bookmarked before a time, as running sums: any row's interests are one look-up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from umair.features.coherence import coherence
from umair.features.events import Events


class Sums(Protocol):
    """Sums of bookmarks' vectors before any place in the log; a place is user (B) and number of earlier ones (B)."""

    def before(self, user: np.ndarray, earlier: np.ndarray) -> dict[str, np.ndarray]:
        """name -> (B, D) sum of all the earlier bookmarks."""
        ...

    def latest(self, name: str, user: np.ndarray, earlier: np.ndarray, n: int) -> np.ndarray:
        """(B, D) sum of the last n of the earlier bookmarks."""
        ...

    def coherence(
        self, totals: Mapping[str, np.ndarray], user: np.ndarray, earlier: np.ndarray, spreads: np.ndarray
    ) -> np.ndarray:
        """(B, J) mean similarity of two different earlier bookmarks in each space, in units of chance (J).

        totals: `before` of the same places.
        """
        ...


@dataclass(frozen=True)
class RunningSums:
    """Sums before every place in the log, in memory.

    sums: name -> (E + U, D); squares: name -> (E + U). User u with p earlier bookmarks is row start[u] + u + p.
    """

    events: Events
    sums: dict[str, np.ndarray]
    squares: dict[str, np.ndarray]

    @classmethod
    def of(cls, events: Events, vectors: Mapping[str, np.ndarray]) -> RunningSums:
        """vectors: name -> (E, D), one for each bookmark in the order of `events`."""
        sums = {name: sums_before(events.start, own) for name, own in vectors.items()}
        squares = {name: squares_before(events.start, own) for name, own in vectors.items()}
        return cls(events, sums, squares)

    def before(self, user: np.ndarray, earlier: np.ndarray) -> dict[str, np.ndarray]:
        place = self.events.place(user, earlier)
        return {name: own[place] for name, own in self.sums.items()}

    def latest(self, name: str, user: np.ndarray, earlier: np.ndarray, n: int) -> np.ndarray:
        first = np.maximum(earlier - n, 0)
        return self.sums[name][self.events.place(user, earlier)] - self.sums[name][self.events.place(user, first)]

    def coherence(
        self, totals: Mapping[str, np.ndarray], user: np.ndarray, earlier: np.ndarray, spreads: np.ndarray
    ) -> np.ndarray:
        place = self.events.place(user, earlier)
        return coherences(totals, {name: own[place] for name, own in self.squares.items()}, earlier, spreads)


def coherences(
    totals: Mapping[str, np.ndarray], squares: Mapping[str, np.ndarray], earlier: np.ndarray, spreads: np.ndarray
) -> np.ndarray:
    """(B, J) coherence of each space from sums (B, D) and sums of squared lengths (B) of `earlier` (B) bookmarks."""
    found = [
        coherence(totals[m].astype(np.float64), squares[m], earlier, float(s))
        for m, s in zip(totals, spreads, strict=True)
    ]
    return np.stack(found, axis=1).astype(np.float32)


def sums_before(start: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Exclusive sums within each user, one more row a user for the total: (E, D) -> (E + U, D) float32.

    User u's values are start[u]..start[u + 1].
    """
    total = np.concatenate([np.zeros((1, values.shape[1])), np.cumsum(values, axis=0, dtype=np.float64)])
    base = total[start[:-1]]
    counts = np.diff(start) + 1
    owner = np.repeat(np.arange(len(counts)), counts)
    within = np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts)
    return (total[start[owner] + within] - base[owner]).astype(np.float32)


def squares_before(start: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Exclusive sums of squared lengths within each user: (E, D) -> (E + U) float32."""
    return sums_before(start, (values.astype(np.float64) ** 2).sum(1, keepdims=True))[:, 0]
