"""The small library with vectors that say subject and hand, so that rankers have something to learn from."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from umair.encoders.vectors import set_active_vectors, write_vectors
from umair.library.runs import RunFolder
from umair.library.store import Library
from umair.training.options import RankerOptions
from umair.training.ranker import train_ranker

FINGERPRINTS = {"semantic": "a" * 40, "style": "b" * 40, "label_text": "c" * 40}


def add_vectors(library: Library) -> None:
    """semantic tells the subject (n % 3), style the hand (n // 3 % 4), label_text the subject's words; with noise."""
    ids, rng = library.illustrations()["item_id"].to_list(), np.random.default_rng(0)
    n = np.arange(len(ids))
    seen = {"semantic": np.eye(3)[n % 3], "style": np.eye(4)[n // 3 % 4], "label_text": np.eye(3)[n % 3]}
    for space, matrix in seen.items():
        wide = np.pad(matrix, ((0, 0), (0, 4))) + 0.2 * rng.normal(size=(len(ids), matrix.shape[1] + 4))
        write_vectors(library.path, space, FINGERPRINTS[space], ids, wide)
        set_active_vectors(library, space, FINGERPRINTS[space])


@pytest.fixture
def encoded_library(small_library: Library) -> Library:
    add_vectors(small_library)
    return small_library


@pytest.fixture(scope="session")
def _trained_once(_small_library_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("trained") / "library"
    shutil.copytree(_small_library_once, copy)
    library = Library.open(copy)
    add_vectors(library)
    options = RankerOptions(passes=12, batch_rows=64)
    run = RunFolder.create(library.path, "ranker", options.to_config())
    run.set_state("running")
    train_ranker(library, run, options)
    run.set_state("done")
    library.set_active("ranker", run.id)
    return copy


@pytest.fixture
def trained_library(_trained_once: Path, tmp_path: Path) -> Library:
    """The small library with vectors and an active `umair` run, for the test alone."""
    copy = tmp_path / "trained-library"
    shutil.copytree(_trained_once, copy)
    return Library.open(copy)
