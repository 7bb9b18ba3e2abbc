"""The bookmarks of a library as arrays: by user, then by time."""

from __future__ import annotations

from dataclasses import dataclass

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
        here = log.filter(pl.col("kind") == BOOKMARK).join(rows, on="item_id", how="inner")
        timed = 2 * here["at"].null_count() < max(len(here), 1)
        own = (
            (here.drop_nulls("at") if timed else here.with_columns(at=pl.lit(None, dtype=TIME)))
            .sort("user_id", "at", "item")
            .unique(["user_id", "item"], keep="first", maintain_order=True)
        )
        own = own.with_columns(pl.col("at").dt.epoch("us")) if timed else _in_random_order(own)
        users, start = np.unique(own["user_id"].to_numpy(), return_index=True)
        bounds = np.append(start, len(own)).astype(np.int64)
        return cls(
            users=tuple(str(u) for u in users),
            user=np.repeat(np.arange(len(users), dtype=np.int32), np.diff(bounds)),
            item=own["item"].to_numpy().astype(np.int32),
            at=own["at"].to_numpy().astype(np.int64),
            start=bounds,
            timed=timed,
        )

    def __len__(self) -> int:
        return len(self.item)

    def position(self, user: np.ndarray, at: np.ndarray) -> np.ndarray:
        """How many bookmarks each user had strictly before a time: (B) for user (B), at (B)."""
        times = np.unique(self.at)
        span = len(times) + 1
        keys = self.user.astype(np.int64) * span + np.searchsorted(times, self.at)
        asked = user.astype(np.int64) * span + np.searchsorted(times, at, side="left")
        return np.searchsorted(keys, asked, side="left") - self.start[user]


def _in_random_order(own: pl.DataFrame) -> pl.DataFrame:
    """Bookmarks sorted by user with `at` as a place in 0..ORDER_END: the k-th of n is at (k + chance) / n.

    A user's bookmarks fall into the parts of a split in the split's shares, up to one; the same for the same log.
    """
    rng = np.random.default_rng(ORDER_SEED)
    own = own.with_columns(chance=pl.Series(rng.random(len(own)))).sort("user_id", "chance", maintain_order=True)
    place = pl.int_range(pl.len()).over("user_id") + pl.Series(rng.random(len(own)))
    return own.with_columns(at=(place / pl.len().over("user_id") * ORDER_END).cast(pl.Int64))
