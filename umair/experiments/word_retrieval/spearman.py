"""Spearman's rank correlation of pairs, with intervals that draw the labels anew and not the pairs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Order:
    """The order of some values (P), sorted once: ranks for any weights follow from it."""

    by_value: np.ndarray
    group: np.ndarray
    groups: int

    @classmethod
    def of(cls, values: np.ndarray) -> Order:
        order = np.argsort(values, kind="stable")
        group = np.concatenate(([0], np.cumsum(np.diff(values[order]) > 0)))
        return cls(order, group, int(group[-1]) + 1)

    def ranks(self, weights: np.ndarray) -> np.ndarray:
        """weights (P): how often each value counts -> (P) mean rank of each; equal values have the same."""
        own = np.bincount(self.group, weights[self.by_value], self.groups)
        middle = np.cumsum(own) - own / 2
        ranks = np.empty(len(weights))
        ranks[self.by_value] = middle[self.group]
        return ranks


def spearman(one: Order, other: Order, weights: np.ndarray) -> float:
    """Correlation of the ranks; NaN if one side is all equal or nothing counts."""
    whole = weights.sum()
    if whole <= 0:
        return float("nan")
    a, b = one.ranks(weights), other.ranks(weights)
    a, b = a - (weights @ a) / whole, b - (weights @ b) / whole
    spread = np.sqrt((weights @ (a * a)) * (weights @ (b * b)))
    return float((weights @ (a * b)) / spread) if spread > 1e-9 else float("nan")
