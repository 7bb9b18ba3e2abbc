"""Tables of any size without pictures."""

from __future__ import annotations

from pathlib import Path

from umair.demo.scale import scale
from umair.library.store import Library


def test_a_library_without_pictures_has_consistent_tables(tmp_path: Path) -> None:
    library = Library.open(scale(tmp_path / "big", pictures=2_000, users=120))
    rows, log = library.illustrations(), library.interactions()
    assert len(rows) == 2_000 and library.info.synthetic
    assert set(rows["labels"].list.len()) == {4}
    assert len(log.join(rows, on="item_id", how="semi")) == len(log) > 120 * 15
    marks = log.filter(log["kind"] == "bookmark")["item_id"].value_counts()
    joined = rows.join(marks, on="item_id", how="left").fill_null(0)
    assert (joined["bookmarks"] == joined["count"]).all()
