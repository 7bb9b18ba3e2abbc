"""Search by words: which illustrations carry a label that means this, in any language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np


class Encodes(Protocol):
    """What gives vectors to texts: (B, D) unit rows."""

    def encode(self, texts: Sequence[str]) -> np.ndarray: ...


@dataclass(frozen=True)
class LabelVectors:
    """The distinct labels of a library, their vectors, and which illustration carries which.

    vectors (V, D) unit rows; carried_by: for each label the rows of its illustrations; size N illustrations.
    """

    labels: tuple[str, ...]
    vectors: np.ndarray
    carried_by: tuple[np.ndarray, ...]
    size: int

    @classmethod
    def of(cls, labels: Sequence[Sequence[str]], encoder: Encodes) -> LabelVectors:
        """Read the label lists of N illustrations and encode every distinct label once."""
        carried = carriers(labels)
        vectors = encoder.encode(list(carried)) if carried else np.zeros((0, 1), np.float32)
        return cls(tuple(carried), vectors, tuple(carried.values()), len(labels))

    def near(self, word_vector: np.ndarray) -> np.ndarray:
        """(V,) cosine of every label to one word."""
        return self.vectors @ word_vector if len(self.labels) else np.zeros(0, np.float32)

    def score(self, word_vector: np.ndarray) -> np.ndarray:
        """(N,) how near the nearest label of each illustration comes to the word; -1 without labels."""
        best = np.full(self.size, -1.0, np.float32)
        for cosine, rows in zip(self.near(word_vector), self.carried_by, strict=True):
            best[rows] = np.maximum(best[rows], cosine)
        return best


def carriers(labels: Sequence[Sequence[str]]) -> dict[str, np.ndarray]:
    """Distinct label -> the rows, ascending, of the illustrations that carry it; labels in the order of their first."""
    rows: dict[str, list[int]] = {}
    for row, own in enumerate(labels):
        for label in dict.fromkeys(own):
            rows.setdefault(label, []).append(row)
    return {label: np.array(found) for label, found in rows.items()}


def spelled_like(word: str, texts: Sequence[str]) -> np.ndarray:
    """(N,) bool: the text holds the word as it is written, whatever its case."""
    needle = word.casefold()
    return np.fromiter((needle in text for text in texts), dtype=bool, count=len(texts))
