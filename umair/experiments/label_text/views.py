"""A library seen with other vectors of its labels: its tables and the other spaces in a folder of their own."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from umair.encoders.label_lists import LabelLists, Words
from umair.encoders.vectors import active_fingerprint, read_vectors, set_active_vectors, write_vectors
from umair.errors import TrainingError
from umair.features.schema import MODALITIES, SPACES
from umair.library.store import Library

TEXT = "label_text"
TABLES = ("library.toml", "illustrations.parquet", "users.parquet", "interactions")
NONE = hashlib.sha256(b"no vectors of labels").hexdigest()


@dataclass(frozen=True)
class Variant:
    """Where vectors of labels come from; words None: from nowhere, labels are hashed names alone."""

    name: str
    words: Words | None

    @property
    def modalities(self) -> tuple[str, ...]:
        """What a ranker is given."""
        return MODALITIES if self.words is not None else tuple(m for m in MODALITIES if m != TEXT)


def view(library: Library, variant: Variant, folder: Path, weighting: str = "") -> Library:
    """The library in `folder` (new), as this variant sees it. Pictures, runs and truth stay behind.

    Without words there is one column of zeros: `paper` reads what it calls interest text from it and learns nothing.
    TrainingError if no illustration has a label.
    """
    lists = [own or [] for own in library.illustrations()["labels"].to_list()]
    if not any(lists):
        raise TrainingError(f"“{library.info.name}” has no labels, so there is nothing that words could add.")
    folder.mkdir(parents=True)
    for name in TABLES:
        whole = library.path / name
        if whole.is_dir():
            shutil.copytree(whole, folder / name)
        elif whole.is_file():
            shutil.copy2(whole, folder / name)
    seen = Library.open(folder)
    for space in SPACES:
        made_by = active_fingerprint(library.path, space)
        if space != TEXT and made_by:
            found = read_vectors(library, space)
            there = found.present.nonzero()[0]
            write_vectors(folder, space, made_by, [found.item_ids[n] for n in there], found.matrix[there])
            set_active_vectors(seen, space, made_by)
    ids = seen.illustrations()["item_id"].to_list()
    if variant.words is None:
        fingerprint, rows = NONE, np.zeros((len(ids), 1), np.float32)
    else:
        made = LabelLists.of(seen, variant.words, weighting)
        fingerprint, rows = made.fingerprint, made.encode(lists)
    write_vectors(folder, TEXT, fingerprint, ids, rows)
    set_active_vectors(seen, TEXT, fingerprint)
    return seen
