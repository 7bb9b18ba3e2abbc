"""Import tables of users and of interactions."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from umair.errors import ImportRefused
from umair.library.importers.bookmarks import add_users
from umair.library.importers.columns import as_labels, as_text, as_time, read_columns
from umair.library.importers.report import Note, Report, keep_report
from umair.library.store import Library
from umair.library.tables import BOOKMARK, INTERACTIONS, KINDS, USERS

NO_USER, NO_ITEM, NO_TIME = "no user_id", "no item_id", "no time (at), or none that can be read"
STRANGE_KIND = f"a kind that is none of {', '.join(KINDS)}"
NOT_HERE = "an illustration that is not in this library"
TOLD_AT_MOST = 1000  # rows that a report names one by one, for each reason


def import_users(library: Library, file: Path, mapping: Mapping[str, str]) -> Report:
    """Add users from a table; users that are there already get what the table fills in anew."""
    began, started = time.monotonic(), datetime.now(UTC)
    frame = read_columns(file, mapping, list(USERS.columns), ["user_id"])
    frame = frame.select(
        as_labels(frame, c) if isinstance(USERS.columns[c], pl.List) else as_text(frame, c) for c in frame.columns
    ).with_row_index("row", offset=1)
    skipped = _notes(file, frame.filter(pl.col("user_id").is_null()), NO_USER)
    told = frame.drop_nulls("user_id").drop("row").unique("user_id", keep="last", maintain_order=True)
    with library.writing("import users"):
        new = add_users(library, told)
        library.write_users(library.users().update(told, on="user_id"))
        report = Report("users", str(file), started.isoformat(timespec="seconds"), 0.0, len(told), skipped, users=new)
        return _kept(library, report, began)


def import_interactions(library: Library, file: Path, mapping: Mapping[str, str]) -> Report:
    """Add interactions from a table (kind: bookmark unless a column says it); what is in the log already is not added.

    Rows about illustrations that are not here are skipped; users that are not here are added by their id.
    """
    began, started = time.monotonic(), datetime.now(UTC)
    known = library.illustrations().select("item_id")
    if not len(known):
        raise ImportRefused("The library has no illustrations yet. Import the pictures first, then what people did.")
    frame = read_columns(file, mapping, list(INTERACTIONS.columns), ["user_id", "item_id", "at"])
    frame = _typed(frame).with_row_index("row", offset=1)
    here = pl.col("item_id").is_in(known["item_id"].implode())
    sieve = (
        (pl.col("user_id").is_null(), NO_USER),
        (pl.col("item_id").is_null(), NO_ITEM),
        (pl.col("at").is_null(), NO_TIME),
        (~pl.col("kind").is_in(KINDS), STRANGE_KIND),
        (~here, NOT_HERE),
    )
    skipped: list[Note] = []
    counts: list[str] = []
    for test, reason in sieve:
        out = frame.filter(test)
        skipped += _notes(file, out, reason)
        counts += [f"{len(out):,} rows: {reason}"] if len(out) else []
        frame = frame.filter(~test)
    columns = list(INTERACTIONS.columns)
    with library.writing("import interactions"):
        told = frame.select(columns).unique(maintain_order=True)
        new = told.join(library.interactions().select(columns), on=columns, how="anti", maintain_order="left")
        library.append_interactions(new.sort("at"))
        users = add_users(library, new.select("user_id"))
        repeated = len(frame) - len(new)
        counts += [f"{repeated:,} rows are in the log already"] if repeated else []
        report = Report(
            kind="interactions",
            source=str(file),
            started=started.isoformat(timespec="seconds"),
            seconds=0.0,
            taken=len(new),
            skipped=tuple(skipped),
            users=users,
            interactions=len(new),
            remarks=tuple(counts),
        )
        return _kept(library, report, began)


def _typed(frame: pl.DataFrame) -> pl.DataFrame:
    kind = (
        as_text(frame, "kind").str.to_lowercase().fill_null(BOOKMARK) if "kind" in frame.columns else pl.lit(BOOKMARK)
    )
    return frame.select(as_text(frame, "user_id"), as_text(frame, "item_id"), as_time(frame, "at"), kind.alias("kind"))


def _notes(file: Path, rows: pl.DataFrame, reason: str) -> tuple[Note, ...]:
    return tuple(Note(f"{file.name}, row {n}", reason) for n in rows["row"].head(TOLD_AT_MOST))


def _kept(library: Library, report: Report, began: float) -> Report:
    report = replace(report, seconds=round(time.monotonic() - began, 3))
    return replace(report, file=str(keep_report(library.path, report)))
