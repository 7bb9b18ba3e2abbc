"""One walk through a stranger's folder: pictures, what lies beside them, and what is passed over, with the reason."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from umair.library.images import SUFFIXES
from umair.library.importers.report import Note
from umair.library.importers.sidecars import GALLERY_FILE, beside

JUNK = frozenset({"thumbs.db", "desktop.ini", "__macosx", "@eadir", "$recycle.bin"})
MOVING = frozenset({".zip", ".webm", ".mp4", ".mov", ".mkv", ".apng", ".swf", ".ugoira"})
SIDECARS = frozenset({".json", ".txt"})
MOVES = "moving pictures (ugoira or video) are not taken, only still ones"


@dataclass(frozen=True)
class Found:
    """A picture file with its sidecars; `place` is its path below the folder, with forward slashes."""

    path: Path
    place: str
    json: Path | None
    txt: Path | None


def walk(folder: Path, without: Path | None = None) -> Iterator[Found | Note]:
    """Every file below `folder`, in order of names. Nothing outside is touched; the library itself is left out."""
    root = folder.resolve()
    skip = without.resolve() if without is not None else None
    for here, folders, files in os.walk(root, followlinks=False):
        at = Path(here)
        for name in sorted(folders):
            if (at / name).is_symlink():
                yield Note(_place(root, at / name), "a link to another folder is not followed")
        folders[:] = sorted(f for f in folders if not _ignored(f) and not (at / f).is_symlink() and at / f != skip)
        yield from _files(root, at, [f for f in sorted(files) if not _ignored(f)])


def _files(root: Path, at: Path, files: list[str]) -> Iterator[Found | Note]:
    names = frozenset(files)
    used: set[Path | None] = set()
    for name in files:
        path = at / name
        suffix = path.suffix.lower()
        if suffix in SIDECARS:
            continue
        json, txt = beside(path, names, ".json"), beside(path, names, ".txt")
        used |= {json, txt}
        reason = _refusal(root, path, suffix)
        if reason:
            yield Note(_place(root, path), reason)
        else:
            yield Found(path, _place(root, path), json, txt)
    for name in files:
        if (at / name).suffix.lower() == ".json" and at / name not in used and name != GALLERY_FILE:
            yield Note(_place(root, at / name), "a sidecar without a picture beside it")


def _refusal(root: Path, path: Path, suffix: str) -> str | None:
    """Why a file is not even opened; None for a picture."""
    if suffix in MOVING:
        return MOVES
    if suffix not in SUFFIXES:
        return f"not a picture file ({suffix or 'no ending'})"
    try:
        if path.is_symlink() and not path.resolve(strict=True).is_relative_to(root):
            return "a link that leads out of the folder"
        if not stat.S_ISREG(path.stat().st_mode):
            return "not an ordinary file"
    except (OSError, RuntimeError):
        return "a link that leads nowhere, or a file without permission"
    return None


def _ignored(name: str) -> bool:
    return name.startswith(".") or name.lower() in JUNK


def _place(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix().encode("utf-8", "replace").decode("utf-8")
