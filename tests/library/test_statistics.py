"""Table 2 and Fig. 4 against counting by hand."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from umair.library.statistics import drawn, figure_4, gini, table_2
from umair.library.store import Library


def test_table_2_counts_each_side_of_the_split(small_library: Library) -> None:
    split = datetime(2025, 7, 1, tzinfo=UTC)
    train, test = table_2(small_library, split)
    rows = small_library.interactions().rows(named=True)
    for row, side in ((train, [r for r in rows if r["at"] < split]), (test, [r for r in rows if r["at"] >= split])):
        assert (row.users, row.illustrations) == (len({r["user_id"] for r in side}), len({r["item_id"] for r in side}))
        assert row.interactions == len(side) > 0
    assert train.until == test.since == split.date()


def test_table_2_splits_after_three_quarters_and_leaves_views_out(small_library: Library) -> None:
    before = table_2(small_library)
    at = datetime(2026, 1, 1, tzinfo=UTC)
    small_library.append_interactions(pl.DataFrame([{"user_id": "u00", "item_id": "p00", "at": at, "kind": "view"}]))
    assert table_2(small_library) == before
    first, last = small_library.interactions().filter(pl.col("kind") == "bookmark")["at"].sort()[[0, -1]]
    share = (datetime.combine(before[0].until, datetime.min.time(), UTC) - first) / (last - first)  # type: ignore[arg-type]
    assert 0.74 < share < 0.76


def test_figure_4_is_the_distribution_of_counts(small_library: Library) -> None:
    found = figure_4(small_library)
    each = Counter(small_library.interactions()["item_id"])
    assert dict(zip(found.illustrations.counts, found.illustrations.how_many, strict=True)) == Counter(each.values())
    assert found.illustrations.none == 24 - len(each)
    assert found.users.counts == (10,) and found.users.how_many == (30,) and found.users.gini == pytest.approx(0)
    assert len(drawn(found.illustrations)) == 60


@given(st.lists(st.integers(1, 1000), min_size=1, max_size=30))
def test_gini_is_the_mean_difference(counts: list[int]) -> None:
    values = np.sort(np.array(counts))
    naive = sum(abs(a - b) for a in counts for b in counts) / (2 * len(counts) * sum(counts))
    assert gini(values) == pytest.approx(naive, abs=1e-9)


def test_nothing_is_nothing(tmp_path) -> None:
    library = Library.create(tmp_path / "new", "new")
    assert [row.interactions for row in table_2(library)] == [0, 0]
    assert figure_4(library).users.counts == () and drawn(figure_4(library).users) == ""
