"""Where one person's taste points in every modality at once, and how strongly: found for all of them together.

A bookmark chosen for its style says nothing of content. The mean of the bookmarks takes it for both; a logistic
regression of bookmarks against pictures left alone, over the vectors of all modalities, gives each its part.
theta_j ~ N(s_j m_j, s_j^2 L_j): m, L are those of all people, the strength s_j is this person's own (evidence, by EM).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

ROUNDS = 12  # of a person's EM, one Newton step each
FIRST_STEPS = 3  # Newton steps before the strengths first move
STEP_LIMIT = 1.5
STRENGTH = 0.8  # where it begins, and its least and most
LEAST, MOST = 0.03, 8.0
HURRY = 1.5  # EM's step in log strength, lengthened
SURE = 1.5  # a person of this strength or more tells most of what people's directions are like
MOST_LEVERAGE = 0.9


@dataclass(frozen=True)
class People:
    """All people's directions: means (d_j) and covariances (d_j, d_j) of theta_j at strength 1, by modality.

    Of each, |m|^2 + tr L = 1. constant: mean and variance of the regression's constant.
    """

    means: tuple[np.ndarray, ...]
    covariances: tuple[np.ndarray, ...]
    constant: tuple[float, float] = (-1.5, 1.0)

    @classmethod
    def unknown(cls, widths: Sequence[int]) -> People:
        """Before anything is known: every direction alike."""
        return cls(tuple(np.zeros(d) for d in widths), tuple(np.eye(d) / d for d in widths))

    @property
    def blocks(self) -> list[slice]:
        ends = np.cumsum([len(m) for m in self.means])
        return [slice(int(end) - len(m), int(end)) for end, m in zip(ends, self.means, strict=True)]

    @cached_property
    def precisions(self) -> list[np.ndarray]:
        """Inverses of the covariances."""
        return [np.linalg.inv(c + 1e-6 * np.eye(len(c))) for c in self.covariances]


@dataclass(frozen=True)
class Directions:
    """One person: theta (D + 1, constant last), its covariance, and the strength of each modality (J)."""

    theta: np.ndarray
    covariance: np.ndarray
    strength: np.ndarray


def follow(
    x: np.ndarray, label: np.ndarray, people: People, begin: np.ndarray | None = None, rounds: int = ROUNDS
) -> Directions:
    """x (R, D) pictures in the vectors of all modalities, label (R) whether bookmarked; begin (J) strengths."""
    wide = np.column_stack([x, np.ones(len(x))])
    blocks, precisions = people.blocks, people.precisions
    strength = np.full(len(blocks), STRENGTH) if begin is None else begin.copy()
    theta = np.append(np.concatenate([s * m for s, m in zip(strength, people.means, strict=True)]), people.constant[0])
    prior, mean = np.zeros((len(theta), len(theta))), theta.copy()
    prior[-1, -1] = 1 / people.constant[1]
    covariance = prior
    for number in range(rounds):
        for s, own, precision, middle in zip(strength, blocks, precisions, people.means, strict=True):
            prior[own, own], mean[own] = precision / s**2, s * middle
        for _ in range(1 if number else FIRST_STEPS):
            p = _chance(wide @ theta)
            curvature = (wide * (p * (1 - p))[:, None]).T @ wide + prior
            covariance = np.linalg.inv(curvature)
            step = covariance @ (wide.T @ (label - p) - prior @ (theta - mean))
            theta = theta + np.clip(step, -STEP_LIMIT, STEP_LIMIT)
        better = _strengths(theta, covariance, people.means, blocks, precisions)
        strength = np.clip(strength * (better / strength) ** HURRY, LEAST, MOST)
    return Directions(theta, covariance, strength)


def _strengths(
    theta: np.ndarray,
    covariance: np.ndarray,
    means: Sequence[np.ndarray],
    blocks: Sequence[slice],
    precisions: Sequence[np.ndarray],
) -> np.ndarray:
    """The M step: the s_j under which theta_j ~ N(s m, s^2 L) is likeliest, its uncertainty counted."""
    found = []
    for own, precision, middle in zip(blocks, precisions, means, strict=True):
        square = theta[own] @ precision @ theta[own] + (precision * covariance[own, own]).sum()
        along = theta[own] @ precision @ middle
        d = len(middle)
        found.append((np.sqrt(along**2 + 4 * d * square) - along) / (2 * d))
    return np.clip(np.array(found), LEAST, MOST)


def left_out(x: np.ndarray, label: np.ndarray, found: Directions, blocks: Sequence[slice]) -> np.ndarray:
    """(R, J) x_j theta_j of every row by directions that have not seen this row (approximate leave-one-out)."""
    wide = np.column_stack([x, np.ones(len(x))])
    p = _chance(wide @ found.theta)
    reach = wide @ found.covariance
    leverage = np.minimum((reach * wide).sum(1) * p * (1 - p), MOST_LEVERAGE)
    surprise = (label - p) / (1 - leverage)
    columns = [x[:, own] @ found.theta[own] - (reach[:, own] * x[:, own]).sum(1) * surprise for own in blocks]
    return np.stack(columns, axis=1)


def learn_people(found: Sequence[Directions], people: People) -> People:
    """What all people's directions are like, from those of many: one round of EM."""
    means, covariances = [], []
    for j, own in enumerate(people.blocks):
        strength = np.array([f.strength[j] for f in found])
        weight = np.minimum(strength, SURE) ** 2
        weight = weight / weight.sum()
        theta = np.array([f.theta[own] for f in found])
        mean = (weight / strength) @ theta
        apart = theta / strength[:, None] - mean
        within = sum(w / s**2 * f.covariance[own, own] for w, s, f in zip(weight, strength, found, strict=True))
        covariance = (apart * weight[:, None]).T @ apart + within
        size = np.trace(covariance) + mean @ mean
        means.append(mean / np.sqrt(size))
        covariances.append(covariance / size)
    constants = np.array([f.theta[-1] for f in found])
    constant = (float(constants.mean()), max(float(constants.var()), 0.1))
    return People(tuple(means), tuple(covariances), constant)


def _chance(logit: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-np.clip(logit, -30, 30)))
