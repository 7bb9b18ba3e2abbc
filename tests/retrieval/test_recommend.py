"""Recommendation: never what is bookmarked already, artists capped, likeness costs."""

from __future__ import annotations

import numpy as np

from umair.retrieval import recommend
from umair.retrieval.recommend import Diversity, candidates, diversified
from umair.retrieval.search import unit_rows

RNG = np.random.default_rng(1)


def test_nothing_already_bookmarked_is_a_candidate(monkeypatch) -> None:
    style, content = unit_rows(RNG.normal(size=(300, 8))), unit_rows(RNG.normal(size=(300, 8)))
    artists = [f"a{n % 7}" for n in range(300)]
    history = [3, 9, 200]
    for limit in (20_000, 100):  # a small library, and one where candidates are drawn first
        monkeypatch.setattr(recommend, "EVERYTHING", limit)
        found = candidates(history, style, content, artists, RNG.random(300), np.arange(300), each=30)
        assert not set(history) & set(found.rows.tolist())
        assert len(np.unique(found.rows)) == len(found.rows)
    assert set(found.counts) == set(recommend.SOURCES)


def test_candidates_of_a_large_library_hold_the_nearest_in_each_space(monkeypatch) -> None:
    monkeypatch.setattr(recommend, "EVERYTHING", 10)
    style, content = unit_rows(RNG.normal(size=(300, 8))), unit_rows(RNG.normal(size=(300, 8)))
    found = candidates([5], style, content, [""] * 300, np.zeros(300), np.zeros(300), each=20)
    for space in (style, content):
        nearest = [r for r in np.argsort(-(space @ space[5])) if r != 5][:10]
        assert set(nearest) <= set(found.rows.tolist())


def test_an_artist_gets_no_more_places_than_allowed() -> None:
    looks = unit_rows(RNG.normal(size=(60, 4)))
    artists = ["one"] * 50 + [f"other{n}" for n in range(10)]
    relevance = np.linspace(1, 0, 60)
    shown = diversified(np.arange(60), relevance, looks, artists, 8, Diversity(weight=0.0, per_artist=2))
    assert [artists[r] for r in shown].count("one") == 2
    assert shown[0] == 0


def test_without_diversity_the_order_is_the_relevance() -> None:
    looks = unit_rows(RNG.normal(size=(30, 4)))
    relevance = RNG.random(30)
    shown = diversified(np.arange(30), relevance, looks, [""] * 30, 30, Diversity(weight=0.0))
    assert shown == np.argsort(-relevance).tolist()


def test_a_copy_of_what_is_shown_comes_later_than_something_else_as_good() -> None:
    looks = np.array([[1.0, 0], [1.0, 0], [0, 1.0]])
    shown = diversified(np.arange(3), np.array([1.0, 0.99, 0.98]), looks, ["", "", ""], 3, Diversity(weight=0.5))
    assert shown == [0, 2, 1]
