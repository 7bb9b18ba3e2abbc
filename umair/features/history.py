"""What a person had bookmarked before a time, as running sums: any row's interests are one look-up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from umair.features.coherence import coherence
from umair.features.events import Events


@dataclass(frozen=True)
class RunningSums:
    """Sums of bookmarks' vectors before each place in the log.

    sums: name -> (E + U, D); squares: name -> (E + U). User u with p earlier bookmarks is row start[u] + u + p.
    """

    events: Events
    sums: dict[str, np.ndarray]
    squares: dict[str, np.ndarray]

    @classmethod
    def of(cls, events: Events, vectors: Mapping[str, np.ndarray]) -> RunningSums:
        """vectors: name -> (E, D), one for each bookmark in the order of `events`."""
        sums = {name: _before(events, own) for name, own in vectors.items()}
        squares = {
            name: _before(events, (own.astype(np.float64) ** 2).sum(1, keepdims=True))[:, 0]
            for name, own in vectors.items()
        }
        return cls(events, sums, squares)

    def place(self, user: np.ndarray, earlier: np.ndarray) -> np.ndarray:
        """Row of the sums for users (B) who had so many earlier bookmarks (B)."""
        return self.events.start[user] + user + earlier

    def latest(self, name: str, user: np.ndarray, earlier: np.ndarray, n: int) -> np.ndarray:
        """(B, D) sum of the last n of the earlier bookmarks."""
        first = np.maximum(earlier - n, 0)
        return self.sums[name][self.place(user, earlier)] - self.sums[name][self.place(user, first)]

    def coherence(self, place: np.ndarray, earlier: np.ndarray, spreads: np.ndarray) -> np.ndarray:
        """(B, J) mean similarity of two different earlier bookmarks in each space, in units of chance (J)."""
        names = list(self.sums)
        found = [
            coherence(self.sums[m][place].astype(np.float64), self.squares[m][place], earlier, float(s))
            for m, s in zip(names, spreads, strict=True)
        ]
        return np.stack(found, axis=1).astype(np.float32)


def _before(events: Events, values: np.ndarray) -> np.ndarray:
    """Exclusive sums within each user, one more row a user for the total: (E, D) -> (E + U, D) float32."""
    total = np.concatenate([np.zeros((1, values.shape[1])), np.cumsum(values, axis=0, dtype=np.float64)])
    base = total[events.start[:-1]]
    counts = np.diff(events.start) + 1
    owner = np.repeat(np.arange(len(counts)), counts)
    within = np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts)
    return (total[events.start[owner] + within] - base[owner]).astype(np.float32)
