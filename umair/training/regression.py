"""What one person follows, with an interval: a logistic regression on their standardised affinities (recipe)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

ROUNDS = 4  # of EM for the population
STEPS = 12  # Newton steps a person
STEP_LIMIT = 1.5
LEAST = 0.02  # a modality's coefficient is at least this before shares are taken
NAMED = 1.64  # gap over standard errors from which a main modality may be named


@dataclass(frozen=True)
class Prior:
    """The population: mean (J + 1) of the coefficients (constant last) and covariance (J + 1, J + 1) between people."""

    mean: np.ndarray
    covariance: np.ndarray

    @classmethod
    def vague(cls, modalities: int) -> Prior:
        """Without a population: every modality counts alike, and nothing is sure."""
        mean = np.append(np.full(modalities, 0.5), -1.5)
        return cls(mean, np.diag(np.append(np.full(modalities, 0.25), 1.0)))


@dataclass(frozen=True)
class Fit:
    """One person: coefficients (J + 1, constant last) and their covariance given what was seen."""

    coefficients: np.ndarray
    covariance: np.ndarray

    def weights(self) -> np.ndarray:
        """(J) shares that sum to 1."""
        positive = np.maximum(self.coefficients[:-1], LEAST)
        return positive / positive.sum()

    def standard_error(self) -> np.ndarray:
        """(J) standard error of the shares: the coefficient's over the sum of the coefficients."""
        return np.sqrt(np.diag(self.covariance)[:-1]) / np.maximum(self.coefficients[:-1], LEAST).sum()

    def widened(self, factor: float) -> Fit:
        """The same, so many times less sure."""
        return Fit(self.coefficients, self.covariance * factor**2)

    def main(self) -> int | None:
        """The modality that surely leads, or None: not known yet."""
        beta = self.coefficients[:-1]
        if len(beta) < 2:
            return 0
        second, first = np.argsort(beta)[-2:]
        spread = self.covariance[first, first] + self.covariance[second, second]
        return int(first) if (beta[first] - beta[second]) / np.sqrt(spread) > NAMED else None


def fit_person(z: np.ndarray, label: np.ndarray, prior: Prior) -> Fit:
    """z (R, J) affinities, label (R): the posterior mode and its curvature, by Newton with a clipped step."""
    x = np.column_stack([z, np.ones(len(z))]).astype(np.float64)
    precision = np.linalg.inv(prior.covariance)
    beta = prior.mean.astype(np.float64).copy()
    curvature = precision
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-np.clip(x @ beta, -30, 30)))
        curvature = (x * (p * (1 - p))[:, None]).T @ x + precision
        step = np.linalg.solve(curvature, x.T @ (label - p) - precision @ (beta - prior.mean))
        beta += np.clip(step, -STEP_LIMIT, STEP_LIMIT)
        if np.abs(step).max() < 1e-6:
            break
    return Fit(beta, np.linalg.inv(curvature))


def fit_population(people: Sequence[tuple[np.ndarray, np.ndarray]], modalities: int) -> Prior:
    """The prior from many people's rows (z, label): mean and spread between people by EM."""
    prior = Prior.vague(modalities)
    if len(people) < 10:
        return prior
    for _ in range(ROUNDS):
        fits = [fit_person(z, label, prior) for z, label in people]
        betas = np.array([f.coefficients for f in fits])
        mean = betas.mean(0)
        apart = betas - mean
        covariance = apart.T @ apart / len(fits) + np.mean([f.covariance for f in fits], axis=0)
        prior = Prior(mean, covariance + 1e-4 * np.eye(len(mean)))
    return prior
