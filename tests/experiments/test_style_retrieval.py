"""The table of style retrieval: its vectors on made painters, its protocol, and what neighbours share."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from PIL import Image

from umair.encoders.vectors import set_active_vectors, write_vectors
from umair.errors import TrainingError
from umair.experiments import style_retrieval
from umair.experiments.style_data import MERGED, training_drawings, unseen_drawings
from umair.experiments.style_retrieval import Gallery, colour_histogram, library, measure, neighbours, table
from umair.library.store import Library


def test_a_histogram_row_has_length_one_and_knows_colours() -> None:
    red, blue = (Image.new("RGB", (20, 20), c) for c in ((250, 0, 0), (0, 0, 250)))
    rows = colour_histogram([red, blue, red])
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1)
    assert rows[0] @ rows[2] == pytest.approx(1) and rows[0] @ rows[1] == 0


def test_a_vector_that_knows_the_hand_gets_full_marks(monkeypatch: pytest.MonkeyPatch) -> None:
    hand = np.repeat(["a", "b", "c"], 5)
    pictures = [Image.new("RGB", (8, 8))] * 15
    perfect = np.eye(3)[np.repeat(np.arange(3), 5)]
    noise = np.random.default_rng(0).normal(size=(15, 40))
    monkeypatch.setattr(style_retrieval, "VECTORS", {"perfect": lambda _: perfect, "noise": lambda _: noise})
    gallery = Gallery("three hands", pictures, hand, np.full(15, ""), hand != "c")
    rows = measure(gallery)
    assert [r.likeness for r in rows] == ["cosine", "CSLS"] * 2
    assert rows[0].figures["map"] == 1 == rows[0].figures["auc"] and rows[2].figures["map"] < 0.8
    text = table(gallery, rows)
    assert "10 queries by 2 hands" in text and "| perfect | cosine | 1.000 |" in text


def test_a_query_never_meets_its_own_content(monkeypatch: pytest.MonkeyPatch) -> None:
    hand, content = np.array(["a", "b", "a", "b"]), np.array(["cat", "cat", "dog", "dog"])
    by_content = np.eye(2)[[0, 0, 1, 1]] + 0.1 * np.eye(2)[[0, 1, 0, 1]]
    monkeypatch.setattr(style_retrieval, "VECTORS", {"content": lambda _: by_content})
    pictures = [Image.new("RGB", (8, 8))] * 4
    all_queries = np.ones(4, dtype=bool)
    with_content = measure(Gallery("g", pictures, hand, content, all_queries))[0].figures["r1"]
    without = measure(Gallery("g", pictures, hand, np.full(4, ""), all_queries))[0].figures["r1"]
    assert with_content > without == 0


def test_a_library_asks_only_for_hands_that_are_not_trained(small_library: Library) -> None:
    gallery = library(small_library.path)
    assert len(gallery.pictures) == 24 and len(set(gallery.hand[gallery.queries])) == 1
    small_library.write_illustrations(small_library.illustrations().with_columns(hand=pl.lit(None, pl.String)))
    with pytest.raises(TrainingError, match="which hand"):
        library(small_library.path)


def test_neighbours_share_what_the_space_knows(small_library: Library) -> None:
    frame = small_library.illustrations()
    truth = frame.select("item_id", "hand", character=pl.col("title").str.split(" ").list.first())
    (small_library.path / "truth").mkdir()
    truth.write_parquet(small_library.path / "truth" / "pictures.parquet")
    for space, fact, fingerprint in (("style", "hand", "a" * 64), ("semantic", "character", "b" * 64)):
        codes = np.unique(truth[fact].to_numpy(), return_inverse=True)[1]
        write_vectors(small_library.path, space, fingerprint, frame["item_id"].to_list(), np.eye(5)[codes])
        set_active_vectors(small_library, space, fingerprint)
    lines = neighbours(small_library.path, among=5).splitlines()
    assert lines[2].startswith("| style, 5 nearest | 1.000 |") and lines[3].split("|")[3].strip() == "1.000"


def test_what_is_tested_is_never_trained() -> None:
    data = Path(__file__).parents[2].parent / "shared" / "data"
    if not (data / "drawings" / "drawings.parquet").exists():
        pytest.skip("needs the development data beside the repository")
    tested, trained = unseen_drawings(data), training_drawings(data)
    assert tested.height == 796 and tested["hand"].n_unique() == 19
    assert not set(tested["hand"]) & set(trained["hand"]) and set(MERGED) <= set(tested["hand"])
