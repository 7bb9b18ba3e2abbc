"""Spellings of one word have one key, whatever their case, width, kana or form of characters."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from umair.retrieval.written import fold, key, language, romanised

SAME = [
    ("sakura", "ＳＡＫＵＲＡ"),
    ("Long Hair", "long_hair"),
    ("Café", "cafe"),
    ("サクラ", "さくら"),
    ("ｻｸﾗ", "サクラ"),
    ("万圣节", "萬聖節"),
    ("図書館", "图书馆"),
    ("圖書館", "图书馆"),
    ("卫衣", "衛衣"),
    ("Valentine’s Day", "valentines day"),
    ("sea\u200b", "sea"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_of_a_word_have_one_key(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(("one", "other"), [("海", "山"), (":3", "3d"), ("か", "が"), ("long hair", "short hair")])
def test_other_words_have_other_keys(one: str, other: str) -> None:
    assert key(one) != key(other)


@given(st.text(max_size=40))
def test_case_and_width_never_matter_and_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert key(unicodedata.normalize("NFKC", text)) == key(text)
    assert bool(key(text)) or not text.strip()


@pytest.mark.parametrize(("text", "spoken"), [("うみ", "umi"), ("ウミ", "umi"), ("海", "hai"), ("sea", "sea")])
def test_any_script_can_be_typed_in_latin_letters(text: str, spoken: str) -> None:
    assert romanised(text) == spoken


@pytest.mark.parametrize(
    ("text", "told"), [("sea", "en"), ("うみ", "ja"), ("桜", "ja"), ("樱花", "zh"), ("שלום", "other"), ("🌸", "other")]
)
def test_the_language_is_told_by_the_letters(text: str, told: str) -> None:
    assert language(text) == told
