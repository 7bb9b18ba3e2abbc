"""What somebody has said about one picture file: the common form of every sidecar and of bare file names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Bookmark:
    """A bookmark that a sidecar tells of, without its time."""

    user_id: str
    name: str | None


@dataclass(frozen=True)
class Described:
    """Everything is optional; an absent item_id is made from the picture's content."""

    item_id: str | None = None
    labels: tuple[str, ...] = ()
    artist_id: str | None = None
    artist_name: str | None = None
    title: str | None = None
    published_at: datetime | None = None
    series: str | None = None
    rating: str | None = None
    views: int | None = None
    bookmarks: int | None = None
    bookmarked_by: Bookmark | None = None
    source: str = "file name"
