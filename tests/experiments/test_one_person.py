"""One person's library: nothing hidden is seen, and what is judged is what a collector would be shown."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from umair.errors import TrainingError
from umair.experiments.one_person import (
    LIKES,
    NEAREST,
    RANDOM,
    SERVED,
    Collector,
    Found,
    Row,
    alone,
    collectors,
    counted,
    judge,
    plain_forms,
)
from umair.experiments.one_person_report import as_text
from umair.features.events import Events
from umair.library.store import Library


def test_hidden_likes_are_apart_from_the_likes_and_from_those_who_teach(planted_library: Library) -> None:
    events, n = Events.of(planted_library), len(planted_library.illustrations())
    judged, taught = collectors(events, n, 30, 20, seed=3)
    assert len(taught) == 60 and 10 <= len(judged) <= 30
    for person in judged:
        user = events.users.index(person.user)
        own = set(events.item[events.start[user] : events.start[user + 1]].tolist())
        assert user not in taught and len(person.hidden) == 20
        assert set(person.hidden) <= own and set(person.likes) <= own and not set(person.hidden) & set(person.likes)
        assert set(person.candidates) & own == set(person.hidden)
    assert [p.user for p in judged] == [p.user for p in collectors(events, n, 30, 20, seed=3)[0]]
    with pytest.raises(TrainingError, match="Hide fewer"):
        collectors(events, n, 30, 5_000, seed=3)


def test_the_judge_counts_what_a_loop_counts() -> None:
    rng = np.random.default_rng(0)
    person = Collector("u", np.arange(7), np.arange(10, 30), np.arange(7, 200))
    score = rng.random(200)
    found = judge(lambda likes: score + len(likes), [person] * 10)[0]
    first = sorted(person.candidates.tolist(), key=lambda i: -score[i])[:50]
    assert found[0] == pytest.approx(sum(10 <= i < 30 for i in first) / 20)
    assert np.isnan(found[1:]).all()  # seven likes are not ten


def test_plain_forms_find_planted_taste_without_anybody_else(planted_library: Library, tmp_path: Path) -> None:
    events = Events.of(planted_library)
    judged, taught = collectors(events, len(planted_library.illustrations()), 40, 20, seed=0)
    frame = counted(planted_library, [events.users[u] for u in taught])
    teaching = np.isin(events.user, taught)
    assert frame["bookmarks"].sum() == teaching.sum()  # the judged half is not in the counts
    own = alone(planted_library, tmp_path / "own", (), frame)
    assert not len(own.interactions()) and not len(own.users())
    rows = [Row(name, judge(form, judged)) for name, form in plain_forms(own, 0).items()]
    found = Found("Planted", True, 20, tuple(40 for _ in LIKES), 60, 600, tuple(rows))
    assert found.row(SERVED).mean()[2] > found.row(RANDOM).mean()[2] * 1.5
    assert found.best_single().form.startswith((NEAREST, "popularity"))
    assert found.ahead(SERVED, SERVED)[0] == pytest.approx(np.zeros(4))
    assert "as served without a model" in as_text(found)
