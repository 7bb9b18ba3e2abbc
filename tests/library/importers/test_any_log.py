"""Logs of any kind: works without pictures, ratings, no times, other people's names of columns."""

from __future__ import annotations

from pathlib import Path

import pytest

from umair.errors import ImageError, ImportRefused
from umair.library.check import check
from umair.library.importers.illustration_table import import_illustrations
from umair.library.importers.log_table import import_interactions
from umair.library.importers.synonyms import OF_INTERACTIONS, understood
from umair.library.statistics import table_2
from umair.library.store import Library, picture_key


@pytest.fixture
def films(tmp_path: Path) -> Library:
    """Two films without pictures; rows without an id, or with a picture that is not there, are refused."""
    (tmp_path / "films.csv").write_text(
        "movieId,title,genres,year,image\n1,Sea,Drama|Sea,1999,\n2,Sky,Drama,,\n,Lost,Drama,,\n3,No,Drama,,none.png\n"
    )
    library = Library.create(tmp_path / "films", "Films")
    report = import_illustrations(library, tmp_path / "films.csv", {})
    assert report.taken == 2 and [n.reason.split(" ")[0] for n in report.skipped] == ["the", "there"]
    assert any("2 have no picture" in r for r in report.remarks) and any("'movieId'" in r for r in report.remarks)
    return library


def test_works_without_pictures_are_known_by_words(films: Library) -> None:
    row = films.illustrations().row(0, named=True)
    assert (row["item_id"], row["image"], row["sha256"], row["width_px"]) == ("1", None, None, None)
    assert row["labels"] == ["Drama", "Sea"] and row["published_at"].year == 1999
    assert films.by_sha(picture_key("2", None)) == "2"
    with pytest.raises(ImageError, match="no picture"):
        films.thumbnail_path("1")
    found = {f.code: f for f in check(films, contents=True).findings}
    assert check(films).sound and found["no-picture"].count == 2 and "picture-twice" not in found


def test_a_table_needs_a_picture_or_an_id(films: Library, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("title\nSea\n")
    with pytest.raises(ImportRefused, match=r"no column for image.*item_id"):
        import_illustrations(films, tmp_path / "t.csv", {})


def test_ratings_become_bookmarks_and_views(films: Library, tmp_path: Path) -> None:
    file = tmp_path / "r.csv"
    file.write_text("userId,movieId,rating,timestamp\na,1,8,1362096000\na,2,7.5,1362096001\nb,1,,1362096002\n")
    report = import_interactions(films, file, {}, bookmark_from=8)
    assert films.interactions()["kind"].to_list() == ["bookmark", "view"] and len(report.skipped) == 1
    assert "no value" in report.skipped[0].reason


def test_without_a_threshold_every_row_is_a_bookmark_and_the_report_says_so(films: Library, tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("userId,movieId,rating,timestamp\na,1,1,1362096000\n")
    report = import_interactions(films, tmp_path / "r.csv", {})
    assert films.interactions()["kind"].to_list() == ["bookmark"]
    assert any("--bookmark-from" in r for r in report.remarks)


def test_a_log_without_times_is_taken_only_when_asked_and_only_once(films: Library, tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("user,item_id\na,1\nb,2\n")
    with pytest.raises(ImportRefused, match="--without-times"):
        import_interactions(films, tmp_path / "r.csv", {})
    assert import_interactions(films, tmp_path / "r.csv", {}, without_times=True).taken == 2
    assert import_interactions(films, tmp_path / "r.csv", {}, without_times=True).taken == 0
    assert films.interactions()["at"].null_count() == 2
    assert table_2(films)[0].interactions == 2 and table_2(films)[0].since is None


def test_two_candidates_are_no_guess() -> None:
    found = understood(("user_id", "movie_id", "book_id", "When Date", "at"), {}, OF_INTERACTIONS)
    assert found.mapping == {} and "item_id=movie_id or item_id=book_id" in found.remarks[0]
    named = understood(("movie_id", "item"), {"user_id": "item"}, OF_INTERACTIONS)
    assert named.mapping == {"user_id": "item", "item_id": "movie_id"}
