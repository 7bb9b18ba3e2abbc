"""What a ranker is worth: rows of validation and test, and the ranking of whole catalogues, beside popularity."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from torch import nn

from umair.models.batch import Batch
from umair.training import metrics
from umair.training.data import RankerData
from umair.training.fit import EVALUATION_ROWS, predict
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
    """(user, rows of illustrations) -> logit, as of the beginning of the test part.

    Both sides are looked up once, not once a pair; the rows are those that `data.inputs.rows` gives.
    """
    inputs, now = data.inputs, data.split.test
    people, catalogue = np.arange(len(data.events.users)), np.arange(len(data.catalogue))
    one = np.zeros(len(people), np.float32)
    user_side = inputs.columns(people, np.zeros(len(people), np.int64), np.full(len(people), now), one)
    item_side = as_batch(inputs.rows(np.zeros(len(catalogue), np.int64), catalogue, np.full(len(catalogue), now)))

    @torch.no_grad()
    def score(user: int, items: np.ndarray) -> np.ndarray:
        person = as_batch(inputs.assemble({name: values[user : user + 1] for name, values in user_side.items()}))
        found = [
            model(_beside(person, item_side.rows(some))).logit.float()
            for some in torch.from_numpy(items.astype(np.int64)).split(EVALUATION_ROWS)
        ]
        return torch.cat(found).numpy() if found else np.zeros(0, np.float32)

    model.eval()
    return score


def _beside(person: Batch, items: Batch) -> Batch:
    """One person (B = 1) beside each of the illustrations."""
    n = len(items.label)
    return Batch(
        person.user_fields.expand(n, -1),
        items.item_fields,
        items.items,
        {m: x.expand(n, -1) for m, x in person.interests.items()},
        person.facts.expand(n, -1),
        items.label,
    )


def popularity_score(data: RankerData) -> Score:
    """How often bookmarked before the test part."""
    _, counts = data.metadata.counts(np.arange(len(data.catalogue)), np.full(len(data.catalogue), data.split.test))
    return lambda user, items: counts[items]


@dataclass(frozen=True)
class Ranked:
    """Whole catalogues ranked for a sample of users: (n) each.

    user: number; ndcg: NDCG@10; recall: Recall@50; shown (n, 50): rows of the first, -1 where there are fewer.
    """

    user: np.ndarray
    ndcg: np.ndarray
    recall: np.ndarray
    shown: np.ndarray
    candidates: int


def ranked_by_user(score: Score, data: RankerData, seed: int = 0, users: int = RANKED_USERS) -> Ranked:
    """A seeded sample of users, the same for every score.

    Candidates: all that was out when the test part began, less what the user had bookmarked. Relevant: those of them
    that the user bookmarked in the test part.
    """
    out = np.flatnonzero(data.catalogue.published < data.split.test)
    later = data.events.at >= data.split.test
    sample = np.random.default_rng(seed).permutation(np.unique(data.events.user[later]))[:users]
    kept, ndcg, recall, shown = [], [], [], []
    for user in sample:
        own = slice(data.events.start[user], data.events.start[user + 1])
        before = data.events.item[own][~later[own]]
        candidates = np.setdiff1d(out, before)
        relevant = np.isin(candidates, data.events.item[own][later[own]])
        if not relevant.any():
            continue
        order = np.argsort(-score(int(user), candidates), kind="stable")
        kept.append(int(user))
        ndcg.append(metrics.ndcg(relevant, order, 10))
        recall.append(metrics.recall(relevant, order, ALL_SHOWN))
        first = candidates[order[:ALL_SHOWN]]
        shown.append(np.pad(first, (0, ALL_SHOWN - len(first)), constant_values=-1))
    return Ranked(
        np.array(kept, np.int64),
        np.array(ndcg),
        np.array(recall),
        np.array(shown, np.int64).reshape(-1, ALL_SHOWN),
        len(out),
    )


def ranking_metrics(score: Score, data: RankerData, seed: int = 0) -> dict[str, float]:
    """NDCG@10, Recall@50, coverage and popularity of what is shown: means over `ranked_by_user`."""
    ranked = ranked_by_user(score, data, seed)
    if not len(ranked.user):
        return {"ranked_users": 0.0}
    counts = popularity_score(data)(0, np.arange(len(data.catalogue)))
    first = [row[row >= 0] for row in ranked.shown]
    return {
        "ndcg@10": float(ranked.ndcg.mean()),
        "recall@50": float(ranked.recall.mean()),
        "coverage@50": len(np.unique(np.concatenate(first))) / max(ranked.candidates, 1),
        "mean_popularity@50": float(np.mean([counts[row].mean() for row in first])),
        "ranked_users": float(len(ranked.user)),
        "candidates": float(ranked.candidates),
    }
