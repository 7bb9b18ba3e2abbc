"""Times of the synthetic year as columns."""

from __future__ import annotations

import polars as pl

from umair.library.tables import TIME


def utc(column: str) -> pl.Expr:
    """Whole microseconds since 1970 as a library's type of time."""
    return pl.col(column).cast(pl.Int64).cast(pl.Datetime("us")).dt.replace_time_zone("UTC").cast(TIME)
