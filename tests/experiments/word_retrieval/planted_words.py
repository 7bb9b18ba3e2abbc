"""Tables of names whose translations are planted, and a contender that knows a share of them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import polars as pl

KINDS = ("anime_title", "tag_character", "tag_general", "emoji", "languages", "word_noun")
LETTERS = {
    "en": "abcdefghijklmnopqrstuvwxyz",
    "ja": "あいうえおかきくけこさしすせそたちつてと",
    "zh": "山水火木金土日月人口手足目耳心",
}


def planted_names(things: int = 120, seed: int = 0) -> pl.DataFrame:
    """So many things of all kinds, each with a made-up name of its own in three languages."""
    rng = random.Random(seed)
    rows = []
    for n in range(things):
        for lang, letters in LETTERS.items():
            text = "".join(rng.choices(letters, k=8))
            rows.append((f"thing:{n}", KINDS[n % len(KINDS)], lang, None, text, True, "curated", "planted"))
    columns = ("entity_id", "kind", "lang", "script", "text", "is_main", "quality", "source")
    return pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String) | {"is_main": pl.Boolean}, orient="row")


@dataclass
class Dictionary:
    """A contender that has a vector of its own for each thing it knows, and nought for all other texts."""

    name: str
    names: pl.DataFrame
    known: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._thing = dict(self.names.select("text", "entity_id").iter_rows())
        self._things = sorted(self.known)

    def against(self, candidates: Sequence[str]):
        target = self.vectors(candidates)
        return lambda queries: self.vectors(queries) @ target.T

    def vectors(self, texts: Sequence[str]) -> np.ndarray:
        rows = np.zeros((len(texts), max(len(self._things), 1)), np.float32)
        for n, text in enumerate(texts):
            if self._thing.get(text) in self.known:
                rows[n, self._things.index(self._thing[text])] = 1
        return rows
