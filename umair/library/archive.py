"""A library as one zip file, and back: written whole or not at all, unpacked into a new folder and nowhere else."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from umair.errors import LibraryError
from umair.library.atomic import ASIDE, replacing
from umair.library.info import FILE, read_info
from umair.library.lock import FILE as LOCK
from umair.library.lock import writer_lock

PACKED = frozenset(
    {".webp", ".png", ".jpg", ".gif", ".avif", ".parquet", ".safetensors"}
)  # nothing to gain by deflating
PIECE = 2**20

Progress = Callable[[int, int], None]


def pack(library: Path, archive: Path, progress: Progress = lambda done, of: None) -> Path:
    """Write everything of a library (linked pictures stay outside) into a zip; nobody may write to it meanwhile."""
    with writer_lock(library, "back up"):
        files = sorted(p for p in library.rglob("*") if p.is_file() and p.name != LOCK and ASIDE not in p.name)
        try:
            with (
                replacing(archive) as aside,
                zipfile.ZipFile(aside, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as out,
            ):
                for done, file in enumerate(files, start=1):
                    method = zipfile.ZIP_STORED if file.suffix in PACKED else zipfile.ZIP_DEFLATED
                    out.write(file, file.relative_to(library).as_posix(), method)
                    progress(done, len(files))
        except OSError as error:
            raise LibraryError(f"The backup cannot be written to {archive} ({error.strerror or error}).") from error
    return archive


def unpack(archive: Path, folder: Path, progress: Progress = lambda done, of: None) -> Path:
    """Make a library of a backup, in a new folder. LibraryError if the file is none, or reaches out of that folder."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise LibraryError(f"{folder} is not empty. A backup is restored into a new folder.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=f".{folder.name}{ASIDE}", dir=folder.parent))
    try:
        with zipfile.ZipFile(archive) as packed:
            members = [m for m in packed.infolist() if not m.is_dir()]
            _refuse(archive, members, aside)
            for done, member in enumerate(members, start=1):
                _write(packed, member, aside / member.filename)
                progress(done, len(members))
        read_info(aside)
        if folder.exists():
            folder.rmdir()
        os.rename(aside, folder)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        raise LibraryError(f"{archive.name} is not a readable zip file ({error}).") from error
    except OSError as error:
        raise LibraryError(f"{archive.name} cannot be restored to {folder} ({error.strerror or error}).") from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return folder


def _refuse(archive: Path, members: list[zipfile.ZipInfo], aside: Path) -> None:
    """Before anything is written: is this a library, does all of it stay inside, is there room for it?"""
    names = {m.filename for m in members}
    if FILE not in names:
        raise LibraryError(f"{archive.name} is no backup of a library (no {FILE} in it).")
    for member in members:
        parts = PurePosixPath(member.filename).parts
        leaves = member.filename.startswith(("/", "\\")) or ".." in parts or "\\" in member.filename or ":" in parts[0]
        if leaves or stat.S_ISLNK(member.external_attr >> 16):
            raise LibraryError(
                f"{archive.name} names {member.filename!r}, outside of the library. It was not restored."
            )
    needed, free = sum(m.file_size for m in members), shutil.disk_usage(aside).free
    if needed > free:
        raise LibraryError(
            f"{archive.name} needs {needed / 2**30:,.1f} GB; {free / 2**30:,.1f} GB are free at {aside.parent}."
        )


def _write(packed: zipfile.ZipFile, member: zipfile.ZipInfo, place: Path) -> None:
    """One file, never more of it than its entry says."""
    place.parent.mkdir(parents=True, exist_ok=True)
    left = member.file_size
    with packed.open(member) as source, place.open("wb") as out:
        while piece := source.read(PIECE):
            left -= len(piece)
            if left < 0:
                raise zipfile.BadZipFile(f"{member.filename} is larger than it says")
            out.write(piece)
