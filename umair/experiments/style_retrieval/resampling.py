"""95 % of the bootstrap over hands: with few hands a figure is only as sure as they are many.

A draw takes as many hands as ask, with replacement. A query counts as often as its hand was drawn, a pair of one hand
likewise, a pair of two hands by the product; hands that only answer count once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from umair.experiments.style_retrieval.scores import Scores

RESAMPLES = 1_000


@dataclass(frozen=True)
class Interval:
    """The 2.5th and the 97.5th percentile."""

    low: float
    high: float


def draws(scores: Scores, resamples: int = RESAMPLES) -> np.ndarray:
    """(B, H) how often each hand counts in each draw; the same for all vectors on a gallery, so that ratios pair."""
    asking = np.unique(scores.asker)
    counts = np.ones((resamples, len(scores.names)))
    even = np.full(len(asking), 1 / len(asking))
    counts[:, asking] = np.random.default_rng(0).multinomial(len(asking), even, resamples)
    return counts


def intervals(scores: Scores, drawn: np.ndarray) -> dict[str, Interval]:
    """Of R@1, R@5, mAP and AUC."""
    found = {
        "r1": _means(scores, scores.first, drawn),
        "r5": _means(scores, scores.five, drawn),
        "map": _means(scores, scores.precision, drawn),
        "auc": _aucs(scores, drawn),
    }
    return {name: _interval(values) for name, values in found.items()}


def ratio(scores: Scores, beside: Scores, drawn: np.ndarray) -> tuple[float, Interval]:
    """mAP over the other's mAP, and the interval of the ratio under the same draws (paired)."""
    apart = _means(scores, scores.precision, drawn) / _means(beside, beside.precision, drawn)
    return float(scores.precision.mean() / beside.precision.mean()), _interval(apart)


def _means(scores: Scores, values: np.ndarray, drawn: np.ndarray) -> np.ndarray:
    total = np.bincount(scores.asker, values.astype(np.float64), len(scores.names))
    count = np.bincount(scores.asker, minlength=len(scores.names))
    return (drawn @ total) / (drawn @ count)


def _aucs(scores: Scores, drawn: np.ndarray) -> np.ndarray:
    """Wins of right pairs over wrong ones between each two classes of pairs, weighted by each draw."""
    width = len(scores.names)
    classes, code = np.unique(scores.one * width + scores.two, return_inverse=True)
    one, two = classes // width, classes % width
    right, of_right = scores.likeness[scores.right], code[scores.right]
    wrong, of_wrong = scores.likeness[~scores.right], code[~scores.right]
    wins = np.zeros((len(classes), len(classes)))
    for other in np.unique(of_wrong):
        ordered = np.sort(wrong[of_wrong == other])
        below = np.searchsorted(ordered, right, "left") + np.searchsorted(ordered, right, "right")
        wins[:, other] = np.bincount(of_right, below / 2, len(classes))
    weight = np.where(one == two, drawn[:, one], drawn[:, one] * drawn[:, two])
    counted = (weight @ np.bincount(of_right, minlength=len(classes))) * (
        weight @ np.bincount(of_wrong, minlength=len(classes))
    )
    won = ((weight @ wins) * weight).sum(1)
    return won[counted > 0] / counted[counted > 0]


def _interval(values: np.ndarray) -> Interval:
    low, high = np.percentile(values, [2.5, 97.5]) if len(values) else (np.nan, np.nan)
    return Interval(float(low), float(high))
