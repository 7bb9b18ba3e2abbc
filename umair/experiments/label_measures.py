"""How well scores order pictures by label: by frequency of the label, over all, with an interval over pictures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from umair.encoders.label_calibration import fit_calibration
from umair.encoders.multi_label import average_precision, mean_average_precision

BANDS = (1, 16, 32, 64, 128)  # a label belongs to the last of these that its count in training reaches
FOLDS, RESAMPLES, SEED = 5, 200, 1


@dataclass(frozen=True)
class Band:
    """Labels of like frequency: how many, their mean average precision, and that of chance (their base rate)."""

    name: str
    labels: int
    mean_ap: float
    chance: float


@dataclass(frozen=True)
class Interval:
    """A measure with the middle 95 % of its bootstrap, recentred on it."""

    value: float
    low: float
    high: float

    def told(self) -> str:
        return f"{self.value:.3f} ({self.low:.3f} to {self.high:.3f})"


def average_precisions(scores: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """scores and targets (N, V) -> (V,) average precision of each label, NaN where no picture carries it."""
    truth = np.asarray(targets) > 0
    return np.array(
        [average_precision(scores[:, v], truth[:, v]) if truth[:, v].any() else np.nan for v in range(truth.shape[1])]
    )


def bands(each: np.ndarray, targets: np.ndarray, counts: np.ndarray) -> tuple[Band, ...]:
    """each (V,) average precision, targets (N, V) it was measured on, counts (V,) in training; empty bands left out."""
    place = np.searchsorted(BANDS, counts, side="right") - 1
    ends = [f"{low} to {high - 1}" for low, high in pairwise(BANDS)] + [f"{BANDS[-1]} and more"]
    rate, found = (np.asarray(targets) > 0).mean(0), []
    for n, name in enumerate(ends):
        own = (place == n) & ~np.isnan(each)
        if own.any():
            found.append(Band(name, int(own.sum()), float(each[own].mean()), float(rate[own].mean())))
    return tuple(found)


def macro(scores: np.ndarray, targets: np.ndarray) -> Interval:
    """Mean over labels of average precision (mAP), resampling pictures."""
    return _interval(lambda rows: mean_average_precision(scores[rows], targets[rows]), len(scores))


def micro(scores: np.ndarray, targets: np.ndarray) -> Interval:
    """Average precision over all pairs of picture and label in one list, resampling pictures."""
    truth = np.asarray(targets) > 0
    return _interval(lambda rows: average_precision(scores[rows].ravel(), truth[rows].ravel()), len(scores))


def cross_fitted(logits: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """(N, V) probabilities, each picture's by a Platt map that was fitted without its fold of pictures.

    A fold whose other pictures teach nothing gets their share of right pairs.
    """
    fold = np.random.default_rng(SEED).permutation(len(logits)) % FOLDS
    found = np.zeros(logits.shape)
    for k in range(FOLDS):
        learnt = fit_calibration(logits[fold != k], targets[fold != k])
        own = logits[fold == k]
        found[fold == k] = learnt(own) if learnt else np.full(own.shape, np.mean(targets[fold != k] > 0))
    return found


def _interval(measure: Callable[[np.ndarray], float], pictures: int) -> Interval:
    """Recentred on the value: a picture drawn twice lifts the average precision of a label on few pictures."""
    rng = np.random.default_rng(SEED)
    again = np.array([measure(rng.integers(0, pictures, pictures)) for _ in range(RESAMPLES)])
    value = measure(np.arange(pictures))
    low, high = np.nanquantile(again, (0.025, 0.975)) + value - np.nanmean(again)
    return Interval(value, float(low), float(high))
