"""Tables of names: things (entities) and how they are called in English, Japanese and Chinese, split by thing.

A table has one row a text: entity_id, kind, lang (en, ja, zh), script, text, is_main, quality, source. What is measured
is measured on things whose names training never saw.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import polars as pl

from umair.errors import TrainingError

COLUMNS = ("entity_id", "kind", "lang", "script", "text", "is_main", "quality", "source")
LANGUAGES = ("en", "ja", "zh")
MACHINE = "machine"  # rows of this quality may teach, and never measure
SHARE_ALIKE = "word_"  # kinds of the WordNet tables, whose words come from Wiktionary (CC BY-SA): never in what ships
TEST, VALIDATION = 0.08, 0.12  # parts of the things, by hash: below the first test, below the second validation
SKIN_TONE = re.compile("-1f3f[b-f]")

Part = Literal["train", "validation", "test"]


def read_names(folder: Path) -> pl.DataFrame:
    """All tables of names in a folder (`*.parquet`), or one file, empty texts left out. TrainingError names a lack."""
    files = [folder] if folder.is_file() else sorted(folder.glob("*.parquet")) if folder.is_dir() else []
    if not files:
        raise TrainingError(f"There is no table of names (*.parquet) in {folder}. Name the folder that holds them.")
    tables = []
    for file in files:
        table = pl.read_parquet(file)
        missing = [c for c in ("entity_id", "kind", "lang", "text") if c not in table.columns]
        if missing:
            raise TrainingError(
                f"{file} has no column {', '.join(missing)}; a table of names has {', '.join(COLUMNS)}."
            )
        absent = {"script": None, "is_main": True, "quality": "unknown", "source": file.stem}
        table = table.with_columns(pl.lit(v).alias(c) for c, v in absent.items() if c not in table.columns)
        tables.append(table.select(pl.col(c).cast(pl.Boolean if c == "is_main" else pl.String) for c in COLUMNS))
    names = pl.concat(tables).filter(pl.col("lang").is_in(LANGUAGES))
    names = names.with_columns(pl.col("text").str.split("|")).explode("text")
    names = names.with_columns(pl.col("text").str.strip_chars()).filter(pl.col("text").str.len_chars() > 0)
    names = names.sort("is_main", descending=True, maintain_order=True)
    return names.unique(["entity_id", "lang", "text"], keep="first", maintain_order=True).sort(
        "entity_id", "lang", maintain_order=True
    )


def fold(text: str) -> str:
    """A text as it is compared: width, case, underscores and runs of spaces do not matter."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().replace("_", " ").split())


def part_of(entity_id: str) -> Part:
    """Where a thing belongs, by the hash of its id: the same on every machine. Skin tones of an emoji go together."""
    digest = hashlib.sha256(SKIN_TONE.sub("", entity_id).encode()).digest()
    place = int.from_bytes(digest[:8]) / 2**64
    return "test" if place < TEST else "validation" if place < VALIDATION else "train"


def split_names(names: pl.DataFrame) -> dict[Part, pl.DataFrame]:
    """The rows of each part. No text of a test thing stays in another part, none of a validation thing in train."""
    parts = {e: part_of(e) for e in names["entity_id"].unique().to_list()}
    rows = names.with_columns(
        pl.col("entity_id").replace_strict(parts, return_dtype=pl.String).alias("part"),
        pl.col("text").map_elements(fold, return_dtype=pl.String).alias("folded"),
    )
    found: dict[Part, pl.DataFrame] = {}
    told: set[str] = set()
    for part in ("test", "validation", "train"):
        own = rows.filter((pl.col("part") == part) & ~pl.col("folded").is_in(list(told)))
        told |= set(rows.filter(pl.col("part") == part)["folded"])
        found[part] = own.select(COLUMNS)
    return found


def measurable(names: pl.DataFrame) -> pl.DataFrame:
    """Main names that may measure: no machine's translation, no skin tone, one text a thing and language."""
    kept = names.filter(
        (pl.col("quality") != MACHINE) & pl.col("is_main") & ~pl.col("entity_id").str.contains(SKIN_TONE.pattern)
    )
    return kept.unique(["entity_id", "lang"], keep="first", maintain_order=True)


def without_share_alike(names: pl.DataFrame, kinds: Sequence[str] = (SHARE_ALIKE,)) -> pl.DataFrame:
    """The rows that may teach what is shipped."""
    shared = pl.lit(False)
    for start in kinds:
        shared = shared | pl.col("kind").str.starts_with(start)
    return names.filter(~shared)
