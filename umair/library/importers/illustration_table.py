"""Import illustrations from a table that names picture files, holds the pictures themselves, or has none."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from umair.errors import ImageError
from umair.library.atomic import settle
from umair.library.images import read_bytes, read_facts, sha256
from umair.library.importers.clean import count_or_none, distinct, plain_label, plain_text
from umair.library.importers.columns import as_count, as_date, as_labels, as_text, column_names, read_columns
from umair.library.importers.described import Described
from umair.library.importers.report import Duplicate, Note, Report, keep_report
from umair.library.importers.synonyms import OF_ILLUSTRATIONS, understood
from umair.library.importers.take import illustration_row, linked, store_picture
from umair.library.store import Library, image_place
from umair.library.tables import ILLUSTRATIONS, RATINGS

MEASURED = ("sha256", "width_px", "height_px", "color")  # ours to find out, never taken from a table
WITHOUT = "{:,} have no picture: titles, labels and bookmarks alone describe them."
FLUSH_PICTURES = 500  # pictures between two writes: what a kill can lose
FLUSH_ROWS = 50_000  # rows between two writes where there are no pictures
NO_ID = "the row has neither a picture nor an item_id"


def import_illustrations(
    library: Library,
    file: Path,
    mapping: Mapping[str, str],
    *,
    link: bool = False,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Report:
    """Add the illustrations of a table. `image` is a path below the table's folder, or the file's bytes (Parquet).

    A row with an item_id and no picture is a work that is known by its title and labels alone.
    """
    began, started = time.monotonic(), datetime.now(UTC).isoformat(timespec="seconds")
    wanted = [c for c in ILLUSTRATIONS.columns if c not in MEASURED]
    named = understood(column_names(file), mapping, OF_ILLUSTRATIONS)
    has_ids = "item_id" in named.mapping or "item_id" in column_names(file)
    frame = _typed(read_columns(file, named.mapping, wanted, [] if has_ids else ["image"]))
    with library.writing("import illustrations"):
        known = library.illustrations()
        id_of_sha = dict(zip(known["sha256"], known["item_id"], strict=True))
        ids = set(known["item_id"])
        skipped: list[Note] = []
        duplicates: list[Duplicate] = []
        rows: list[dict[str, object]] = []
        taken = without = waiting = 0
        for number, told in enumerate(frame.iter_rows(named=True), start=1):
            place = f"{file.name}, row {number}"
            try:
                sha, row = _take(library, file, told, link) if told.get("image") else (None, _without_picture(told))
            except ImageError as error:
                skipped.append(Note(place, str(error)))
                continue
            if sha is not None and sha in id_of_sha:
                duplicates.append(Duplicate(place, id_of_sha[sha]))
                continue
            if row["item_id"] in ids:
                skipped.append(Note(place, _taken_already(row)))
                continue
            ids.add(str(row["item_id"]))
            rows.append(row)
            taken += 1
            if sha is None:
                without += 1
            else:
                id_of_sha[sha] = str(row["item_id"])
                waiting += 1
            if waiting >= FLUSH_PICTURES or len(rows) >= FLUSH_ROWS:
                rows, waiting = _flush(library, rows), 0
                progress(number, len(frame))
        _flush(library, rows)
        progress(len(frame), len(frame))
        report = Report(
            kind="illustrations",
            source=str(file),
            started=started,
            seconds=round(time.monotonic() - began, 3),
            taken=taken,
            skipped=tuple(skipped),
            duplicates=tuple(duplicates),
            remarks=(*named.remarks, *([WITHOUT.format(without)] if without else [])),
        )
        return replace(report, file=str(keep_report(library.path, report)))


def _typed(frame: pl.DataFrame) -> pl.DataFrame:
    made = []
    for name in frame.columns:
        kind = ILLUSTRATIONS.columns[name]
        if name == "image" and frame.schema[name] == pl.Binary:
            made.append(pl.col(name))
        elif isinstance(kind, pl.List):
            made.append(as_labels(frame, name))
        elif isinstance(kind, pl.Datetime):
            made.append(as_date(frame, name))
        elif kind == pl.Int64:
            made.append(as_count(frame, name))
        else:
            made.append(as_text(frame, name))
    return frame.select(made)


def _take(library: Library, file: Path, told: Mapping[str, object], link: bool) -> tuple[str, dict[str, object]]:
    image = told["image"]
    content, path = (image, None) if isinstance(image, bytes) else _from_disk(file, image)
    sha = sha256(content)
    facts = read_facts(content, path.name if path else "the picture")
    linking = link and path is not None
    store_picture(library.path, sha, facts, None if linking else content)
    place = linked(path) if linking and path is not None else image_place(sha, facts.ending)
    row = illustration_row(_described(told), sha, facts, place)
    return sha, {**row, "item_id": row["item_id"] or f"file-{sha[:16]}", "hand": plain_text(told.get("hand"))}


def _without_picture(told: Mapping[str, object]) -> dict[str, object]:
    """A row whose picture columns are empty; ImageError if it has no id either."""
    described = _described(told)
    if described.item_id is None:
        raise ImageError(NO_ID)
    return {**illustration_row(described, None, None, None), "hand": plain_text(told.get("hand"))}


def _taken_already(row: Mapping[str, object]) -> str:
    return f"the id {row['item_id']!r} is another {'picture' if row['sha256'] else 'row'}'s already"


def _from_disk(file: Path, image: object) -> tuple[bytes, Path]:
    """The picture that a row names; nothing outside of the table's own folder is read."""
    if not isinstance(image, str):
        raise ImageError("the row names no picture")
    root = file.parent.resolve()
    path = (root / image).resolve()
    if not path.is_relative_to(root):
        raise ImageError(f"{image!r} is outside of the table's folder and was not read")
    if not path.is_file():
        raise ImageError(f"there is no file {image!r} beside the table")
    return read_bytes(path), path


def _described(told: Mapping[str, object]) -> Described:
    labels, rating, at = told.get("labels"), told.get("rating"), told.get("published_at")
    return Described(
        item_id=plain_text(told.get("item_id")),  # as it is: tables of interactions name it
        labels=tuple(distinct([plain_label(x) for x in labels])) if isinstance(labels, list) else (),
        artist_id=plain_text(told.get("artist_id")),
        artist_name=plain_text(told.get("artist_name")),
        title=plain_text(told.get("title")),
        published_at=at if isinstance(at, datetime) else None,
        series=plain_text(told.get("series")),
        rating=rating.lower() if isinstance(rating, str) and rating.lower() in RATINGS else None,
        views=count_or_none(told.get("views")),
        bookmarks=count_or_none(told.get("bookmarks")),
        source="table",
    )


def _flush(library: Library, rows: list[dict[str, object]]) -> list[dict[str, object]]:
    if rows:
        settle()  # no row without its picture, whenever the power goes
        schema = {name: ILLUSTRATIONS.columns[name] for name in rows[0]}
        library.append_illustrations(pl.DataFrame(rows, schema=schema))
    return []
