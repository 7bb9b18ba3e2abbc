"""Invented worlds with planted taste, after the study's, as libraries: vectors and a log, no pictures.

Words, content and style: latent clusters with spread, seen through a random map with noise. Metadata: fame, which
shows in the log alone, and size, shape and number of labels. A person's taste: weights ~ Dirichlet(0.6), a direction
(or more) in each modality; utility = strength * sum of weights * affinities, standardised over the pictures, + Gumbel
noise; the best BOOKMARKS pictures are bookmarked, at random times of a year.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from umair.encoders.vectors import set_active_vectors, write_vectors
from umair.features.schema import MODALITIES, SPACES
from umair.library.store import Library

LATENT, SEEN, CLUSTERS = 12, 48, 40
BOOKMARKS = 110
YEAR = 365 * 86_400_000_000
BEGIN = 1_735_689_600_000_000


@dataclass(frozen=True)
class World:
    """One kind of world. noise: of what encoders see; strength: how sharply people choose, uneven: its spread between
    people (log); directions: of a person in each modality; shared: part of style and content that is the same.
    """

    name: str
    noise: float = 0.3
    strength: float = 3.0
    uneven: float = 0.0
    directions: int = 1
    shared: float = 0.0


WORLDS = (
    World("standard"),
    World("correlated", shared=0.48),
    World("harsh", noise=1.0, uneven=0.3, directions=2),
    World("sharper", strength=5.0),
    World("blunter", strength=1.5),
    World("noise", noise=1.0),
)


def invent(world: World, folder: Path, pictures: int, people: int, seed: int) -> Library:
    """A library of this world in an empty folder, its truth beside it."""
    rng = np.random.default_rng([seed, 51])
    latents = _latents(world, pictures, rng)
    weights = rng.dirichlet([0.6] * 4, people)
    liking = _liking(world, latents, weights, rng)
    chosen = np.argsort(-(liking + rng.gumbel(size=liking.shape)), axis=1)[:, :BOOKMARKS]
    library = Library.create(folder, f"Invented, {world.name}", synthetic=True)
    items, users = [f"i{n:05d}" for n in range(pictures)], [f"u{n:05d}" for n in range(people)]
    library.write_illustrations(_illustrations(items, latents["metadata"]))
    library.write_users(pl.DataFrame({"user_id": users}))
    log = pl.DataFrame(
        {
            "user_id": np.repeat(users, BOOKMARKS),
            "item_id": np.array(items)[chosen.reshape(-1)],
            "at": _time(BEGIN + (rng.random(chosen.size) * YEAR).astype(np.int64)),
            "kind": ["bookmark"] * chosen.size,
        }
    )
    library.append_interactions(log)
    (folder / "truth").mkdir()
    truth = pl.DataFrame({"user_id": users, **{m: weights[:, k] for k, m in enumerate(MODALITIES)}})
    truth.write_parquet(folder / "truth" / "users.parquet")
    for space in SPACES:
        seen = latents[space] @ rng.normal(size=(LATENT, SEEN)) / LATENT**0.5
        fingerprint = hashlib.sha256(space.encode()).hexdigest()
        write_vectors(folder, space, fingerprint, items, seen + world.noise * rng.normal(size=seen.shape))
        set_active_vectors(library, space, fingerprint)
    return library


def _latents(world: World, pictures: int, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """(N, LATENT) of each space, unit spread; of metadata (N, 4): fame, log area, log aspect, number of labels."""
    found = {}
    for space in SPACES:
        middles = rng.normal(size=(CLUSTERS, LATENT))
        own = middles[rng.integers(0, CLUSTERS, pictures)] + 0.6 * rng.normal(size=(pictures, LATENT))
        found[space] = (own - own.mean(0)) / own.std(0)
    found["style"] = world.shared**0.5 * found["semantic"] + (1 - world.shared) ** 0.5 * found["style"]
    found["metadata"] = rng.normal(size=(pictures, 4))
    return found


def _liking(world: World, latents: dict[str, np.ndarray], weights: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """(U, N) strength * weighted affinities."""
    people = len(weights)
    total = np.zeros((people, len(latents["metadata"])))
    content = [rng.normal(size=(people, LATENT)) for _ in range(world.directions)]
    for j, modality in enumerate(MODALITIES):
        best = np.full(total.shape, -np.inf)
        for shared in content:
            if modality == "metadata":
                direction = 0.6 * rng.normal(size=(people, 4)) + np.array([1.0, 0, 0, 0])
            elif modality == "semantic":
                direction = shared
            else:
                part = world.shared if modality == "style" else 0.0
                direction = part**0.5 * shared + (1 - part) ** 0.5 * rng.normal(size=(people, LATENT))
            best = np.maximum(best, direction @ latents[modality].T)
        total += weights[:, [j]] * (best - best.mean(1, keepdims=True)) / best.std(1, keepdims=True)
    return world.strength * np.exp(world.uneven * rng.normal(size=(people, 1))) * total


def _illustrations(items: list[str], metadata: np.ndarray) -> pl.DataFrame:
    area, aspect = np.exp(12 + 0.5 * metadata[:, 1]), np.exp(0.3 * metadata[:, 2])
    count = np.round(np.exp(2 + 0.5 * metadata[:, 3])).astype(int).clip(1, 40)
    n = len(items)
    return pl.DataFrame(
        {
            "item_id": items,
            "image": ["none"] * n,
            "sha256": [hashlib.sha256(i.encode()).hexdigest() for i in items],
            "width_px": np.sqrt(area * aspect).round().astype(int),
            "height_px": np.sqrt(area / aspect).round().astype(int),
            "labels": [["one"] * int(k) for k in count],
            "published_at": _time(np.full(n, BEGIN - YEAR)),
            "rating": ["general"] * n,
        }
    )


def _time(values: np.ndarray) -> pl.Series:
    return pl.Series(values.astype(np.int64)).cast(pl.Datetime("us")).dt.replace_time_zone("UTC")
