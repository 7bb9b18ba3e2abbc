"""The illustrations of a library as a ranker sees them: vectors of every space, and when each came out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from umair.encoders.vectors import read_vectors
from umair.errors import TrainingError
from umair.features.events import Events
from umair.features.schema import SPACES
from umair.library.store import Library

ALWAYS = np.iinfo(np.int64).min // 4  # published_at of what has no date


@dataclass(frozen=True)
class Catalogue:
    """N illustrations in the row order of `library.illustrations()`.

    vectors: space -> (N, D) float32; present: space -> (N,); fingerprints: space -> which encoder made them.
    published (N) microseconds: `published_at`, or the first bookmark where that is earlier or there is none.
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
        """TrainingError names a space that has no vectors."""
        found = cls.as_far_as_encoded(library, events)
        for space in SPACES:
            if space not in found.vectors:
                raise TrainingError(
                    f"“{library.info.name}” has no {space} vectors. Make them first: `python -m umair encode`, "
                    "or Encode now on the Library page."
                )
        return found

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


def _published(frame: pl.DataFrame, events: Events) -> np.ndarray:
    said = frame["published_at"].dt.epoch("us").fill_null(ALWAYS).to_numpy().astype(np.int64)
    first = np.full(len(frame), np.iinfo(np.int64).max, dtype=np.int64)
    np.minimum.at(first, events.item, events.at - 1)  # a bookmark proves that it was out
    return np.minimum(said, first)
