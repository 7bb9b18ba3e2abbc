"""What a ranker is worth: rows of validation and test, and the ranking of whole catalogues, beside popularity."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch
from torch import nn

from umair.training import metrics
from umair.training.data import RankerData
from umair.training.fit import predict
from umair.training.rows import Rows, as_batch

RANKED_USERS = 300
ALL_SHOWN = 50


def row_metrics(model: nn.Module, rows: Rows) -> dict[str, float]:
    """AUC, BCE, AUC within users, calibration error; of rows with their negatives."""
    logit, columns = predict(model, rows)
    probability = 1 / (1 + np.exp(-logit.astype(np.float64)))
    label = columns["label"].astype(np.float64)
    return {
        "auc": metrics.auc(label, logit),
        "bce": metrics.bce(label, probability),
        "gauc": metrics.gauc(columns["user"], label, logit),
        "ece": metrics.ece(label, probability),
    }


Score = Callable[[int, np.ndarray], np.ndarray]


def model_score(model: nn.Module, data: RankerData) -> Score:
    """(user, rows of illustrations) -> logit, as of the beginning of the test part."""

    @torch.no_grad()
    def score(user: int, items: np.ndarray) -> np.ndarray:
        at = np.full(len(items), data.split.test)
        batch = as_batch(data.inputs.rows(np.full(len(items), user), items, at))
        return model(batch).logit.float().numpy()

    model.eval()
    return score


def popularity_score(data: RankerData) -> Score:
    """How often bookmarked before the test part."""
    _, counts = data.metadata.counts(np.arange(len(data.catalogue)), np.full(len(data.catalogue), data.split.test))
    return lambda user, items: counts[items]


def ranking_metrics(score: Score, data: RankerData, seed: int = 0) -> dict[str, float]:
    """NDCG@10, Recall@50, coverage and popularity of what is shown, over a seeded sample of users.

    Candidates: all that was out when the test part began, less what the user had bookmarked. Relevant: those of them
    that the user bookmarked in the test part.
    """
    out = np.flatnonzero(data.catalogue.published < data.split.test)
    counts = popularity_score(data)(0, np.arange(len(data.catalogue)))
    later = data.events.at >= data.split.test
    users = np.unique(data.events.user[later])
    sample = np.random.default_rng(seed).permutation(users)[:RANKED_USERS]
    ndcg, recall, shown, popular = [], [], set(), []
    for user in sample:
        own = slice(data.events.start[user], data.events.start[user + 1])
        before = data.events.item[own][~later[own]]
        candidates = np.setdiff1d(out, before)
        relevant = np.isin(candidates, data.events.item[own][later[own]])
        if not relevant.any():
            continue
        order = np.argsort(-score(int(user), candidates), kind="stable")
        ndcg.append(metrics.ndcg(relevant, order, 10))
        recall.append(metrics.recall(relevant, order, ALL_SHOWN))
        first = candidates[order[:ALL_SHOWN]]
        shown.update(first.tolist())
        popular.append(counts[first].mean())
    if not ndcg:
        return {"ranked_users": 0.0}
    return {
        "ndcg@10": float(np.mean(ndcg)),
        "recall@50": float(np.mean(recall)),
        "coverage@50": len(shown) / max(len(out), 1),
        "mean_popularity@50": float(np.mean(popular)),
        "ranked_users": float(len(ndcg)),
        "candidates": float(len(out)),
    }
