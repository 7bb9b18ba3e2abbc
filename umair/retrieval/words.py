"""Search by words: which illustrations carry a label that means this, in any language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from umair.encoders.words import WordEncoder

MEANS_THE_SAME = 0.62  # cosine of word and label from which a label counts as meaning the word


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
    def of(cls, labels: Sequence[Sequence[str]], encoder: WordEncoder) -> LabelVectors:
        """Read the label lists of N illustrations and encode every distinct label once."""
        rows: dict[str, list[int]] = {}
        for row, own in enumerate(labels):
            for label in dict.fromkeys(own):
                rows.setdefault(label, []).append(row)
        names = tuple(rows)
        vectors = encoder.encode(list(names)) if names else np.zeros((0, 1), np.float32)
        return cls(names, vectors, tuple(np.array(r) for r in rows.values()), len(labels))

    def near(self, word_vector: np.ndarray) -> np.ndarray:
        """(V,) cosine of every label to one word."""
        return self.vectors @ word_vector if len(self.labels) else np.zeros(0, np.float32)

    def score(self, word_vector: np.ndarray) -> np.ndarray:
        """(N,) how near the nearest label of each illustration comes to the word; -1 without labels."""
        best = np.full(self.size, -1.0, np.float32)
        for cosine, rows in zip(self.near(word_vector), self.carried_by, strict=True):
            best[rows] = np.maximum(best[rows], cosine)
        return best


def spelled_like(word: str, texts: Sequence[str]) -> np.ndarray:
    """(N,) bool: the text holds the word as it is written, whatever its case."""
    needle = word.casefold()
    return np.fromiter((needle in text for text in texts), dtype=bool, count=len(texts))
