"""Nearest illustrations by painting style, by content, or by a blend of both (exact search).

Style is compared by CSLS (2 cos - r_q - r_i, arXiv:1710.04087), content by the cosine of centred semantic vectors.
Both are standardised over the catalogue before they are blended, so that one weight means the same in every library.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from umair.encoders.style.csls import NEIGHBOURS, csls, local_scale, local_scale_of

FLOOR = 1e-6


@dataclass(frozen=True)
class StyleSpace:
    """Unit style vectors (N, D), each one's mean cosine to its k nearest neighbours (N,), and k.

    A picture without a vector is a row of zeros, and nobody's neighbour.
    """

    vectors: np.ndarray
    local: np.ndarray
    neighbours: int
    present: np.ndarray

    @classmethod
    def of(cls, vectors: np.ndarray, neighbours: int = NEIGHBOURS, present: np.ndarray | None = None) -> StyleSpace:
        """present (N,): which pictures have a vector; all of them if None."""
        unit, there = unit_rows(vectors), _all_or(present, len(vectors))
        local = np.zeros(len(unit), unit.dtype)
        local[there] = local_scale(unit[there], neighbours)
        return cls(unit, local, neighbours, there)

    def of_vector(self, vector: np.ndarray) -> np.ndarray:
        """(N,) CSLS of a picture from outside the library, with its own local scale."""
        query = unit_rows(vector[None])
        own = float(local_scale_of(query, self.vectors[self.present], self.neighbours)[0])
        return csls(self.vectors @ query[0], own, self.local)

    def of_row(self, row: int) -> np.ndarray:
        """(N,) CSLS of one of the library's own pictures to all."""
        return csls(self.vectors @ self.vectors[row], float(self.local[row]), self.local)


@dataclass(frozen=True)
class ContentSpace:
    """Semantic vectors without what all pictures share: centred unit rows (N, D) and the centre (D,).

    A picture without a vector is a row of zeros: like and unlike nothing.
    """

    vectors: np.ndarray
    centre: np.ndarray

    @classmethod
    def of(cls, vectors: np.ndarray, present: np.ndarray | None = None) -> ContentSpace:
        """present (N,): which pictures have a vector; all of them if None."""
        there = _all_or(present, len(vectors))
        centre = vectors[there].mean(0) if there.any() else np.zeros(vectors.shape[1], np.float32)
        return cls(unit_rows(np.where(there[:, None], vectors - centre, np.float32(0))), centre)

    def of_vector(self, vector: np.ndarray) -> np.ndarray:
        return self.vectors @ unit_rows((vector - self.centre)[None])[0]

    def of_row(self, row: int) -> np.ndarray:
        return self.vectors @ self.vectors[row]


def unit_rows(matrix: np.ndarray) -> np.ndarray:
    """Rows divided by their length; a row of zeros stays zero."""
    return matrix / np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), FLOOR)


def _all_or(present: np.ndarray | None, n: int) -> np.ndarray:
    return np.ones(n, bool) if present is None else present


def standardised(score: np.ndarray, present: np.ndarray) -> np.ndarray:
    """(N,) scores with mean 0 and spread 1 over the pictures that have a vector; the others lie below all."""
    known = score[present]
    if not known.size:
        return np.zeros_like(score)
    out = (score - known.mean()) / max(float(known.std()), FLOOR)
    return np.where(present, out, out[present].min() - 1.0)


def blend(style: np.ndarray, content: np.ndarray, mix: float) -> np.ndarray:
    """(N,) one score of two standardised ones; mix 0 is painting style alone, 1 content alone."""
    return (1.0 - mix) * style + mix * content


def ranks(score: np.ndarray) -> np.ndarray:
    """(N,) place of each picture, 1 for the highest score."""
    place = np.empty(len(score), dtype=np.int64)
    place[np.argsort(-score, kind="stable")] = np.arange(1, len(score) + 1)
    return place
