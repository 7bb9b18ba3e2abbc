"""A library as a training set of pictures with labels: who takes part, and which pictures only validate."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass

import numpy as np

from umair.encoders.preprocess import Preprocess
from umair.errors import ImageError, TrainingError
from umair.library.images import load_picture
from umair.library.store import Library


@dataclass(frozen=True)
class LabelledPictures:
    """squares (N, S, S, 3) uint8, targets (N, V) float32 for `labels` (V), train (N,) bool: the rest validates."""

    squares: np.ndarray
    targets: np.ndarray
    labels: tuple[str, ...]
    train: np.ndarray


def read_labelled(library: Library, preprocess: Preprocess, min_count: int, validation: float) -> LabelledPictures:
    """Decode every picture that carries a label; labels on fewer than `min_count` training pictures are dropped.

    A picture validates if the hash of its content falls below `validation`, whatever else the library holds.
    Raises TrainingError if no label is left.
    """
    squares, own_labels, train = [], [], []
    for row in library.illustrations().select("item_id", "sha256", "labels").iter_rows(named=True):
        if not row["labels"]:
            continue
        try:
            squares.append(preprocess.square(load_picture(library.image_path(row["item_id"]))))
        except (ImageError, OSError):
            continue
        own_labels.append(set(row["labels"]))
        train.append(_place(row["sha256"]) >= validation)
    counted = Counter(label for own, kept in zip(own_labels, train, strict=True) if kept for label in own)
    labels = tuple(sorted(label for label, count in counted.items() if count >= min_count))
    if not labels:
        raise TrainingError(
            f"No label is on {min_count} or more of the {sum(train)} training pictures, so there is nothing to learn. "
            "Import pictures with labels, or lower the smallest count."
        )
    targets = np.array([[label in own for label in labels] for own in own_labels], dtype=np.float32)
    return LabelledPictures(np.stack(squares), targets, labels, np.array(train))


def _place(sha256: str) -> float:
    return int(hashlib.sha256(sha256.encode()).hexdigest()[:8], 16) / 2**32
