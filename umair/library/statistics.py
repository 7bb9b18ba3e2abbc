"""How large a library's log is and how unequal: the paper's Table 2 and Fig. 4, for any library."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np
import polars as pl

from umair.library.store import Library
from umair.library.tables import BOOKMARK

TRAIN_SHARE = 0.75  # of the time range: the paper trains on nine months and tests on the next three
TOP_SHARES = (0.01, 0.1, 0.2)
SHADES = " ▁▂▃▄▅▆▇█"


@dataclass(frozen=True)
class Table2Row:
    """One row of Table 2: bookmarks in [since, until) with the users and illustrations that occur in them."""

    dataset: str
    category: str
    users: int
    illustrations: int
    interactions: int
    since: date | None
    until: date | None


@dataclass(frozen=True)
class Tail:
    """One curve of Fig. 4: how many illustrations (or users) have so many bookmarks.

    counts (C,) ascending and how_many (C,); `gini` of the counts in 0..1; `top` share -> part of all bookmarks that
    the most bookmarked share holds; `none` = how many have no bookmark at all (they are not in the curve).
    """

    of: str
    counts: tuple[int, ...]
    how_many: tuple[int, ...]
    gini: float
    top: tuple[tuple[float, float], ...]
    none: int


@dataclass(frozen=True)
class Figure4:
    """Both curves of Fig. 4."""

    illustrations: Tail
    users: Tail


def table_2(library: Library, split: datetime | None = None) -> tuple[Table2Row, Table2Row]:
    """Rows *train* and *test* of Table 2; the split is midnight after 3/4 of the time range unless given.

    A log without times is one row, without dates; bookmarks without a time in a log that has times count nowhere.
    """
    log = library.interactions().filter(pl.col("kind") == BOOKMARK)
    if not log["at"].count():  # no times: nothing to part by
        return (_row("D", "Train", log, None, None), Table2Row("D_t", "Test", 0, 0, 0, None, None))
    first, last = log["at"].min(), log["at"].max()
    assert isinstance(first, datetime) and isinstance(last, datetime)
    at = split or _midnight(first + (last - first) * TRAIN_SHARE)
    train, test = log.filter(pl.col("at") < at), log.filter(pl.col("at") >= at)
    until = (last + timedelta(days=1)).date()
    return (
        _row("D", "Train", train, first.date(), at.date()),
        _row("D_t", "Test", test, at.date(), until),
    )


def figure_4(library: Library) -> Figure4:
    """The long tails of the library's bookmarks: (a) over illustrations, (b) over users."""
    log = library.interactions().filter(pl.col("kind") == BOOKMARK)
    return Figure4(
        illustrations=_tail("illustrations", log["item_id"], len(library.illustrations())),
        users=_tail("users", log["user_id"], len(library.users())),
    )


def drawn(tail: Tail, width: int = 60) -> str:
    """The curve as one line of text: bookmarks from few (left) to many, on a logarithmic scale, as is the height."""
    if not tail.counts:
        return ""
    place = np.log1p(tail.counts) / max(np.log1p(tail.counts[-1]), 1e-9)
    heights = np.zeros(width)
    np.add.at(heights, np.minimum((place * width).astype(int), width - 1), tail.how_many)
    level = np.ceil(np.log1p(heights) / np.log1p(heights.max()) * (len(SHADES) - 1)).astype(int)
    return "".join(SHADES[k] for k in level)


def _tail(of: str, who: pl.Series, known: int) -> Tail:
    each = np.sort(who.value_counts()["count"].to_numpy()).astype(np.int64)
    counts, how_many = np.unique(each, return_counts=True)
    return Tail(
        of=of,
        counts=tuple(int(c) for c in counts),
        how_many=tuple(int(h) for h in how_many),
        gini=gini(each),
        top=tuple((share, _top(each, share)) for share in TOP_SHARES),
        none=max(0, known - len(each)),
    )


def gini(ascending: np.ndarray) -> float:
    """0 where all have the same, near 1 where one has everything; (N,) counts in ascending order."""
    if not len(ascending):
        return 0.0
    total, n = float(ascending.sum()), len(ascending)
    return float(2 * (np.arange(1, n + 1) * ascending).sum() / (n * total) - (n + 1) / n)


def _top(ascending: np.ndarray, share: float) -> float:
    if not len(ascending):
        return 0.0
    many = max(1, round(len(ascending) * share))
    return float(ascending[-many:].sum() / ascending.sum())


def _row(dataset: str, category: str, log: pl.DataFrame, since: date | None, until: date | None) -> Table2Row:
    return Table2Row(dataset, category, log["user_id"].n_unique(), log["item_id"].n_unique(), len(log), since, until)


def _midnight(at: datetime) -> datetime:
    """The first midnight (UTC) at or after a time."""
    day = at.replace(hour=0, minute=0, second=0, microsecond=0)
    return day if day == at else day + timedelta(days=1)
