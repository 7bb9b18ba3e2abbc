"""The interaction log of a library: a folder of parts, appended to and merged, never changed in place.

A part is named after the numbers that it covers: `part-00007.parquet` is append number 7 and
`part-00000-00006.parquet` is what a compaction made of 0 to 6. The moment that file has its name, the parts inside
its range no longer count, whether they have been removed yet or not: so a kill at any point loses or doubles nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from umair.errors import LibraryError
from umair.library.atomic import write_parquet
from umair.library.tables import INTERACTIONS, conform

FOLDER = "interactions"
RETRIES = 3
PART = re.compile(r"part-(\d{5,})(?:-(\d{5,}))?\.parquet")


@dataclass(frozen=True)
class Part:
    """A file and the append numbers (first, last) that it stands for."""

    path: Path
    first: int
    last: int

    def covers(self, other: Part) -> bool:
        wider = (self.last - self.first) > (other.last - other.first)
        return wider and self.first <= other.first and other.last <= self.last


def parts(library: Path) -> tuple[Part, ...]:
    """The parts that count, in order of their appends."""
    found = _all_parts(library)
    return tuple(p for p in found if not any(other.covers(p) for other in found))


def read_log(library: Path) -> pl.DataFrame:
    """All interactions in the order in which they were appended."""
    for attempt in range(RETRIES):
        try:
            frames = [_read(p.path) for p in parts(library)]
            break
        except FileNotFoundError:  # a compaction has just removed a part that we had listed
            if attempt == RETRIES - 1:
                raise
    return pl.concat(frames, how="diagonal") if frames else INTERACTIONS.empty()


def append(library: Path, frame: pl.DataFrame) -> None:
    """Add interactions as a new part; an empty frame adds nothing."""
    frame = conform(frame, INTERACTIONS)
    if len(frame):
        number = max((p.last for p in _all_parts(library)), default=-1) + 1
        write_parquet(library / FOLDER / f"part-{number:05d}.parquet", frame)


def compact(library: Path) -> None:
    """Merge all parts into one; the log reads the same before, during and after."""
    found = parts(library)
    if len(found) > 1:
        merged = library / FOLDER / f"part-{found[0].first:05d}-{found[-1].last:05d}.parquet"
        write_parquet(merged, read_log(library))
    covered = set(_all_parts(library)) - set(parts(library))
    for part in covered:
        part.path.unlink(missing_ok=True)


def _all_parts(library: Path) -> list[Part]:
    folder = library / FOLDER
    named = [(p, PART.fullmatch(p.name)) for p in folder.iterdir()] if folder.is_dir() else []
    found = [Part(p, int(m[1]), int(m[2] or m[1])) for p, m in named if m]
    return sorted(found, key=lambda p: (p.first, p.last))


def _read(path: Path) -> pl.DataFrame:
    try:
        return conform(pl.read_parquet(path, glob=False), INTERACTIONS)
    except FileNotFoundError:
        raise
    except (OSError, pl.exceptions.PolarsError) as error:
        raise LibraryError(
            f"{path} is not a readable table ({error}). Restore it from a backup or remove it."
        ) from error
