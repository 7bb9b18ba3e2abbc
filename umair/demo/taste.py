"""Planted taste: what each user of the demo follows, and how much. Kept apart from what any training may read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from umair.demo.catalogue import WIDTH, latent

MODALITIES = ("label_text", "semantic", "style", "metadata")  # the order of umair.features.schema, which lies above


@dataclass(frozen=True)
class Menu:
    """What can be somebody's favourite, by name; empty for a world without pictures."""

    themes: Sequence[str] = ()
    characters: Sequence[str] = ()
    settings: Sequence[str] = ()
    hands: Sequence[str] = ()


@dataclass(frozen=True)
class Tastes:
    """U users: weights (U, 4) rows of sum 1, strength (U,), and where their taste points at the year's begin and end.

    begin, end: (3, U, WIDTH) unit rows for label_text, semantic, style; fame, newness (U,) how much each is liked;
    favourites: names by user, in the order themes, characters, hands.
    """

    weights: np.ndarray
    later_weights: np.ndarray
    strength: np.ndarray
    begin: np.ndarray
    end: np.ndarray
    fame: np.ndarray
    newness: np.ndarray
    themes: tuple[tuple[str, ...], ...]
    characters: tuple[tuple[str, ...], ...]
    hands: tuple[tuple[str, ...], ...]

    def at(self, share: float) -> tuple[np.ndarray, np.ndarray]:
        """(weights (U, 4), directions (3, U, WIDTH)) when this share of the year has passed."""
        weights = (1 - share) * self.weights + share * self.later_weights
        return weights, _unit((1 - share) * self.begin + share * self.end)


def plant(users: int, menu: Menu, seed: int, strength: float = 3.0) -> Tastes:
    """Draw tastes: weights ~ Dirichlet(0.6); favourites by Zipf, some are everybody's; one in four users drifts.

    Nearly all like fame a little more than not, and each to another degree.
    """
    rng = np.random.default_rng([seed, 21])
    weights = rng.dirichlet([0.6] * 4, users)
    drifts = (rng.random(users) < 0.25) * rng.uniform(0.3, 0.6, users)
    other = rng.dirichlet([0.6] * 4, users)
    later = (1 - drifts[:, None]) * weights + drifts[:, None] * other
    themes, words = _favourites(rng, menu.themes, "word", users, (2, 4))
    characters, people = _favourites(rng, menu.characters, "character", users, (1, 3))
    _, places = _favourites(rng, menu.settings, "setting", users, (1, 2))
    hands, styles = _favourites(rng, menu.hands, "hand", users, (1, 2))
    begin = _unit(np.stack([words, 1.3 * people + places, styles]))
    turned = _unit(begin + 0.9 * drifts[None, :, None] * _unit(rng.normal(size=begin.shape)))
    spread = strength * np.exp(rng.normal(0, 0.2, users))
    fame, newness = rng.normal(0.9, 0.35, users), rng.normal(0.1, 0.3, users)
    return Tastes(weights, later, spread, begin, turned, fame, newness, themes, characters, hands)


def _favourites(
    rng: np.random.Generator, names: Sequence[str], family: str, users: int, many: tuple[int, int]
) -> tuple[tuple[tuple[str, ...], ...], np.ndarray]:
    """(names by user, directions (U, WIDTH)); without names the directions are random and the names empty."""
    noise = rng.normal(size=(users, WIDTH))
    if not names:
        return ((),) * users, noise
    vectors = np.array([latent(family, n) for n in names])
    order = rng.permutation(len(names))
    chance = 1.0 / (3.0 + np.arange(len(names)))
    keys = np.log(chance / chance.sum()) + rng.gumbel(size=(users, len(names)))
    ranked = order[np.argsort(-keys, axis=1)]
    counts = rng.integers(many[0], many[1] + 1, users)
    chosen = np.arange(ranked.shape[1])[None, :] < np.minimum(counts, len(names))[:, None]
    directions = np.zeros((users, WIDTH))
    for place in range(min(many[1], len(names))):
        directions += chosen[:, place, None] * vectors[ranked[:, place]] * 0.8**place
    own = tuple(tuple(names[k] for k in ranked[u, : counts[u]]) for u in range(users))
    return own, _unit(directions) + 0.12 * noise / WIDTH**0.5


def _unit(rows: np.ndarray) -> np.ndarray:
    return rows / np.maximum(np.linalg.norm(rows, axis=-1, keepdims=True), 1e-9)
