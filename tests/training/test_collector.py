"""A collector's clicks: a dislike lowers what is like it on every path; popularity is a guess that likes replace."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from umair.library.runs import RunFolder
from umair.library.store import Library
from umair.training.options import RankerOptions
from umair.training.ranker import train_ranker
from umair.training.serving import Recommender

LIKES, DISLIKES = [0, 3, 6], [1, 2, 4, 5, 7, 8, 10, 11]  # circles; squares and triangles, by every hand


def _umair(library: Library) -> Recommender:
    return Recommender.load(library)


def _without_model(library: Library) -> Recommender:
    library.set_active("ranker", None)
    model = Recommender.load(library)
    assert model.kind == "coherence"
    return model


def _rows(library: Library) -> Recommender:
    options = RankerOptions(instance="dcn_v2", passes=1, batch_rows=64)
    run = RunFolder.create(library.path, "ranker", options.to_config())
    train_ranker(library, run, options)
    return Recommender.load(library, run.path)


def _against(model: Recommender, disliked: int) -> np.ndarray:
    return model.score(LIKES, dislikes=[disliked]).probability


@pytest.mark.parametrize("path", [_umair, _without_model, _rows])
def test_a_dislike_lowers_what_is_like_it(path, trained_library: Library) -> None:
    model = path(trained_library)
    twins, rest = [], []  # picture n + 12 is of the same subject by the same hand
    for disliked in DISLIKES:
        before, after = (np.log(p / (1 - p)) for p in (model.score(LIKES).probability, _against(model, disliked)))
        moved = after - before
        twins.append(moved[disliked + 12])
        rest.append(np.delete(moved, [disliked, disliked + 12]).mean())
    assert np.mean(twins) < -0.05 and np.mean(twins) < np.mean(rest)


def test_popularity_is_a_guess_that_likes_replace(trained_library: Library) -> None:
    """Views of the crawl rise with the row; alone with them, a collector without likes is shown the best known."""
    alone = Library.create(trained_library.path.parent / "alone", "Alone")
    alone.write_illustrations(trained_library.illustrations())
    trained_library.path.joinpath("vectors").rename(alone.path / "vectors")
    model = Recommender.load(alone)
    assert int(model.score([]).probability.argmax()) == 23
    silent = alone.illustrations().with_columns(pl.lit(0).alias(c).cast(pl.Int64) for c in ("views", "bookmarks"))
    alone.write_illustrations(silent)
    without = Recommender.load(alone)

    def shift(likes: list[int]) -> float:
        heard, unheard = (m.score(likes).residual for m in (model, without))
        return float(heard.std() - unheard.std())

    assert shift([]) > shift([0, 3, 6]) > shift(list(range(12))) > 0
