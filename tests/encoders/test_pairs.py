"""Table 1: seven sub-types, none with two equal texts, and readers that say what is wrong."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from umair.encoders.pairs import (
    SUB_TYPES,
    TextPair,
    across,
    read_glossary,
    read_tsv,
    read_wikidata,
    unique,
    write_tsv,
)
from umair.errors import TrainingError

TEXT = st.text(min_size=1, max_size=12).filter(lambda t: t.strip())


def test_there_are_the_seven_sub_types_of_table_1() -> None:
    assert len(SUB_TYPES) == len(set(SUB_TYPES)) == 7


def test_an_unknown_sub_type_is_refused_with_the_known_ones_named() -> None:
    with pytest.raises(TrainingError, match="setting-meaning"):
        TextPair("ja-ko", "海", "바다", "ja", "ko")


@given(st.lists(st.tuples(TEXT, TEXT), max_size=12))
def test_unique_leaves_no_equal_texts_and_no_repeat(texts: list[tuple[str, str]]) -> None:
    kept = unique(TextPair("zh-en", a, b, "zh", "en") for a, b in texts)
    meetings = [frozenset((p.a.casefold(), p.b.casefold())) for p in kept]
    assert all(len(m) == 2 for m in meetings)
    assert len(meetings) == len(set(meetings))
    wanted = {frozenset((a.casefold(), b.casefold())) for a, b in texts if a.casefold() != b.casefold()}
    assert set(meetings) == wanted


def test_every_spelling_meets_the_main_one_of_the_other_languages() -> None:
    names = {"en": ["sea", "ocean"], "ja": ["海", "うみ"], "zh": ["大海"]}
    pairs = list(across(names, "here"))
    met = {(p.sub_type, p.a, p.b) for p in pairs}
    assert ("en-ja", "ocean", "海") in met and ("ja-zh", "うみ", "大海") in met and ("zh-en", "大海", "ocean") in met
    assert ("en-ja", "ocean", "うみ") not in met
    assert all((p.lang_a, p.lang_b) == tuple(p.sub_type.split("-")) for p in pairs)


def test_a_table_is_read_as_it_was_written(tmp_path: Path) -> None:
    pairs = [
        TextPair("series-character", "Tidebound's character", "Mio", "en", "en", "demo"),
        TextPair("setting-meaning", "鳥居", "神社の門 \t である", "ja", "ja", "demo"),
    ]
    write_tsv(tmp_path / "pairs.tsv", pairs)
    read = read_tsv(tmp_path / "pairs.tsv")
    assert read[0] == pairs[0]
    assert read[1].b == "神社の門 である"


def test_a_table_without_a_column_or_with_a_bad_line_says_which(tmp_path: Path) -> None:
    file = tmp_path / "pairs.tsv"
    file.write_text("sub_type\ta\tb\nzh-en\tx\ty\n")
    with pytest.raises(TrainingError, match="lang_a, lang_b"):
        read_tsv(file)
    file.write_text("sub_type\ta\tb\tlang_a\tlang_b\nzh-en\t海\t\tzh\ten\n")
    with pytest.raises(TrainingError, match="line 2"):
        read_tsv(file)
    with pytest.raises(TrainingError, match=r"absent\.tsv"):
        read_tsv(tmp_path / "absent.tsv")


def test_things_with_labels_and_descriptions_become_pairs(tmp_path: Path) -> None:
    file = tmp_path / "things.tsv"
    file.write_text(
        "id\tlanguage\tlabel\tdescription\n"
        "Q1\ten\tshrine\ta holy place of Shinto\nQ1\tja\t神社\t\nQ1\tzh-hans\t神社\t\nQ1\tfr\tsanctuaire\t\n"
    )
    pairs = read_wikidata(file)
    assert {p.sub_type for p in pairs} == {"en-ja", "name-introduction"}  # 神社 is the same in ja and zh
    assert all("sanctuaire" not in (p.a, p.b) for p in pairs)


def test_a_glossary_table_gives_pairs_with_its_main_spelling_first(tmp_path: Path) -> None:
    rows = [("night", "en", "nighttime", False), ("night", "en", "night", True), ("night", "ja", "夜", True)]
    pl.DataFrame(rows, schema=["concept", "lang", "text", "is_main"], orient="row").write_parquet(
        tmp_path / "g.parquet"
    )
    assert [(p.a, p.b) for p in read_glossary(tmp_path / "g.parquet")] == [("night", "夜"), ("nighttime", "夜")]
