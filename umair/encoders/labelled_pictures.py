"""A library as a training set of pictures with labels: who takes part, and which pictures only validate."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from umair.encoders.preprocess import Preprocess
from umair.errors import ImageError, TrainingError
from umair.library.images import load_picture
from umair.library.store import Library

GLOSSARY, TECHNIQUE = "glossary.parquet", "technique"
KEPT_OUT = 0.1  # share of the pictures that training does not see


@dataclass(frozen=True)
class LabelledPictures:
    """squares (N, S, S, 3) uint8, targets (N, V) float32 for `labels` (V), train (N,) bool: the rest validates."""

    squares: np.ndarray
    targets: np.ndarray
    labels: tuple[str, ...]
    train: np.ndarray


def read_labelled(library: Library, preprocess: Preprocess, min_count: int, validation: float) -> LabelledPictures:
    """Decode every picture that carries a label; labels on fewer than `min_count` training pictures are dropped.

    A picture validates if the hash of its content falls below `validation`, whatever else the library holds. If the
    library has a glossary, its spellings of one thing are one label. Raises TrainingError if no label is left.
    Deviation: labels that a glossary calls a technique are left out; how a picture is painted is what style is for.
    """
    squares, own_labels, train = [], [], []
    spelled = read_spellings(library.path / GLOSSARY)
    for row in library.illustrations().select("item_id", "sha256", "labels").iter_rows(named=True):
        if not row["labels"]:
            continue
        try:
            squares.append(preprocess.square(load_picture(library.image_path(row["item_id"]))))
        except (ImageError, OSError):
            continue
        own_labels.append({spelled.get(label, label) for label in row["labels"]} - {None})
        train.append(not is_kept_out(row["sha256"], validation))
    counted = Counter(label for own, kept in zip(own_labels, train, strict=True) if kept for label in own)
    labels = tuple(sorted(label for label, count in counted.items() if count >= min_count))
    if not labels:
        raise TrainingError(
            f"No label is on {min_count} or more of the {sum(train)} training pictures, so there is nothing to learn. "
            "Import pictures with labels, or lower the smallest count."
        )
    targets = np.array([[label in own for label in labels] for own in own_labels], dtype=np.float32)
    return LabelledPictures(np.stack(squares), targets, labels, np.array(train))


def read_spellings(glossary: Path) -> dict[str, str | None]:
    """The main English (else first) name of each spelling in a glossary, None for a technique; empty without one."""
    if not glossary.exists():
        return {}
    table = pl.read_parquet(glossary, columns=["concept", "kind", "lang", "text", "is_main"])
    table = table.sort(pl.col("lang") != "en", ~pl.col("is_main"), maintain_order=True)
    main: dict[str, str] = {}
    spelled: dict[str, str | None] = {}
    for concept, kind, _, text, _ in table.iter_rows():
        main.setdefault(concept, text)
        spelled.setdefault(text, None if kind == TECHNIQUE else main[concept])
    return spelled


def is_kept_out(sha256: str, share: float = KEPT_OUT) -> bool:
    """Whether training leaves a picture out to validate by: so by its content alone, whatever else there is."""
    return int(hashlib.sha256(sha256.encode()).hexdigest()[:8], 16) / 2**32 < share
