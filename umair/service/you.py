"""The person in front of the screen: likes and dislikes, kept in the library's folder as `you.json`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime

from umair.library.atomic import write_text
from umair.library.store import Library
from umair.service.memory import MEMORY, changed_at

YOU = "you"
FILE = "you.json"


@dataclass(frozen=True)
class You:
    """Ids in the order they were clicked, with the time (ISO, UTC) of each click."""

    likes: dict[str, str]
    dislikes: dict[str, str]


def you(lib: Library) -> You:
    """What the person has clicked so far; empty for a new library or an unreadable file."""
    file = lib.path / FILE
    return MEMORY.recall(lib.path, "you", changed_at(file), lambda: _read(lib))


def likes(lib: Library) -> frozenset[str]:
    return frozenset(you(lib).likes)


def like(lib: Library, item_id: str, on: bool) -> None:
    """Like a picture, or take the like back; written at once, a dislike of the same picture is withdrawn."""
    _change(lib, item_id, liked=on, disliked=False)


def dislike(lib: Library, item_id: str, on: bool) -> None:
    """Say "less of this", or take it back; a like of the same picture is withdrawn."""
    _change(lib, item_id, liked=False, disliked=on)


def _change(lib: Library, item_id: str, *, liked: bool, disliked: bool) -> None:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    before = _read(lib)
    kept = {}
    for name, chosen, old in (("likes", liked, before.likes), ("dislikes", disliked, before.dislikes)):
        kept[name] = {i: at for i, at in old.items() if i != item_id} | ({item_id: now} if chosen else {})
    write_text(lib.path / FILE, json.dumps(kept, ensure_ascii=False, indent=1))


def _read(lib: Library) -> You:
    try:
        kept = json.loads((lib.path / FILE).read_text(encoding="utf-8"))
        return You(likes=dict(kept.get("likes", {})), dislikes=dict(kept.get("dislikes", {})))
    except (FileNotFoundError, json.JSONDecodeError, AttributeError, TypeError, ValueError):
        return You(likes={}, dislikes={})
