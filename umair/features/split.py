"""Train, validation and test by time, as the paper: nothing later ever teaches about something earlier.

A log without times is parted at random instead, by the places that its bookmarks have in a random order (Events).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from umair.errors import TrainingError
from umair.features.events import ORDER_END, Events

LEAST = 50


@dataclass(frozen=True)
class Split:
    """Times (microseconds, or places in a random order) where validation and test begin, and one after everything."""

    validation: int
    test: int
    end: int
    timed: bool = True

    @property
    def told(self) -> str:
        """In words, for a run's metrics."""
        return "by time" if self.timed else "at random, the log has no times"

    def part(self, at: np.ndarray) -> np.ndarray:
        """0 train, 1 validation, 2 test for each time."""
        return (at >= self.validation).astype(np.int8) + (at >= self.test).astype(np.int8)


def split_by_time(events: Events, validation: float = 0.1, test: float = 0.15) -> Split:
    """The last `test` share of bookmarks is test, the `validation` share before it validation.

    Raises TrainingError where there are too few bookmarks to learn from or all are of one moment.
    """
    if len(events) < LEAST:
        raise TrainingError(
            f"There are {len(events)} bookmarks; a ranker needs at least {LEAST}. "
            "Import more, or use the shipped ranker, which needs no training."
        )
    shares = (1.0 - validation - test, 1.0 - test)
    if events.timed:
        first, second = np.quantile(events.at, shares).astype(np.int64)
        split = Split(int(first), int(second), int(events.at.max()) + 1)
    else:
        first, second = (int(share * ORDER_END) for share in shares)
        split = Split(first, second, ORDER_END + 1, timed=False)
    if len(np.unique(split.part(events.at))) < 3:
        raise TrainingError("The bookmarks carry too few different times to split them into earlier and later ones.")
    return split
