"""A picture as every screen shows it, and the catalogue of a library as tiles."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from umair.errors import LibraryError
from umair.library.store import Library, picture_key
from umair.service.cards import HEIGHT, WIDTH, color_of
from umair.service.memory import MEMORY, changed_at
from umair.service.you import likes

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True)
class Tile:
    """One picture: address by content key (`/picture/thumb/{key}.webp`), size in pixels, what to say about it.

    drawn: False for an illustration without a picture; its key gives a card with its title (cards.py).
    """

    item_id: str
    key: str
    w: int
    h: int
    color: str
    title: str
    artist: str
    alt: str
    labels: tuple[str, ...]
    date: str
    likes: int
    liked: bool = False
    drawn: bool = True


@dataclass(frozen=True)
class Catalogue:
    """The library's illustrations as tiles in row order, with the columns that filters and sorts need."""

    tiles: tuple[Tile, ...]
    row_of: dict[str, int]
    hands: tuple[str | None, ...]
    series: tuple[str | None, ...]
    ratings: tuple[str | None, ...]
    published: np.ndarray  # (N,) datetime64[us], NaT where unknown
    log_bookmarks: np.ndarray  # (N,) bookmarks in this library's own log

    def row(self, item_id: str) -> int:
        if item_id not in self.row_of:
            raise LibraryError(
                f"No illustration has the id {item_id!r} in this library of {len(self.tiles):,}. "
                "Take an id from the Browse page or from `umair search`."
            )
        return self.row_of[item_id]

    def tile(self, row: int, liked: set[str] | frozenset[str] = frozenset()) -> Tile:
        tile = self.tiles[row]
        return replace(tile, liked=True) if tile.item_id in liked else tile


def catalogue(lib: Library) -> Catalogue:
    """The open library's catalogue; read again only after its tables have changed."""
    token = (changed_at(lib.path / "illustrations.parquet"), changed_at(lib.path / "interactions"))
    return MEMORY.recall(lib.path, "catalogue", token, lambda: _read(lib))


def tile(lib: Library, item_id: str) -> Tile:
    """One picture by its id; LibraryError if the library has no such illustration."""
    known = catalogue(lib)
    return known.tile(known.row(item_id), likes(lib))


def tiles(lib: Library, rows: list[int]) -> tuple[Tile, ...]:
    known, liked = catalogue(lib), likes(lib)
    return tuple(known.tile(row, liked) for row in rows)


def _read(lib: Library) -> Catalogue:
    frame = lib.illustrations()
    log = lib.interactions().filter(pl.col("kind") == "bookmark")
    counted = dict(log.group_by("item_id").len().iter_rows())
    drawn = tuple(_tile(row, counted) for row in frame.iter_rows(named=True))
    return Catalogue(
        tiles=drawn,
        row_of={t.item_id: n for n, t in enumerate(drawn)},
        hands=_column(frame, "hand"),
        series=_column(frame, "series"),
        ratings=_column(frame, "rating"),
        published=frame["published_at"].dt.replace_time_zone(None).to_numpy(),
        log_bookmarks=np.array([counted.get(t.item_id, 0) for t in drawn], dtype=np.int64),
    )


def _column(frame: pl.DataFrame, name: str) -> tuple[str | None, ...]:
    return tuple(frame[name].to_list()) if name in frame.columns else (None,) * len(frame)


def _tile(row: dict, counted: dict[str, int]) -> Tile:
    labels = tuple(row["labels"] or ())
    at = row["published_at"]
    artist, title = row.get("artist_name") or row["artist_id"] or "", row["title"] or ""
    shown = title or ", ".join(labels[:3]) or row["item_id"]
    return Tile(
        item_id=row["item_id"],
        key=picture_key(row["item_id"], row["sha256"]),
        w=row["width_px"] or WIDTH,
        h=row["height_px"] or HEIGHT,
        color=row["color"] or ("#888888" if row["image"] else color_of(labels)),
        title=title,
        artist=artist,
        alt=f"{shown}, by {artist}" if artist else shown,
        labels=labels,
        date=f"{at.day} {MONTHS[at.month - 1]} {at.year}" if at else "",
        likes=counted.get(row["item_id"], row["bookmarks"] or 0),
        drawn=row["image"] is not None,
    )
