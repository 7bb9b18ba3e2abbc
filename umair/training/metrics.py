"""How good a ranking is, by rows and by people."""

from __future__ import annotations

import numpy as np

LIMIT = 1e-7


def auc(label: np.ndarray, score: np.ndarray) -> float:
    """Chance that a bookmark is scored above what is none; ties count half. NaN if one kind is missing."""
    positive = label > 0.5
    n, m = int(positive.sum()), int((~positive).sum())
    if n == 0 or m == 0:
        return float("nan")
    return float((_ranks(score)[positive].sum() - n * (n + 1) / 2) / (n * m))


def bce(label: np.ndarray, probability: np.ndarray) -> float:
    """Mean binary cross-entropy, natural logarithm."""
    p = np.clip(probability.astype(np.float64), LIMIT, 1 - LIMIT)
    return float(-(label * np.log(p) + (1 - label) * np.log(1 - p)).mean())


def gauc(user: np.ndarray, label: np.ndarray, score: np.ndarray) -> float:
    """AUC within each user, averaged with their bookmarks as weights; users without both kinds are left out."""
    _, value, bookmarks = auc_by_user(user, label, score)
    told = ~np.isnan(value)
    return float(np.average(value[told], weights=bookmarks[told])) if told.any() else float("nan")


def auc_by_user(user: np.ndarray, label: np.ndarray, score: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(users, AUC within each, bookmarks of each), each (U), users ascending; NaN where a kind is missing."""
    order = np.lexsort((score, user))
    own, value = user[order], score[order]
    begins = np.flatnonzero(np.append(True, own[1:] != own[:-1]))
    ties = np.flatnonzero(np.append(True, (own[1:] != own[:-1]) | (value[1:] != value[:-1])))
    length = np.diff(np.append(ties, len(own)))
    rank = np.repeat(ties + (length + 1) / 2.0, length)  # 1-based over all rows, ties with their mean
    positive = (label[order] > 0.5).astype(np.float64)
    size = np.diff(np.append(begins, len(own)))
    n = np.add.reduceat(positive, begins)
    within = np.add.reduceat(positive * (rank - np.repeat(begins, size)), begins)
    pairs = n * (size - n)
    found = np.divide(within - n * (n + 1) / 2, pairs, out=np.full(len(n), np.nan), where=pairs > 0)
    return own[begins], found, n


def ece(label: np.ndarray, probability: np.ndarray, bins: int = 10) -> float:
    """Expected calibration error over equal bins of the probability."""
    place = np.minimum((probability * bins).astype(int), bins - 1)
    count = np.bincount(place, minlength=bins)
    said = np.bincount(place, weights=probability, minlength=bins)
    was = np.bincount(place, weights=label, minlength=bins)
    return float(np.abs(said - was).sum() / max(count.sum(), 1))


def ndcg(relevant: np.ndarray, order: np.ndarray, k: int = 10) -> float:
    """NDCG@k of one ranking: relevant (N) bool, order rows best first."""
    gains = 1.0 / np.log2(np.arange(2, k + 2))
    found = relevant[order[:k]]
    best = gains[: min(k, int(relevant.sum()))].sum()
    return float((gains[: len(found)] * found).sum() / best) if best else float("nan")


def recall(relevant: np.ndarray, order: np.ndarray, k: int = 50) -> float:
    """Share of the relevant among the first k of one ranking."""
    n = int(relevant.sum())
    return float(relevant[order[:k]].sum() / n) if n else float("nan")


def spearman(a: np.ndarray, b: np.ndarray) -> float:
    """Rank correlation; ties get their mean rank."""
    x, y = _ranks(a), _ranks(b)
    return float(np.corrcoef(x, y)[0, 1]) if x.std() > 0 and y.std() > 0 else float("nan")


def _ranks(values: np.ndarray) -> np.ndarray:
    """1-based ranks, ties with their mean."""
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(count)
    return (last - (count - 1) / 2.0)[place]
