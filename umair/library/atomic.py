"""Writing so that a reader, or the machine after a power cut, meets the old file or the new one, never half."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

ASIDE = ".tmp-"  # part of the name of a file that is being written; `check` offers to remove old ones


@contextmanager
def replacing(path: Path, durable: bool = True) -> Iterator[Path]:
    """A path beside `path` to write to; when the block ends well it takes the place of `path`.

    `durable` waits until the bytes are on the disk; leave it off only for what can be made again.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.parent / f".{path.name}{ASIDE}{os.getpid()}-{uuid4().hex[:8]}"
    try:
        yield aside
        if durable:
            _flush(aside)
        os.replace(aside, path)
        if durable and os.name != "nt":
            _flush(path.parent)
    finally:
        aside.unlink(missing_ok=True)


def write_bytes(path: Path, content: bytes, durable: bool = True) -> None:
    with replacing(path, durable) as aside:
        aside.write_bytes(content)


def write_text(path: Path, content: str) -> None:
    write_bytes(path, content.encode("utf-8"))


def write_json(path: Path, content: object) -> None:
    write_text(path, json.dumps(content, ensure_ascii=False, indent=1) + "\n")


def write_parquet(path: Path, table: pl.DataFrame | pa.Table) -> None:
    with replacing(path) as aside:
        if isinstance(table, pa.Table):
            pq.write_table(table, aside, compression="zstd")
        else:
            table.write_parquet(aside, compression="zstd")


SETTLES = hasattr(os, "sync")


def settle() -> None:
    """Wait until everything that was written without `durable` is on the disk: once for many files is far faster.

    Where the system cannot do that (`SETTLES` is false), write each file durably.
    """
    if SETTLES:
        os.sync()


def append_line(path: Path, line: str) -> None:
    """Add one line to a log in a single system call, so that two writers never mix within a line."""
    number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    try:
        os.write(number, (line + "\n").encode("utf-8"))
    finally:
        os.close(number)


def _flush(path: Path) -> None:
    number = os.open(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(number)
    finally:
        os.close(number)
