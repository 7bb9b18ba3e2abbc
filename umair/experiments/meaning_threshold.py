"""From which cosine on do two words mean the same, by one text encoder? Measured, and kept beside the encoder.

`python -m umair.experiments.meaning_threshold [--encoder NAME] [--names FOLDER] [--write]` prints two tables: what a
search by a word finds, and which labels are shown as one. It measures on the demo's glossary (which an encoder may
have learnt) and, given tables of names, on things whose names no training saw; the thresholds are those that do best
on both. --write keeps them as meaning.json in the encoder's folder; retrieval reads them there.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import polars as pl

from umair.encoders.names import measurable, read_names, split_names
from umair.encoders.text import TextEncoder
from umair.encoders.words import SHIPPED, shipped_folder
from umair.retrieval.meaning import (
    FILE,
    PRECISION,
    AtThreshold,
    Meaning,
    best,
    first_precise,
    groups_by_threshold,
    part_of,
    search_by_threshold,
    write_meaning,
)
from umair.settings import assets

TEXTS_OF_NAMES, TEXTS_GROUPED = 3_000, 1_500
GLOSSARY, NAMES = "demo glossary", "names never trained"


def glossary() -> dict[str, str]:
    """Spelling -> concept of the demo's glossary."""
    table = pl.read_parquet(assets() / "demo" / "glossary.parquet", columns=["text", "concept"])
    return dict(table.iter_rows())


def unseen_names(folder: Path) -> dict[str, str]:
    """Spelling -> thing of the test part of tables of names; a spelling of several things is left out."""
    rows = measurable(split_names(read_names(folder))["test"])
    alone = rows.filter(pl.col("entity_id").n_unique().over("text") == 1)
    return dict(alone.select("text", "entity_id").iter_rows())


def overlapping(tables: Sequence[Sequence[AtThreshold]]) -> tuple[AtThreshold, ...]:
    """One table with the mean of each row over several."""
    return tuple(
        AtThreshold(
            rows[0].threshold,
            *(float(np.mean([getattr(r, name) for r in rows])) for name in ("precision", "recall", "overlap")),
        )
        for rows in zip(*tables, strict=True)
    )


def table_text(title: str, table: Sequence[AtThreshold], chosen: float) -> str:
    """A table to print; the chosen threshold is marked."""
    lines = [
        f"{row.threshold:9.2f}  {row.precision:9.3f}  {row.recall:6.3f}  {row.overlap:7.3f}"
        + ("  <" if row.threshold == chosen else "")
        for row in table
    ]
    return "\n".join([title, "threshold  precision  recall  overlap", *lines])


def measure(
    encoder: TextEncoder, sets: Mapping[str, Mapping[str, str]]
) -> tuple[Meaning, dict[str, tuple[AtThreshold, ...]]]:
    """The encoder's thresholds by these sets of names together (greatest mean overlap; precise on each), and tables."""
    search = {name: search_by_threshold(part_of(told, TEXTS_OF_NAMES), encoder.encode) for name, told in sets.items()}
    groups = {name: groups_by_threshold(part_of(told, TEXTS_GROUPED), encoder.encode) for name, told in sets.items()}
    meaning = Meaning(
        best(overlapping(list(search.values()))),
        max(first_precise(table) for table in groups.values()),
        encoder.fingerprint,
    )
    named = {f"search, {n}": t for n, t in search.items()} | {f"groups, {n}": t for n, t in groups.items()}
    return meaning, named


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encoder", default=SHIPPED, help="shipped, or a folder")
    parser.add_argument("--names", type=Path, help="a folder with tables of names, for things never seen in training")
    parser.add_argument("--write", action="store_true", help=f"keep the thresholds as {FILE} in the encoder's folder")
    asked = parser.parse_args(arguments)
    encoder = TextEncoder.load(asked.encoder)
    sets = {GLOSSARY: glossary()} | ({NAMES: unseen_names(asked.names)} if asked.names else {})
    meaning, tables = measure(encoder, sets)
    for title, table in tables.items():
        chosen = meaning.same if title.startswith("search") else meaning.grouped
        print(table_text(title, table, chosen), end="\n\n")
    print(f"same    {meaning.same:.2f}   greatest overlap of what a word finds and what it should")
    print(f"grouped {meaning.grouped:.2f}   lowest with a precision of {PRECISION} from there on, on every set")
    if asked.write:
        folder = shipped_folder() if asked.encoder == SHIPPED else Path(asked.encoder).expanduser()
        write_meaning(folder, meaning, tables)
        print(f"kept in {folder / FILE}")


if __name__ == "__main__":
    main()
