"""Browse: which pictures have these labels, words, artists; in which order; how many there are of each kind."""

from __future__ import annotations

import colorsys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from umair.library.store import Library
from umair.service.for_you import for_you
from umair.service.tiles import Catalogue, Tile, catalogue, tile, tiles
from umair.service.words import has
from umair.service.you import dislike, like, likes

__all__ = [
    "SHAPES",
    "SORTS",
    "BrowseAnswer",
    "BrowseQuery",
    "Facets",
    "Tile",
    "browse",
    "dislike",
    "facets",
    "like",
    "likes",
    "tile",
]

SORTS = ("New", "Popular", "For you", "By colour", "Random")
SHAPES = ("any", "tall", "square", "wide")
SQUARE = 0.05  # sides that differ by less than this share count as equal
GREY = 0.12  # saturation below which a mean colour has no hue worth sorting by
SHUFFLE_SEED = 1009


@dataclass(frozen=True)
class BrowseQuery:
    """Filters (all must hold; within one filter any value may) and the order. Empty filters hold always.

    words: each a label in any spelling or language, part of one, or several words that must all be met.
    """

    words: tuple[str, ...] = ()
    artists: tuple[str, ...] = ()
    hands: tuple[str, ...] = ()
    series: tuple[str, ...] = ()
    ratings: tuple[str, ...] = ()
    shape: str = "any"
    since: datetime | None = None
    until: datetime | None = None
    liked: bool = False
    sort: str = "New"


@dataclass(frozen=True)
class BrowseAnswer:
    """The pictures that fit, in order, of a library of `total`."""

    tiles: tuple[Tile, ...]
    total: int


@dataclass(frozen=True)
class Facets:
    """How many of the pictures that fit have each value, most frequent first."""

    labels: dict[str, int]
    artists: dict[str, int]
    hands: dict[str, int]
    series: dict[str, int]
    ratings: dict[str, int]


def browse(lib: Library, query: BrowseQuery) -> BrowseAnswer:
    """The pictures that pass every filter of the query, in the order it asks for."""
    known = catalogue(lib)
    rows = np.flatnonzero(_mask(lib, known, query))
    return BrowseAnswer(tiles(lib, [int(r) for r in _sorted(lib, known, rows, query.sort)]), len(known.tiles))


def facets(lib: Library, query: BrowseQuery | None = None) -> Facets:
    """Counts beside every choice of a filter, over the pictures that the query lets through."""
    known = catalogue(lib)
    rows = range(len(known.tiles)) if query is None else np.flatnonzero(_mask(lib, known, query))
    return Facets(
        labels=_counted(label for r in rows for label in known.tiles[r].labels),
        artists=_counted(known.tiles[r].artist for r in rows),
        hands=_counted(known.hands[r] for r in rows),
        series=_counted(known.series[r] for r in rows),
        ratings=_counted(known.ratings[r] for r in rows),
    )


def _counted(values: Iterable[str | None]) -> dict[str, int]:
    return dict(Counter(v for v in values if v).most_common())


def _mask(lib: Library, known: Catalogue, query: BrowseQuery) -> np.ndarray:
    keep = np.ones(len(known.tiles), dtype=bool)
    for word in query.words:
        keep &= has(lib, word)
    for chosen, column in (
        (query.artists, tuple(t.artist for t in known.tiles)),
        (query.hands, known.hands),
        (query.series, known.series),
        (query.ratings, known.ratings),
    ):
        if chosen:
            keep &= np.fromiter((value in chosen for value in column), dtype=bool, count=len(column))
    if query.shape != "any":
        keep &= _shape(known) == query.shape
    if query.since is not None:
        keep &= known.published >= np.datetime64(query.since.replace(tzinfo=None), "us")
    if query.until is not None:
        keep &= known.published <= np.datetime64(query.until.replace(tzinfo=None), "us")
    if query.liked:
        mine = likes(lib)
        keep &= np.fromiter((t.item_id in mine for t in known.tiles), dtype=bool, count=len(known.tiles))
    return keep


def _shape(known: Catalogue) -> np.ndarray:
    ratio = np.array([t.w / max(t.h, 1) for t in known.tiles])
    return np.select([ratio < 1 - SQUARE, ratio > 1 + SQUARE], ["tall", "wide"], "square")


def _sorted(lib: Library, known: Catalogue, rows: np.ndarray, sort: str) -> np.ndarray:
    if sort == "New":
        return rows[np.argsort(-known.published[rows].astype(np.int64), kind="stable")]
    if sort == "Popular":
        return rows[np.argsort([-known.tiles[r].likes for r in rows], kind="stable")]
    if sort == "For you":
        return rows[np.argsort(-for_you(lib)[rows], kind="stable")]
    if sort == "By colour":
        return np.array(sorted(rows, key=lambda r: _hue(known.tiles[r].color)), dtype=np.int64)
    return np.random.default_rng(SHUFFLE_SEED).permutation(rows)


def _hue(color: str) -> tuple[bool, int, float]:
    red, green, blue = (int(color[k : k + 2], 16) / 255 for k in (1, 3, 5))
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    return (saturation < GREY, round(hue * 14), light)
