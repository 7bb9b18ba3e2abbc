"""`python -m umair.experiments.open_hands CLONES OUT [SOURCE ...]`: clones to one table of pictures and hands."""

from __future__ import annotations

import sys
from itertools import groupby
from pathlib import Path
from typing import Any

import polars as pl

from umair.errors import UmairError
from umair.experiments.open_hands.clones import find_clone
from umair.experiments.open_hands.files import find_files
from umair.experiments.open_hands.gather import rows_of_hand
from umair.experiments.open_hands.icon_sets import find_icons
from umair.experiments.open_hands.manifest import Source, read_manifest

COLUMNS = {
    "image": pl.Binary, "hand": pl.String, "content": pl.String, "license": pl.String, "source": pl.String,
    "kind": pl.String,
}  # fmt: skip


def gather(source: Source, clones: Path) -> list[dict[str, Any]]:
    """Every row of one source."""
    clone = find_clone(clones, source.repository, source.commit)
    found = (find_icons if source.reader == "icon-sets" else find_files)(clone, source)
    return [row for _, of_hand in groupby(found, key=lambda one: one.hand) for row in rows_of_hand(of_hand)]


def write_table(rows: list[dict[str, Any]], out: Path) -> pl.DataFrame:
    """Writes beside and renames, so that a reader never sees half a table."""
    table = pl.DataFrame(rows, schema=COLUMNS)
    out.parent.mkdir(parents=True, exist_ok=True)
    aside = out.with_name(f".{out.name}.part")
    table.write_parquet(aside, compression="zstd")
    aside.rename(out)
    return table


def main(clones: Path, out: Path, only: list[str]) -> None:
    """Gathers and prints pictures and hands of each source."""
    rows: list[dict[str, Any]] = []
    for source in read_manifest():
        if not only or source.name in only:
            new = gather(source, clones)
            print(f"{source.name}: {len(new)} pictures by {len({row['hand'] for row in new})} hands", flush=True)
            rows += new
    table = write_table(rows, out)
    print(table.group_by("kind").agg(pl.len(), pl.col("hand").n_unique()).sort("kind"))


if __name__ == "__main__":
    if len(sys.argv) < 3:
        raise SystemExit(__doc__)
    try:
        main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
    except UmairError as error:
        raise SystemExit(str(error)) from error
