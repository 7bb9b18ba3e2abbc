"""A library: one folder with a collection's pictures, tables, log, vectors and runs, in open formats."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

import polars as pl

from umair.errors import ImageError, LibraryError
from umair.library import log
from umair.library.atomic import write_bytes, write_parquet
from umair.library.images import load_picture, shrink, webp
from umair.library.info import LibraryInfo, read_info, write_info
from umair.library.lock import writer_lock
from umair.library.tables import ILLUSTRATIONS, USERS, Table, conform

Answer = TypeVar("Answer")
KEY_LENGTH = 16  # hex digits of the content hash that address a picture on screen


class Library:
    """An open library. Reading needs no lock and sees the last finished write, another process's too.

    Frames are kept in memory until their files change; do not modify what you are given.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._kept: dict[str, tuple[object, object]] = {}
        self._guard = threading.RLock()

    @classmethod
    def create(cls, path: Path | str, name: str, source: str = "", synthetic: bool = False) -> Library:
        """A new, empty library; LibraryError if there is one already or the folder holds other things."""
        folder = Path(path).expanduser().absolute()
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise LibraryError(f"{folder} is not empty. A new library needs a new or empty folder.")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            now = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
            write_info(folder, LibraryInfo(name=name, created=now, source=source, synthetic=synthetic))
        except OSError as error:
            raise LibraryError(f"A library cannot be made at {folder} ({error.strerror}).") from error
        return cls(folder)

    @classmethod
    def open(cls, path: Path | str) -> Library:
        """The library at `path`; LibraryError if there is none or it cannot be read."""
        folder = Path(path).expanduser().absolute()
        read_info(folder)
        return cls(folder)

    @property
    def info(self) -> LibraryInfo:
        return self._recall("info", _token(self.path / "library.toml"), lambda: read_info(self.path))

    def illustrations(self) -> pl.DataFrame:
        """One row an illustration (columns: tables.ILLUSTRATIONS); row numbers only grow by appending."""
        return self._table(ILLUSTRATIONS)

    def users(self) -> pl.DataFrame:
        """One row a user (columns: tables.USERS)."""
        return self._table(USERS)

    def interactions(self) -> pl.DataFrame:
        """The whole log in order of appending (columns: tables.INTERACTIONS)."""
        token = tuple((p.path.name, _token(p.path)) for p in log.parts(self.path))
        return self._recall("interactions", token, lambda: log.read_log(self.path))

    def row_of(self, item_id: str) -> int:
        """Row of an illustration in `illustrations()`; LibraryError if there is none."""
        row = self._derived("rows", _rows).get(item_id)
        if row is None:
            raise LibraryError(
                f"No illustration has the id {item_id!r} in “{self.info.name}” ({len(self.illustrations()):,} "
                "illustrations). Take an id from Browse or from `python -m umair search`."
            )
        return row

    def by_sha(self, key: str) -> str:
        """Id of the illustration with this `picture_key` (16 hex digits); LibraryError if there is none."""
        item_id = self._derived("keys", _keys).get(key[:KEY_LENGTH])
        if item_id is None:
            raise LibraryError(f"No picture of “{self.info.name}” has the key {key[:KEY_LENGTH]!r}.")
        return item_id

    def image_path(self, item_id: str) -> Path:
        """Where the original is; LibraryError if the table names a place outside of the library.

        ImageError if the illustration has no picture.
        """
        image = self.illustrations()["image"][self.row_of(item_id)]
        if image is None:
            raise ImageError(f"{item_id!r} has no picture; it is known by its title and labels alone.")
        path = self.path / image  # an absolute path (a linked picture) stands for itself
        if not Path(image).is_absolute() and ".." in Path(image).parts:
            raise LibraryError(f"The image of {item_id!r} is said to be at {image!r}, outside of the library.")
        return path

    def thumbnail_path(self, item_id: str) -> Path:
        """Where its thumbnail is (WebP, long side 256), made now if it is not there; ImageError if it cannot be."""
        sha = self.illustrations()["sha256"][self.row_of(item_id)]
        if sha is None:
            raise ImageError(f"{item_id!r} has no picture; it is known by its title and labels alone.")
        path = thumbnail_place(self.path, sha)
        if not path.is_file() or path.stat().st_size == 0:
            original = self.image_path(item_id)
            if not original.is_file():
                raise ImageError(f"The picture of {item_id!r} is not at {original}. Import it again or run `check`.")
            write_bytes(path, webp(shrink(load_picture(original))), durable=False)
        return path

    def write_illustrations(self, frame: pl.DataFrame) -> None:
        """Replace the table of illustrations."""
        self._write(ILLUSTRATIONS, frame)

    def append_illustrations(self, frame: pl.DataFrame) -> None:
        """Add illustrations after the present ones; LibraryError if an id is there already."""
        with self.writing("append illustrations"):
            added = conform(frame, ILLUSTRATIONS)
            self._write(ILLUSTRATIONS, pl.concat([self.illustrations(), added], how="diagonal"))

    def write_users(self, frame: pl.DataFrame) -> None:
        """Replace the table of users."""
        self._write(USERS, frame)

    def append_interactions(self, frame: pl.DataFrame) -> None:
        """Add to the log, as a part of its own."""
        with self.writing("append interactions"):
            log.append(self.path, frame)

    def compact(self) -> None:
        """Merge the parts of the log into one file."""
        with self.writing("compact"):
            log.compact(self.path)

    def set_active(self, kind: str, run_id: str | None) -> None:
        """Make a run the one that the app uses for its kind; None forgets the choice."""
        with self.writing("choose the active run"):
            info = read_info(self.path)
            rest = {k: v for k, v in info.active.items() if k != kind}
            write_info(self.path, replace(info, active=rest | ({kind: run_id} if run_id else {})))

    def set_encoder(self, kind: str, name: str) -> None:
        """Choose a model that is no run here ("shipped", a folder, a hub name); no run of this kind is active then."""
        with self.writing("choose an encoder"):
            info = read_info(self.path)
            rest = {k: v for k, v in info.active.items() if k != kind}
            write_info(self.path, replace(info, active=rest, encoders={**info.encoders, kind: name}))

    def rename(self, name: str) -> None:
        """Give the library another name (the folder stays)."""
        with self.writing("rename"):
            write_info(self.path, replace(read_info(self.path), name=name))

    @contextmanager
    def writing(self, owner: str = "umair", wait_s: float = 2.0) -> Iterator[None]:
        """Be the only writer for a while; LibraryError names the other writer and its age. May be nested."""
        with writer_lock(self.path, owner, wait_s):
            yield

    def _write(self, table: Table, frame: pl.DataFrame) -> None:
        with self.writing(f"write {table.name}"):
            write_parquet(self.path / f"{table.name}.parquet", conform(frame, table))

    def _table(self, table: Table) -> pl.DataFrame:
        file = self.path / f"{table.name}.parquet"
        return self._recall(table.name, _token(file), lambda: _read(file, table))

    def _derived(self, name: str, make: Callable[[pl.DataFrame], dict[str, Answer]]) -> Mapping[str, Answer]:
        token = _token(self.path / "illustrations.parquet")
        return self._recall(name, token, lambda: MappingProxyType(make(self.illustrations())))

    def _recall(self, name: str, token: object, make: Callable[[], Answer]) -> Answer:
        with self._guard:
            kept = self._kept.get(name)
            if kept is None or kept[0] != token:
                kept = (token, make())
                self._kept[name] = kept
            return kept[1]  # type: ignore[return-value]


def image_place(sha: str, ending: str) -> str:
    """Path of an original below the library's folder, by its content."""
    return f"images/{sha[:2]}/{sha}.{ending}"


def picture_key(item_id: str, sha: str | None) -> str:
    """What addresses an illustration on screen: its content's hash, or one of its id where it has no picture."""
    return (sha or hashlib.sha256(f"no picture: {item_id}".encode()).hexdigest())[:KEY_LENGTH]


def thumbnail_place(library: Path, sha: str) -> Path:
    return library / "thumbnails" / sha[:2] / f"{sha}.webp"


def _rows(frame: pl.DataFrame) -> dict[str, int]:
    return {item: row for row, item in enumerate(frame["item_id"])}


def _keys(frame: pl.DataFrame) -> dict[str, str]:
    return {picture_key(item, sha): item for item, sha in frame.select("item_id", "sha256").iter_rows()}


def _read(file: Path, table: Table) -> pl.DataFrame:
    try:
        return conform(pl.read_parquet(file, glob=False), table)
    except FileNotFoundError:
        return table.empty()
    except (OSError, pl.exceptions.PolarsError) as error:
        raise LibraryError(f"{file} is not a readable table ({error}). Restore it from a backup.") from error


def _token(file: Path) -> tuple[int, int, int]:
    """Changes whenever the file is replaced: its number on the disk, time and size."""
    try:
        facts = file.stat()
    except FileNotFoundError:
        return (0, 0, 0)
    return (facts.st_ino, facts.st_mtime_ns, facts.st_size)
