"""Rows that a ranker must beat: popularity, what is new, neighbours in one space, co-occurrence, a factorisation.

Everything is as of the beginning of the test part. Where a row has a choice (mean or nearest of the likes, size of the
factorisation) the validation part makes it, from what was known when that part began.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from implicit.als import AlternatingLeastSquares
from scipy.sparse import csr_matrix
from threadpoolctl import threadpool_limits

from umair.features.metadata import LATELY
from umair.training.data import RankerData
from umair.training.metrics import recall
from umair.training.report import Score

NEIGHBOURS = {"style": "neighbours by style", "semantic": "neighbours by content", "label_text": "neighbours by words"}
FACTORISATIONS = ((16, 1.0), (64, 1.0), (16, 10.0), (64, 10.0))  # factors, weight of a bookmark over none
REGULARISATION, ROUNDS = 0.05, 15
JUDGES, SHOWN = 200, 50  # users of the validation part that choose, by Recall@50


@dataclass(frozen=True)
class References:
    """Score of each row by name, and what was chosen for it in words (only where something was)."""

    scores: dict[str, Score]
    chosen: dict[str, str]


@dataclass(frozen=True)
class Known:
    """What was known at a time: log (U, N) with 1 for each earlier bookmark, lately (N) of the last 30 days."""

    log: csr_matrix
    lately: np.ndarray
    out: np.ndarray  # (N) came out before

    @classmethod
    def at(cls, data: RankerData, time: int) -> Known:
        events, n = data.events, len(data.catalogue)
        early = events.at < time
        ones = np.ones(int(early.sum()), np.float32)
        log = csr_matrix((ones, (events.user[early], events.item[early])), shape=(len(events.users), n))
        lately = np.bincount(events.item[early & (events.at >= time - LATELY)], minlength=n)
        return cls(log, lately.astype(np.float64), data.catalogue.published < time)

    def own(self, user: int) -> np.ndarray:
        """Rows of the illustrations that the user had bookmarked."""
        return self.log.indices[self.log.indptr[user] : self.log.indptr[user + 1]]


def reference_scores(data: RankerData) -> dict[str, Score]:
    """Name -> score; rows whose space the library lacks are left out."""
    return references(data).scores


def references(data: RankerData) -> References:
    """The rows with what was chosen for them."""
    now, before = Known.at(data, data.split.test), Known.at(data, data.split.validation)
    counts = np.asarray(now.log.sum(0), np.float64).ravel()
    published = np.minimum(data.catalogue.published, data.split.test)
    scores: dict[str, Score] = {
        "popularity": lambda user, items: counts[items],
        "most recent": lambda user, items: published[items].astype(np.float64),
        "popular lately (30 days)": lambda user, items: now.lately[items],
    }
    chosen: dict[str, str] = {}
    for space, name in NEIGHBOURS.items():
        if space in data.catalogue.vectors:
            then, later = (_forms(data, space, known) for known in (before, now))
            chosen[name] = _best(then, data, before)
            scores[name] = later[chosen[name]]
    scores["co-occurrence"] = co_occurrence(now)
    sizes = {f"{f} factors, weight {w:g}": (f, w) for f, w in FACTORISATIONS}
    name = "matrix factorisation (ALS)"
    chosen[name] = _best({told: factorisation(before, *size) for told, size in sizes.items()}, data, before)
    scores[name] = factorisation(now, *sizes[chosen[name]])
    return References(scores, chosen)


def mean_likeness(unit: np.ndarray, known: Known) -> Score:
    """Mean cosine to what the user had bookmarked: unit (N, D) rows of length 1 (0 where there is no vector)."""
    return lambda user, items: unit[items] @ (unit[known.own(user)].sum(0) / max(len(known.own(user)), 1))


def nearest_likeness(unit: np.ndarray, known: Known) -> Score:
    """Cosine to the nearest one of what the user had bookmarked; 0 for all where that is nothing."""

    def score(user: int, items: np.ndarray) -> np.ndarray:
        own = known.own(user)
        return (unit[items] @ unit[own].T).max(1) if len(own) else np.zeros(len(items))

    return score


def co_occurrence(known: Known) -> Score:
    """Sum of the cosines of an illustration's column of the log with those of the user's *other* bookmarks.

    The matrix of cosines (N, N) is never made: it is applied as two sparse products.
    """
    counts = np.asarray(known.log.sum(0), np.float64).ravel()
    columns = known.log.astype(np.float64).multiply(1 / np.sqrt(np.maximum(counts, 1))).tocsr()
    turned = columns.T.tocsr()

    def score(user: int, items: np.ndarray) -> np.ndarray:
        mine = np.zeros(len(counts))
        mine[known.own(user)] = 1.0
        return (turned @ (columns @ mine) - mine)[items]

    return score


def factorisation(known: Known, factors: int, weight: float) -> Score:
    """Implicit alternating least squares (Hu, Koren and Volinsky, ICDM 2008) by the library `implicit`."""
    model = AlternatingLeastSquares(
        factors=factors,
        regularization=REGULARISATION,
        alpha=weight,
        iterations=ROUNDS,
        random_state=0,
        num_threads=1,
    )
    with threadpool_limits(1, "blas"):
        model.fit(known.log, show_progress=False)
    users, items_ = np.asarray(model.user_factors), np.asarray(model.item_factors)
    return lambda user, items: items_[items] @ users[user]


def _forms(data: RankerData, space: str, known: Known) -> dict[str, Score]:
    unit = unit_rows(data.catalogue.vectors[space], data.catalogue.present[space], known.out)
    return {"mean of the likes": mean_likeness(unit, known), "nearest like": nearest_likeness(unit, known)}


def unit_rows(vectors: np.ndarray, present: np.ndarray, out: np.ndarray) -> np.ndarray:
    """(N, D) centred on what was out, then of length 1; a row without a vector is 0."""
    seen = present & out
    centred = (vectors - vectors[seen if seen.any() else present].mean(0)) * present[:, None]
    return centred / np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-9)


def _best(forms: Mapping[str, Score], data: RankerData, before: Known) -> str:
    """The form with the best Recall@50 of validation; the first of equal ones."""
    events, split = data.events, data.split
    later = (events.at >= split.validation) & (events.at < split.test)
    users = np.random.default_rng(0).permutation(np.unique(events.user[later]))[:JUDGES]
    found: dict[str, list[float]] = {name: [] for name in forms}
    for user in users.tolist():
        mine = slice(events.start[user], events.start[user + 1])
        candidates = np.setdiff1d(np.flatnonzero(before.out), before.own(user))
        relevant = np.isin(candidates, events.item[mine][later[mine]])
        if relevant.any():
            for name, score in forms.items():
                order = np.argsort(-score(user, candidates), kind="stable")
                found[name].append(recall(relevant, order, SHOWN))
    return max(forms, key=lambda name: float(np.mean(found[name])) if found[name] else 0.0)
