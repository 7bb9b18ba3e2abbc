"""Vectors on disk: aligned to the catalogue, appended, and never of two fingerprints at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import polars as pl
import pytest

from umair.encoders.vectors import active_fingerprint, missing, read_vectors, set_active_vectors, write_vectors
from umair.errors import EncoderError

OLD, NEW = "a" * 64, "b" * 64
RNG = np.random.default_rng(1)


@pytest.fixture
def library(tmp_path: Path) -> SimpleNamespace:
    ids = pl.DataFrame({"item_id": ["p0", "p1", "p2", "p3"]})
    return SimpleNamespace(path=tmp_path, illustrations=lambda: ids)


def test_rows_come_back_in_the_order_of_the_catalogue(library: SimpleNamespace) -> None:
    vectors = RNG.normal(size=(3, 5)).astype(np.float32)
    write_vectors(library.path, "style", NEW, ["p3", "p0", "gone"], vectors)
    found = read_vectors(library, "style", NEW)
    assert found.present.tolist() == [True, False, False, True]
    np.testing.assert_allclose(found.matrix[[3, 0]], vectors[:2], rtol=5e-4)
    assert not found.matrix[1:3].any()


def test_vectors_of_two_fingerprints_never_meet(library: SimpleNamespace) -> None:
    write_vectors(library.path, "style", OLD, ["p0", "p1", "p2", "p3"], np.ones((4, 5)))
    write_vectors(library.path, "style", NEW, ["p1"], np.full((1, 7), 2.0))
    assert read_vectors(library, "style", NEW).present.tolist() == [False, True, False, False]
    assert read_vectors(library, "style", OLD).matrix.shape == (4, 5)
    assert missing(library, "style", NEW) == ["p0", "p2", "p3"]


def test_a_part_of_another_fingerprint_with_the_same_beginning_is_refused(library: SimpleNamespace) -> None:
    twin = NEW[:12] + "c" * 52
    write_vectors(library.path, "style", twin, ["p0"], np.ones((1, 5)))
    with pytest.raises(EncoderError, match="encode again"):
        read_vectors(library, "style", NEW)
    with pytest.raises(EncoderError):
        missing(library, "style", NEW)


def test_appending_keeps_what_was_there_and_the_later_part_counts(library: SimpleNamespace) -> None:
    write_vectors(library.path, "style", NEW, ["p0", "p1"], np.ones((2, 3)))
    write_vectors(library.path, "style", NEW, ["p1", "p2"], np.full((2, 3), 2.0))
    assert read_vectors(library, "style", NEW).matrix[:, 0].tolist() == [1, 2, 2, 0]


def test_active_vectors_are_read_unless_told_otherwise(library: SimpleNamespace) -> None:
    assert active_fingerprint(library.path, "style") is None
    assert read_vectors(library, "style").matrix.shape == (4, 0)
    write_vectors(library.path, "style", NEW, ["p2"], np.ones((1, 3)))
    set_active_vectors(library, "semantic", OLD)
    set_active_vectors(library, "style", NEW)
    assert (active_fingerprint(library.path, "semantic"), active_fingerprint(library.path, "style")) == (OLD, NEW)
    found = read_vectors(library, "style")
    assert found.fingerprint == NEW and found.present.tolist() == [False, False, True, False]


@pytest.mark.parametrize("bad", [np.full((1, 3), np.nan), np.ones((2, 3)), np.full((1, 3), np.inf)])
def test_what_cannot_be_a_vector_is_refused_before_anything_is_written(
    library: SimpleNamespace, bad: np.ndarray
) -> None:
    with pytest.raises(EncoderError):
        write_vectors(library.path, "style", NEW, ["p0"], bad)
    assert not list(library.path.rglob("*.parquet"))


def test_numbers_keep_the_range_of_float32(library: SimpleNamespace) -> None:
    wide = np.array([[1e-20, -3e30, 65_504.0 * 8, 0.1]], np.float32)
    write_vectors(library.path, "semantic", NEW, ["p0"], wide)
    np.testing.assert_allclose(read_vectors(library, "semantic", NEW).matrix[:1], wide, rtol=5e-4)


def test_reading_vectors_needs_no_torch() -> None:
    program = "import sys, umair.encoders.vectors; print('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True).stdout.strip() == "False"
