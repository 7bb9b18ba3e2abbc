"""Every vector by both likenesses under a protocol, with intervals and the ratio to the colour histogram."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from umair.experiments.style_retrieval.galleries import Gallery
from umair.experiments.style_retrieval.protocols import Protocol
from umair.experiments.style_retrieval.resampling import RESAMPLES, Interval, draws, intervals, ratio
from umair.experiments.style_retrieval.scores import Scores, pooled, score
from umair.experiments.style_retrieval.vectors import Vector, likenesses


@dataclass(frozen=True)
class Row:
    """One vector by one likeness: figures, their intervals, mAP over that of the first vector by the same draws.

    beside: by the first vector's likeness (“cosine”, “CSLS”) the ratio and its interval; scores: queries, no pairs.
    """

    vector: str
    likeness: str
    figures: dict[str, float]
    intervals: dict[str, Interval]
    beside: dict[str, tuple[float, Interval]]
    scores: Scores


@dataclass(frozen=True)
class Measured:
    """A protocol's rows; the first vector is what the others are set beside."""

    protocol: str
    queries: int
    hands: int
    gallery: int
    rows: tuple[Row, ...]

    def row(self, vector: str, likeness: str = "CSLS") -> Row:
        return next(r for r in self.rows if (r.vector, r.likeness) == (vector, likeness))


def measure(
    gallery: Gallery, vectors: Sequence[Vector], protocols: Sequence[Protocol], resamples: int = RESAMPLES
) -> list[Measured]:
    """Each protocol over the same vectors of a gallery."""
    return measure_folds(gallery, lambda _: vectors, [[p] for p in protocols], resamples)


def measure_folds(
    gallery: Gallery,
    vectors_of: Callable[[int], Sequence[Vector]],
    protocols: Sequence[Sequence[Protocol]],
    resamples: int = RESAMPLES,
) -> list[Measured]:
    """protocols: for each table one protocol a fold, whose scores by the fold's own vectors are pooled.

    `vectors_of(fold)` gives vectors of the same names for every fold; pairs of all folds share one threshold.
    """
    folds = len(protocols[0])
    vectors = [vectors_of(fold) for fold in range(folds)]
    rows: list[list[Row]] = [[] for _ in protocols]
    for number, vector in enumerate(vectors[0]):
        of_fold = [likenesses(vectors[fold][number].rows(gallery)) for fold in range(folds)]
        for kind in of_fold[0]:
            for table, asked in zip(rows, protocols, strict=True):
                parts = [score(of_fold[fold][kind], asked[fold]) for fold in range(folds)]
                table.append(_row(vector.name, kind, pooled(parts) if folds > 1 else parts[0], table, resamples))
    return [
        Measured(
            asked[0].name,
            len(table[0].scores.asker),
            len(np.unique(table[0].scores.asker)),
            len(gallery.hand),
            tuple(table),
        )
        for table, asked in zip(rows, protocols, strict=True)
    ]


def _row(vector: str, kind: str, scores: Scores, before: Sequence[Row], resamples: int) -> Row:
    drawn = draws(scores, resamples)
    first = [r for r in before if r.vector == before[0].vector and r.vector != vector]
    beside = {r.likeness: ratio(scores, r.scores, drawn) for r in first}
    return Row(vector, kind, scores.figures, intervals(scores, drawn), beside, scores.without_pairs())
