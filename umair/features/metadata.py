"""The metadata vector of an illustration as it was at a time: popularity from the log, age, size, rating, artist."""

from __future__ import annotations

import numpy as np
import polars as pl

from umair.features.catalogue import ALWAYS, Catalogue
from umair.features.counters import Counters
from umair.features.events import Events
from umair.features.schema import METADATA
from umair.library.tables import RATINGS, VIEW

DAY = 86_400_000_000  # microseconds
LATELY = 30 * DAY
MOMENTS = 64  # times at which mean and spread of the moving numbers are taken
SOFT = 0.1  # keeps early times, when every count is about zero, from being blown up


class Metadata:
    """Numbers (B, len(METADATA)) of illustrations at times; mean 0 and spread about 1 over what was out by then."""

    def __init__(
        self,
        catalogue: Catalogue,
        events: Events,
        log: pl.DataFrame,
        crawl: bool = False,
        until: int | None = None,
    ) -> None:
        """`crawl` takes popularity from the totals of the crawl: right for showing now, leaking for training.

        `until`: bookmarks from this place on are not counted. A training on a log without times counts those of its
        training part alone.
        """
        self._catalogue, self._crawl, self._timed = catalogue, crawl, events.timed
        frame = catalogue.frame
        counted = slice(None) if until is None else events.at < until
        item, at = events.item[counted], events.at[counted]
        self._bookmarks = Counters(item, at)
        self._views = _viewed(log if events.timed else log.clear(), frame)
        artists = frame["artist_id"].fill_null("").to_numpy()
        _, self._artist = np.unique(artists, return_inverse=True)
        self._by_artist = Counters(self._artist[item], at)
        self._works = np.bincount(self._artist).astype(float)
        self._still = _still(frame)
        begin = int(events.at.min()) if len(events) else 0
        self.end = int(events.at.max()) + 1 if len(events) else _latest(catalogue)
        self._moments = np.linspace(begin, self.end, MOMENTS).astype(np.int64) if len(events) else np.array([self.end])
        self._mean, self._spread = self._moments_of(len(catalogue))

    def counts(self, items: np.ndarray, at: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """(views, bookmarks) before the times, each (B)."""
        return self._views.before(items, at), self._bookmarks.before(items, at)

    def at(self, items: np.ndarray, at: np.ndarray) -> np.ndarray:
        """(B, len(METADATA)) float32 for rows of illustrations (B) at times (B)."""
        raw = self._raw(items, at)
        moment = np.clip(np.searchsorted(self._moments, at, side="right") - 1, 0, len(self._moments) - 1)
        return ((raw - self._mean[moment]) / self._spread[moment]).astype(np.float32)

    def now(self) -> np.ndarray:
        """(N, len(METADATA)) for every illustration at the end of the log."""
        return self.at(np.arange(len(self._catalogue)), np.full(len(self._catalogue), self.end))

    def _raw(self, items: np.ndarray, at: np.ndarray) -> np.ndarray:
        views, bookmarks = self.counts(items, at)
        lately = bookmarks - self._bookmarks.before(items, at - LATELY) if self._timed else np.zeros(len(items))
        own = self._artist[items]
        of_artist = (self._by_artist.before(own, at) - bookmarks) / np.maximum(self._works[own] - 1, 1)
        if self._crawl:
            frame = self._catalogue.frame
            views = frame["views"].fill_null(0).to_numpy()[items]
            bookmarks = frame["bookmarks"].fill_null(0).to_numpy()[items]
        out = self._catalogue.published[items]
        age = np.where(out == ALWAYS, 0.0, np.log1p(np.maximum(at - out, 0) / DAY))
        moving = [np.log1p(np.maximum(c, 0)) for c in (bookmarks, lately, views, of_artist)]
        return np.column_stack([*moving, age, self._still[items]])

    def _moments_of(self, n: int) -> tuple[np.ndarray, np.ndarray]:
        mean, spread = [], []
        every = np.arange(n)
        for moment in self._moments:
            out = every[self._catalogue.published < moment]
            raw = self._raw(out if len(out) > 1 else every, np.full(max(len(out), 1) if len(out) > 1 else n, moment))
            mean.append(raw.mean(0))
            spread.append(raw.std(0))
        held = np.array(spread)
        # A column that never varies says nothing: it becomes zero. The others are held off zero at early times.
        return np.array(mean), np.where(held < 1e-9, 1.0, held + SOFT * (held < SOFT))


def by_column(numbers: np.ndarray, name: str) -> np.ndarray:
    """One named column of a metadata vector (…, len(METADATA))."""
    return numbers[..., METADATA.index(name)]


def _still(frame: pl.DataFrame) -> np.ndarray:
    """What does not change: size, shape, number of labels, rating; (N, 7) in the order of METADATA."""
    width, height = (frame[side].fill_null(0).to_numpy().astype(float) for side in ("width_px", "height_px"))
    area, aspect = np.log(np.maximum(width * height, 1)), np.log(np.maximum(width, 1) / np.maximum(height, 1))
    labels = np.log1p(frame["labels"].list.len().to_numpy().astype(float))
    rating = frame["rating"].fill_null("").to_numpy()
    return np.column_stack([area, aspect, labels, *(np.asarray(rating == r, dtype=float) for r in RATINGS)])


def _viewed(log: pl.DataFrame, frame: pl.DataFrame) -> Counters:
    rows = pl.DataFrame({"item_id": frame["item_id"], "item": np.arange(len(frame), dtype=np.int64)})
    seen = log.filter(pl.col("kind") == VIEW).drop_nulls("at").join(rows, on="item_id", how="inner")
    return Counters(seen["item"].to_numpy(), seen["at"].dt.epoch("us").to_numpy().astype(np.int64))


def _latest(catalogue: Catalogue) -> int:
    dated = catalogue.published[catalogue.published > ALWAYS]
    return int(dated.max()) + 1 if len(dated) else 0
