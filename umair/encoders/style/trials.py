"""Galleries to judge style by: a library, a table of pictures, made painters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import polars as pl

from umair.encoders.style.judging import Trial
from umair.encoders.style.options import FEW
from umair.encoders.style.painter_hand import painter_hand
from umair.encoders.style.painters import paint
from umair.encoders.style.sources import FIRST_PAINTER
from umair.errors import TrainingError
from umair.library.store import Library


def library_trial(library: Library, unseen: Sequence[str]) -> Trial:
    """The pictures of a library by artists (or hands) with a few pictures at least; `unseen` may name others too."""
    frame = library.illustrations().with_columns(of=pl.coalesce("artist_id", "hand")).filter(pl.col("of").is_not_null())
    frame = frame.filter(pl.len().over("of") >= FEW)
    files = [library.image_path(item) for item in frame["item_id"].to_list()]
    hand = np.array(frame["of"].to_list(), dtype=np.str_)
    return Trial("library", files, hand, sorted(set(unseen) & set(hand.tolist())))


def table_trial(file: Path) -> Trial:
    """A Parquet table with image (bytes) and hand; all of its hands are unseen. TrainingError if it is not readable."""
    try:
        frame = pl.read_parquet(file, columns=["image", "hand"])
    except (OSError, pl.exceptions.PolarsError) as error:
        raise TrainingError(f"{file} is not a readable table with image and hand ({error}).") from error
    hand = np.array(frame["hand"].to_list(), dtype=np.str_)
    return Trial(file.stem, frame["image"].to_list(), hand, sorted(set(hand.tolist())))


def painter_trial(numbers: Iterable[int], pictures: int) -> Trial:
    """So many pictures by each of these made painters."""
    made = [
        (f"painter {hand}", paint(painter_hand(FIRST_PAINTER + hand), np.random.default_rng((hand, n))))
        for hand in numbers
        for n in range(pictures)
    ]
    hand = np.array([name for name, _ in made], dtype=np.str_)
    return Trial("painters", [picture for _, picture in made], hand, sorted(set(hand.tolist())))
