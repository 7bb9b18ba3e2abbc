"""What a service has read or computed once for a library, kept until the files behind it change."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import TypeVar

Answer = TypeVar("Answer")


class Memory:
    """One remembered answer a (library, name); a new token makes it anew. Safe for many threads."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._kept: dict[tuple[Path, str], tuple[Hashable, object]] = {}

    def recall(self, library: Path, name: str, token: Hashable, make: Callable[[], Answer]) -> Answer:
        """The answer of `make`, computed only if `token` differs from the last one under this name."""
        with self._lock:
            kept = self._kept.get((library, name))
            if kept is not None and kept[0] == token:
                return kept[1]  # type: ignore[return-value]
            answer = make()
            self._kept[(library, name)] = (token, answer)
            return answer


MEMORY = Memory()


def changed_at(path: Path) -> tuple[int, int]:
    """A token that changes when the file (or folder) does: its time in nanoseconds and its size, 0s if absent."""
    try:
        facts = path.stat()
    except FileNotFoundError:
        return (0, 0)
    return (facts.st_mtime_ns, facts.st_size)
