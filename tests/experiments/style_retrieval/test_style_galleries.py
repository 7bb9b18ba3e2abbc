"""The galleries: whose pictures ask, what is known of each, and that nothing tested is trained."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from umair.encoders.style.sources import FIRST_FILTER, FIRST_PAINTER
from umair.errors import TrainingError
from umair.experiments.style_data import MERGED, avatars, training_drawings, unseen_drawings
from umair.experiments.style_retrieval.galleries import UNTRAINED_PAINTERS, Gallery, Pictures, library, painters
from umair.library.store import Library


def test_a_library_asks_only_for_hands_that_are_not_trained(small_library: Library) -> None:
    gallery = library(small_library.path)
    assert len(gallery.pictures) == 24 and len(gallery.asked_hands) == 1
    assert not any(gallery.contents), "nothing is known of what an ordinary library shows"
    small_library.write_illustrations(small_library.illustrations().with_columns(hand=pl.lit(None, pl.String)))
    with pytest.raises(TrainingError, match="which hand"):
        library(small_library.path)


def test_a_demo_knows_its_characters(small_library: Library) -> None:
    items = small_library.illustrations()["item_id"].to_list()
    (small_library.path / "truth").mkdir()
    characters = [[], ["mio"], ["mio", "suzu"], ["suzu"], ["toma"]] + [[]] * (len(items) - 5)
    pl.DataFrame({"item_id": items[::-1], "characters": characters[::-1]}).write_parquet(
        small_library.path / "truth" / "pictures.parquet"
    )
    shared = library(small_library.path).sharing()
    assert shared[1, 2] and shared[2, 3] and not shared[1, 3] and not shared[0].any()


def test_a_part_of_a_gallery_keeps_its_rows_of_what_was_measured(made_gallery: Callable[..., Gallery]) -> None:
    gallery = made_gallery(["a", "b", "a"], ["x", "", "y"], asked=["a"])
    part = gallery.where(gallery.hand == "a", "part")
    assert part.rows.tolist() == [0, 2] and part.contents == (frozenset("x"), frozenset("y"))
    assert part.pictures is gallery.pictures and part.queries.all()


def test_a_digest_tells_pictures_and_their_order_apart() -> None:
    digests = {Pictures("p", encoded).digest for encoded in ([b"a", b"b"], [b"b", b"a"], [b"ab"], [b"a", b"c"])}
    assert len(digests) == 4


def test_painters_that_choose_are_none_that_train() -> None:
    made = painters(2, 3)
    assert len(made.pictures) == 6 and made.asked_hands == ["painter 0", "painter 1"]
    assert len(set(made.pictures.encoded)) == 6
    assert abs(UNTRAINED_PAINTERS - FIRST_PAINTER) > 20_000 < abs(FIRST_FILTER - UNTRAINED_PAINTERS)


def test_what_is_tested_is_never_trained(development_data: Path) -> None:
    tested, trained = unseen_drawings(development_data), training_drawings(development_data)
    assert tested.height == 796 and tested["hand"].n_unique() == 19
    assert not set(tested["hand"]) & set(trained["hand"]) and set(MERGED) <= set(tested["hand"])
    apart = avatars(development_data)
    assert apart.height == 958 and not set(apart["hand"]) & set(tested["hand"])
    of_avatars = trained.filter(pl.col("kind") == "avatars")["hand"]
    assert set(of_avatars) <= set(apart["hand"]) and np.all(trained["kind"].n_unique() == 2)
