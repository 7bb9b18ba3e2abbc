"""What is kept of a log too large for memory gives the numbers of what is kept in full; nothing is lost on the way."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from umair.features import favourites, sparse_sums
from umair.features.decorrelate import prepare
from umair.features.events import Events, users_at_once
from umair.features.favourites import interest_labels
from umair.features.fields import slots
from umair.features.history import RunningSums
from umair.features.schema import LABELS_EACH, PADDING, RECENT
from umair.features.sparse_sums import BookmarkVectors, SparseSums
from umair.library.tables import TIME

N_ITEMS, MOVING = 50, 4


def _events(seed: int = 0) -> Events:
    """People with 1, 2, 3 … 60 bookmarks, so that every remainder of a step occurs."""
    rng = np.random.default_rng(seed)
    each = np.arange(1, 61)
    start = np.append(0, np.cumsum(each))
    user = np.repeat(np.arange(60, dtype=np.int32), each)
    item = rng.integers(0, N_ITEMS, start[-1]).astype(np.int32)
    at = np.arange(start[-1]) - start[user]
    return Events(tuple(f"u{u:02d}" for u in range(60)), user, item, at, start)


@pytest.mark.parametrize("step", [1, 2, 7, 16, 100])
def test_sums_kept_at_some_places_are_those_kept_at_all(
    step: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sparse_sums, "AT_ONCE", 100)  # users are worked on in many parts
    events, rng = _events(), np.random.default_rng(1)
    table = {"style": rng.normal(size=(N_ITEMS, 5)), "metadata": rng.normal(size=(N_ITEMS, 3))}
    loads = {name: rng.normal(size=(MOVING, own.shape[1])) for name, own in table.items()}
    moving = rng.normal(size=(len(events), MOVING)).astype(np.float32)
    dense = RunningSums.of(events, {m: table[m][events.item] + moving @ loads[m] for m in table})
    sparse = SparseSums.of(events, BookmarkVectors(table, loads, lambda a, b: moving[a:b]), tmp_path, step)
    user = rng.integers(0, 60, 500).astype(np.int32)
    earlier = rng.integers(0, np.diff(events.start)[user] + 1)
    user, earlier = np.append(user, user[:50]), np.append(earlier, earlier[:50])  # some places twice
    right, found = dense.before(user, earlier), sparse.before(user, earlier)
    for name in table:
        np.testing.assert_allclose(found[name], right[name], rtol=1e-4, atol=1e-4)
        np.testing.assert_allclose(
            sparse.latest(name, user, earlier, RECENT), dense.latest(name, user, earlier, RECENT), rtol=1e-4, atol=1e-4
        )
    spreads = np.array([1.0, 2.0])
    one, other = dense.coherence(right, user, earlier, spreads), sparse.coherence(found, user, earlier, spreads)
    np.testing.assert_allclose(other, one, rtol=1e-4, atol=1e-4)
    assert np.abs(one).max() > 0.1 and len(sparse.kept) < len(events) / step + 2 * len(events.users)
    assert sparse.before(user[:0], earlier[:0])["style"].shape == (0, 5)


def test_what_one_modality_adds_to_the_others_is_added_apart() -> None:
    rng = np.random.default_rng(0)
    style, numbers = rng.normal(size=(200, 6)).astype(np.float32), rng.normal(size=(200, 3)).astype(np.float32)
    prepared = prepare({"style": style}, {"style": np.ones(200, bool)}, numbers)
    still = prepared.interests({"style": prepared.items["style"], "metadata": np.zeros((200, 3), np.float32)})
    for name, whole in prepared.interests(prepared.items).items():
        apart = still[name] + prepared.items["metadata"] @ prepared.loads("metadata")[name]
        np.testing.assert_allclose(apart, whole, rtol=1e-4, atol=1e-5)
    assert all(len(own) == 0 for own in prepared.loads("semantic").values())


def test_interest_labels_equal_a_count_at_every_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(favourites, "CELLS", 4_000)  # users are worked on in many parts
    events, rng = _events(2), np.random.default_rng(3)
    labels = [[f"l{x}" for x in rng.zipf(1.5, rng.integers(0, 9)) % 30] for _ in range(N_ITEMS)]
    found = interest_labels(events, labels, 25)  # few slots: labels share them
    own = [set(slots(list(dict.fromkeys(l)), 25).tolist()) for l in labels]
    for u in range(60):
        mine = [own[i] for i in events.item[events.start[u] : events.start[u + 1]]]
        for p in range(len(mine) + 1):
            for column, window in ((0, mine[:p]), (LABELS_EACH, mine[max(p - RECENT, 0) : p])):
                counted = Counter(s for one in window for s in one)
                best = sorted(counted, key=lambda s: (-counted[s], s))[:LABELS_EACH]
                padded = best + [PADDING] * (LABELS_EACH - len(best))
                assert found[events.start[u] + u + p, column : column + LABELS_EACH].tolist() == padded


def test_interest_labels_without_labels_or_people_are_padding() -> None:
    assert (interest_labels(_events(), [[] for _ in range(N_ITEMS)], 10) == PADDING).all()
    nobody = Events((), *(np.zeros(0, np.int32) for _ in range(3)), np.zeros(1, np.int64))
    assert interest_labels(nobody, [["a"]], 10).shape == (0, 2 * LABELS_EACH)


def test_events_are_the_log_sorted_by_person_and_time() -> None:
    rng = np.random.default_rng(4)
    log = pl.DataFrame(
        {
            "user_id": [f"人{u}" if u % 2 else f"z{u}" for u in rng.integers(0, 12, 400)] + ["without a time"],
            "item_id": [f"i{i}" for i in rng.integers(0, 40, 400)] + ["i1"],
            "at": [*(rng.integers(0, 90, 400) * 1_000_000).tolist(), None],
            "kind": ["view" if v else "bookmark" for v in rng.random(400) < 0.3] + ["bookmark"],
        },
    ).with_columns(pl.col("at").cast(TIME))
    events = Events.from_frame(log, pl.Series([f"i{n}" for n in range(35)]))
    first: dict[tuple[str, int], int] = {}
    for user, item, at, kind in log.with_columns(pl.col("at").dt.epoch("us")).iter_rows():
        place = int(item[1:])
        if kind == "bookmark" and at is not None and place < 35:
            first[user, place] = min(at, first.get((user, place), at))
    right = sorted((user, at, item) for (user, item), at in first.items())
    found = zip(events.user.tolist(), events.at.tolist(), events.item.tolist(), strict=True)
    assert [(events.users[u], at, item) for u, at, item in found] == right
    assert events.users == tuple(sorted({user for user, _, _ in right}))
    assert [len(right), 0] == [events.start[-1], events.start[0]] and (np.diff(events.start) > 0).all()


def test_parts_are_whole_people_and_all_of_them() -> None:
    start = np.array([0, 3, 3, 10, 11, 12])
    assert list(users_at_once(start, 4)) == [(0, 2), (2, 3), (3, 5)]
