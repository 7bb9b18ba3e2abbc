"""A picture as it was found in a repository, before anything is drawn."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Found:
    """`data` is SVG text or a raster file; `plain` marks an icon of one colour, whose ink is `currentColor`."""

    name: str
    hand: str  # source/sub
    data: bytes
    license: str
    source: str
    kind: str
    content: str | None = None
    plain: bool = False
    pixels: bool = False
    tile: int = 0

    @property
    def vector(self) -> bool:
        """True for SVG."""
        return b"<svg" in self.data[:4000]


def chance_of(text: str) -> int:
    """A number that stays the same for a text, on every machine."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")


def chosen(names: Iterable[str], hand: str, at_most: int) -> list[str]:
    """At most so many names, by hash, so that a new file changes one choice and not all."""
    return sorted(names, key=lambda name: chance_of(f"{hand}/{name}"))[:at_most]
