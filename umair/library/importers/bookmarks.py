"""Bookmarks and users that come with other data: entered once, however often they are told."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from umair.library.store import Library
from umair.library.tables import BOOKMARK, INTERACTIONS, TIME, USERS

SAME = ["user_id", "item_id", "kind"]


def add_bookmarks(library: Library, told: Sequence[dict[str, object]]) -> tuple[int, int]:
    """Enter rows of (user_id, name, item_id, at); returns how many users and how many interactions were new."""
    schema: dict[str, pl.DataType] = {"user_id": pl.String(), "name": pl.String(), "item_id": pl.String(), "at": TIME}
    frame = pl.DataFrame(told, schema=schema).with_columns(kind=pl.lit(BOOKMARK))
    new = frame.unique(SAME, keep="first", maintain_order=True).join(library.interactions(), on=SAME, how="anti")
    library.append_interactions(new.select(list(INTERACTIONS.columns)))
    return add_users(library, frame.select("user_id", "name")), len(new)


def add_users(library: Library, frame: pl.DataFrame) -> int:
    """Enter users (user_id and any other column) that are not there yet; returns how many were new."""
    known = library.users()
    new = frame.unique("user_id", keep="first", maintain_order=True).join(known, on="user_id", how="anti")
    if len(new):
        blank = {c: pl.lit(None, dtype=k).alias(c) for c, k in USERS.columns.items() if c not in new.columns}
        library.write_users(pl.concat([known, new.with_columns(*blank.values())], how="diagonal"))
    return len(new)
