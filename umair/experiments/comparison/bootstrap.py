"""Intervals that cover users and seeds: users are drawn anew, and within a model its seeds; both with replacement."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

LEVEL = (0.025, 0.975)
AT_ONCE = 50  # resamples in one piece of work


@dataclass(frozen=True)
class Interval:
    """A mean over seeds and its 95 % interval."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class Difference:
    """A less B on the same users: mean, 95 % interval, and the share of resamples on the other side of nought."""

    mean: float
    low: float
    high: float
    other_side: float

    @property
    def certain(self) -> bool:
        """Whether the interval leaves nought out."""
        return self.low > 0 or self.high < 0


def user_weights(users: int, resamples: int, seed: int = 0) -> np.ndarray:
    """(B, U) how often each user is in each resample."""
    rng = np.random.default_rng(seed)
    return rng.multinomial(users, np.full(users, 1 / users), size=resamples).astype(np.float32)


def ratios(over: np.ndarray, under: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """over, under (S, U), weights (B, U) -> (B, S): weighted sum of `over` by that of `under`; NaN where that is 0."""
    whole = weights.astype(np.float64) @ under.T
    return np.divide(weights.astype(np.float64) @ over.T, whole, out=np.full(whole.shape, np.nan), where=whole > 0)


def weighted_auc(owner: np.ndarray, label: np.ndarray, score: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """AUC of rows whose owner counts so many times: owner, label, score (R), weights (B, U) -> (B); ties count half."""
    order = np.argsort(score, kind="stable")
    own, positive, value = owner[order], label[order] > 0.5, score[order]
    first = np.flatnonzero(np.append(True, value[1:] != value[:-1]))
    length = np.diff(np.append(first, len(value)))
    below, upto = np.repeat(first, length)[positive], np.repeat(first + length, length)[positive]
    found = []
    for start in range(0, len(weights), AT_ONCE):
        rows = weights[start : start + AT_ONCE][:, own]
        negatives = np.zeros((len(rows), len(value) + 1))
        np.cumsum(rows * ~positive, axis=1, out=negatives[:, 1:])
        mine = rows[:, positive].astype(np.float64)
        won = np.einsum("br,br->b", mine, negatives[:, below] + negatives[:, upto]) / 2
        pairs = mine.sum(1) * negatives[:, -1]
        found.append(np.divide(won, pairs, out=np.full(len(pairs), np.nan), where=pairs > 0))
    return np.concatenate(found)


def over_seeds(values: np.ndarray, seed: int) -> np.ndarray:
    """values (B, S) -> (B): for each resample the mean over seeds drawn with replacement."""
    resamples, seeds = values.shape
    drawn = np.random.default_rng(seed).integers(0, seeds, (resamples, seeds))
    return np.take_along_axis(values, drawn, axis=1).mean(1)


def interval(point: np.ndarray, resampled: np.ndarray) -> Interval:
    """point (S): one value a seed; resampled (B), from `over_seeds`."""
    low, high = np.nanquantile(resampled, LEVEL) if np.isfinite(resampled).any() else (np.nan, np.nan)
    return Interval(float(np.mean(point)), float(low), float(high))


def difference(a: np.ndarray, b: np.ndarray, a_resampled: np.ndarray, b_resampled: np.ndarray) -> Difference:
    """a (S), b (T) values by seed; a_resampled, b_resampled (B) of the same users in every resample."""
    mean, apart = float(np.mean(a) - np.mean(b)), a_resampled - b_resampled
    apart = apart[np.isfinite(apart)]
    if not len(apart):
        return Difference(mean, np.nan, np.nan, np.nan)
    low, high = np.quantile(apart, LEVEL)
    against = apart <= 0 if mean > 0 else apart >= 0
    return Difference(mean, float(low), float(high), float(against.mean()))
