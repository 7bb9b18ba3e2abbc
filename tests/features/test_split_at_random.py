"""A log without times: parted at random within each user, nothing of a later part in an earlier row."""

from __future__ import annotations

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from umair.features.events import Events
from umair.features.split import split_by_time
from umair.library.tables import TIME

ITEMS = pl.Series("item_id", [f"p{n}" for n in range(40)])


def untimed(each: list[int]) -> Events:
    rows = [
        {"user_id": f"u{u:02d}", "item_id": f"p{(7 * u + n) % 40}"} for u, many in enumerate(each) for n in range(many)
    ]
    log = pl.DataFrame(rows).with_columns(at=pl.lit(None, dtype=TIME), kind=pl.lit("bookmark"))
    return Events.from_frame(log, ITEMS)


@given(st.lists(st.integers(10, 40), min_size=6, max_size=12))
@settings(max_examples=20, deadline=None)
def test_parts_are_in_order_within_each_user_and_of_the_asked_size(each: list[int]) -> None:
    events = untimed(each)
    split = split_by_time(events, 0.1, 0.2)
    part = split.part(events.at)
    assert not events.timed and "at random" in split.told
    for user, many in enumerate(each):
        own = part[events.start[user] : events.start[user + 1]]
        assert (np.diff(own) >= 0).all()  # history is what lies before: never of a later part
        assert abs((own == 0).sum() - 0.7 * many) <= 1 and abs((own == 2).sum() - 0.2 * many) <= 1
    earlier = events.position(events.user, events.at)
    assert (earlier == np.arange(len(events)) - events.start[events.user]).all()


def test_the_order_is_the_same_each_time_and_not_the_log_s() -> None:
    one, two = untimed([40, 40, 40]), untimed([40, 40, 40])
    assert (one.item == two.item).all() and (one.at == two.at).all()
    assert (np.diff(one.item[:40]) < 0).sum() > 5


def test_a_few_times_do_not_make_a_log_timed() -> None:
    log = pl.DataFrame({"user_id": ["a"] * 5, "item_id": [f"p{n}" for n in range(5)], "kind": ["bookmark"] * 5})
    times = pl.Series("at", [0, None, None, None, None], dtype=pl.Int64).cast(TIME)
    assert len(Events.from_frame(log.with_columns(times), ITEMS)) == 5
    most = pl.Series("at", [0, 1, 2, None, None], dtype=pl.Int64).cast(TIME)
    assert Events.from_frame(log.with_columns(most), ITEMS).timed
    assert len(Events.from_frame(log.with_columns(most), ITEMS)) == 3
