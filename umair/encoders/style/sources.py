"""Where training hands come from: a library's own, tables of pictures, made painters, filter hands."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import polars as pl

from umair.encoders.style.filter_hands import filtered
from umair.encoders.style.hand_table import HandTable
from umair.encoders.style.options import FEW
from umair.encoders.style.painter_hand import painter_hand
from umair.encoders.style.painters import paint
from umair.encoders.style.stack import WIDTH, statistics
from umair.errors import ImageError, TrainingError
from umair.library.images import load_picture
from umair.library.store import Library

Note = Callable[[int, int], None]  # pictures measured, of how many
NOTE_EVERY = 100
FIRST_PAINTER, FIRST_FILTER = 10_000, 90_000  # seeds, apart from each other


def library_hands(library: Library, note: Note) -> HandTable:
    """The library's pictures by artist, the finest hand it knows, else by `hand`. Labels are contents."""
    frame = library.illustrations().filter(pl.coalesce("artist_id", "hand").is_not_null())
    rows, hands, contents = [], [], []
    for n, row in enumerate(frame.iter_rows(named=True)):
        try:
            rows.append(statistics(np.asarray(load_picture(library.image_path(row["item_id"])))))
        except (ImageError, OSError):
            continue
        hands.append(row["artist_id"] or row["hand"])
        contents.append(tuple(row["labels"] or ()))
        _tell(note, n, len(frame))
    return _table(rows, hands, contents)


def table_hands(file: Path, note: Note) -> HandTable:
    """A Parquet table with `image` (bytes of a picture), `hand` and, if it has one, `content` (what it shows)."""
    try:
        frame = pl.read_parquet(file)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise TrainingError(f"{file} is not a readable Parquet table ({error}).") from error
    if not {"image", "hand"} <= set(frame.columns):
        raise TrainingError(f"{file} needs the columns image (bytes) and hand; it has {', '.join(frame.columns)}.")
    rows, hands, contents = [], [], []
    for n, row in enumerate(frame.iter_rows(named=True)):
        rows.append(statistics(np.asarray(load_picture(row["image"]))))
        hands.append(row["hand"])
        contents.append((row["content"],) if row.get("content") else ())
        _tell(note, n, len(frame))
    return _table(rows, hands, contents)


def painted_hands(count: int, pictures: int, note: Note) -> HandTable:
    """`count` made painters, `pictures` by each; always the same."""
    rows, hands = [], []
    for hand in range(count):
        painter = painter_hand(FIRST_PAINTER + hand)
        for n in range(pictures):
            rows.append(statistics(paint(painter, np.random.default_rng((hand, n)))))
            hands.append(f"painter {hand}")
            _tell(note, hand * pictures + n, count * pictures)
    return _table(rows, hands, [()] * len(hands))


def filter_hands(groups: Sequence[Sequence[np.ndarray]], count: int, pictures: int, note: Note) -> HandTable:
    """`count` filter hands, each over the pictures of one group, so that one manner becomes many."""
    rows, hands = [], []
    usable = [g for g in groups if len(g) >= 8]
    for hand in range(count if usable else 0):
        for crop in filtered(usable[hand % len(usable)], FIRST_FILTER + hand, pictures):
            rows.append(statistics(crop))
            hands.append(f"filter {hand}")
        _tell(note, (hand + 1) * pictures - 1, count * pictures)
    return _table(rows, hands, [()] * len(hands))


def picture_groups(
    library: Library | None, tables: Sequence[Path], without: Sequence[str], most: int = 40
) -> list[list[np.ndarray]]:
    """RGB pictures by hand, `most` of each, for filter hands to work on; hands `without` are left out."""
    groups: dict[str, list[np.ndarray]] = {}

    def add(hand: str, source: Path | bytes) -> None:
        if hand not in without and len(groups.setdefault(hand, [])) < most:
            try:
                groups[hand].append(np.asarray(load_picture(source)))
            except (ImageError, OSError):
                return

    for file in tables:
        for row in pl.read_parquet(file, columns=["image", "hand"]).iter_rows(named=True):
            add(row["hand"], row["image"])
    if library is not None:
        for row in library.illustrations().iter_rows(named=True):
            add(row["hand"] or row["artist_id"] or "unknown", library.image_path(row["item_id"]))
    return list(groups.values())


def library_held_out(library: Library, share: float) -> list[str]:
    """Names of hands and artists that a run leaves out: a share of the hands, each with all of its artists."""
    frame = library.illustrations().select("artist_id", "hand", of=pl.coalesce("hand", "artist_id")).drop_nulls("of")
    frame = frame.filter(pl.len().over("of") >= FEW)
    out = held_out_of(frame["of"].unique().to_list(), share)
    own = frame.filter(pl.col("of").is_in(out))
    return sorted({*out, *own["artist_id"].drop_nulls()})


def held_out_of(hands: Sequence[str], share: float) -> list[str]:
    """The hands kept out of training: those whose name's hash falls lowest, the same every time."""
    ordered = sorted(hands, key=lambda name: hashlib.sha256(name.encode()).hexdigest())
    return sorted(ordered[: round(share * len(ordered))])


def _table(rows: list[np.ndarray], hands: list[str], contents: Sequence[tuple[str, ...]]) -> HandTable:
    stacked = np.stack(rows) if rows else np.zeros((0, WIDTH), np.float32)
    return HandTable(stacked, np.array(hands, dtype=np.str_), tuple(contents))


def _tell(note: Note, done: int, of: int) -> None:
    if (done + 1) % NOTE_EVERY == 0 or done + 1 == of:
        note(done + 1, of)
