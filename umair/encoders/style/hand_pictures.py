"""Pictures in memory with the hand that made each: what the style network is trained on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from umair.encoders.style.crops import LONGEST, resized
from umair.encoders.style.filter_hands import filtered
from umair.encoders.style.painter_hand import painter_hand
from umair.encoders.style.painters import paint
from umair.encoders.style.sources import FIRST_FILTER, FIRST_PAINTER
from umair.errors import ImageError, TrainingError
from umair.library.atomic import replacing
from umair.library.images import load_picture
from umair.library.store import Library

Note = Callable[[int, int], bool]  # pictures made, of how many -> whether to stop
PAINTERS = "painters.npz"  # made once, kept in a run
FILTER_OVER = 40  # pictures of a hand at most that a filter hand works on


@dataclass(frozen=True)
class HandPictures:
    """pictures: N arrays (H, W, 3) uint8, long side <= 256; hand (N,) names; content (N,) what it shows, "" unknown."""

    pictures: Sequence[np.ndarray]
    hand: np.ndarray
    content: np.ndarray

    def __len__(self) -> int:
        return len(self.hand)

    def groups(self) -> list[list[np.ndarray]]:
        """The pictures of each hand."""
        return [[self.pictures[n] for n in np.flatnonzero(self.hand == name).tolist()] for name in np.unique(self.hand)]


def table_pictures(file: Path, kind: str = "") -> HandPictures:
    """A Parquet table with `image` (bytes), `hand` and perhaps `content`; TrainingError if it is not one.

    With `kind` only the rows whose column `kind` says so, such as drawing or icon.
    """
    try:
        frame = pl.read_parquet(file)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise TrainingError(f"{file} is not a readable Parquet table ({error}).") from error
    needed = {"image", "hand", "kind"} if kind else {"image", "hand"}
    if not needed <= set(frame.columns):
        names = f"{' and '.join(sorted(needed))} (image: bytes)"
        raise TrainingError(f"{file} needs the columns {names}; it has {', '.join(frame.columns)}.")
    rows = (frame.filter(pl.col("kind") == kind) if kind else frame).iter_rows(named=True)
    return _gathered([(r["image"], r["hand"], r.get("content") or "") for r in rows])


def library_pictures(library: Library, without: Sequence[str]) -> HandPictures:
    """The library's pictures by artist, the finest hand it knows; hands (or artists) `without` are left out."""
    frame = library.illustrations().filter(pl.col("artist_id").is_not_null())
    rows = [r for r in frame.iter_rows(named=True) if not {r["hand"], r["artist_id"]} & set(without)]
    return _gathered([(library.image_path(r["item_id"]), r["artist_id"], "") for r in rows])


def painted_pictures(numbers: Sequence[int], each: int, file: Path, note: Note) -> HandPictures | None:
    """`each` pictures by the made painters of these numbers; painted once, then kept in `file`. None if stopped."""
    if not _has(file, numbers):
        made = []
        for hand in numbers:
            painter = painter_hand(FIRST_PAINTER + hand)
            made += [paint(painter, np.random.default_rng((hand, n))) for n in range(each)]
            if note(len(made), each * len(numbers)):
                return None
        with replacing(file) as aside, aside.open("wb") as out:
            np.savez(out, pictures=np.stack(made), hand=np.repeat(np.array(numbers), each))
    with np.load(file) as kept:
        pictures, hand = kept["pictures"], kept["hand"]
    chosen = np.flatnonzero(np.isin(hand, list(numbers)))
    named = np.array([f"painter {n}" for n in hand[chosen]], dtype=np.str_)
    return HandPictures(pictures[chosen], named, np.full(len(named), ""))


def _has(file: Path, numbers: Sequence[int]) -> bool:
    if not file.exists():
        return False
    with np.load(file) as kept:
        return bool(np.isin(numbers, kept["hand"]).all())


def filter_pictures(groups: Sequence[Sequence[np.ndarray]], count: int, each: int) -> HandPictures:
    """`count` filter hands, each over the pictures of one group of eight or more."""
    usable = [group[:FILTER_OVER] for group in groups if len(group) >= 8]
    made: list[np.ndarray] = []
    hands: list[str] = []
    for hand in range(count if usable else 0):
        own = filtered(usable[hand % len(usable)], FIRST_FILTER + hand, each)
        made += own
        hands += [f"filter {hand}"] * len(own)
    return HandPictures(made, np.array(hands, dtype=np.str_), np.full(len(hands), ""))


def _gathered(rows: Sequence[tuple[Path | bytes, str, str]]) -> HandPictures:
    """Decoded and reduced; what is no picture is left out."""
    pictures, hands, contents = [], [], []
    for source, hand, content in rows:
        try:
            rgb = np.asarray(load_picture(source))
        except (ImageError, OSError):
            continue
        pictures.append(resized(rgb, min(1.0, LONGEST / max(rgb.shape[:2]))))
        hands.append(hand)
        contents.append(content)
    return HandPictures(pictures, np.array(hands, dtype=np.str_), np.array(contents, dtype=np.str_))
