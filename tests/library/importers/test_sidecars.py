"""Sidecars as gallery-dl writes them, and as nobody should."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from umair.errors import ImportRefused
from umair.library.importers.clean import plain_text, time_or_none
from umair.library.importers.danbooru import read_danbooru, tag_words
from umair.library.importers.described import Described
from umair.library.importers.pixiv import read_pixiv
from umair.library.importers.sidecars import MAX_JSON, read_json_sidecar, read_json_text, read_txt
from umair.library.tables import RATINGS

PIXIV = {
    "category": "pixiv",
    "subcategory": "favorite",
    "id": 900000202,
    "num": 1,
    "title": "星読み<br />の&amp;魔女",
    "caption": "<script>alert(1)</script>",
    "user": {"id": 90005678, "name": "青嵐 <b>Aoarashi</b>", "account": "aoarashi_ink"},
    "tags": [{"name": "魔女", "translated_name": "witch"}, {"name": "WIP", "translated_name": None}],
    "date": "2025-01-18 15:03:44",
    "create_date": "2025-01-19T00:03:44+09:00",
    "series": {"id": 1, "title": "星読みの魔女たち"},
    "total_view": 4021,
    "total_bookmarks": 388,
    "x_restrict": 0,
    "sanity_level": 2,
    "illust_ai_type": 0,
    "width": 5,
    "height": 5,
    "user_bookmark": {"id": 90007777, "name": "猫又"},
}
DANBOORU = {
    "category": "danbooru",
    "subcategory": "tag",
    "id": 9000101,
    "uploader_id": 800001,
    "created_at": "2024-06-01T08:30:12.345-04:00",
    "rating": "g",
    "fav_count": 41,
    "tags_general": ["1girl", "long_hair", "^_^"],
    "tags_character": ["luna_(hoshiyomi)"],
    "tags_copyright": ["original", "hoshiyomi_no_majo-tachi"],
    "tags_artist": ["minaduki_koto"],
    "tags_meta": ["commentary", "highres"],
    "artist_commentary": {"original_title": "夕暮れ"},
}
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text()),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(), inner, max_size=4)),
    max_leaves=12,
)


def test_pixiv() -> None:
    told = read_pixiv(PIXIV)
    assert told.item_id == "pixiv-900000202-p1"
    assert told.labels == ("魔女", "WIP")
    assert (told.artist_id, told.artist_name) == ("pixiv-90005678", "青嵐 Aoarashi")
    assert told.title == "星読み の&魔女"
    assert told.published_at == datetime(2025, 1, 18, 15, 3, 44, tzinfo=UTC)
    assert (told.series, told.rating, told.views, told.bookmarks) == ("星読みの魔女たち", "general", 4021, 388)
    assert told.bookmarked_by is not None and told.bookmarked_by.user_id == "pixiv-90007777"


@pytest.mark.parametrize(
    ("tags", "labels"),
    [
        (["オリジナル", "女の子", "オリジナル1000users入り", "女の子"], ("オリジナル", "女の子")),
        ([{"name": "魔女"}, {"translated_name": "witch"}, 5, None, {"name": None}], ("魔女", "5")),
        ("魔女", ()),
        (None, ()),
        (["x" * 101, "ok"], ("ok",)),
    ],
)
def test_pixiv_tags_in_all_forms(tags: object, labels: tuple[str, ...]) -> None:
    assert read_pixiv({**PIXIV, "tags": tags}).labels == labels


@pytest.mark.parametrize(
    ("changes", "rating"),
    [
        ({"x_restrict": 1}, "explicit"),
        ({"x_restrict": 2, "sanity_level": 2}, "explicit"),
        ({"sanity_level": 6}, "questionable"),
        ({"sanity_level": 4}, "sensitive"),
        ({"sanity_level": 99}, None),
        ({"sanity_level": None, "x_restrict": None, "rating": "R-18G"}, "explicit"),
    ],
)
def test_pixiv_ratings(changes: dict[str, object], rating: str | None) -> None:
    assert read_pixiv({**PIXIV, **changes}).rating == rating


def test_pixiv_raw_dates_work_too_and_only_favourites_are_bookmarks() -> None:
    told = read_pixiv({**PIXIV, "date": None, "subcategory": "artworks", "illust_ai_type": 2})
    assert told.published_at == datetime(2025, 1, 18, 15, 3, 44, tzinfo=UTC)
    assert told.bookmarked_by is None and told.labels[-1] == "ai-generated"


def test_danbooru() -> None:
    told = read_danbooru(DANBOORU)
    assert told.item_id == "danbooru-9000101"
    assert told.labels == ("1girl", "long hair", "^_^", "luna (hoshiyomi)", "original", "hoshiyomi no majo-tachi")
    assert (told.artist_id, told.artist_name) == ("danbooru-minaduki_koto", "minaduki koto")
    assert (told.title, told.series, told.rating) == ("夕暮れ", "hoshiyomi no majo-tachi", "general")
    assert told.published_at == datetime(2024, 6, 1, 12, 30, 12, 345000, tzinfo=UTC)
    assert (told.views, told.bookmarks) == (None, 41)


def test_danbooru_from_the_strings_alone() -> None:
    strings = {
        "id": 5,
        "tag_string": "1girl book highres minaduki_koto",
        "tag_string_artist": "minaduki_koto",
        "tag_string_meta": "highres",
        "rating": "s",
    }
    told = read_danbooru(strings)
    assert told.labels == ("1girl", "book") and told.artist_name == "minaduki koto" and told.rating == "sensitive"


@pytest.mark.parametrize("reader", [read_pixiv, read_danbooru])
@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_any_key_may_be_absent_or_hold_anything(reader, data: st.DataObject) -> None:
    whole = PIXIV if reader is read_pixiv else DANBOORU
    changed = {key: data.draw(JSON) for key in data.draw(st.sets(st.sampled_from(sorted(whole)), min_size=1))}
    absent = data.draw(st.sets(st.sampled_from(sorted(whole))))
    told = reader({k: v for k, v in {**whole, **changed, "unknown": 1}.items() if k not in absent or k in changed})
    _fits_the_table(told)


@settings(max_examples=200, deadline=None)
@given(text=st.one_of(st.text(), JSON.map(json.dumps), st.binary().map(lambda b: b.decode("latin-1"))))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        told = read_json_text(text)
    except ImportRefused:
        return
    assert told is not None
    _fits_the_table(told)


def _fits_the_table(told: Described) -> None:
    assert told.rating in (None, *RATINGS)
    for number in (told.views, told.bookmarks):
        assert number is None or 0 <= number < 2**63
    texts = [told.item_id, told.artist_id, told.artist_name, told.title, told.series, *told.labels]
    for text in texts:
        assert text is None or (0 < len(text) <= 320 and text == text.strip())
        assert text is None or not any(ord(c) < 32 for c in text)
        assert text is None or text.encode("utf-8")
    assert told.item_id is None or not set(told.item_id) & set("/\\ ")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"id": 1, "title"', "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("9" * 6000, "not JSON"),
        ("[1, 2]", "no JSON object"),
        ("", "not JSON"),
    ],
)
def test_json_that_cannot_be_used(text: str, reason: str) -> None:
    with pytest.raises(ImportRefused, match=reason):
        read_json_text(text)


def test_files_too_large_or_not_text(tmp_path: Path) -> None:
    file = tmp_path / "a.png.json"
    file.write_bytes(b'{"title": "' + b"x" * MAX_JSON + b'"}')
    with pytest.raises(ImportRefused, match="MB"):
        read_json_sidecar(file)
    file.write_bytes(b'{"title": "\xff\xfe"}')
    with pytest.raises(ImportRefused, match="UTF-8"):
        read_json_sidecar(file)
    file.write_bytes(b"\xef\xbb\xbf" + json.dumps(PIXIV).encode())  # with a byte order mark
    told = read_json_sidecar(file)
    assert told is not None and told.item_id == "pixiv-900000202-p1"


def test_a_gallerys_info_is_no_picture(tmp_path: Path) -> None:
    (tmp_path / "info.json").write_text('{"category": "pixiv", "user": {"id": 5}, "title": "gallery"}')
    assert read_json_sidecar(tmp_path / "info.json") is None


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("1girl, long_hair, ^_^, luna \\(moon\\)", ("1girl", "long hair", "^_^", "luna (moon)")),
        ("オリジナル\n女の子\n\nwitch_hat\n", ("オリジナル", "女の子", "witch hat")),
        ("\ufeffa b,\r\na b ,<i>c</i>", ("a b", "c")),
        ("", ()),
    ],
)
def test_lists_of_tags(text: str, labels: tuple[str, ...]) -> None:
    assert read_txt(text) == labels


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("放課後の光 ...<br />ありがとう", "放課後の光 ... ありがとう"),
        ("<a href='x' onclick=y>link</a> <strong>b", "link b"),
        ("a<script>alert(1)</script>b", "ab"),
        ("&lt;img src=x onerror=alert(1)&gt;hi", "hi"),
        ("1 < 2 & 3 > 2", "1 < 2 & 3 > 2"),
        ("  tabs\tand\u202eturns\x00 ", "tabs and turns"),
        ("<br />", None),
        (None, None),
        (True, None),
        (12, "12"),
        ("a" * 5000, "a" * 300),
    ],
)
def test_titles_become_plain_text(raw: object, plain: str | None) -> None:
    assert plain_text(raw) == plain


@given(st.text())
def test_plain_text_is_plain_for_good(raw: str) -> None:
    once = plain_text(raw)
    assert once is None or ("<script" not in once.lower() and "\n" not in once and len(once) <= 300)


@pytest.mark.parametrize(
    "raw", ["0001-01-01T00:00:00+14:00", "1700-01-01", "not", "", None, 5, "9999-12-31T23:59:59-23:00"]
)
def test_times_out_of_the_world_are_none(raw: object) -> None:
    assert time_or_none(raw) is None


def test_faces_stay_faces() -> None:
    assert [tag_words(t) for t in ("0_0", ">_<", "red_eyes", "_")] == ["0_0", ">_<", "red eyes", "_"]


def test_the_invented_examples_of_gallery_dl() -> None:
    folder = Path(__file__).parents[4] / "shared" / "data" / "sidecar_examples"
    if not folder.is_dir():
        pytest.skip("the shared sidecar examples are not here")
    read = {f.name: read_json_sidecar(f) for f in sorted(folder.iterdir())}
    assert len(read) == 6 and all(read.values())
    favourite = read["900000202_p1.jpg.json"]
    assert favourite is not None and favourite.bookmarked_by is not None
    assert favourite.labels == ("創作", "魔女", "星空", "モノクロ", "原创", "WIP")
