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
from umair.library.importers.columns import as_labels, as_number, as_text, as_time, column_names, read_columns
from umair.library.importers.report import Note, Report, keep_report
from umair.library.importers.synonyms import OF_INTERACTIONS, OF_USERS, understood
from umair.library.store import Library
from umair.library.tables import BOOKMARK, INTERACTIONS, KINDS, TIME, USERS, VIEW

NO_USER, NO_ITEM, NO_TIME = "no user_id", "no item_id", "no time (at), or none that can be read"
NO_VALUE = "no value that can be read"
STRANGE_KIND = f"a kind that is none of {', '.join(KINDS)}"
NOT_HERE = "an illustration that is not in this library"
TOLD_AT_MOST = 1000  # rows that a report names one by one, for each reason


def import_users(library: Library, file: Path, mapping: Mapping[str, str]) -> Report:
    """Add users from a table; users that are there already get what the table fills in anew."""
    began, started = time.monotonic(), datetime.now(UTC)
    named = understood(column_names(file), mapping, OF_USERS)
    frame = read_columns(file, named.mapping, list(USERS.columns), ["user_id"])
    frame = frame.select(
        as_labels(frame, c) if isinstance(USERS.columns[c], pl.List) else as_text(frame, c) for c in frame.columns
    ).with_row_index("row", offset=1)
    skipped = _notes(file, frame.filter(pl.col("user_id").is_null()), NO_USER)
    told = frame.drop_nulls("user_id").drop("row").unique("user_id", keep="last", maintain_order=True)
    with library.writing("import users"):
        new = add_users(library, told)
        library.write_users(library.users().update(told, on="user_id"))
        report = Report(
            kind="users",
            source=str(file),
            started=started.isoformat(timespec="seconds"),
            seconds=0.0,
            taken=len(told),
            skipped=skipped,
            users=new,
            remarks=named.remarks,
        )
        return _kept(library, report, began)


def import_interactions(
    library: Library,
    file: Path,
    mapping: Mapping[str, str],
    *,
    bookmark_from: float | None = None,
    without_times: bool = False,
) -> Report:
    """Add interactions from a table (kind: bookmark unless a column says it); what is in the log already is not added.

    `bookmark_from`: a bookmark whose `value` is lower was only a view. `without_times`: times are not read, `at` stays
    empty. Rows about illustrations that are not here are skipped; users that are not here are added by their id.
    """
    began, started = time.monotonic(), datetime.now(UTC)
    known = library.illustrations().select("item_id")
    if not len(known):
        raise ImportRefused("The library has no illustrations yet. Import the pictures first, then what people did.")
    named = understood(column_names(file), mapping, OF_INTERACTIONS)
    needed = ["user_id", "item_id", *([] if without_times else ["at"]), *([] if bookmark_from is None else ["value"])]
    frame = read_columns(file, named.mapping, [*INTERACTIONS.columns, "value"], needed)
    counts = [*named.remarks, *_told(frame, bookmark_from, without_times)]
    frame = _typed(frame, bookmark_from, without_times).with_row_index("row", offset=1)
    here = pl.col("item_id").is_in(known["item_id"].implode())
    sieve = (
        (pl.col("user_id").is_null(), NO_USER),
        (pl.col("item_id").is_null(), NO_ITEM),
        (pl.col("at").is_null() & (not without_times), NO_TIME),
        (pl.col("kind").is_null(), NO_VALUE),
        (~pl.col("kind").is_in(KINDS), STRANGE_KIND),
        (~here, NOT_HERE),
    )
    skipped: list[Note] = []
    for test, reason in sieve:
        out = frame.filter(test)
        skipped += _notes(file, out, reason)
        counts += [f"{len(out):,} rows: {reason}"] if len(out) else []
        frame = frame.filter(~test)
    columns = list(INTERACTIONS.columns)
    with library.writing("import interactions"):
        told = frame.select(columns).unique(maintain_order=True)
        new = told.join(
            library.interactions().select(columns), on=columns, how="anti", maintain_order="left", nulls_equal=True
        )
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


def _told(frame: pl.DataFrame, bookmark_from: float | None, without_times: bool) -> list[str]:
    """What is to be said about ratings and times that were used, or could have been."""
    told = []
    if bookmark_from is not None:
        told.append(f"Rows with a value of {bookmark_from:g} and more are bookmarks, the others views.")
    elif "value" in frame.columns:
        told.append(
            "There is a column of values, and every row was taken as a bookmark. To take only high ones as bookmarks "
            "and the others as views: --bookmark-from NUMBER."
        )
    if without_times:
        told.append("The rows were taken without times: a training will part them at random, not by time.")
    return told


def _typed(frame: pl.DataFrame, bookmark_from: float | None, without_times: bool) -> pl.DataFrame:
    """user_id, item_id, at (null without times), kind (null where the value that decides it cannot be read)."""
    kind = (
        as_text(frame, "kind").str.to_lowercase().fill_null(BOOKMARK) if "kind" in frame.columns else pl.lit(BOOKMARK)
    )
    if bookmark_from is not None:
        value = as_number(frame, "value")
        by_value = pl.when(value.is_nan()).then(None).when(value >= bookmark_from).then(kind)
        by_value = by_value.when(value.is_not_null()).then(pl.lit(VIEW))
        kind = pl.when(kind == BOOKMARK).then(by_value).otherwise(kind)
    at = pl.lit(None, dtype=TIME).alias("at") if without_times else as_time(frame, "at")
    return frame.select(as_text(frame, "user_id"), as_text(frame, "item_id"), at, kind.alias("kind"))


def _notes(file: Path, rows: pl.DataFrame, reason: str) -> tuple[Note, ...]:
    return tuple(Note(f"{file.name}, row {n}", reason) for n in rows["row"].head(TOLD_AT_MOST))


def _kept(library: Library, report: Report, began: float) -> Report:
    report = replace(report, seconds=round(time.monotonic() - began, 3))
    return replace(report, file=str(keep_report(library.path, report)))
