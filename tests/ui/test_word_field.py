"""The field for words reads words or nothing; a picture's labels are chips, one a group."""

from __future__ import annotations

import json

import polars as pl
import pytest

from umair.library.store import Library
from umair.service.words import understood
from umair.ui import suggested, word_field
from umair.ui.components import Event


@pytest.fixture
def lib(small_library: Library, monkeypatch: pytest.MonkeyPatch) -> Library:
    names = [("moon", "en", "moon", True), ("moon", "ja", "月", True)]
    rows = [dict(zip(("concept", "lang", "text", "is_main"), n, strict=True)) for n in names]
    pl.DataFrame(rows).write_parquet(small_library.path / "glossary.parquet")
    monkeypatch.setattr(suggested, "language", lambda: "en")
    return small_library


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ('["sea", " 海 ", "sea", ""]', ("sea", "海")),
        ('["<b>x</b>"]', ("<b>x</b>",)),
        ('{"a": 1}', ()),
        ("[1, null]", ()),
        ("no json", ()),
        (json.dumps(["x" * 10_000]), ("x" * word_field.LONGEST,)),
    ],
)
def test_what_a_field_sends_is_words_or_nothing(value: str, words: tuple[str, ...]) -> None:
    assert word_field.sent(Event("words", value=value)) == words
    assert word_field.sent(Event("open", value=value)) == ()


def test_a_picture_s_labels_are_one_chip_a_group_with_their_spelling_kept(
    lib: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    both, written = word_field.of_picture(lib, ["月", "moon"]), word_field.of_picture(lib, ["月"])
    assert [c["text"] for c in both] == ["moon"] == [c["text"] for c in written]
    assert written[0]["own"] == "月" and both[0]["own"] == "月" and written[0]["value"] == "moon"
    assert "月" in str(both[0]["title"]) and "8 pictures" in str(both[0]["title"])
    monkeypatch.setattr(suggested, "language", lambda: "ja")
    assert [c["text"] for c in word_field.of_picture(lib, ["月", "moon"])] == ["月"]
    assert word_field.names_of(lib, ["moon", "circle", "月"]) == ["月", "circle"]


def test_no_picture_is_explained_word_by_word(lib: Library) -> None:
    told = word_field.alone(lib, understood(lib, "moon, mountain"))
    assert "moon (8 pictures)" in told and "mountain (8 pictures)" in told
