"""Model cards that a run writes beside its weights: what it is, what it learnt from, what it measured, its limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from umair.library.atomic import write_bytes

FILE = "README.md"
UNTOLD = "not told by the table"


@dataclass(frozen=True)
class Learnt:
    """One source of training pictures: its name, hands and pictures (0: not counted), and its licence."""

    source: str
    hands: int
    pictures: int
    license: str


def learnt_from(file: Path) -> list[Learnt]:
    """What a Parquet table of training pictures says of itself: by `source` and `license` where it has them."""
    frame = pl.read_parquet(file, columns=[c for c in pl.read_parquet_schema(file) if c != "image"])
    told = [
        pl.col(name).fill_null(other) if name in frame.columns else pl.lit(other)
        for name, other in (("source", file.stem), ("license", UNTOLD))
    ]
    hand = pl.col("hand").n_unique() if "hand" in frame.columns else pl.lit(0)
    grouped = (
        frame.with_columns(told[0].alias("source"), told[1].alias("license"))
        .group_by("source", "license")
        .agg(hands=hand, pictures=pl.len())
        .sort("pictures", "source", "license", descending=[True, False, False])
    )
    return [Learnt(r["source"], r["hands"], r["pictures"], r["license"]) for r in grouped.iter_rows(named=True)]


def write_card(
    folder: Path,
    title: str,
    about: str,
    learnt: Sequence[Learnt],
    choices: Mapping[str, object],
    measured: Sequence[tuple[str, str]],
    limits: Sequence[str],
) -> None:
    """`README.md` in the run's folder; measured: what, and the figure."""
    own = "\n".join(f"| {row.source} | {row.hands or ''} | {row.pictures or ''} | {row.license} |" for row in learnt)
    figures = "\n".join(f"| {what} | {figure} |" for what, figure in measured)
    ends = "\n".join(f"- {limit}" for limit in limits)
    text = (
        f"# {title}\n\n{about}\n\n## Learnt from\n\n"
        f"| source | hands | pictures | licence |\n|---|---:|---:|---|\n{own}\n\n"
        f"Choices of the run: {told_choices(choices)}.\n\n"
        f"## Measured by the run\n\n| what | figure |\n|---|---:|\n{figures}\n\n"
        f"## Limits\n\n{ends}\n"
    )
    write_bytes(folder / FILE, text.encode())


def told_choices(choices: Mapping[str, object]) -> str:
    """Choices as a line of code marks."""
    return ", ".join(f"`{name} = {_told(value)}`" for name, value in choices.items())


def _told(value: object) -> str:
    """A choice in short: of files only their names."""
    if isinstance(value, list | tuple):
        return " ".join(Path(v).stem if isinstance(v, str) else str(v) for v in value) or "none"
    return str(value)
