"""Made hands are the same every time, differ from each other, and tables with the wrong columns are refused."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from PIL import Image

from umair.encoders.style.filter_hands import filtered
from umair.encoders.style.painter_hand import FILLS, SHADES, painter_hand
from umair.encoders.style.painters import paint
from umair.encoders.style.pixel_chain import random_chain
from umair.encoders.style.sources import held_out_of, library_hands, table_hands
from umair.errors import TrainingError
from umair.library.store import Library


def test_a_painter_is_its_seed() -> None:
    one, again = (paint(painter_hand(4), np.random.default_rng(1)) for _ in range(2))
    np.testing.assert_array_equal(one, again)
    assert one.shape == (128, 128, 3) and one.std() > 3
    assert painter_hand(4) == painter_hand(4) != painter_hand(5)
    assert not np.array_equal(one, paint(painter_hand(4), np.random.default_rng(2)))


def test_every_filling_and_shading_can_be_drawn() -> None:
    seen: set[tuple[str, str]] = set()
    for seed in range(60):
        hand = painter_hand(seed)
        if (hand.paint.fill, hand.paint.shade) not in seen and len(seen) < 25:
            seen.add((hand.paint.fill, hand.paint.shade))
            assert paint(hand, np.random.default_rng(seed), side=48).dtype == np.uint8
    assert {fill for fill, _ in seen} == set(FILLS) and {shade for _, shade in seen} == set(SHADES)


def test_a_chain_keeps_the_size_and_is_fixed_for_its_hand() -> None:
    picture = np.random.default_rng(0).integers(0, 256, (37, 51, 3), dtype=np.uint8)
    for seed in range(20):
        chain = random_chain(np.random.default_rng(seed), eagerness=3.0)
        one, two = (chain(picture, np.random.default_rng(7)) for _ in range(2))
        assert one.shape == picture.shape
        np.testing.assert_array_equal(one, two)


def test_filter_hands_make_crops_of_pictures_of_any_size(painted: list[np.ndarray]) -> None:
    made = filtered([painted[0], painted[9], np.kron(painted[20], np.ones((5, 4, 1), np.uint8))], seed=3, count=3)
    assert made and all(crop.shape == (128, 128, 3) for crop in made)


def test_hands_kept_out_are_the_same_whatever_else_there_is() -> None:
    hands = [f"artist {n}" for n in range(20)]
    assert held_out_of(hands, 0.25) == held_out_of(hands[::-1], 0.25) and len(held_out_of(hands, 0.25)) == 5
    assert held_out_of([], 0.25) == []


def test_a_library_gives_its_hands(small_library: Library) -> None:
    told: list[tuple[int, int]] = []
    found = library_hands(small_library, lambda done, of: told.append((done, of)))
    assert found.hands == ["flat", "grain", "lines", "soft"] and len(found) == 24
    assert "moon" in found.contents[0] and told[-1] == (24, 24)


def test_a_table_needs_pictures_and_hands(tmp_path: Path) -> None:
    packed = io.BytesIO()
    Image.new("RGB", (30, 30), (9, 99, 199)).save(packed, "PNG")
    pl.DataFrame({"image": [packed.getvalue()] * 2, "hand": ["a", "b"], "content": ["cat", None]}).write_parquet(
        tmp_path / "good.parquet"
    )
    found = table_hands(tmp_path / "good.parquet", lambda *_: None)
    assert found.hands == ["a", "b"] and found.contents == (("cat",), ())
    pl.DataFrame({"hand": ["a"]}).write_parquet(tmp_path / "bad.parquet")
    with pytest.raises(TrainingError, match="image"):
        table_hands(tmp_path / "bad.parquet", lambda *_: None)
    (tmp_path / "no.parquet").write_text("x")
    with pytest.raises(TrainingError, match="not a readable"):
        table_hands(tmp_path / "no.parquet", lambda *_: None)
