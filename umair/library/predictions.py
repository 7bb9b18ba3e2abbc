"""What a model believes an illustration shows: `predictions/<fingerprint>.parquet`, one row an illustration.

Columns item_id, labels list<string> and probabilities list<float>, the surest first. `predictions/active.toml` says
which table is read. Each table is of one model: another model's answers are in another file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from umair.errors import LibraryError
from umair.library.atomic import write_parquet, write_text
from umair.library.store import Library
from umair.settings import read_toml, toml_text

FOLDER, ACTIVE = "predictions", "active.toml"
SCHEMA = {"item_id": pl.String(), "labels": pl.List(pl.String()), "probabilities": pl.List(pl.Float32())}

Guesses = tuple[tuple[str, float], ...]  # (label, probability), the surest first


@dataclass(frozen=True)
class Predictions:
    """guesses: item_id -> labels with their probability; an item without any was looked at and shows none.

    calibrated: whether the numbers were fitted on pictures kept out, and so may be read as chances.
    """

    guesses: Mapping[str, Guesses]
    fingerprint: str = ""
    model: str = ""
    calibrated: bool = False


def write_predictions(library: Library, found: Predictions) -> None:
    """Add to the model's table (an item's later row replaces the earlier) and make it the one that is read."""
    with library.writing("write predictions"):
        rows = _read(_file(library.path, found.fingerprint))
        rows |= dict(found.guesses)
        table = {
            "item_id": list(rows),
            "labels": [[label for label, _ in guesses] for guesses in rows.values()],
            "probabilities": [[p for _, p in guesses] for guesses in rows.values()],
        }
        write_parquet(_file(library.path, found.fingerprint), pl.DataFrame(table, schema=SCHEMA))
        told = {"fingerprint": found.fingerprint, "model": found.model, "calibrated": found.calibrated}
        write_text(library.path / FOLDER / ACTIVE, toml_text(told))


def read_predictions(library: Library) -> Predictions:
    """The active table; empty if no model was asked yet. LibraryError if it is damaged."""
    active = library.path / FOLDER / ACTIVE
    if not active.is_file():
        return Predictions({})
    told = read_toml(active)
    fingerprint = str(told.get("fingerprint", ""))
    rows = _read(_file(library.path, fingerprint))
    return Predictions(rows, fingerprint, str(told.get("model", "")), told.get("calibrated") is True)


def predicted_items(library: Library, fingerprint: str) -> frozenset[str]:
    """Ids of the illustrations that this model has been asked about."""
    return frozenset(_read(_file(library.path, fingerprint)))


def _file(path: Path, fingerprint: str) -> Path:
    if not re.fullmatch(r"[0-9a-f]{12,64}", fingerprint):
        raise LibraryError(f"Predictions need a fingerprint of 12 to 64 hexadecimal digits, found {fingerprint!r}.")
    return path / FOLDER / f"{fingerprint[:16]}.parquet"


def _read(file: Path) -> dict[str, Guesses]:
    if not file.is_file():
        return {}
    try:
        table = pl.read_parquet(file, glob=False, columns=list(SCHEMA))
    except (OSError, pl.exceptions.PolarsError) as error:
        raise LibraryError(f"{file} is not a readable table ({error}). Delete it and ask again.") from error
    return {item: tuple(zip(labels, chances, strict=True)) for item, labels, chances in table.iter_rows()}
