"""The library that the app has open; one object for all sessions, so that what it has read is read once."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from umair.library.store import Library
from umair.settings import open_library_path


def opened() -> Library:
    """The open library; LibraryError says what to do if there is none."""
    return _open(open_library_path())


@lru_cache(maxsize=8)
def _open(path: Path) -> Library:
    return Library.open(path)
