"""The per-user regression: finds planted weights, knows when it does not know."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from umair.training.regression import Prior, fit_person, fit_population

J = 4


def _person(rng: np.random.Generator, beta: np.ndarray, n: int) -> tuple[np.ndarray, np.ndarray]:
    z = rng.normal(size=(4 * n, J))
    return z, (rng.random(4 * n) < 1 / (1 + np.exp(-(z @ beta - 1.2)))).astype(float)


def test_with_a_flat_prior_it_is_scikit_learns_ridge() -> None:
    z, label = _person(np.random.default_rng(0), np.array([2.0, 0.5, 0.0, 1.0]), 100)
    x = np.column_stack([z, np.ones(len(z))])
    peer = LogisticRegression(C=1.0, fit_intercept=False, tol=1e-10, max_iter=2_000).fit(x, label)
    ours = fit_person(z, label, Prior(np.zeros(J + 1), np.eye(J + 1)))
    np.testing.assert_allclose(ours.coefficients, peer.coef_[0], atol=1e-3)


def test_the_intervals_of_the_shares_cover_the_truth() -> None:
    rng = np.random.default_rng(1)
    truth = 3 * rng.dirichlet([1.0] * J, 150)
    rows = [_person(rng, beta, 60) for beta in truth]
    prior = fit_population(rows, J)
    fits = [fit_person(z, label, prior) for z, label in rows]
    shares = truth / truth.sum(1, keepdims=True)
    inside = [np.abs(f.weights() - s) <= 1.645 * f.standard_error() for f, s in zip(fits, shares, strict=True)]
    assert 0.82 < np.mean(inside) < 0.97
    assert np.corrcoef([f.weights()[0] for f in fits], shares[:, 0])[0, 1] > 0.85


def test_weights_sum_to_one_and_few_rows_leave_it_open() -> None:
    rng = np.random.default_rng(2)
    few = fit_person(*_person(rng, np.array([2.0, 0.3, 0.3, 0.3]), 3), Prior.vague(J))
    many = fit_person(*_person(rng, np.array([2.0, 0.3, 0.3, 0.3]), 200), Prior.vague(J))
    assert few.weights().sum() == pytest.approx(1) == many.weights().sum()
    assert few.main() is None and many.main() == 0
    assert few.standard_error().min() > 2 * many.standard_error().max()


def test_no_rows_at_all_give_the_population() -> None:
    nobody = fit_person(np.zeros((0, J)), np.zeros(0), Prior.vague(J))
    np.testing.assert_allclose(nobody.weights(), 0.25)
    assert nobody.main() is None
