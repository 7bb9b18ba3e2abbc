"""The tables of a library: column names, types and what must be filled in, in this one place."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from umair.errors import LibraryError

TIME = pl.Datetime("us", "UTC")
RATINGS = ("general", "sensitive", "questionable", "explicit")
BOOKMARK, VIEW, DISLIKE = "bookmark", "view", "dislike"
KINDS = (BOOKMARK, VIEW, DISLIKE)


@dataclass(frozen=True)
class Table:
    """One table: its columns with types; `filled` may never be null; `key` is unique; further columns are kept.

    Those of `together` are all filled in a row, or none of them.
    """

    name: str
    columns: dict[str, pl.DataType]
    filled: tuple[str, ...]
    key: str | None = None
    together: tuple[str, ...] = ()
    choices: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def empty(self) -> pl.DataFrame:
        return pl.DataFrame(schema=self.columns)


ILLUSTRATIONS = Table(
    name="illustrations",
    columns={
        "item_id": pl.String(),
        # Null together where an illustration has no picture (a film, a book):
        "image": pl.String(),  # below the library's folder, or absolute for a picture that is only linked
        "sha256": pl.String(),
        "width_px": pl.Int32(),
        "height_px": pl.Int32(),
        "labels": pl.List(pl.String()),
        "artist_id": pl.String(),
        "artist_name": pl.String(),  # as shown; the id stays when an artist changes the name
        "title": pl.String(),
        "published_at": TIME,
        "series": pl.String(),
        "rating": pl.String(),
        "views": pl.Int64(),  # totals on the day of the crawl: they know the future, features do not use them
        "bookmarks": pl.Int64(),
        "color": pl.String(),
        "hand": pl.String(),  # demo only: who painted it; the truth, never a feature
    },
    filled=("item_id",),
    key="item_id",
    together=("image", "sha256", "width_px", "height_px"),
    choices=(("rating", RATINGS),),
)
USERS = Table(
    name="users",
    columns={
        "user_id": pl.String(),
        "name": pl.String(),
        "region": pl.String(),
        "interest_labels": pl.List(pl.String()),
    },
    filled=("user_id",),
    key="user_id",
)
INTERACTIONS = Table(
    name="interactions",
    columns={"user_id": pl.String(), "item_id": pl.String(), "at": TIME, "kind": pl.String()},  # at: null if unknown
    filled=("user_id", "item_id", "kind"),
    choices=(("kind", KINDS),),
)


def conform(frame: pl.DataFrame, table: Table) -> pl.DataFrame:
    """`frame` with the table's columns first, in order and type; absent ones become null, further ones stay.

    LibraryError says which column, what it holds and what it should: wrong type, empty, repeated, unknown choice.
    """
    present = [_cast(frame, table, name, kind) for name, kind in table.columns.items()]
    frame = frame.with_columns(present).select([*table.columns, *(c for c in frame.columns if c not in table.columns)])
    for name in table.filled:
        empty = frame[name].null_count()
        if empty:
            raise LibraryError(
                f"{table.name}: {empty:,} of {len(frame):,} rows have no {name}. Fill it in or drop them."
            )
    bare = frame.select(pl.all_horizontal(pl.col(table.together).is_null())).to_series() if table.together else None
    for name in table.together:
        half = int((frame[name].is_null() & ~bare).sum())
        if half:
            raise LibraryError(
                f"{table.name}: {half:,} of {len(frame):,} rows have no {name}, but other facts of a picture. "
                f"Fill in {', '.join(table.together)}, or none of them where there is no picture."
            )
    if "labels" in table.columns:
        frame = frame.with_columns(pl.col("labels").fill_null([]))
    if table.key is not None and frame[table.key].n_unique() != len(frame):
        twice = frame[table.key].filter(frame[table.key].is_duplicated())
        raise LibraryError(
            f"{table.name}: {table.key} {twice[0]!r} (and {twice.n_unique() - 1:,} more) occur twice. "
            "Each must be unique."
        )
    for name, allowed in table.choices:
        strange = frame[name].drop_nulls().unique().filter(~frame[name].drop_nulls().unique().is_in(allowed))
        if len(strange):
            raise LibraryError(f"{table.name}: {name} {strange[0]!r} is not one of {', '.join(allowed)}.")
    return frame


def _cast(frame: pl.DataFrame, table: Table, name: str, kind: pl.DataType) -> pl.Series:
    if name not in frame.columns:
        if name in table.filled:
            raise LibraryError(
                f"{table.name}: there is no column {name} among {', '.join(frame.columns) or 'none'}. It is needed."
            )
        return pl.Series(name, [None] * len(frame), dtype=kind)
    column = frame[name]
    if column.dtype == kind:
        return column
    try:
        if kind == TIME and isinstance(column.dtype, pl.Datetime) and column.dtype.time_zone is None:
            return column.dt.cast_time_unit("us").dt.replace_time_zone("UTC")
        if kind == TIME and column.dtype == pl.Datetime:
            return column.dt.cast_time_unit("us").dt.convert_time_zone("UTC")
        return column.cast(kind)
    except pl.exceptions.PolarsError as error:
        raise LibraryError(f"{table.name}: {name} is {column.dtype}, expected {kind} ({error}).") from error
