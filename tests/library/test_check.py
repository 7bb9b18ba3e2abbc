"""`check` finds each thing that can be wrong, and nothing in a library that is well."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from umair.library.check import Checked, check
from umair.library.store import Library


def _codes(checked: Checked) -> dict[str, int]:
    return {f.code: f.count for f in checked.findings}


def test_a_good_library_is_sound(small_library: Library) -> None:
    checked = check(small_library, contents=True)
    assert checked.sound and (checked.illustrations, checked.users, checked.interactions) == (24, 30, 300)
    assert _codes(checked) == {"no-vectors": 1}


def test_an_empty_library_says_what_to_do(tmp_path: Path) -> None:
    checked = check(Library.create(tmp_path / "new", "new"))
    assert checked.sound and _codes(checked) == {"empty": 1} and "Import" in checked.findings[0].told


def test_pictures_that_are_lost_changed_or_elsewhere(small_library: Library) -> None:
    small_library.image_path("p01").unlink()
    with small_library.image_path("p02").open("ab") as file:
        file.write(b"more")
    frame = small_library.illustrations()
    outside = pl.when(pl.col("item_id") == "p03").then(pl.lit("../x.png")).otherwise("image")
    small_library.write_illustrations(frame.with_columns(image=outside))
    assert _codes(check(small_library)) == {"picture-missing": 1, "picture-outside": 1, "no-vectors": 1}
    deep = check(small_library, contents=True)
    assert _codes(deep)["picture-changed"] == 1 and not deep.sound


def test_a_log_that_does_not_fit(small_library: Library) -> None:
    at = datetime(2030, 1, 1, tzinfo=UTC)
    strange = [("u00", "gone", at), ("stranger", "p00", at), ("u00", "p00", datetime(2020, 1, 1, tzinfo=UTC))]
    rows = [{"user_id": u, "item_id": i, "at": t, "kind": "view"} for u, i, t in strange]
    small_library.append_interactions(pl.DataFrame(rows))
    codes = _codes(check(small_library))
    assert (codes["log-item"], codes["log-user"], codes["log-early"], codes["log-future"]) == (1, 1, 1, 2)


def test_vectors_with_holes_and_nan(small_library: Library) -> None:
    folder = small_library.path / "vectors" / "style-abcdef012345"
    folder.mkdir(parents=True)
    (folder.parent / "active.toml").write_text('style = "abcdef0123456789"\n')
    ids = small_library.illustrations()["item_id"].head(20)
    rows = [[0.5, float("nan") if n == 3 else 1.0] for n in range(20)]
    frame = pl.DataFrame({"item_id": ids, "vector": rows}, schema_overrides={"vector": pl.Array(pl.Float32, 2)})
    frame.write_parquet(folder / "part-00000.parquet")
    codes = _codes(check(small_library))
    assert codes["vectors-broken"] == 1 and codes["vectors-missing"] == 4
    (folder / "part-00001.parquet").write_bytes(b"PAR1 not really")
    assert _codes(check(small_library))["vectors-unreadable"] == 1


def test_what_a_kill_left_behind_and_a_lost_active_run(small_library: Library) -> None:
    left = small_library.path / "images" / ".x.png.tmp-1-2"
    left.write_bytes(b"half")
    assert "left-behind" not in _codes(check(small_library))  # it may be in the making
    os.utime(left, (0, 0))
    small_library.set_active("ranker", "ranker-gone")
    codes = _codes(check(small_library))
    assert codes["left-behind"] == 1 and codes["active-run"] == 1


def test_a_damaged_table_is_one_finding(small_library: Library) -> None:
    (small_library.path / "users.parquet").write_bytes(b"PAR1")
    checked = check(small_library)
    assert not checked.sound and _codes(checked)["table-users"] == 1 and checked.illustrations == 24
