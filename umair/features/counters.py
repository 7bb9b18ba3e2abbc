"""How often an illustration had been bookmarked or viewed before a time, from the log alone."""

from __future__ import annotations

import numpy as np


class Counters:
    """Counts of things (numbered 0..n-1) before any time; built from a log, asked for whole columns at once."""

    def __init__(self, things: np.ndarray, at: np.ndarray) -> None:
        self._times = np.unique(at)
        self._span = len(self._times) + 1
        self._keys = np.sort(things.astype(np.int64) * self._span + np.searchsorted(self._times, at))

    def before(self, things: np.ndarray, at: np.ndarray) -> np.ndarray:
        """(B) events of things (B) strictly before at (B), microseconds."""
        base = things.astype(np.int64) * self._span
        asked = base + np.searchsorted(self._times, at, side="left")
        return np.searchsorted(self._keys, asked, side="left") - np.searchsorted(self._keys, base, side="left")
