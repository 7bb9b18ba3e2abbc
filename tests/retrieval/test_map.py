"""Maps: every picture has a place, the same each time, stored beside the vectors that made it."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from umair.encoders.vectors import Vectors
from umair.retrieval.layouts import read_layout
from umair.retrieval.map import layout, store_layout

RNG = np.random.default_rng(4)


def _vectors(fingerprint: str = "f" * 64) -> Vectors:
    matrix = np.concatenate([RNG.normal(size=(30, 8)) + 6 * np.eye(8)[k] for k in range(2)]).astype(np.float32)
    present = np.ones(60, bool)
    present[7] = False
    return Vectors(item_ids=[f"i{n}" for n in range(60)], matrix=matrix, present=present, fingerprint=fingerprint)


def test_two_clusters_are_apart_on_the_map_and_inside_it() -> None:
    found = _vectors()
    places = layout(found.matrix)
    assert places.min() >= 0 and places.max() <= 1
    inside = np.linalg.norm(places[:30] - places[:30].mean(0), axis=1).mean()
    between = np.linalg.norm(places[:30].mean(0) - places[30:].mean(0))
    assert between > inside


def test_few_pictures_still_get_a_place() -> None:
    for count in (0, 1, 3):
        assert layout(np.zeros((count, 4), np.float32)).shape == (count, 2)


def test_a_stored_map_is_read_again_and_never_for_other_vectors(tmp_path: Path) -> None:
    found = _vectors()
    stored = store_layout(tmp_path, "style", found)
    read = read_layout(tmp_path, "style", found)
    np.testing.assert_allclose(read, stored)
    assert np.isnan(read[7]).all()
    assert read_layout(tmp_path, "style", _vectors("0" * 64)) is None
