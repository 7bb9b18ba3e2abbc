"""Measured pictures with the hand that made each: what style is trained and judged on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from umair.library.atomic import replacing

CONTENT_MARK = "\x1f"  # between the contents of one picture on disk


@dataclass(frozen=True)
class HandTable:
    """statistics (N, F) float32; hand (N,) names; contents: for each picture what it shows, or nothing known."""

    statistics: np.ndarray
    hand: np.ndarray
    contents: tuple[tuple[str, ...], ...]

    def __len__(self) -> int:
        return len(self.hand)

    @property
    def hands(self) -> list[str]:
        return sorted(set(self.hand.tolist()))

    def where(self, kept: np.ndarray) -> HandTable:
        """The rows where `kept` (N,) bool is true."""
        chosen = tuple(c for c, keep in zip(self.contents, kept, strict=True) if keep)
        return HandTable(self.statistics[kept], self.hand[kept], chosen)

    def of_hands(self, names: Sequence[str]) -> HandTable:
        return self.where(np.isin(self.hand, list(names)))

    def without_hands(self, names: Sequence[str]) -> HandTable:
        return self.where(~np.isin(self.hand, list(names)))

    def save(self, file: Path) -> None:
        with replacing(file) as aside, aside.open("wb") as out:
            contents = np.array([CONTENT_MARK.join(c) for c in self.contents], dtype=np.str_)
            np.savez(out, statistics=self.statistics, hand=self.hand.astype(np.str_), contents=contents)

    @classmethod
    def load(cls, file: Path) -> HandTable:
        with np.load(file) as kept:
            contents = tuple(tuple(c.split(CONTENT_MARK)) if c else () for c in kept["contents"].tolist())
            return cls(kept["statistics"], kept["hand"], contents)


def joined(tables: Sequence[HandTable]) -> HandTable:
    """All rows one after the other; hands of one name are one hand."""
    return HandTable(
        np.concatenate([t.statistics for t in tables]),
        np.concatenate([t.hand.astype(object) for t in tables]).astype(np.str_),
        tuple(c for t in tables for c in t.contents),
    )
