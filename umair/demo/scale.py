"""A library of any size without pictures: tables only, for measuring how the software scales."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import polars as pl

from umair.demo.catalogue import WIDTH, Catalogue, latent
from umair.demo.clock import utc
from umair.demo.labels import THEMES
from umair.demo.world import BOOKMARK, KINDS, World
from umair.library.atomic import write_parquet
from umair.library.info import LibraryInfo, write_info
from umair.library.tables import ILLUSTRATIONS, INTERACTIONS, USERS, conform

CREATED = "2026-01-01T00:00:00Z"
BY_ARTIST = 25  # pictures of one artist, on average
LABELS = 4


def scale(out: Path, pictures: int, users: int, seed: int = 0) -> Path:
    """Write illustrations (whose image files do not exist), users and a year's log to an empty folder; returns it.

    About 80 bookmarks a user; 25,000 rows a second on one core. Labels are the themes nearest to a picture's latent
    words, artists the nearest of as many random styles.
    """
    items = Catalogue.invent(pictures, seed)
    world = World.generate(items, users, seed)
    item_ids = np.array([f"s{n:08d}" for n in range(pictures)])
    user_ids = np.array([f"u{n:07d}" for n in range(users)])
    out.mkdir(parents=True, exist_ok=True)
    write_parquet(out / "illustrations.parquet", conform(_illustrations(items, item_ids, world, seed), ILLUSTRATIONS))
    everyone = pl.DataFrame({"user_id": user_ids, "name": user_ids})
    write_parquet(out / "users.parquet", conform(everyone, USERS))
    log = pl.DataFrame(
        {
            "user_id": user_ids[world.user],
            "item_id": item_ids[world.item],
            "at": world.at,
            "kind": np.array(KINDS)[world.kind],
        }
    ).with_columns(utc("at"))
    write_parquet(out / "interactions" / "part-00000.parquet", conform(log, INTERACTIONS))
    write_info(out, LibraryInfo(f"Scale {pictures:,} x {users:,}", CREATED, source="umair/demo/scale", synthetic=True))
    return out


def _illustrations(items: Catalogue, item_ids: np.ndarray, world: World, seed: int) -> pl.DataFrame:
    rng = np.random.default_rng([seed, 91])
    themes = np.array(THEMES)
    nearest = np.argsort(-(items.label_text @ np.array([latent("word", t) for t in THEMES]).T), axis=1)[:, :LABELS]
    hashes = [hashlib.sha256(item.encode()).hexdigest() for item in item_ids]
    marks = np.bincount(world.item[world.kind == BOOKMARK], minlength=len(items))
    return pl.DataFrame(
        {
            "item_id": item_ids,
            "image": [f"images/{sha[:2]}/{sha}.webp" for sha in hashes],
            "sha256": hashes,
            "width_px": rng.integers(600, 3000, len(items)),
            "height_px": rng.integers(600, 3000, len(items)),
            "labels": themes[nearest].tolist(),
            "artist_id": [f"a{a:06d}" for a in _artists(items, rng)],
            "published_at": items.published,
            "rating": ["general"] * len(items),
            "views": marks * 12,
            "bookmarks": marks,
        }
    ).with_columns(utc("published_at"))


def _artists(items: Catalogue, rng: np.random.Generator) -> np.ndarray:
    """(N,) the nearest of random styles, found in chunks."""
    styles = rng.normal(size=(max(2, min(len(items) // BY_ARTIST, 10_000)), WIDTH)).astype(np.float32)
    chunks = np.array_split(items.style, max(1, len(items) // 4096))
    return np.concatenate([(chunk @ styles.T).argmax(1) for chunk in chunks])
