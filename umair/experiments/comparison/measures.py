"""The measures of one contender, with what intervals and paired differences need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from umair.experiments.comparison import bootstrap
from umair.experiments.comparison.bootstrap import Difference, Interval
from umair.experiments.comparison.trial import Scores
from umair.training import metrics
from umair.training.report import Ranked

AUC, BCE, GAUC, NDCG, RECALL = "auc", "bce", "gauc", "ndcg@10", "recall@50"
ROWS, RANKED = (AUC, BCE, GAUC), (NDCG, RECALL)


@dataclass(frozen=True)
class Resamples:
    """Users drawn anew, the same for every contender: users (U) numbers, weights (B, U)."""

    users: np.ndarray
    weights: np.ndarray

    @classmethod
    def of(cls, users: np.ndarray, resamples: int) -> Resamples:
        every = np.unique(users)
        return cls(every, bootstrap.user_weights(len(every), resamples))


@dataclass(frozen=True)
class Measured:
    """One measure of one contender: point (S), a value a seed; resampled (B), mean over seeds of each resample."""

    point: np.ndarray
    resampled: np.ndarray

    @property
    def interval(self) -> Interval:
        return bootstrap.interval(self.point, self.resampled)

    def less(self, other: Measured) -> Difference:
        return bootstrap.difference(self.point, other.point, self.resampled, other.resampled)

    def times(self, other: Measured) -> Interval:
        """How many times the other."""
        share = np.divide(
            self.resampled, other.resampled, out=np.full_like(self.resampled, np.nan), where=other.resampled > 0
        )
        low, high = np.nanquantile(share, bootstrap.LEVEL)
        return Interval(float(self.point.mean() / other.point.mean()), float(low), float(high))


def measured(scores: Sequence[Scores], of: Resamples, draw: int) -> dict[str, Measured]:
    """Every measure over the seeds of a contender; `draw` seeds the choice of seeds, another for each contender."""
    rows = [_row_sums(s, of.users) for s in scores]
    found = {
        AUC: np.stack(
            [bootstrap.weighted_auc(np.searchsorted(of.users, s.user), s.label, s.logit, of.weights) for s in scores],
            axis=1,
        ),
        BCE: bootstrap.ratios(np.stack([r[0] for r in rows]), np.stack([r[1] for r in rows]), of.weights),
        GAUC: bootstrap.ratios(np.stack([r[2] for r in rows]), np.stack([r[3] for r in rows]), of.weights),
    }
    points = {
        AUC: np.array([metrics.auc(s.label, s.logit) for s in scores]),
        BCE: np.array([r[0].sum() / r[1].sum() for r in rows]),
        GAUC: np.array([r[2].sum() / r[3].sum() for r in rows]),
    }
    out = {name: Measured(points[name], bootstrap.over_seeds(found[name], draw)) for name in ROWS}
    ranked = [(s.ranked_user, s.ndcg, s.recall) for s in scores if len(s.ranked_user)]
    return {**out, **_ranked(ranked, of, draw)}


def measured_reference(ranked: Ranked, of: Resamples) -> dict[str, Measured]:
    """Of a row that is no model: the ranking of whole catalogues alone, without seeds."""
    return _ranked([(ranked.user, ranked.ndcg, ranked.recall)], of, 0)


def _ranked(
    seeds: Sequence[tuple[np.ndarray, np.ndarray, np.ndarray]], of: Resamples, draw: int
) -> dict[str, Measured]:
    if not seeds or not len(seeds[0][0]):
        return {}
    out = {}
    for place, name in enumerate(RANKED, 1):
        over, under = np.zeros((len(seeds), len(of.users))), np.zeros((len(seeds), len(of.users)))
        for n, seed in enumerate(seeds):
            at = np.searchsorted(of.users, seed[0])
            over[n, at], under[n, at] = seed[place], 1.0
        resampled = bootstrap.over_seeds(bootstrap.ratios(over, under, of.weights), draw)
        out[name] = Measured(over.sum(1) / under.sum(1), resampled)
    return out


def _row_sums(s: Scores, users: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """(U) each: sum of the losses, rows, AUC within the user times bookmarks, those bookmarks."""
    owner, label = np.searchsorted(users, s.user), s.label.astype(np.float64)
    p = np.clip(1 / (1 + np.exp(-s.logit.astype(np.float64))), metrics.LIMIT, 1 - metrics.LIMIT)
    loss = -(label * np.log(p) + (1 - label) * np.log(1 - p))
    own, value, bookmarks = metrics.auc_by_user(owner, label, s.logit)
    told = ~np.isnan(value)
    within, weight = np.zeros(len(users)), np.zeros(len(users))
    within[own[told]], weight[own[told]] = (value * bookmarks)[told], bookmarks[told]
    n = len(users)
    return np.bincount(owner, loss, n), np.bincount(owner, minlength=n).astype(np.float64), within, weight
