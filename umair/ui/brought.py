"""Files that a person brings to an import through the browser, laid out as a folder for the importer to read."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import IO, Protocol

from umair.errors import ImportRefused
from umair.settings import home

MEMBERS_AT_MOST = 200_000
BYTES_AT_MOST = 20 * 2**30
RATIO_AT_MOST = 200  # unpacked to packed: more is a decompression bomb, pictures are packed already


class Brought(Protocol):
    """An uploaded file: its name and its bytes."""

    @property
    def name(self) -> str: ...

    def getbuffer(self) -> memoryview: ...


def laid_out(files: Sequence[Brought]) -> Path:
    """A new folder in this person's home with the files in it, zips unpacked; ImportRefused for a hostile zip."""
    base = home() / "imports"
    base.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="brought-", dir=base))
    try:
        for file in files:
            name = PurePosixPath(file.name.replace("\\", "/")).name or "unnamed"
            place = folder / name
            place.write_bytes(file.getbuffer())
            if place.suffix.lower() == ".zip":
                unpack(place, folder / place.stem)
                place.unlink()
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return folder


def unpack(archive: Path, folder: Path) -> None:
    """Everything in a zip, nowhere but below `folder`; ImportRefused if it would not stay there or is too large."""
    try:
        with zipfile.ZipFile(archive) as zipped:
            members = [m for m in zipped.infolist() if not m.is_dir()]
            _refuse(archive, members)
            for member in members:
                target = folder / _place(archive, member.filename)
                target.parent.mkdir(parents=True, exist_ok=True)
                with zipped.open(member) as source, target.open("wb") as out:
                    _copy(source, out, member.file_size, archive)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError) as error:
        raise ImportRefused(f"{archive.name} is not a readable zip ({error}). Pack it again.") from error


def _refuse(archive: Path, members: Sequence[zipfile.ZipInfo]) -> None:
    size, packed = sum(m.file_size for m in members), sum(m.compress_size for m in members)
    if len(members) > MEMBERS_AT_MOST or size > BYTES_AT_MOST or size > RATIO_AT_MOST * max(packed, 1):
        raise ImportRefused(
            f"{archive.name} says that it unpacks to {len(members):,} files of {size / 2**20:,.0f} MB. "
            "That is more than an import takes at once. Unpack it yourself and import the folder."
        )


def _place(archive: Path, name: str) -> PurePosixPath:
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or not path.parts or ":" in path.parts[0]:
        raise ImportRefused(f"{archive.name} holds a file that would lie outside of it ({name!r}). Nothing was taken.")
    return path


def _copy(source: IO[bytes], out: IO[bytes], size: int, archive: Path) -> None:
    """Copy at most what the zip itself announced."""
    left = size
    while piece := source.read(min(2**20, left + 1)):
        left -= len(piece)
        if left < 0:
            raise ImportRefused(f"{archive.name} unpacks to more than it says. Nothing was taken.")
        out.write(piece)
