"""An encoder whose vectors are written down, and a small world in which the meaning of labels decides what is liked."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import polars as pl

from umair.encoders.text import TextEncoder
from umair.library.store import Library
from umair.library.tables import TIME

PICTURES, PEOPLE, LIKES = 800, 50, 20


class WordsByHand:
    """A table of unit vectors; what is not in it has a row of zeros."""

    def __init__(self, table: Mapping[str, Sequence[float]]) -> None:
        self.table = {k: np.asarray(v, np.float32) / np.linalg.norm(v) for k, v in table.items()}
        self.dimension = len(next(iter(self.table.values())))
        told = repr(sorted((k, v.tolist()) for k, v in self.table.items()))
        self.fingerprint = hashlib.sha256(told.encode()).hexdigest()

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        none = np.zeros(self.dimension, np.float32)
        return np.stack([self.table.get(t, none) for t in texts]) if len(texts) else np.zeros((0, self.dimension))


def by_hand(table: Mapping[str, Sequence[float]]) -> TextEncoder:
    return TextEncoder(WordsByHand(table), "by hand")


def label(picture: int) -> str:
    """No two pictures share a label, so that a hashed one says nothing of a new picture."""
    return f"word {picture}"


def knowing() -> TextEncoder:
    """Knows that labels of even pictures mean one thing and those of odd ones another."""
    rng = np.random.default_rng(0)
    sense = {n: np.eye(2)[n % 2] for n in range(PICTURES)}
    return by_hand({label(n): [*sense[n], *(0.2 * rng.normal(size=4))] for n in range(PICTURES)})


def knowing_nothing() -> TextEncoder:
    rng = np.random.default_rng(1)
    return by_hand({label(n): rng.normal(size=6) for n in range(PICTURES)})


def world(path: Path) -> Library:
    """Even people like even pictures; few like the same one, so that one's likes say little of another's."""
    library = Library.create(path, "By hand", synthetic=True)
    rng = np.random.default_rng(2)
    ids = [f"i{n:03d}" for n in range(PICTURES)]
    library.write_illustrations(pl.DataFrame({"item_id": ids, "labels": [[label(n)] for n in range(PICTURES)]}))
    log = []
    for person in range(PEOPLE):
        own = rng.choice(np.arange(person % 2, PICTURES, 2), LIKES, replace=False)
        log += [(f"u{person:02d}", ids[n], None, "bookmark") for n in own.tolist()]
    library.write_users(pl.DataFrame({"user_id": [f"u{n:02d}" for n in range(PEOPLE)]}))
    columns = {"user_id": pl.String, "item_id": pl.String, "at": TIME, "kind": pl.String}
    library.append_interactions(pl.DataFrame(log, schema=columns, orient="row"))
    return library
