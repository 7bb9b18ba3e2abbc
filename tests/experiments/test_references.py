"""Each reference row against a naive loop, and none of them sees the test part."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from umair.experiments.references import (
    Known,
    co_occurrence,
    factorisation,
    mean_likeness,
    nearest_likeness,
    references,
    unit_rows,
)
from umair.features.events import Events
from umair.features.metadata import LATELY
from umair.library.store import Library
from umair.training.data import RankerData
from umair.training.options import RankerOptions

PEOPLE = (0, 7, 30)


@pytest.fixture(scope="module")
def data(planted_library: Library) -> RankerData:
    return RankerData.of(planted_library, RankerOptions())


@pytest.fixture(scope="module")
def known(data: RankerData) -> Known:
    return Known.at(data, data.split.test)


def _early(data: RankerData, user: int) -> list[int]:
    events = data.events
    own = range(events.start[user], events.start[user + 1])
    return [int(events.item[e]) for e in own if events.at[e] < data.split.test]


def test_popularity_and_what_is_new_are_counted_before_the_test_part(data: RankerData) -> None:
    scores, every = references(data).scores, np.arange(len(data.catalogue))
    events, test = data.events, data.split.test
    before = [(int(i), int(t)) for i, t in zip(events.item, events.at, strict=True) if t < test]
    total, lately = Counter(i for i, _ in before), Counter(i for i, t in before if t >= test - LATELY)
    assert scores["popularity"](0, every).tolist() == [total[i] for i in every]
    assert scores["popular lately (30 days)"](0, every).tolist() == [lately[i] for i in every]
    out = np.flatnonzero(data.catalogue.published < test)
    newest = out[np.argsort(-scores["most recent"](0, out), kind="stable")]
    assert (np.diff(data.catalogue.published[newest]) <= 0).all()


def test_likeness_is_that_of_a_loop_over_the_likes(data: RankerData, known: Known) -> None:
    unit = unit_rows(data.catalogue.vectors["style"], data.catalogue.present["style"], known.out)
    items = np.array([3, 50, 411])
    for user in PEOPLE:
        likes = [[float(unit[i] @ unit[j]) for j in _early(data, user)] for i in items]
        assert np.allclose(mean_likeness(unit, known)(user, items), [np.mean(own) for own in likes], atol=1e-5)
        assert np.allclose(nearest_likeness(unit, known)(user, items), [max(own) for own in likes], atol=1e-5)


def test_co_occurrence_is_the_cosine_of_the_columns_of_the_log(data: RankerData, known: Known) -> None:
    fans: dict[int, set[int]] = {}
    for user in range(len(data.events.users)):
        for item in _early(data, user):
            fans.setdefault(item, set()).add(user)
    every = np.arange(len(data.catalogue))
    for user in PEOPLE:
        wanted = [
            sum(
                len(fans[i] & fans[j]) / np.sqrt(len(fans[i]) * len(fans[j]))
                for j in _early(data, user)
                if j != i and i in fans
            )
            for i in every
        ]
        assert np.allclose(co_occurrence(known)(user, every), wanted)


def test_the_factorisation_gives_back_what_it_has_seen(known: Known) -> None:
    every, rng = np.arange(known.log.shape[1]), np.random.default_rng(0)
    score = factorisation(known, 8, 10.0)
    known_score = np.array([score(u, every)[known.own(u)].mean() for u in range(60)])
    other_score = np.array([score(u, rng.permutation(every)[:50]).mean() for u in range(60)])
    assert (known_score > other_score).mean() > 0.95


def test_nobody_without_bookmarks_is_ranked_by_them(data: RankerData, known: Known) -> None:
    alone = replace(known, log=known.log.copy())
    alone.log.data[alone.log.indptr[5] : alone.log.indptr[6]] = 0
    alone.log.eliminate_zeros()
    unit = unit_rows(data.catalogue.vectors["style"], data.catalogue.present["style"], known.out)
    for score in (mean_likeness(unit, alone), nearest_likeness(unit, alone), co_occurrence(alone)):
        assert not score(5, np.arange(20)).any()


def test_no_score_moves_when_the_test_part_does(data: RankerData) -> None:
    every = np.arange(len(data.catalogue))
    late = np.flatnonzero(data.events.at >= data.split.test)
    item = data.events.item.copy()
    item[late] = np.random.default_rng(1).permutation(item[late])
    moved: Events = replace(data.events, item=item)
    as_it_was, as_it_is = references(data), references(replace(data, events=moved))
    assert as_it_was.chosen == as_it_is.chosen
    for name, score in as_it_was.scores.items():
        for user in PEOPLE:
            assert np.array_equal(score(user, every), as_it_is.scores[name](user, every)), name


def test_a_space_that_the_library_lacks_has_no_row(data: RankerData) -> None:
    vectors = {space: v for space, v in data.catalogue.vectors.items() if space != "style"}
    found = references(replace(data, catalogue=replace(data.catalogue, vectors=vectors))).scores
    assert "neighbours by style" not in found and "neighbours by content" in found
