"""The bootstrap: beside naive loops, with known answers, and covering what it says it covers."""

from __future__ import annotations

import numpy as np
import pytest

from umair.experiments.comparison import bootstrap
from umair.experiments.comparison.measures import AUC, BCE, GAUC, NDCG, Resamples, measured
from umair.experiments.comparison.trial import Scores
from umair.training import metrics


def _scores(seed: int, users: int = 12, rows: int = 200) -> Scores:
    rng = np.random.default_rng(seed)
    owner = np.random.default_rng(0).integers(0, users, rows)
    label = np.random.default_rng(1).random(rows) < 0.5
    logit = np.round(rng.normal(size=rows) + label, 1).astype(np.float32)  # rounded: with ties
    ranked = np.unique(owner)[::2]
    return Scores(owner, label, logit, ranked, rng.random(len(ranked)), rng.random(len(ranked)))


def test_weighted_auc_is_the_auc_of_repeated_rows() -> None:
    s = _scores(3)
    weights = bootstrap.user_weights(12, 7, seed=2)
    found = bootstrap.weighted_auc(s.user, s.label, s.logit, weights)
    for own, value in zip(weights.astype(int), found, strict=True):
        rows = np.repeat(np.arange(len(s.user)), own[s.user])
        assert value == pytest.approx(metrics.auc(s.label[rows], s.logit[rows]))


def test_every_measure_of_a_resample_is_that_of_the_drawn_people() -> None:
    trials = [_scores(3), _scores(4), _scores(5)]
    of = Resamples.of(trials[0].user, 6)
    found = measured(trials, of, draw=9)
    drawn = np.random.default_rng(9).integers(0, 3, (6, 3))
    for b in range(6):
        each: dict[str, list[float]] = {AUC: [], BCE: [], GAUC: [], NDCG: []}
        for k in drawn[b]:
            t = trials[k]
            rows = np.concatenate(  # person after person, each as often as drawn, each time as another person
                [np.flatnonzero(t.user == u) for u in range(12) for _ in range(int(of.weights[b, u]))]
            )
            person = np.concatenate(
                [np.full((t.user == u).sum(), 100 * u + n) for u in range(12) for n in range(int(of.weights[b, u]))]
            )
            label = t.label[rows].astype(float)
            each[AUC].append(metrics.auc(label, t.logit[rows]))
            each[BCE].append(metrics.bce(label, 1 / (1 + np.exp(-t.logit[rows].astype(float)))))
            each[GAUC].append(metrics.gauc(person, label, t.logit[rows]))
            w = of.weights[b, t.ranked_user]
            each[NDCG].append(float((w * t.ndcg).sum() / w.sum()))
        for name, values in each.items():
            assert found[name].resampled[b] == pytest.approx(np.mean(values)), name


def test_one_model_beside_itself_differs_by_nothing_and_a_better_one_by_what_it_is_better() -> None:
    a, better = np.array([0.5, 0.5]), np.array([0.6, 0.6])
    flat = np.random.default_rng(0).normal(0.5, 0.1, 400)
    same = bootstrap.difference(a, a, flat, flat)
    assert (same.mean, same.low, same.high) == (0.0, 0.0, 0.0) and not same.certain
    apart = bootstrap.difference(better, a, flat + 0.1, flat)  # paired: what both share falls out
    assert apart.mean == pytest.approx(0.1) and apart.low == pytest.approx(0.1) and apart.certain
    assert apart.other_side == 0.0


def test_intervals_cover_users_and_seeds() -> None:
    """Truth 0.3; users spread 0.2 around it, seeds 0.03; about 95 of 100 intervals must hold it."""
    held, trials, users, seeds = 0, 200, 80, 8
    for n in range(trials):
        rng = np.random.default_rng(n)
        values = 0.3 + rng.normal(0, 0.2, users) + rng.normal(0, 0.03, (seeds, 1))
        weights = bootstrap.user_weights(users, 300, seed=n)
        by_seed = bootstrap.ratios(values, np.ones_like(values), weights)
        found = bootstrap.interval(values.mean(1), bootstrap.over_seeds(by_seed, n))
        held += found.low <= 0.3 <= found.high
    assert 0.89 <= held / trials <= 0.99


def test_seeds_that_disagree_widen_the_interval() -> None:
    users = np.random.default_rng(0).normal(0.5, 0.1, 100)
    weights = bootstrap.user_weights(100, 400)

    def width(spread: float) -> float:
        values = users + np.linspace(-spread, spread, 5)[:, None]
        draws = bootstrap.over_seeds(bootstrap.ratios(values, np.ones_like(values), weights), 1)
        found = bootstrap.interval(values.mean(1), draws)
        return found.high - found.low

    assert width(0.1) > 2 * width(0.0) > 0.0
