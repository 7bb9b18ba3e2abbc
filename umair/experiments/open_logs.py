"""Libraries from the open logs of films and of anime, brought in as anybody's own log would be.

`python -m umair.experiments.open_logs movies|anime FOLDER --out LIB`, where FOLDER holds the Parquet files. What there
is no file for, a person's own log, takes the same three commands: `import illustrations`, `import interactions`,
`encode`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import polars as pl
import typer

from umair.encoders.encode import encode_library
from umair.features.events import Events
from umair.library.importers.illustration_table import import_illustrations
from umair.library.importers.log_table import import_interactions
from umair.library.importers.report import Report
from umair.library.store import Library

BOOKMARK_FROM = 8  # of 10


@dataclass(frozen=True)
class OpenLog:
    """Two tables, and what must be told about them."""

    name: str
    items: str
    interactions: str
    columns: dict[str, str]
    without_times: bool


LOGS = {
    "movies": OpenLog("Films", "movies_items.parquet", "movies_interactions.parquet", {}, without_times=False),
    "anime": OpenLog("Anime", "anime_items.parquet", "anime_interactions.parquet", {}, without_times=True),
}


def build(which: str, folder: Path, out: Path) -> tuple[Library, tuple[Report, Report]]:
    """A new library with illustrations, log and label vectors; LibraryError if there is one already."""
    log = LOGS[which]
    library = Library.create(out, log.name, source=f"open log: {which}")
    items = import_illustrations(library, folder / log.items, log.columns)
    told = import_interactions(
        library, folder / log.interactions, {}, bookmark_from=BOOKMARK_FROM, without_times=log.without_times
    )
    encode_library(library)
    return library, (items, told)


def main(
    which: Annotated[Literal["movies", "anime"], typer.Argument(help="Which log.")],
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where its two Parquet files are.")],
    out: Annotated[Path, typer.Option("--out", metavar="LIB", help="The new library.")],
) -> None:
    """Build the library and print what is in it."""
    library, reports = build(which, folder, out)
    for report in reports:
        print(f"{report.kind}: {report.taken:,} taken, {len(report.skipped):,} skipped in {report.seconds:.1f} s")
        for remark in report.remarks:
            print(f"  {remark}")
    events, log = Events.of(library), library.interactions()
    each = dict(log.group_by("kind").len().iter_rows())
    kinds = ", ".join(f"{count:,} {kind}s" for kind, count in sorted(each.items()))
    print(f"{len(library.illustrations()):,} works, {len(library.users()):,} people, {kinds}")
    print(f"{len(events):,} bookmarks by {len(events.users):,} people, {'with' if events.timed else 'without'} times")
    labels = library.illustrations().select(pl.col("labels").explode().n_unique()).item()
    print(f"{labels:,} labels; vectors of: labels")


if __name__ == "__main__":
    typer.run(main)
