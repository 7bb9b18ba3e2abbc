"""The bookmarks of a library as arrays: by user, then by time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from umair.library.store import Library
from umair.library.tables import BOOKMARK, TIME

ORDER_SEED = 20_211_001
ORDER_END = 1 << 40  # bookmarks without times have places 0..ORDER_END in a random order, in the stead of a time


@dataclass(frozen=True)
class Events:
    """E bookmarks of U users, sorted by user and time; a second bookmark of the same illustration is left out.

    user (E) number into `users`, item (E) row of `illustrations()`, at (E) microseconds since 1970.
    User u's bookmarks are start[u]..start[u + 1]. timed: False if the log has no times; `at` is then a place in a
    seeded random order in which every user's bookmarks lie evenly, so that parting by `at` is parting at random.
    """

    users: tuple[str, ...]
    user: np.ndarray
    item: np.ndarray
    at: np.ndarray
    start: np.ndarray
    timed: bool = True

    @classmethod
    def of(cls, library: Library) -> Events:
        """The bookmarks of illustrations that the library has.

        If more than half of them have a time, those without are left out; else no time is believed.
        """
        return cls.from_frame(library.interactions(), library.illustrations()["item_id"])

    @classmethod
    def from_frame(cls, log: pl.DataFrame, item_ids: pl.Series) -> Events:
        rows = pl.DataFrame({"item_id": item_ids, "item": np.arange(len(item_ids), dtype=np.int32)})
        here = log.lazy().filter(pl.col("kind") == BOOKMARK).join(rows.lazy(), on="item_id", how="inner")
        here = here.select("user_id", "item", "at").collect()
        people = here.select(pl.col("user_id").unique().sort()).with_row_index("user")  # numbers sort faster than names
        here = here.join(people, on="user_id", how="left").drop("user_id")
        timed = 2 * here["at"].null_count() < max(len(here), 1)
        own = (
            (here.drop_nulls("at") if timed else here.with_columns(at=pl.lit(None, dtype=TIME)))
            .sort("user", "at", "item")
            .unique(["user", "item"], keep="first", maintain_order=True)
        )
        own = own.with_columns(pl.col("at").dt.epoch("us")) if timed else _in_random_order(own)
        each = np.bincount(own["user"].to_numpy(), minlength=len(people))
        left = each > 0  # someone may have had bookmarks without a time alone
        bounds = np.append(0, np.cumsum(each[left])).astype(np.int64)
        return cls(
            users=tuple(people.filter(pl.Series(left, dtype=pl.Boolean))["user_id"].to_list()),
            user=np.repeat(np.arange(int(left.sum()), dtype=np.int32), each[left]),
            item=own["item"].to_numpy().astype(np.int32),
            at=own["at"].to_numpy().astype(np.int64),
            start=bounds,
            timed=timed,
        )

    def __len__(self) -> int:
        return len(self.item)

    def place(self, user: np.ndarray, earlier: np.ndarray) -> np.ndarray:
        """Row of each user (B) after so many bookmarks (B) in tables of E + U rows: one before each, one at the end."""
        return self.start[user] + user + earlier

    @cached_property
    def _times(self) -> tuple[np.ndarray, np.ndarray]:
        """All times, and a number for each bookmark that sorts as user and time do."""
        times, place = np.unique(self.at, return_inverse=True)
        return times, self.user.astype(np.int64) * (len(times) + 1) + place

    def position(self, user: np.ndarray, at: np.ndarray) -> np.ndarray:
        """How many bookmarks each user had strictly before a time: (B) for user (B), at (B)."""
        times, keys = self._times
        span = len(times) + 1
        asked = user.astype(np.int64) * span + np.searchsorted(times, at, side="left")
        return np.searchsorted(keys, asked, side="left") - self.start[user]


def _in_random_order(own: pl.DataFrame) -> pl.DataFrame:
    """Bookmarks sorted by user with `at` as a place in 0..ORDER_END: the k-th of n is at (k + chance) / n.

    A user's bookmarks fall into the parts of a split in the split's shares, up to one; the same for the same log.
    """
    rng = np.random.default_rng(ORDER_SEED)
    own = own.with_columns(chance=pl.Series(rng.random(len(own)))).sort("user", "chance", maintain_order=True)
    place = pl.int_range(pl.len()).over("user") + pl.Series(rng.random(len(own)))
    return own.with_columns(at=(place / pl.len().over("user") * ORDER_END).cast(pl.Int64))


def users_at_once(start: np.ndarray, most: int) -> Iterator[tuple[int, int]]:
    """(first, last) users of parts of at most so many bookmarks, or of one user; start (U + 1) as in Events."""
    low, users = 0, len(start) - 1
    while low < users:
        high = max(int(np.searchsorted(start, start[low] + most, side="right")) - 1, low + 1)
        yield low, high
        low = high
