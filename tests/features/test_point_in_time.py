"""History, counters, split and negatives beside naive loops: nothing from the row's own time or later gets in."""

from __future__ import annotations

import numpy as np
import pytest

from umair.errors import TrainingError
from umair.features.coherence import chance_spread, coherence
from umair.features.counters import Counters
from umair.features.events import Events
from umair.features.history import RunningSums
from umair.features.negatives import draw_negatives
from umair.features.split import split_by_time

N_ITEMS, N_USERS = 40, 12


def _events(seed: int = 0, times: int = 25) -> Events:
    """Few distinct times, so that ties (bookmarks of one moment) occur."""
    rng = np.random.default_rng(seed)
    user, item, at = [], [], []
    for u in range(N_USERS):
        own = rng.choice(N_ITEMS, rng.integers(1, 15), replace=False)
        when = np.sort(rng.integers(0, times, len(own))) * 1_000
        user += [u] * len(own)
        item += own.tolist()
        at += when.tolist()
    start = np.searchsorted(np.array(user), np.arange(N_USERS + 1))
    names = tuple(f"u{u}" for u in range(N_USERS))
    return Events(names, np.array(user, np.int32), np.array(item, np.int32), np.array(at), start)


def test_running_sums_equal_a_loop_over_strictly_earlier_bookmarks() -> None:
    events, vectors = _events(), np.random.default_rng(1).normal(size=(N_ITEMS, 5)).astype(np.float32)
    sums = RunningSums.of(events, {"style": vectors[events.item]})
    rng = np.random.default_rng(2)
    user, at = rng.integers(0, N_USERS, 200), rng.integers(-1, 26, 200) * 1_000
    earlier = events.position(user, at)
    spread, totals = chance_spread(vectors), sums.before(user, earlier)
    together = sums.coherence(totals, user, earlier, np.array([spread]))[:, 0]
    for row in range(200):
        own = (events.user == user[row]) & (events.at < at[row])
        mine = vectors[events.item[own]].astype(float)
        assert earlier[row] == own.sum()
        np.testing.assert_allclose(totals["style"][row], mine.sum(0), atol=1e-5)
        np.testing.assert_allclose(sums.latest("style", user, earlier, 3)[row], mine[-3:].sum(0), atol=1e-5)
        pairs = [a @ b for i, a in enumerate(mine) for j, b in enumerate(mine) if i != j]
        assert together[row] == pytest.approx(np.mean(pairs) / spread if pairs else 0.0, abs=1e-4)


def test_counters_count_strictly_before() -> None:
    rng = np.random.default_rng(3)
    things, at = rng.integers(0, 9, 300), rng.integers(0, 20, 300)
    counters = Counters(things, at)
    asked, when = rng.integers(0, 10, 100), rng.integers(-1, 22, 100)
    naive = [int(((things == a) & (at < w)).sum()) for a, w in zip(asked, when, strict=True)]
    assert counters.before(asked, when).tolist() == naive


@pytest.mark.parametrize("policy", ["uniform", "popularity"])
def test_negatives_are_out_by_then_and_never_bookmarked_by_the_person(policy: str) -> None:
    events = _events()
    published = np.random.default_rng(4).integers(-5_000, 20_000, N_ITEMS)
    first = np.full(N_ITEMS, 1 << 60)
    np.minimum.at(first, events.item, events.at - 1)
    published = np.minimum(published, first)
    drawn = draw_negatives(events.user, events.at, 3, events, published, seed=5, policy=policy)
    own = {(int(u), int(i)) for u, i in zip(events.user, events.item, strict=True)}
    left = [
        any(published[i] < t and (int(u), i) not in own for i in range(N_ITEMS))
        for u, t in zip(events.user, events.at, strict=True)
    ]
    for row, (user, at) in enumerate(zip(events.user, events.at, strict=True)):
        assert all((int(user), int(i)) not in own for i in drawn[row])
        if left[row]:
            assert (published[drawn[row]] < at).all()
    again = draw_negatives(events.user, events.at, 3, events, published, seed=5, policy=policy)
    assert (drawn == again).all()
    assert (drawn != draw_negatives(events.user, events.at, 3, events, published, seed=6, policy=policy)).any()


def test_popular_negatives_are_popular() -> None:
    events, published = _events(), np.full(N_ITEMS, -1)
    counts = np.bincount(events.item, minlength=N_ITEMS)
    uniform, popular = (
        counts[draw_negatives(events.user, events.at, 20, events, published, 1, p)].mean()
        for p in ("uniform", "popularity")
    )
    assert popular > uniform + 0.2


def test_a_person_with_everything_is_named() -> None:
    one = Events(("all",), np.zeros(3, np.int32), np.arange(3, dtype=np.int32), np.arange(3), np.array([0, 3]))
    with pytest.raises(TrainingError, match="all has bookmarked everything"):
        draw_negatives(one.user, one.at, 1, one, np.full(3, -1), 0)


def test_the_split_is_by_time_alone() -> None:
    events = _events(times=1_000)
    split = split_by_time(events, 0.1, 0.2)
    part = split.part(events.at)
    assert (
        events.at[part == 0].max()
        < events.at[part == 1].min()
        <= events.at[part == 1].max()
        < events.at[part == 2].min()
    )
    assert 0.12 < (part == 2).mean() < 0.28


def test_too_few_bookmarks_are_refused_with_their_number() -> None:
    few = Events(("a",), np.zeros(3, np.int32), np.arange(3, dtype=np.int32), np.arange(3), np.array([0, 3]))
    with pytest.raises(TrainingError, match="There are 3 bookmarks"):
        split_by_time(few)


def test_coherence_finds_the_space_in_which_likes_are_alike() -> None:
    rng = np.random.default_rng(0)
    vectors = rng.normal(size=(300, 8))
    alike = vectors[:, 0] > 1.0
    own = vectors[alike]
    value = coherence(own.sum(0), np.asarray((own**2).sum()), np.asarray(len(own)), chance_spread(vectors))
    mixed = vectors[:20]
    other = coherence(mixed.sum(0), np.asarray((mixed**2).sum()), np.asarray(20), chance_spread(vectors))
    assert value > 0.4 > abs(other) + 0.2
