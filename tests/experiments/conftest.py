"""A small world with planted taste, as a library: no pictures, vectors that see the latents through noise."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from umair.demo.catalogue import Catalogue
from umair.demo.world import KINDS, World
from umair.encoders.vectors import set_active_vectors, write_vectors
from umair.features.schema import MODALITIES
from umair.library.store import Library

PICTURES, USERS = 600, 120


@pytest.fixture(scope="session")
def planted_library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    library = Library.create(tmp_path_factory.mktemp("planted") / "world", "Planted", synthetic=True)
    items = Catalogue.invent(PICTURES, seed=1)
    world = World.generate(items, USERS, seed=1)
    pictures, users = [f"i{k:03d}" for k in range(PICTURES)], [f"u{k:03d}" for k in range(USERS)]
    library.write_illustrations(_illustrations(pictures, items.published))
    library.write_users(pl.DataFrame({"user_id": users}))
    log = {
        "user_id": [users[k] for k in world.user],
        "item_id": [pictures[k] for k in world.item],
        "at": _time(world.at),
        "kind": [KINDS[k] for k in world.kind],
    }
    library.append_interactions(pl.DataFrame(log))
    _write_truth(library.path, users, world.followed)
    rng = np.random.default_rng(0)
    for space in ("semantic", "style", "label_text"):
        latent = getattr(items, space)
        seen = latent @ rng.normal(size=(latent.shape[1], 40)) + 0.5 * rng.normal(size=(PICTURES, 40))
        fingerprint = hashlib.sha256(space.encode()).hexdigest()
        write_vectors(library.path, space, fingerprint, pictures, seen)
        set_active_vectors(library, space, fingerprint)
    return library


def _illustrations(pictures: list[str], published: np.ndarray) -> pl.DataFrame:
    n = len(pictures)
    return pl.DataFrame(
        {
            "item_id": pictures,
            "image": ["none"] * n,
            "sha256": [hashlib.sha256(i.encode()).hexdigest() for i in pictures],
            "width_px": [256] * n,
            "height_px": [192] * n,
            "labels": [["one"]] * n,
            "published_at": _time(published),
            "rating": ["general"] * n,
        }
    )


def _write_truth(folder: Path, users: list[str], followed: np.ndarray) -> None:
    (folder / "truth").mkdir()
    columns = {m: followed[:, k] for k, m in enumerate(MODALITIES)}
    pl.DataFrame({"user_id": users, **columns}).write_parquet(folder / "truth" / "users.parquet")


def _time(values: np.ndarray) -> pl.Series:
    return pl.Series(values.astype(np.int64)).cast(pl.Datetime("us")).dt.replace_time_zone("UTC")
