"""The bookmarks of a library as arrays: by user, then by time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from umair.library.store import Library
from umair.library.tables import BOOKMARK


@dataclass(frozen=True)
class Events:
    """E bookmarks of U users, sorted by user and time; a second bookmark of the same illustration is left out.

    user (E) number into `users`, item (E) row of `illustrations()`, at (E) microseconds since 1970.
    User u's bookmarks are start[u]..start[u + 1].
    """

    users: tuple[str, ...]
    user: np.ndarray
    item: np.ndarray
    at: np.ndarray
    start: np.ndarray

    @classmethod
    def of(cls, library: Library) -> Events:
        """The bookmarks of illustrations that the library has."""
        return cls.from_frame(library.interactions(), library.illustrations()["item_id"])

    @classmethod
    def from_frame(cls, log: pl.DataFrame, item_ids: pl.Series) -> Events:
        rows = pl.DataFrame({"item_id": item_ids, "item": np.arange(len(item_ids), dtype=np.int32)})
        own = (
            log.filter(pl.col("kind") == BOOKMARK)
            .join(rows, on="item_id", how="inner")
            .sort("user_id", "at", "item")
            .unique(["user_id", "item"], keep="first", maintain_order=True)
        )
        users, start = np.unique(own["user_id"].to_numpy(), return_index=True)
        bounds = np.append(start, len(own)).astype(np.int64)
        return cls(
            users=tuple(str(u) for u in users),
            user=np.repeat(np.arange(len(users), dtype=np.int32), np.diff(bounds)),
            item=own["item"].to_numpy().astype(np.int32),
            at=own["at"].dt.epoch("us").to_numpy().astype(np.int64),
            start=bounds,
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
