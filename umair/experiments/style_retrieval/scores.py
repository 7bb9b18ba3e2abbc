"""How each query and each pair fared under a protocol: what every figure and every interval is computed from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from umair.encoders.style.retrieval import pair_auc
from umair.experiments.style_retrieval.protocols import Protocol

FIGURES = ("r1", "r5", "map", "auc")


@dataclass(frozen=True)
class Scores:
    """Q queries that have an answer, and P pairs with a query in them.

    names: all hands; asker (Q,), one, two (P,): numbers in `names`, one <= two; first, five (Q,) bool: an answer among
    the first; precision (Q,): mean of the precision at each answer; likeness (P,), right (P,) bool.
    """

    names: tuple[str, ...]
    asker: np.ndarray
    first: np.ndarray
    five: np.ndarray
    precision: np.ndarray
    one: np.ndarray
    two: np.ndarray
    likeness: np.ndarray
    right: np.ndarray

    @property
    def figures(self) -> dict[str, float]:
        """R@1, R@5, mAP over queries; AUC of all pairs under one threshold."""
        return {
            "r1": float(self.first.mean()),
            "r5": float(self.five.mean()),
            "map": float(self.precision.mean()),
            "auc": pair_auc(self.likeness[self.right], self.likeness[~self.right]),
        }

    def without_pairs(self) -> Scores:
        """The queries alone, which is little to keep."""
        none = {field: getattr(self, field)[:0] for field in ("one", "two", "likeness", "right")}
        return replace(self, **none)

    def of_hand(self, name: str) -> float:
        """mAP of the queries by one hand."""
        return float(self.precision[self.asker == self.names.index(name)].mean())


def score(likeness: np.ndarray, protocol: Protocol) -> Scores:
    """likeness (N, N) under a protocol; ties in the order of the gallery."""
    names, code = np.unique(protocol.hand, return_inverse=True)
    asked = np.flatnonzero(protocol.queries & (protocol.right & ~protocol.never).any(1))
    rows = np.where(protocol.never[asked], -np.inf, likeness[asked])
    order = np.argsort(-rows, axis=1, kind="stable")
    hit = np.take_along_axis((protocol.right & ~protocol.never)[asked], order, axis=1)
    precision = np.cumsum(hit, axis=1) / np.arange(1, hit.shape[1] + 1)
    one, two = np.triu_indices(len(code), 1)
    compared = ~protocol.never[one, two] & (protocol.queries[one] | protocol.queries[two])
    one, two = one[compared], two[compared]
    return Scores(
        tuple(names.tolist()),
        code[asked],
        np.asarray(hit[:, :1].any(1)),
        np.asarray(hit[:, :5].any(1)),
        (precision * hit).sum(1) / hit.sum(1),
        np.minimum(code[one], code[two]).astype(np.int32),
        np.maximum(code[one], code[two]).astype(np.int32),
        likeness[one, two],
        protocol.right[one, two],
    )


def pooled(parts: Sequence[Scores]) -> Scores:
    """Scores of several runs over the same hands (the folds) as one: one threshold for all their pairs."""

    def joined(field: str) -> np.ndarray:
        return np.concatenate([getattr(part, field) for part in parts])

    fields = ("asker", "first", "five", "precision", "one", "two", "likeness", "right")
    return Scores(parts[0].names, *(joined(field) for field in fields))
