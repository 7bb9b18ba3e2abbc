"""The illustrations of a library as a ranker sees them: vectors of every space, and when each came out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from umair.encoders.vectors import read_vectors
from umair.errors import TrainingError
from umair.features.events import Events
from umair.features.schema import MODALITIES, SPACES
from umair.library.store import Library

ALWAYS = np.iinfo(np.int64).min // 4  # published_at of what has no date


@dataclass(frozen=True)
class Catalogue:
    """N illustrations in the row order of `library.illustrations()`.

    vectors: space -> (N, D) float32; present: space -> (N,); fingerprints: space -> which encoder made them.
    published (N) microseconds: `published_at`, or the first bookmark where that is earlier; ALWAYS where there is no
    date, and everywhere if the log has no times.
    """

    frame: pl.DataFrame
    vectors: dict[str, np.ndarray]
    present: dict[str, np.ndarray]
    fingerprints: dict[str, str]
    published: np.ndarray

    def __len__(self) -> int:
        return len(self.frame)

    @classmethod
    def of(cls, library: Library, events: Events) -> Catalogue:
        """The spaces that this library can have, all of them: one without pictures has label_text alone.

        TrainingError names a space that could have vectors and has none.
        """
        found = cls.as_far_as_encoded(library, events)
        for space in possible(found.frame):
            if space not in found.vectors:
                raise TrainingError(
                    f"“{library.info.name}” has no {space} vectors. Make them first: `python -m umair encode`, "
                    "or Encode now on the Library page."
                )
        return found

    @property
    def modalities(self) -> tuple[str, ...]:
        """Those that this library has: the encoded spaces, and metadata."""
        return tuple(m for m in MODALITIES if m in self.vectors or m == "metadata")

    @classmethod
    def as_far_as_encoded(cls, library: Library, events: Events) -> Catalogue:
        """The same with whatever spaces there are."""
        frame = library.illustrations()
        read = {space: read_vectors(library, space) for space in SPACES}
        found = {space: own for space, own in read.items() if own.present.any()}
        return cls(
            frame=frame,
            vectors={space: own.matrix for space, own in found.items()},
            present={space: own.present for space, own in found.items()},
            fingerprints={space: own.fingerprint for space, own in found.items()},
            published=_published(frame, events),
        )


def possible(frame: pl.DataFrame) -> tuple[str, ...]:
    """The spaces that illustrations can have vectors in: those seen in pictures need one picture, words one label."""
    pictures, labels = frame["image"].count() > 0, frame["labels"].list.len().fill_null(0).sum() > 0
    return tuple(s for s in SPACES if (labels if s == "label_text" else pictures))


def _published(frame: pl.DataFrame, events: Events) -> np.ndarray:
    if not events.timed:
        return np.full(len(frame), ALWAYS, dtype=np.int64)
    said = frame["published_at"].dt.epoch("us").fill_null(ALWAYS).to_numpy().astype(np.int64)
    first = np.full(len(frame), np.iinfo(np.int64).max, dtype=np.int64)
    np.minimum.at(first, events.item, events.at - 1)  # a bookmark proves that it was out
    return np.minimum(said, first)
