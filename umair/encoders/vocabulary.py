"""Which pieces a text encoder knows, and texts as lists of their numbers: for its torch and its numpy face."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from umair.encoders.ngrams import pieces
from umair.encoders.spelling import Spelling

FIRST_BITS = 20  # of a hash: enough that few known pieces share them
REST = np.uint64(64 - FIRST_BITS)
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
        numbers = self._numbers(hashes)
        numbers, rows = numbers[numbers >= 0], rows[numbers >= 0]
        return numbers[np.argsort(rows, kind="stable")], np.bincount(rows, minlength=len(texts))

    def _numbers(self, hashes: np.ndarray) -> np.ndarray:
        """The number of each piece, -1 where it is not known: looked for among those that share its first bits."""
        slots = (hashes >> REST).astype(np.int64)
        place, end = self._slots[slots], self._slots[slots + 1]
        found = np.full(len(hashes), -1)
        left = np.flatnonzero(place < end)
        while len(left):
            same = self.known[place[left]] == hashes[left]
            found[left[same]] = place[left[same]]
            left = left[~same]
            place[left] += 1
            left = left[place[left] < end[left]]
        return found

    @cached_property
    def _slots(self) -> np.ndarray:
        """(slots + 1,): pieces slots[n] to slots[n + 1] are those whose hash begins with the bits n."""
        counts = np.bincount((self.known >> REST).astype(np.int64), minlength=1 << FIRST_BITS)
        return np.concatenate(([0], np.cumsum(counts)))


def _hashes(texts: Sequence[str], spelling: Spelling, sounds: bool) -> tuple[np.ndarray, np.ndarray]:
    if not texts:
        return np.zeros(0, np.uint64), np.zeros(0, np.int64)
    written = spelling.written(texts)
    views = [pieces(written), pieces(spelling.sounded(written))] if sounds else [pieces(written)]
    hashes, rows = (np.concatenate(parts) for parts in zip(*views, strict=True))
    return hashes, rows
