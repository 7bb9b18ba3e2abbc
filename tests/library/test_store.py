"""A library reads back what was written, by whomever, and refuses what does not fit."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from umair.errors import ImageError, LibraryError
from umair.library import log
from umair.library.store import Library

APPENDER = """
import sys
from datetime import UTC, datetime
import polars as pl
from umair.library.store import Library
library = Library.open(sys.argv[1])
print("ready", flush=True)
n = 0
while True:
    rows = [{"user_id": f"k{n}", "item_id": "p00", "at": datetime(2025, 6, 1, tzinfo=UTC), "kind": "view"}] * 50
    library.append_interactions(pl.DataFrame(rows))
    if n % 3 == 2:
        library.compact()
    n += 1
"""


def _views(user: str, count: int) -> pl.DataFrame:
    at = datetime(2025, 5, 1, tzinfo=UTC)
    return pl.DataFrame([{"user_id": user, "item_id": f"p{n:02d}", "at": at, "kind": "view"} for n in range(count)])


def test_an_open_library_is_what_was_created(tmp_path: Path) -> None:
    made = Library.create(tmp_path / "lib", '色と線 "quoted" \\ \n line', source="scans", synthetic=True)
    opened = Library.open(tmp_path / "lib")
    assert opened.info == made.info and opened.info.name == '色と線 "quoted" \\ \n line'
    assert opened.info.synthetic and opened.info.source == "scans"
    assert (len(opened.illustrations()), len(opened.users()), len(opened.interactions())) == (0, 0, 0)


def test_no_library_no_opening_and_no_creating_over_other_things(tmp_path: Path, small_library: Library) -> None:
    with pytest.raises(LibraryError, match="no library at"):
        Library.open(tmp_path / "nowhere")
    with pytest.raises(LibraryError, match="not empty"):
        Library.create(small_library.path, "again")
    toml = small_library.path / "library.toml"
    toml.write_text(toml.read_text().replace("schema_version = 1", "schema_version = 99"))
    with pytest.raises(LibraryError, match="Update the software"):
        Library.open(small_library.path)


def test_rows_keys_and_pictures_are_found(small_library: Library) -> None:
    frame = small_library.illustrations()
    assert [small_library.row_of(i) for i in frame["item_id"]] == list(range(len(frame)))
    assert small_library.by_sha(frame["sha256"][5][:16]) == "p05"
    assert Image.open(small_library.image_path("p05")).size == (64, 48)
    with pytest.raises(LibraryError, match="'p99'"):
        small_library.row_of("p99")


def test_a_lost_thumbnail_is_made_again_and_a_lost_picture_is_told(small_library: Library) -> None:
    thumbnail = small_library.thumbnail_path("p03")
    thumbnail.write_bytes(b"")  # as a power cut may leave it
    assert Image.open(small_library.thumbnail_path("p03")).format == "WEBP"
    thumbnail.unlink()
    small_library.image_path("p03").unlink()
    with pytest.raises(ImageError, match="Import it again"):
        small_library.thumbnail_path("p03")


def test_an_image_outside_of_the_library_is_refused(small_library: Library) -> None:
    frame = small_library.illustrations().with_columns(image=pl.lit("images/../../secret.png"))
    small_library.write_illustrations(frame)
    with pytest.raises(LibraryError, match="outside"):
        small_library.image_path("p00")


def test_appending_grows_and_refuses_known_ids(small_library: Library) -> None:
    before = small_library.illustrations()
    more = before.head(2).with_columns(item_id="new-" + pl.col("item_id"))
    small_library.append_illustrations(more)
    assert small_library.illustrations()["item_id"].to_list() == [*before["item_id"], "new-p00", "new-p01"]
    with pytest.raises(LibraryError, match="twice"):
        small_library.append_illustrations(more)
    assert len(small_library.illustrations()) == len(before) + 2


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (pl.lit(None, dtype=pl.String).alias("sha256"), "no sha256"),
        (pl.lit("R-18").alias("rating"), "'R-18' is not one of"),
        (pl.lit("wide").alias("width_px"), "width_px is"),
    ],
)
def test_a_table_that_does_not_fit_is_refused_and_the_old_one_stays(
    small_library: Library, change: pl.Expr, told: str
) -> None:
    before = small_library.illustrations()
    with pytest.raises(LibraryError, match=told):
        small_library.write_illustrations(before.with_columns(change))
    assert Library.open(small_library.path).illustrations().equals(before)


@settings(max_examples=15, deadline=None)
@given(sizes=st.lists(st.integers(1, 6), min_size=1, max_size=8), compact_after=st.sets(st.integers(0, 7)))
def test_the_log_reads_the_same_whenever_it_is_compacted(
    tmp_path_factory: pytest.TempPathFactory, sizes: list[int], compact_after: set[int]
) -> None:
    library = Library.create(tmp_path_factory.mktemp("log") / "lib", "log")
    wanted = []
    for n, size in enumerate(sizes):
        library.append_interactions(_views(f"u{n}", size))
        wanted += [(f"u{n}", f"p{k:02d}") for k in range(size)]
        if n in compact_after:
            library.compact()
            assert len(log.parts(library.path)) == 1
        assert library.interactions().select("user_id", "item_id").rows() == wanted
    assert Library.open(library.path).interactions().equals(library.interactions())


def test_parts_that_a_compaction_could_not_remove_do_not_count(small_library: Library) -> None:
    small_library.append_interactions(_views("u00", 3))
    wanted = small_library.interactions()
    kept = {p.path: p.path.read_bytes() for p in log.parts(small_library.path)}
    small_library.compact()
    for path, content in kept.items():  # the kill came before the old parts were deleted
        path.write_bytes(content)
    assert Library.open(small_library.path).interactions().equals(wanted)
    small_library.append_interactions(_views("u01", 2))
    assert len(small_library.interactions()) == len(wanted) + 2


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
def test_a_killed_writer_loses_at_most_its_last_append(small_library: Library) -> None:
    for pause in (0.1, 0.25):
        writer = subprocess.Popen([sys.executable, "-c", APPENDER, str(small_library.path)], stdout=subprocess.PIPE)
        assert writer.stdout is not None and writer.stdout.readline() == b"ready\n"
        time.sleep(pause)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        views = Library.open(small_library.path).interactions().filter(pl.col("user_id").str.starts_with("k"))
        assert all(count % 50 == 0 for count in views.group_by("user_id").len()["len"])
        small_library.append_interactions(_views("after", 1))  # the lock of the dead is free


def test_a_change_by_another_process_is_seen(small_library: Library) -> None:
    assert len(small_library.illustrations()) == 24 and len(small_library.interactions()) == 300
    program = (
        "import sys, polars as pl; from umair.library.store import Library; l = Library.open(sys.argv[1]);"
        "f = l.illustrations(); l.write_illustrations(f.head(20)); l.append_interactions(l.interactions().head(7));"
        "l.set_active('ranker', 'ranker-1')"
    )
    subprocess.run([sys.executable, "-c", program, str(small_library.path)], check=True)
    assert len(small_library.illustrations()) == 20 and len(small_library.interactions()) == 307
    assert small_library.info.active == {"ranker": "ranker-1"}
    with pytest.raises(LibraryError):
        small_library.row_of("p22")


def test_frames_are_kept_while_nothing_changes(small_library: Library) -> None:
    assert small_library.illustrations() is small_library.illustrations()
    assert small_library.interactions() is small_library.interactions()


def test_active_runs_are_chosen_and_forgotten(small_library: Library) -> None:
    small_library.set_active("image", "image-1")
    small_library.set_active("ranker", "ranker-1")
    small_library.set_active("image", None)
    assert Library.open(small_library.path).info.active == {"ranker": "ranker-1"}
    small_library.rename("Another")
    assert Library.open(small_library.path).info.name == "Another"
    assert Library.open(small_library.path).info.active == {"ranker": "ranker-1"}
