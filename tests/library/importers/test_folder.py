"""A stranger's folder comes in whole, says what it left out, and can be broken off at any point."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest
from PIL import Image

from umair.errors import ImportRefused
from umair.library.check import check
from umair.library.importers.folder import import_folder
from umair.library.importers.names import read_names
from umair.library.importers.preview import preview_folder
from umair.library.importers.report import Report
from umair.library.store import Library

Draw = Callable[[int], Image.Image]


def _save(picture: Image.Image, path: Path, kind: str = "PNG") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    out = io.BytesIO()
    picture.save(out, kind)
    path.write_bytes(out.getvalue())
    return path


def _tell(picture: Path, **told: object) -> None:
    facts = {"category": "pixiv", "subcategory": "artworks", "num": 0, "tags": ["魔女"], **told}
    picture.with_name(picture.name + ".json").write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library.create(tmp_path / "lib", "imported")


@pytest.fixture
def mixed(tmp_path: Path, small_picture: Draw) -> Path:
    """Pictures with all kinds of neighbours, and much that is none."""
    root = tmp_path / "mixed"
    _tell(_save(small_picture(1), root / "pixiv" / "9001 koto" / "1_p0.png"), id=1, title="夕<br>焼", user={"id": 9001})
    _tell(_save(small_picture(2), root / "pixiv" / "9001 koto" / "1_p1.png"), id=1, num=1, user={"id": 9001})
    booru = _save(small_picture(3), root / "danbooru" / "danbooru_5_ab.jpg", "JPEG")
    booru.with_suffix(".json").write_text('{"category": "danbooru", "id": 5, "tags_general": ["long_hair"]}')
    tagged = _save(small_picture(4), root / "tagged" / "x.webp", "WEBP")
    tagged.with_suffix(".txt").write_text("1girl, red_eyes")
    _save(small_picture(5), root / "plain" / "night_sea" / "IMG_lighthouse-0042.png")
    _save(small_picture(5), root / "plain" / "zz" / "again.png")
    _save(small_picture(6), root / "plain" / "really_jpeg.png", "JPEG")
    _save(small_picture(7), root / "broken" / "cut.png")
    (root / "broken" / "cut.png").write_bytes((root / "broken" / "cut.png").read_bytes()[:200])
    (root / "broken" / "page.jpg").write_bytes(b"<html>404</html>")
    (root / "broken" / "info.json").write_text('{"category": "pixiv"}')
    (root / "broken" / "alone.png.json").write_text("{}")
    (root / "broken" / "u_ugoira.zip").write_bytes(b"PK")
    (root / "broken" / "u_ugoira.zip.json").write_text('{"type": "ugoira"}')
    (root / "broken" / "notes.docx").write_bytes(b"x")
    (root / ".hidden.png").write_bytes(b"x")
    bad = _save(small_picture(8), root / "broken" / "told_badly.png")
    bad.with_name("told_badly.png.json").write_text("{" * 10)
    return root


def test_a_mixed_folder(library: Library, mixed: Path) -> None:
    seen: list[tuple[int, int]] = []
    report = import_folder(library, mixed, progress=lambda done, of: seen.append((done, of)))
    rows = {r["item_id"]: r for r in library.illustrations().iter_rows(named=True)}
    assert report.taken == len(rows) == 7 and seen[-1] == (10, 10)
    assert rows["pixiv-1-p0"]["title"] == "夕 焼" and rows["pixiv-1-p0"]["labels"] == ["魔女"]
    assert rows["pixiv-1-p1"]["artist_id"] == "pixiv-9001"
    assert rows["danbooru-5"]["labels"] == ["long hair"] and rows["danbooru-5"]["image"].endswith(".jpg")
    labels = [r["labels"] for r in rows.values()]
    assert ["1girl", "red eyes"] in labels and ["plain", "night sea", "lighthouse"] in labels
    assert [d.file for d in report.duplicates] == ["plain/zz/again.png"]
    told = {n.file: n.reason for n in report.skipped}
    assert set(told) == {
        "broken/cut.png",
        "broken/page.jpg",
        "broken/alone.png.json",
        "broken/u_ugoira.zip",
        "broken/notes.docx",
    }
    assert "cut short" in told["broken/cut.png"] and "ugoira" in told["broken/u_ugoira.zip"]
    problems = {n.file: n.reason for n in report.problems}
    assert "is JPG" in problems["plain/really_jpeg.png"] and "not JSON" in problems["broken/told_badly.png"]
    assert all(r["color"].startswith("#") and r["width_px"] == 64 and r["height_px"] == 48 for r in rows.values())
    assert check(library, contents=True).sound


def test_the_report_is_kept_as_a_file(library: Library, mixed: Path) -> None:
    report = import_folder(library, mixed)
    (file,) = (library.path / "reports").iterdir()
    kept = json.loads(file.read_text(encoding="utf-8"))
    assert report.file == str(file) and kept["taken"] == report.taken
    assert {n["file"] for n in kept["skipped"]} == {n.file for n in report.skipped}


def test_a_second_import_takes_only_what_is_new(library: Library, mixed: Path, small_picture: Draw) -> None:
    first = import_folder(library, mixed)
    before = library.illustrations()
    _save(small_picture(50), mixed / "new" / "one.png")
    second = import_folder(library, mixed)
    assert second.taken == 1 and len(second.duplicates) == first.taken + len(first.duplicates)
    assert library.illustrations().head(len(before)).equals(before)


def test_the_preview_says_what_would_come_and_writes_nothing(mixed: Path) -> None:
    before = sorted(p.stat().st_mtime_ns for p in mixed.rglob("*"))
    preview = preview_folder(mixed)
    assert (preview.pictures, preview.json_sidecars, preview.txt_sidecars) == (10, 4, 1)
    by_file = {e.file: e for e in preview.examples}
    assert len(by_file) == 10 and by_file["tagged/x.webp"].source == "txt"
    assert by_file["broken/cut.png"].problem and not by_file["danbooru/danbooru_5_ab.jpg"].problem
    assert sorted(p.stat().st_mtime_ns for p in mixed.rglob("*")) == before


def test_links_leave_the_originals_where_they_are(library: Library, mixed: Path) -> None:
    import_folder(library, mixed, link=True)
    assert not (library.path / "images").exists()
    frame = library.illustrations()
    assert all(library.image_path(i).is_relative_to(mixed) for i in frame["item_id"])
    assert all(library.thumbnail_path(i).is_file() for i in frame["item_id"])
    assert check(library, contents=True).sound


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_nothing_outside_of_the_folder_is_touched(library: Library, tmp_path: Path, small_picture: Draw) -> None:
    secret = _save(small_picture(60), tmp_path / "private" / "secret.png")
    inside = _save(small_picture(61), tmp_path / "in" / "a.png")
    (tmp_path / "in" / "out.png").symlink_to(secret)
    (tmp_path / "in" / "folder").symlink_to(secret.parent)
    (tmp_path / "in" / "loop").symlink_to(tmp_path / "in")
    (tmp_path / "in" / "gone.png").symlink_to(tmp_path / "nothing")
    (tmp_path / "in" / "same.png").symlink_to(inside)
    os.mkfifo(tmp_path / "in" / "pipe.png")
    _tell(inside, id="../../../etc/passwd", filename="../../private/secret", path="/etc/passwd", url="file:///etc")
    report = import_folder(library, tmp_path / "in")
    assert report.taken == 1 and [d.file for d in report.duplicates] == ["same.png"]
    told = {n.file: n.reason for n in report.skipped}
    assert set(told) == {"out.png", "folder", "loop", "gone.png", "pipe.png"}
    assert "out of the folder" in told["out.png"] and "ordinary" in told["pipe.png"]
    item = library.illustrations()["item_id"][0]
    assert "/" not in item and library.image_path(item).is_relative_to(library.path)


def test_a_bookmark_without_a_time_has_the_date_of_its_file(
    library: Library, tmp_path: Path, small_picture: Draw
) -> None:
    picture = _save(small_picture(70), tmp_path / "in" / "7_p0.png")
    os.utime(picture, (1_700_000_000, 1_700_000_000))
    _tell(picture, id=7, subcategory="favorite", user_bookmark={"id": 77, "name": "<b>猫又</b>"})
    other = _save(small_picture(70), tmp_path / "in" / "other" / "7_p0.png")  # the same work in another's favourites
    _tell(other, id=7, subcategory="favorite", user_bookmark={"id": 78, "name": None})
    for _ in range(2):  # a second import adds nothing
        report = import_folder(library, tmp_path / "in")
    first = json.loads(sorted((library.path / "reports").iterdir())[0].read_text(encoding="utf-8"))
    assert (first["interactions"], first["users"]) == (2, 2) and "date of its file" in first["remarks"][0]
    assert report.interactions == 0
    log = library.interactions()
    assert log["user_id"].to_list() == ["pixiv-77", "pixiv-78"] and set(log["item_id"]) == {"pixiv-7-p0"}
    assert log["at"][0] == datetime.fromtimestamp(1_700_000_000, UTC) and set(log["kind"]) == {"bookmark"}
    assert library.users()["name"].to_list() == ["猫又", None]


def test_an_id_told_twice_for_two_pictures_stays_unique(library: Library, tmp_path: Path, small_picture: Draw) -> None:
    for n in (80, 81):
        _tell(_save(small_picture(n), tmp_path / "in" / f"{n}.png"), id=7)
    assert import_folder(library, tmp_path / "in").taken == 2
    first, second = library.illustrations()["item_id"]
    assert first == "pixiv-7-p0" and second.startswith("pixiv-7-p0~")


def test_what_cannot_be_imported_at_all(library: Library, tmp_path: Path) -> None:
    with pytest.raises(ImportRefused, match="not a folder"):
        import_folder(library, tmp_path / "nowhere")
    with pytest.raises(ImportRefused, match="library itself"):
        import_folder(library, library.path)
    report = import_folder(library, tmp_path)  # the library lies inside: it is left out
    assert (report.taken, report.skipped) == (0, ())


def test_a_stop_keeps_what_is_taken(library: Library, tmp_path: Path, small_picture: Draw) -> None:
    for n in range(150):
        _save(small_picture(n), tmp_path / "in" / f"{n:03d}.png")
    report = import_folder(library, tmp_path / "in", stop=lambda: True)
    assert report.stopped and report.taken == len(library.illustrations()) == 64
    assert import_folder(library, tmp_path / "in").taken == 86


KILLED = """
import sys
from pathlib import Path
from umair.library.importers import folder
from umair.library.store import Library
folder.BATCH, folder.FLUSH_ROWS = 8, 16
folder.import_folder(Library.open(sys.argv[1]), Path(sys.argv[2]), progress=lambda done, of: print(done, flush=True))
"""


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
def test_a_kill_half_way_costs_nothing_that_was_finished(library: Library, tmp_path: Path, small_picture: Draw) -> None:
    for n in range(200):
        _save(small_picture(n).resize((200, 150)), tmp_path / "in" / f"{n:03d}.png")
    command = [sys.executable, "-c", KILLED, str(library.path), str(tmp_path / "in")]
    writer = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    for line in writer.stdout:
        if int(line) >= 48:
            break
    time.sleep(0.02)
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    writer.stdout.close()
    opened = Library.open(library.path)
    kept = len(opened.illustrations())
    assert 32 <= kept < 200 and check(opened, contents=True).sound
    report = import_folder(opened, tmp_path / "in")
    assert (report.taken, len(report.duplicates)) == (200 - kept, kept)
    assert len(opened.illustrations()) == 200 and check(opened, contents=True).sound


@pytest.mark.parametrize(
    ("place", "labels"),
    [
        ("a.png", ()),
        ("School Roof/DSC_0042 red-umbrella.png", ("School Roof", "red", "umbrella")),
        ("2024/12/魔女と猫.jpg", ("魔女と猫",)),
        ("x/0f1e2d3c4b5a697887_p0.png", ()),
        ("夜/雨_猫.png", ("夜", "雨", "猫")),
    ],
)
def test_words_of_names(place: str, labels: tuple[str, ...]) -> None:
    assert read_names(Path(place)).labels == labels


def test_a_report_counts_reasons() -> None:
    report = Report("folder", "x", "", 0.0, 0)
    assert report.reasons() == {}


def test_empty_sidecar_values_fit_the_table(library: Library, tmp_path: Path, small_picture: Draw) -> None:
    _tell(_save(small_picture(90), tmp_path / "in" / "a.png"), id=None, tags=None, user=None, total_view=-5, date="x")
    import_folder(library, tmp_path / "in")
    (row,) = library.illustrations().iter_rows(named=True)
    assert row["item_id"].startswith("file-") and row["labels"] == [] and row["views"] is None
    assert isinstance(library.illustrations(), pl.DataFrame)
