"""What an import of a folder would read, before anything is written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from umair.errors import ImageError
from umair.library.images import load_picture
from umair.library.importers.folder import readable_folder
from umair.library.importers.report import Note
from umair.library.importers.take import describe
from umair.library.importers.walk import Found, walk

EXAMPLES = 10


@dataclass(frozen=True)
class Example:
    """One picture as it would be taken, or why not (`problem`)."""

    file: str
    title: str
    artist: str
    labels: tuple[str, ...]
    source: str  # pixiv | danbooru | txt | file name
    problem: str


@dataclass(frozen=True)
class Preview:
    """Counts of the folder, bytes of its pictures, examples from all over it, and files that would be skipped."""

    folder: str
    pictures: int
    json_sidecars: int
    txt_sidecars: int
    bytes: int
    examples: tuple[Example, ...]
    skipped: tuple[Note, ...]


def preview_folder(folder: Path, examples: int = EXAMPLES) -> Preview:
    """Walk the folder and read a few of its pictures; ImportRefused as `import_folder`."""
    source = readable_folder(None, folder)
    entries = list(walk(source))
    pictures = [e for e in entries if isinstance(e, Found)]
    step = max(1, len(pictures) // examples)
    return Preview(
        folder=str(source),
        pictures=len(pictures),
        json_sidecars=sum(p.json is not None for p in pictures),
        txt_sidecars=sum(p.txt is not None for p in pictures),
        bytes=sum(_size(p.path) for p in pictures),
        examples=tuple(_example(p) for p in pictures[::step][:examples]),
        skipped=tuple(e for e in entries if isinstance(e, Note)),
    )


def _example(found: Found) -> Example:
    described, problems = describe(found)
    trouble = [note.reason for note in problems]
    try:
        load_picture(found.path)
    except ImageError as error:
        trouble.append(str(error))
    return Example(
        file=found.place,
        title=described.title or "",
        artist=described.artist_name or described.artist_id or "",
        labels=described.labels,
        source=described.source,
        problem="; ".join(trouble),
    )


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
