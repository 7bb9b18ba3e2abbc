"""Metrics beside scikit-learn's."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import spearmanr
from sklearn.metrics import log_loss, ndcg_score, roc_auc_score

from umair.training import metrics


def _rows(seed: int = 0, n: int = 400) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    label = (rng.random(n) < 0.25).astype(float)
    return label, np.round(rng.random(n) * 0.6 + 0.3 * label, 2)  # rounded: with ties


def test_auc_and_bce_are_scikit_learns() -> None:
    label, p = _rows()
    assert metrics.auc(label, p) == pytest.approx(roc_auc_score(label, p))
    assert metrics.bce(label, p) == pytest.approx(log_loss(label, np.clip(p, 1e-7, 1 - 1e-7)))
    assert np.isnan(metrics.auc(np.ones(3), np.arange(3.0)))


def test_gauc_is_the_mean_over_people_weighed_by_bookmarks() -> None:
    label, p = _rows()
    user = np.random.default_rng(1).integers(0, 12, len(label))
    label[user == 3] = 0.0  # nobody to rank: left out
    each = [(roc_auc_score(label[user == u], p[user == u]), label[user == u].sum()) for u in range(12) if u != 3]
    assert metrics.gauc(user, label, p) == pytest.approx(np.average([a for a, _ in each], weights=[n for _, n in each]))


def test_ndcg_and_recall() -> None:
    label, p = _rows(2, 60)
    p = p + 1e-6 * np.arange(60)
    order = np.argsort(-p)
    assert metrics.ndcg(label > 0, order, 10) == pytest.approx(ndcg_score([label], [p], k=10))
    assert metrics.recall(label > 0, order, 20) == pytest.approx(label[order[:20]].sum() / label.sum())


def test_calibration_error_is_nought_for_a_calibrated_and_large_for_a_sure_one() -> None:
    rng = np.random.default_rng(3)
    p = rng.random(20_000)
    label = (rng.random(20_000) < p).astype(float)
    assert metrics.ece(label, p) < 0.02 < 0.2 < metrics.ece(label, np.ones(20_000) * 0.99)


def test_spearman_is_scipys_with_ties() -> None:
    label, p = _rows(4)
    assert metrics.spearman(label, p) == pytest.approx(spearmanr(label, p).statistic)
