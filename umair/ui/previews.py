"""Small pictures of what a person brought to a search, in memory only; apart from uploads.py, which is slow to load."""

from __future__ import annotations

import threading
from collections import OrderedDict

KEPT = 64

_kept: OrderedDict[str, bytes] = OrderedDict()
_lock = threading.Lock()


def remember(key: str, webp: bytes) -> None:
    """Keep a preview; the oldest go when there are more than 64."""
    with _lock:
        _kept[key] = webp
        _kept.move_to_end(key)
        while len(_kept) > KEPT:
            _kept.popitem(last=False)


def preview(key: str) -> bytes | None:
    """WebP of an uploaded picture; None if it is not in memory."""
    with _lock:
        return _kept.get(key)
