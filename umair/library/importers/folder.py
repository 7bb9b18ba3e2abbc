"""Import a folder of pictures, with whatever lies beside them: gallery-dl JSON, `.txt` tags, or names alone.

Pictures are copied by content, rows are written in batches behind them. After a kill the library opens with all
finished batches, and importing the folder again goes on: what is there already counts as a duplicate.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from umair.errors import ImportRefused
from umair.library.atomic import settle
from umair.library.importers.bookmarks import add_bookmarks
from umair.library.importers.report import Duplicate, Note, Report, keep_report
from umair.library.importers.take import Told, take
from umair.library.importers.walk import Found, walk
from umair.library.store import Library
from umair.library.tables import ILLUSTRATIONS

BATCH = 64  # pictures in memory at once
FLUSH_ROWS, FLUSH_S = 1000, 10.0  # rows are written down after so many, or so long
WORKERS = min(4, os.cpu_count() or 1)
MOST_NOTES = 20_000  # notes that a report lists; beyond, it only counts

Progress = Callable[[int, int], None]
"""Called with (files done, files in all)."""


def import_folder(
    library: Library,
    folder: Path,
    *,
    link: bool = False,
    progress: Progress = lambda done, of: None,
    stop: Callable[[], bool] = lambda: False,
) -> Report:
    """Take every picture below `folder` into the library, and say what became of each file.

    `link` keeps originals where they are. `stop` is asked between batches: what is taken by then stays.
    ImportRefused if the folder cannot be read; LibraryError if the library cannot be written.
    """
    source = readable_folder(library, folder)
    began, started = time.monotonic(), datetime.now(UTC).isoformat(timespec="seconds")
    with library.writing("import folder"):
        desk = _Desk(library)
        entries = list(walk(source, without=library.path))
        pictures = [e for e in entries if isinstance(e, Found)]
        desk.skipped += [e for e in entries if isinstance(e, Note)]
        stopped = False
        for done, batch in _batches(library, pictures, desk, link):
            for told in batch:
                desk.enter(told)
            desk.flush_if_due()
            progress(done, len(pictures))
            if stop():
                stopped = done < len(pictures)
                break
        desk.flush()
        report = desk.report(str(source), started, time.monotonic() - began, stopped)
        file = keep_report(library.path, report)
    return replace(report, file=str(file))


def readable_folder(library: Library | None, folder: Path) -> Path:
    """The folder as an absolute path; ImportRefused if it is none, cannot be listed or is the library itself."""
    source = folder.expanduser().absolute()
    if not source.is_dir():
        raise ImportRefused(f"{source} is not a folder. Name a folder with pictures.")
    if not os.access(source, os.R_OK | os.X_OK):
        raise ImportRefused(f"{source} cannot be listed. Check its rights.")
    if library is not None and source.resolve().is_relative_to(library.path.resolve()):
        raise ImportRefused(f"{source} is part of the library itself. Name the folder that the pictures come from.")
    return source


def _batches(library: Library, pictures: list[Found], desk: _Desk, link: bool) -> Iterator[tuple[int, list[Told]]]:
    done = 0
    with ThreadPoolExecutor(WORKERS, thread_name_prefix="import") as pool:
        for batch in (pictures[k : k + BATCH] for k in range(0, len(pictures), BATCH)):
            told = list(pool.map(lambda found: take(library.path, found, desk.id_of_sha, link), batch))
            done += len(batch)
            yield done, told


class _Desk:
    """Where the pictures of one import are entered, and what is to be reported of them."""

    def __init__(self, library: Library) -> None:
        self.library = library
        frame = library.illustrations()
        self.id_of_sha: dict[str, str] = dict(zip(frame["sha256"], frame["item_id"], strict=True))
        self.ids: set[str] = set(frame["item_id"])
        self.skipped: list[Note] = []
        self.problems: list[Note] = []
        self.duplicates: list[Duplicate] = []
        self.taken = self.users = self.interactions = 0
        self._rows: list[dict[str, object]] = []
        self._bookmarks: list[dict[str, object]] = []
        self._flushed = time.monotonic()

    def enter(self, told: Told) -> None:
        """One picture: refused, known already, or a new row."""
        self.problems += told.problems
        if told.refused:
            self.skipped.append(Note(told.file, told.refused))
            return
        item_id = self.id_of_sha.get(told.sha256)
        if item_id is not None:
            self.duplicates.append(Duplicate(told.file, item_id))
        else:
            item_id = told.item_id if told.item_id not in self.ids else f"{told.item_id}~{told.sha256[:8]}"
            self.ids.add(item_id)
            self.id_of_sha[told.sha256] = item_id
            self._rows.append({**(told.row or {}), "item_id": item_id})
            self.taken += 1
        if told.bookmark is not None:
            self._bookmarks.append(
                {"user_id": told.bookmark.user_id, "name": told.bookmark.name, "item_id": item_id, "at": told.modified}
            )

    def flush_if_due(self) -> None:
        if len(self._rows) >= FLUSH_ROWS or time.monotonic() - self._flushed > FLUSH_S:
            self.flush()

    def flush(self) -> None:
        """Write the rows since the last time."""
        if self._rows:
            settle()  # no row without its picture, whenever the power goes
            schema = {name: kind for name, kind in ILLUSTRATIONS.columns.items() if name in self._rows[0]}
            self.library.append_illustrations(pl.DataFrame(self._rows, schema=schema))
        if self._bookmarks:
            users, interactions = add_bookmarks(self.library, self._bookmarks)
            self.users += users
            self.interactions += interactions
        self._rows, self._bookmarks, self._flushed = [], [], time.monotonic()

    def report(self, source: str, started: str, seconds: float, stopped: bool) -> Report:
        remarks = []
        if self.interactions:
            remarks.append(
                f"{self.interactions:,} bookmarks came from sidecars, which do not tell when they were made: "
                "each has the date of its file."
            )
        if len(self.skipped) > MOST_NOTES:
            remarks.append(f"{len(self.skipped):,} files were skipped; the first {MOST_NOTES:,} are listed.")
        return Report(
            kind="folder",
            source=source,
            started=started,
            seconds=round(seconds, 3),
            taken=self.taken,
            skipped=tuple(self.skipped[:MOST_NOTES]),
            duplicates=tuple(self.duplicates[:MOST_NOTES]),
            problems=tuple(self.problems[:MOST_NOTES]),
            users=self.users,
            interactions=self.interactions,
            stopped=stopped,
            remarks=tuple(remarks),
        )
