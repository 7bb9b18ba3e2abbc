"""How far up the right name stands, and what that is on the mean, with intervals over things."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from umair.experiments.comparison.bootstrap import LEVEL, Interval, user_weights
from umair.experiments.word_retrieval.contenders import Contender
from umair.experiments.word_retrieval.questions import DIRECTIONS, Questions

AT_ONCE = 512  # queries in one piece of work
ALIKE = 1e-6  # scores nearer than this are a tie, and ties are told against us
RESAMPLES = 1_000
MEASURES = ("R@1", "R@10", "MRR")


@dataclass(frozen=True)
class Ranked:
    """One contender on one set of questions: ranks (Q), 1 is first."""

    contender: str
    questions: Questions
    ranks: np.ndarray


def ranked(contender: Contender, questions: Questions) -> Ranked:
    """The rank of the right candidate: 1 and how many others score at least as high."""
    scores = contender.against(questions.candidates)
    ranks = np.zeros(len(questions.queries), np.int64)
    for start in range(0, len(ranks), AT_ONCE):
        part = slice(start, start + AT_ONCE)
        ranks[part] = ranks_of(scores(questions.queries[part]), questions.right[part])
    return Ranked(contender.name, questions, ranks)


def ranks_of(scores: np.ndarray, right: np.ndarray) -> np.ndarray:
    """scores (Q, C), right (Q) -> ranks (Q); whoever is tied with the right one is told before it."""
    scores = np.nan_to_num(scores, nan=-np.inf)
    own = scores[np.arange(len(right)), right]
    return (scores >= own[:, None] - ALIKE).sum(1).astype(np.int64)


def values_of(ranks: np.ndarray) -> np.ndarray:
    """(3, Q) what each question gives to each of MEASURES."""
    return np.array([ranks <= 1, ranks <= 10, 1 / ranks], np.float64)


@dataclass(frozen=True)
class Sums:
    """Each thing's values in each direction: over (M, D, T) and asked (D, T); zero where a thing is not asked."""

    over: np.ndarray
    asked: np.ndarray

    def means(self, weights: np.ndarray) -> np.ndarray:
        """weights (B, T) -> (B, M): the mean over directions of the mean over things."""
        whole = weights @ self.asked.T
        each = np.einsum("bt,mdt->bmd", weights, self.over, optimize=True)
        known = whole > 0
        mean = np.divide(each, whole[:, None], out=np.zeros_like(each), where=known[:, None])
        return np.divide(
            mean.sum(2), known.sum(1)[:, None], where=known.any(1)[:, None], out=np.full(mean.shape[:2], np.nan)
        )


def sums(found: list[Ranked], things: list[str], keep: dict[str, np.ndarray] | None = None) -> Sums:
    """Of one contender's directions; `keep` (by direction, (Q) bool) tells only of a part of the questions."""
    place = {t: n for n, t in enumerate(things)}
    over, asked = np.zeros((len(MEASURES), len(DIRECTIONS), len(things))), np.zeros((len(DIRECTIONS), len(things)))
    for one in found:
        d = DIRECTIONS.index(one.questions.direction)
        kept = np.ones(len(one.ranks), bool) if keep is None else keep[one.questions.direction]
        where = [place[t] for t, k in zip(one.questions.things, kept, strict=True) if k]
        over[:, d, where] = values_of(one.ranks[kept])
        asked[d, where] = 1
    return Sums(over, asked)


def intervals(own: Sums, seed: int = 0) -> dict[str, Interval]:
    """Mean over directions and 95 % interval of each of MEASURES; things are drawn anew, with all their directions."""
    things = own.asked.shape[1]
    point = own.means(np.ones((1, things)))[0]
    drawn = own.means(user_weights(things, RESAMPLES, seed))
    with np.errstate(all="ignore"):
        low, high = (
            np.nanquantile(drawn, LEVEL, axis=0) if np.isfinite(drawn).any() else (point * np.nan, point * np.nan)
        )
    return {m: Interval(float(p), float(a), float(b)) for m, p, a, b in zip(MEASURES, point, low, high, strict=True)}


def apart(one: Sums, other: Sums, seed: int = 0) -> dict[str, Interval]:
    """One less the other on the same things: mean difference and 95 % interval of each of MEASURES."""
    things = one.asked.shape[1]
    weights = user_weights(things, RESAMPLES, seed)
    point = one.means(np.ones((1, things)))[0] - other.means(np.ones((1, things)))[0]
    low, high = np.nanquantile(one.means(weights) - other.means(weights), LEVEL, axis=0)
    return {m: Interval(float(p), float(a), float(b)) for m, p, a, b in zip(MEASURES, point, low, high, strict=True)}
