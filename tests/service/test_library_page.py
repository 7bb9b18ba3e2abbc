"""The Library page: a shelf of libraries, imports in the background, backups, health."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from umair import settings
from umair.errors import LibraryError
from umair.library.background import log_tail
from umair.library.runs import open_run
from umair.library.store import Library
from umair.service import library as page


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UMAIR_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("UMAIR_ASSETS", str(tmp_path / "assets"))
    Library.create(tmp_path / "assets" / "demo", "Demo", synthetic=True)


def _wait(lib: Library, run_id: str) -> str:
    run = open_run(lib.path, run_id)
    until = time.monotonic() + 120
    while run.state().state in ("waiting", "running") and time.monotonic() < until:
        time.sleep(0.05)
    assert run.state().state == "done", (run.state(), log_tail(run))
    return run.state().state


def test_libraries_come_and_go_from_the_shelf(small_library: Library) -> None:
    assert [(r.name, r.is_demo, r.is_open, r.synthetic) for r in page.shelf()] == [("Demo", True, True, True)]
    made = page.create("Mine: 色と線")
    assert made.path.is_relative_to(settings.home()) and page.create("Mine: 色と線").path != made.path
    page.open(small_library.path)
    rows = {r.path: r for r in page.shelf()}
    small = rows[str(small_library.path)]
    assert len(rows) == 4 and (small.pictures, small.people, small.bookmarks) == (24, 30, 300)
    assert small.is_open and not small.encoded and small.bytes > 24 * 500
    page.forget(small_library.path)
    assert small_library.image_path("p00").is_file() and len(page.shelf()) == 3
    assert [r.is_open for r in page.shelf()] == [True, False, False]


def test_without_a_demo_the_shelf_is_what_there_is(small_library: Library, tmp_path: Path) -> None:
    (tmp_path / "assets" / "demo" / "library.toml").unlink()
    assert page.shelf() == ()
    page.open(small_library.path)
    assert [r.is_open for r in page.shelf()] == [True]
    page.forget(small_library.path)


def test_a_library_that_is_damaged_is_told_and_the_rest_shown(small_library: Library) -> None:
    page.open(small_library.path)
    (small_library.path / "illustrations.parquet").write_bytes(b"no")
    broken = page.shelf()[-1]
    assert broken.problem and "readable table" in broken.problem and len(page.shelf()) == 2


def test_renaming(small_library: Library) -> None:
    page.rename(small_library, "  Another ")
    assert small_library.info.name == "Another"
    with pytest.raises(LibraryError, match="needs a name"):
        page.rename(small_library, " ")


def test_backup_and_restore(small_library: Library, tmp_path: Path) -> None:
    archive = page.backup(small_library)
    assert archive.is_file() and archive.is_relative_to(settings.home())
    restored = page.restore(archive)
    assert len(restored.illustrations()) == 24 and str(restored.path) in {r.path for r in page.shelf()}
    assert page.backup(small_library, tmp_path).parent == tmp_path
    with pytest.raises(LibraryError, match="itself"):
        page.backup(small_library, small_library.path / "runs")
    with pytest.raises(LibraryError, match="not a file"):
        page.restore(tmp_path / "nothing.zip")


def test_an_import_in_the_background_and_its_report(small_library: Library, tmp_path: Path, small_picture) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for n in range(20, 30):
        small_picture(n).save(folder / f"{n}.png")
    assert page.preview_import(folder).pictures == 10
    run = page.start_import(small_library, folder)
    _wait(small_library, run)
    report = page.import_report(small_library, run)
    assert report is not None and (report["taken"], len(report["duplicates"])) == (6, 4)
    assert open_run(small_library.path, run).progress_rows()[-1]["step"] == 10
    assert len(small_library.illustrations()) == 30
    table = tmp_path / "log.csv"
    table.write_text("who,item_id,at\nu00,p23,2026-05-01\nu00,p99,2026-05-01\n")
    run = page.start_import(small_library, table, kind="interactions", mapping={"user_id": "who"})
    _wait(small_library, run)
    report = page.import_report(small_library)
    assert report is not None and report["interactions"] == 1 and sum(report["reasons"].values()) == 1


def test_an_import_that_cannot_begin_fails_with_words(small_library: Library, tmp_path: Path) -> None:
    run = open_run(small_library.path, page.start_import(small_library, tmp_path / "nowhere"))
    until = time.monotonic() + 120
    while run.state().state in ("waiting", "running") and time.monotonic() < until:
        time.sleep(0.05)
    assert run.state().state == "failed" and "not a folder" in run.state().error
    assert page.import_report(small_library) is None


def test_health(small_library: Library) -> None:
    lines = page.health(small_library)
    assert lines[0].level == "good" and "24 pictures" in lines[0].text
    assert [line.action for line in lines if line.action] == ["encode"]
    small_library.image_path("p03").unlink()
    worst = page.health(small_library)[0]
    assert (worst.level, worst.action, worst.count) == ("error", "import", 1)
