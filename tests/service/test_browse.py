"""Browse: filters hold together, sorts order, likes are kept, counts are counts."""

from __future__ import annotations

from datetime import UTC, datetime

import polars as pl
import pytest

from umair.errors import LibraryError
from umair.library.store import Library
from umair.service.browse import SORTS, BrowseQuery, browse, dislike, facets, like, likes, tile
from umair.service.words import suggest_words
from umair.service.you import FILE, you


def _ids(lib: Library, query: BrowseQuery) -> list[str]:
    return [t.item_id for t in browse(lib, query).tiles]


def test_without_a_filter_everything_is_shown_newest_first(small_library: Library) -> None:
    assert _ids(small_library, BrowseQuery()) == [f"p{n:02d}" for n in reversed(range(24))]


@pytest.mark.parametrize("sort", SORTS)
def test_every_order_shows_every_picture_once(small_library: Library, sort: str) -> None:
    assert sorted(_ids(small_library, BrowseQuery(sort=sort))) == [f"p{n:02d}" for n in range(24)]


def test_popular_is_by_bookmarks_in_this_library(small_library: Library) -> None:
    shown = browse(small_library, BrowseQuery(sort="Popular")).tiles
    assert [t.likes for t in shown] == sorted((t.likes for t in shown), reverse=True)
    log = small_library.interactions()
    assert shown[0].likes == log.filter(log["item_id"] == shown[0].item_id).height


@pytest.mark.parametrize("words", [("moon",), ("MOON",), ("circle",), ("月",)])
def test_words_find_what_is_written_in_any_case(small_library: Library, words: tuple[str, ...]) -> None:
    assert {int(i[1:]) % 3 for i in _ids(small_library, BrowseQuery(words=words))} == {0}


def test_filters_hold_together_and_values_of_one_filter_are_alternatives(small_library: Library) -> None:
    query = BrowseQuery(words=("moon",), hands=("flat", "soft"))
    assert sorted(_ids(small_library, query)) == ["p00", "p03", "p12", "p15"]
    assert _ids(small_library, BrowseQuery(words=("moon", "window"))) == []


def test_dates_bound_the_time_of_publication(small_library: Library) -> None:
    since = datetime(2025, 1, 1, tzinfo=UTC)
    assert "p00" in _ids(small_library, BrowseQuery(since=since, until=datetime(2025, 1, 20, tzinfo=UTC)))
    assert len(_ids(small_library, BrowseQuery(since=since, until=datetime(2025, 1, 20, tzinfo=UTC)))) == 3


def test_shapes_sort_the_pictures_into_three(small_library: Library) -> None:
    assert len(_ids(small_library, BrowseQuery(shape="wide"))) == 24  # all are 64 x 48
    assert _ids(small_library, BrowseQuery(shape="tall")) == []


def test_a_like_is_kept_and_can_be_taken_back(small_library: Library) -> None:
    like(small_library, "p03", True)
    assert likes(Library.open(small_library.path)) == {"p03"}
    assert tile(small_library, "p03").liked
    assert _ids(small_library, BrowseQuery(liked=True)) == ["p03"]
    like(small_library, "p03", False)
    assert likes(small_library) == set()


def test_a_dislike_takes_the_like_of_the_same_picture_back(small_library: Library) -> None:
    like(small_library, "p03", True)
    dislike(small_library, "p03", True)
    assert "p03" not in you(small_library).likes
    assert "p03" in you(small_library).dislikes


def test_a_broken_file_of_likes_is_no_reason_to_fail(small_library: Library) -> None:
    (small_library.path / FILE).write_text('{"likes": ')
    assert likes(small_library) == set()


def test_counts_beside_a_choice_are_counts_of_pictures(small_library: Library) -> None:
    found = facets(small_library)
    assert found.hands == {"flat": 6, "soft": 6, "grain": 6, "lines": 6}
    assert found.labels["moon"] == 8
    assert facets(small_library, BrowseQuery(hands=("flat",))).hands == {"flat": 6}


def test_suggestions_begin_with_the_most_frequent_label(small_library: Library) -> None:
    offered = suggest_words(small_library, "")
    assert {offered[0].name, *offered[0].also} & set(facets(small_library).labels)
    assert "lines" in {one.name for one in suggest_words(small_library, "lin")}


def test_an_unknown_picture_is_an_error_that_says_so(small_library: Library) -> None:
    with pytest.raises(LibraryError, match="p99"):
        tile(small_library, "p99")


def test_an_artist_is_called_by_name_where_the_import_knew_it(small_library: Library) -> None:
    named = small_library.illustrations().with_columns(artist_name=pl.lit("Aoi Tanuki"))
    small_library.write_illustrations(named)
    assert tile(small_library, "p00").artist == "Aoi Tanuki"
    assert _ids(small_library, BrowseQuery(words=("tanuki",))) == _ids(small_library, BrowseQuery())
