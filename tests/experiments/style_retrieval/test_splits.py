"""The fixed names of the splits: families stay together, halves are halves."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from umair.experiments.style_data import all_emoji, is_tested, unseen_drawings
from umair.experiments.style_retrieval.splits import EMOJI_SETS, EMOJI_SPLITS, artist_of, folds_of


def test_strict_splits_share_no_set_and_cover_all() -> None:
    assert not EMOJI_SPLITS[0] & EMOJI_SPLITS[1] and len(EMOJI_SETS) == 12
    assert EMOJI_SPLITS[2] & EMOJI_SPLITS[0] and EMOJI_SPLITS[2] & EMOJI_SPLITS[1] and len(EMOJI_SPLITS[2]) == 6
    assert len({name.startswith("fluent") for name in EMOJI_SPLITS[1]}) == 1


def test_one_artist_lies_in_one_fold() -> None:
    assert artist_of("pixel-boy-western") == artist_of("pixel-boy-prehistoric") == "pixel-boy"
    assert artist_of("game-icons-lorc") == "game-icons-lorc"
    folds = folds_of(["egon-icon", "egon-sketch", "pixel-boy-western", "deji", "maria-letta-characters"])
    assert folds.tolist() == [1, 1, 0, 0, 2]
    with pytest.raises(KeyError):
        folds_of(["somebody else"])


def test_the_tested_half_is_that_of_the_study() -> None:
    # md5 of the code point, odd or even, as the study's figures were measured
    assert [is_tested(c) for c in ("1f0cf", "1f304", "1f305", "1f307")] == [True, True, False, True]


def test_names_are_those_of_the_data(development_data: Path) -> None:
    emoji = all_emoji(development_data)
    assert set(emoji["hand"]) == EMOJI_SETS
    share = emoji["content"].unique().map_elements(is_tested, return_dtype=pl.Boolean).mean()
    assert 0.4 < float(share or 0) < 0.6
    assert set(folds_of(unseen_drawings(development_data)["hand"].to_list()).tolist()) == {0, 1, 2}
