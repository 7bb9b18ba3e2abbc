"""Where a person's taste points: planted directions and strengths are found, rows are judged by others alone."""

from __future__ import annotations

import numpy as np
import pytest

from umair.training.directions import Directions, People, follow, learn_people, left_out

WIDTHS = (6, 6, 3)


def _person(rng: np.random.Generator, strength: np.ndarray, rows: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    x = rng.normal(size=(rows, sum(WIDTHS)))
    parts = [s * _unit(rng.normal(size=d)) for s, d in zip(strength, WIDTHS, strict=True)]
    theta = np.concatenate(parts)
    label = (rng.random(rows) < 1 / (1 + np.exp(-(x @ theta - 1.2)))).astype(float)
    return x, label, theta


def _unit(v: np.ndarray) -> np.ndarray:
    return v / np.linalg.norm(v)


def test_planted_strengths_and_directions_are_found() -> None:
    rng, people = np.random.default_rng(0), People.unknown(WIDTHS)
    strength = 3 * rng.dirichlet([0.6] * 3, 60)
    lengths, alike = [], []
    for own in strength:
        x, label, theta = _person(rng, own, 400)
        found = follow(x, label, people)
        lengths.append([np.linalg.norm(found.theta[b]) for b in people.blocks])
        alike.append(_unit(found.theta[:-1]) @ _unit(theta))
    assert np.mean(alike) > 0.9
    for j in range(3):
        assert np.corrcoef(np.array(lengths)[:, j], strength[:, j])[0, 1] > 0.9


def test_what_a_person_does_not_follow_gets_next_to_nothing() -> None:
    """The mean of the bookmarks cannot say this: chance alone gives it a length in every modality."""
    rng, people = np.random.default_rng(1), People.unknown(WIDTHS)
    x, label, _ = _person(rng, np.array([3.0, 0.0, 0.0]), 400)
    found = follow(x, label, people)
    length = np.array([np.linalg.norm(found.theta[b]) for b in people.blocks])
    mean = x[label == 1].mean(0)
    plain = np.array([np.linalg.norm(mean[b]) for b in people.blocks])
    assert length[1:].sum() / length.sum() < 0.6 * plain[1:].sum() / plain.sum()


def test_rows_left_out_are_as_if_fitted_without_them() -> None:
    """Oracle: take each row out, fit anew at the same strengths, and look at the row by what is found."""
    rng, people = np.random.default_rng(2), People.unknown(WIDTHS)
    x, label, _ = _person(rng, np.array([2.0, 0.5, 1.0]), 120)
    found = follow(x, label, people, rounds=40)
    fast = left_out(x, label, found, people.blocks)
    slow = np.array([_at_strength(x, label, people, found, n) for n in range(len(x))])
    seen = np.stack([x[:, b] @ found.theta[b] for b in people.blocks], axis=1)
    assert np.abs(fast - slow).mean() < 0.15 * np.abs(seen - slow).mean()


def _at_strength(x: np.ndarray, label: np.ndarray, people: People, found: Directions, row: int) -> list[float]:
    keep = np.arange(len(x)) != row
    prior = np.zeros((x.shape[1] + 1,) * 2)
    for s, b, precision in zip(found.strength, people.blocks, people.precisions, strict=True):
        prior[b, b] = precision / s**2
    prior[-1, -1] = 1 / people.constant[1]
    mean = np.append(np.zeros(x.shape[1]), people.constant[0])
    wide, theta = np.column_stack([x, np.ones(len(x))]), found.theta.copy()
    for _ in range(20):
        p = 1 / (1 + np.exp(-(wide[keep] @ theta)))
        curvature = (wide[keep] * (p * (1 - p))[:, None]).T @ wide[keep] + prior
        theta = theta + np.linalg.solve(curvature, wide[keep].T @ (label[keep] - p) - prior @ (theta - mean))
    return [float(x[row, b] @ theta[b]) for b in people.blocks]


def test_people_tell_in_which_directions_tastes_differ() -> None:
    rng, people = np.random.default_rng(3), People.unknown((6,))
    found = []
    for _ in range(150):
        theta = np.concatenate([1.5 * _unit(rng.normal(size=2)), np.zeros(4)])
        x = rng.normal(size=(160, 6))
        label = (rng.random(160) < 1 / (1 + np.exp(-(x @ theta - 1.2)))).astype(float)
        found.append((x, label))
    for _ in range(4):
        people = learn_people([follow(x, label, people) for x, label in found], people)
    spread = np.diag(people.covariances[0])
    assert spread[:2].sum() > 0.8 * spread.sum()
    assert np.trace(people.covariances[0]) + (people.means[0] ** 2).sum() == pytest.approx(1)


def test_nobody_met_anything_gives_the_people() -> None:
    people = People.unknown(WIDTHS)
    nobody = follow(np.zeros((0, sum(WIDTHS))), np.zeros(0), people)
    np.testing.assert_allclose(nobody.theta[:-1], 0, atol=1e-9)
    assert nobody.theta[-1] == pytest.approx(people.constant[0])
