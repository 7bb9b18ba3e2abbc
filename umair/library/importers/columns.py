"""Tables of other people: read, renamed by `ours=theirs`, and brought to our types, whole columns at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl

from umair.errors import ImportRefused
from umair.library.tables import TIME

READABLE = (".csv", ".tsv", ".parquet", ".jsonl", ".ndjson")
SEPARATORS = ("|", ";", ",")  # what divides the labels in one field: the first of these that occurs in the column
YEAR = r"^(1[5-9]|20|21)\d\d$"
YEAR_2100_S = 4_102_444_800  # a larger number of seconds is taken for milli- or microseconds

HOW_ELSE = {  # where a column that is not there can be done without
    "image": " A table without pictures needs a column item_id at least.",
    "at": " If nobody knows the times, say so: --without-times.",
}


def parse_mapping(pairs: Sequence[str]) -> dict[str, str]:
    """`ours=theirs` as {ours: theirs}; ImportRefused for anything else."""
    mapping = {}
    for pair in pairs:
        ours, sign, theirs = pair.partition("=")
        if not sign or not ours.strip() or not theirs.strip():
            raise ImportRefused(f"{pair!r} is no mapping of a column. Write ours=theirs, as user_id=member.")
        mapping[ours.strip()] = theirs.strip()
    return mapping


def read_columns(file: Path, mapping: Mapping[str, str], wanted: Sequence[str], needed: Sequence[str]) -> pl.DataFrame:
    """The wanted columns under our names, as far as they are there; ImportRefused if a needed one is not."""
    frame = _read(file)
    unknown = [ours for ours in mapping if ours not in wanted]
    if unknown:
        raise ImportRefused(f"{unknown[0]} is not one of our columns here. Ours are {', '.join(wanted)}.")
    lost = [theirs for theirs in mapping.values() if theirs not in frame.columns]
    if lost:
        raise ImportRefused(f"{file.name} has no column {lost[0]!r}. It has {_listed(frame.columns)}.")
    source = {ours: mapping.get(ours, ours) for ours in wanted}
    absent = [ours for ours in needed if source[ours] not in frame.columns]
    if absent:
        raise ImportRefused(
            f"{file.name} has no column for {absent[0]}. It has {_listed(frame.columns)}: say which one it is, "
            f"as {absent[0]}=THEIRS.{HOW_ELSE.get(absent[0], '')}"
        )
    return frame.select(pl.col(theirs).alias(ours) for ours, theirs in source.items() if theirs in frame.columns)


def column_names(file: Path) -> tuple[str, ...]:
    """The columns of a table, for choosing a mapping."""
    return tuple(_read(file).columns)


def as_text(frame: pl.DataFrame, name: str) -> pl.Expr:
    """A column as trimmed text; empty becomes null."""
    if isinstance(frame.schema[name], pl.List):
        return pl.col(name).cast(pl.List(pl.String)).list.join(", ")
    text = pl.col(name).cast(pl.String, strict=False).str.strip_chars()
    return pl.when(text.str.len_chars() > 0).then(text).otherwise(None).alias(name)


def as_labels(frame: pl.DataFrame, name: str) -> pl.Expr:
    """A column of lists, or of text such as `a|b`, `a; b` or `a, b`, as lists of trimmed texts."""
    if isinstance(frame.schema[name], pl.List):
        return pl.col(name).cast(pl.List(pl.String)).list.drop_nulls()
    text = pl.col(name).cast(pl.String, strict=False).str.strip_chars("[] \t")
    used = next((s for s in SEPARATORS if frame.select(text.str.contains(s, literal=True).any()).item()), ",")
    pieces = text.str.split(used).list.eval(pl.element().str.strip_chars(" '\"\t"))
    return pieces.list.eval(pl.element().filter(pl.element().str.len_chars() > 0)).alias(name)


def as_count(frame: pl.DataFrame, name: str) -> pl.Expr:
    return pl.col(name).cast(pl.Float64, strict=False).cast(pl.Int64, strict=False).alias(name)


def as_time(frame: pl.DataFrame, name: str) -> pl.Expr:
    """Dates, times (without a zone: UTC), ISO text, or seconds, milli- or microseconds since 1970; else null."""
    kind = frame.schema[name]
    if isinstance(kind, pl.Datetime):
        at = pl.col(name).dt.cast_time_unit("us")
        return at.dt.convert_time_zone("UTC") if kind.time_zone else at.dt.replace_time_zone("UTC")
    if kind == pl.Date:
        return pl.col(name).cast(pl.Datetime("us")).dt.replace_time_zone("UTC")
    number = pl.col(name).cast(pl.Float64, strict=False)
    text = pl.col(name).cast(pl.String, strict=False).str.strip_chars()
    zoned = text.str.to_datetime(time_unit="us", time_zone="UTC", strict=False, format="%+")
    plain = [
        text.str.to_datetime(format, time_unit="us", strict=False).dt.replace_time_zone("UTC")
        for format in ("%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M:%S")
    ]
    days = [text.str.to_date(f, strict=False).cast(pl.Datetime("us")) for f in ("%Y-%m-%d", "%Y/%m/%d")]
    since_1970 = (
        pl.when(number.abs() > YEAR_2100_S * 1000).then(number).when(number.abs() > YEAR_2100_S)
        .then(number * 1e3).otherwise(number * 1e6)
    )  # fmt: skip
    return pl.coalesce(
        since_1970.cast(pl.Int64, strict=False).cast(TIME),
        zoned,
        *plain,
        *(d.dt.replace_time_zone("UTC") for d in days),
    ).alias(name)


def as_date(frame: pl.DataFrame, name: str) -> pl.Expr:
    """As `as_time`; a bare year (1500 to 2199) is its first day."""
    year = pl.col(name).cast(pl.String, strict=False).str.strip_chars().str.extract(f"({YEAR})", 1)
    first = year.cast(pl.Int32, strict=False)
    return pl.coalesce(pl.datetime(first, 1, 1, time_unit="us", time_zone="UTC"), as_time(frame, name)).alias(name)


def as_number(frame: pl.DataFrame, name: str) -> pl.Expr:
    """Numbers; null for what is none."""
    return pl.col(name).cast(pl.String, strict=False).str.strip_chars().cast(pl.Float64, strict=False).alias(name)


def _read(file: Path) -> pl.DataFrame:
    if not file.is_file():
        raise ImportRefused(f"{file} is not a file. Name a table ({', '.join(READABLE)}).")
    ending = file.suffix.lower()
    try:
        if ending == ".parquet":
            return pl.read_parquet(file, glob=False)
        if ending in (".jsonl", ".ndjson"):
            return pl.read_ndjson(file)
        if ending in (".csv", ".tsv"):
            separator = "\t" if ending == ".tsv" else ","
            return pl.read_csv(file, separator=separator, infer_schema=False, glob=False)
    except (pl.exceptions.PolarsError, OSError, ValueError) as error:
        raise ImportRefused(f"{file.name} is not a readable {ending} table ({str(error).splitlines()[0]}).") from error
    raise ImportRefused(f"{file.name} is not a table we read. Expected {', '.join(READABLE)}.")


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:20]) + (" …" if len(names) > 20 else "")
