"""One spelling for variants, and a Latin view of kana and hanzi."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from umair.encoders.spelling import Spelling
from umair.encoders.spelling_tables import make_spelling
from umair.errors import EncoderError

SPELLING = make_spelling()


def sounds(text: str) -> str:
    return SPELLING.sounded(SPELLING.written([text])).strip()


@pytest.mark.parametrize(
    "same", [("鳴門", "鸣门"), ("桜", "櫻", "樱"), ("ﾅﾙﾄ", "ナルト", "なると"), ("Ｃat_Ears", "cat ears")]
)
def test_variants_of_one_word_are_written_alike(same: tuple[str, ...]) -> None:
    assert len({SPELLING.written([text]) for text in same}) == 1


@pytest.mark.parametrize(
    ("text", "sound"),
    [("ナルト", "naruto"), ("ピカチュウ", "pikachuu"), ("シャア", "shaa"), ("ファイル", "fairu"), ("ティファ", "tifa"),
     ("キャプテン", "kyaputen"), ("ロック", "roku"), ("海洋", "haiyang"), ("皮卡丘", "pikaqiu")],
)  # fmt: skip
def test_kana_and_hanzi_sound_as_one_would_spell_them(text: str, sound: str) -> None:
    assert sounds(text) == sound


def test_words_in_latin_letters_are_left_to_the_other_view() -> None:
    assert sounds("cat 猫 dog").split() == ["mao"] and sounds("attack on titan") == ""


@given(st.lists(st.text(), max_size=6))
def test_each_text_stays_one_line(texts: list[str]) -> None:
    written = SPELLING.written(texts)
    assert written.count("\n") == max(0, len(texts) - 1)
    assert SPELLING.sounded(written).count("\n") == written.count("\n")
    assert written.split("\n") == [SPELLING.written([t]) for t in texts] or not texts


def test_tables_are_kept_and_damaged_ones_refused(tmp_path: Path) -> None:
    SPELLING.save(tmp_path / "spelling.json")
    assert Spelling.load(tmp_path / "spelling.json") == SPELLING
    (tmp_path / "spelling.json").write_text('{"variants": 3}')
    with pytest.raises(EncoderError, match="cannot be read"):
        Spelling.load(tmp_path / "spelling.json")
