"""Which pieces a text encoder knows, and texts as lists of their numbers: for its torch and its numpy face."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from umair.encoders.ngrams import pieces
from umair.encoders.spelling import Spelling

AT_ONCE = 8192  # texts turned into pieces at a time, to bound memory


@dataclass(frozen=True)
class Vocabulary:
    """The known pieces (sorted hashes, uint64), how texts are spelled, and whether their sounds count too."""

    spelling: Spelling
    known: np.ndarray
    sounds: bool = True

    @classmethod
    def of(cls, texts: Sequence[str], spelling: Spelling, size: int, least: int = 2, sounds: bool = True) -> Vocabulary:
        """The `size` commonest pieces of the texts that occur at least `least` times."""
        hashes, counts = np.unique(_hashes(texts, spelling, sounds)[0], return_counts=True)
        hashes, counts = hashes[counts >= least], counts[counts >= least]
        return cls(spelling, np.sort(hashes[np.argsort(-counts, kind="stable")[:size]]), sounds)

    def __len__(self) -> int:
        return len(self.known)

    def read(self, texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
        """(numbers (M,) int64, starts (B + 1,) int64): text b has the pieces numbers[starts[b] : starts[b + 1]]."""
        parts = [self._read(texts[n : n + AT_ONCE]) for n in range(0, len(texts), AT_ONCE)]
        if not parts:
            return np.zeros(0, np.int64), np.zeros(1, np.int64)
        lengths = np.concatenate([length for _, length in parts])
        return np.concatenate([numbers for numbers, _ in parts]), np.concatenate(([0], np.cumsum(lengths)))

    def _read(self, texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
        hashes, rows = _hashes(texts, self.spelling, self.sounds)
        if not len(self.known):
            return np.zeros(0, np.int64), np.zeros(len(texts), np.int64)
        place = np.minimum(np.searchsorted(self.known, hashes), len(self.known) - 1)
        found = self.known[place] == hashes
        place, rows = place[found], rows[found]
        return place[np.argsort(rows, kind="stable")], np.bincount(rows, minlength=len(texts))


def _hashes(texts: Sequence[str], spelling: Spelling, sounds: bool) -> tuple[np.ndarray, np.ndarray]:
    if not texts:
        return np.zeros(0, np.uint64), np.zeros(0, np.int64)
    written = spelling.written(texts)
    views = [pieces(written), pieces(spelling.sounded(written))] if sounds else [pieces(written)]
    hashes, rows = (np.concatenate(parts) for parts in zip(*views, strict=True))
    return hashes, rows
