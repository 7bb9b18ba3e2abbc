"""The library that the app has open; one object for all sessions, so that what it has read is read once."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from umair.errors import UmairError
from umair.library.store import Library
from umair.service.cards import card
from umair.service.tiles import tile
from umair.settings import demo_library, known_libraries, open_library_path


def opened() -> Library:
    """The open library; LibraryError says what to do if there is none."""
    return _open(open_library_path())


def picture_file(key: str, *, large: bool) -> Path | bytes | None:
    """The file of a picture by its content key: of the open library, else of one on the shelf (for its mosaic).

    Bytes of an SVG card where the illustration has no picture.
    """
    for path in dict.fromkeys((open_library_path(), *known_libraries(), *_demo())):
        try:
            lib = _open(path)
            item_id = lib.by_sha(key)
            bare = tile(lib, item_id)
            if not bare.drawn:
                return card(bare.title or item_id, bare.labels, bare.color)
            return lib.image_path(item_id) if large else lib.thumbnail_path(item_id)
        except UmairError:
            continue
    return None


def _demo() -> tuple[Path, ...]:
    try:
        return (demo_library(),)
    except UmairError:  # not shipped with this copy of the code
        return ()


@lru_cache(maxsize=8)
def _open(path: Path) -> Library:
    return Library.open(path)
