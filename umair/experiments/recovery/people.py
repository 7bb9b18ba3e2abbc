"""Other people before the demo's own pictures: the same vectors, another planted world."""

from __future__ import annotations

import shutil
from pathlib import Path

import polars as pl

from umair.demo.build import menu
from umair.demo.catalogue import Catalogue, Depicted
from umair.demo.files import write_people
from umair.demo.world import World
from umair.library.store import Library

KEPT = ("illustrations.parquet", "library.toml", "vectors", "truth")


def other_people(demo: Library, folder: Path, people: int, seed: int) -> Library:
    """A copy of the demo's tables and vectors with people, log and truth of another seed, and no rankers."""
    folder.mkdir(parents=True)
    for name in KEPT:
        if (demo.path / name).is_dir():
            shutil.copytree(demo.path / name, folder / name)
        else:
            shutil.copy(demo.path / name, folder / name)
    world = World.generate(pictures := depicted(demo), people, seed, menu())
    write_people(folder, pictures, world, seed)
    library = Library.open(folder)
    library.set_active("ranker", None)
    return library


def depicted(demo: Library) -> Catalogue:
    """What can be liked about the demo's pictures, as its people saw it."""
    truth = pl.read_parquet(demo.path / "truth" / "pictures.parquet")
    rows = demo.illustrations().select("item_id", "artist_id").join(truth, on="item_id", maintain_order="left")
    pictures = [
        Depicted(
            item_id=r["item_id"],
            hand=r["hand"],
            artist=r["artist_id"],
            character=r["character"],
            setting=r["setting"],
            kind=r["kind"],
            concepts=tuple(r["concepts"]),
        )
        for r in rows.iter_rows(named=True)
    ]
    return Catalogue.of(pictures, seed=0)
