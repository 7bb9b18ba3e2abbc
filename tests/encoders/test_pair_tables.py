"""Tables of tags, of names, of things and of pairs give the pairs that they say, from small invented files."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from pair_files import left_out, told

from umair.encoders.names import part_of
from umair.encoders.pairs import Choices, read_pairs
from umair.encoders.pairs.language import language_of


def test_danbooru_tags_of_all_tables_together(tmp_path: Path) -> None:
    (tmp_path / "tag_aliases.csv").write_text(
        "id,antecedent_name,consequent_name,created_at,status\n"
        "1,nekomimi,cat_ears,2020,active\n2,old_name,cat_ears,2020,deleted\n3,ネコ耳,cat_ears,2020,active\n4,^_^,cat_ears,2020,active\n"
    )
    (tmp_path / "tag_implications.csv").write_text(
        "id,antecedent_name,consequent_name,created_at,status\n1,cat_ears,animal_ears,2020,active\n2,tiny_mio,tidebound,2020,active\n"
    )
    (tmp_path / "tags.csv").write_text(
        'cat_ears,0,1000,"catears,/ce"\ntidebound,3,50,\ntiny_mio,4,20,"little_mio"\nsolo,0,many,x\n'
    )
    (tmp_path / "danbooru_zh.csv").write_text("tag,translation\ncat_ears,猫耳|猫耳朵\nsolo,\nanimal_ears,动物耳朵\n")
    reading = read_pairs(tmp_path)
    assert told(reading) == {
        ("zh-en", "猫耳", "cat ears"),
        ("zh-en", "猫耳朵", "cat ears"),
        ("zh-en", "猫耳", "nekomimi"),
        ("zh-en", "猫耳", "catears"),
        ("zh-en", "动物耳朵", "animal ears"),
        ("en-ja", "cat ears", "ネコ耳"),
        ("setting-meaning", "nekomimi", "cat ears"),
        ("setting-meaning", "catears", "cat ears"),
        ("setting-meaning", "little mio", "tiny mio"),
        ("setting-meaning", "cat ears", "a kind of animal ears"),
        ("series-character", "tidebound's character", "tiny mio"),
    }
    assert left_out(reading) == {
        "alias rows that are not active": 1,
        "tags without letters": 1,
        "tags without a translation": 1,
    }
    assert reading.report.sources[0].broken == 1 and "tags.csv, line 4" in reading.report.sources[0].first_broken[0]


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("mine.csv", "long_hair,0,长发\nsolo,0\nsmile,0,微笑\n", ("zh-en", "长发", "long hair")),
        ("mine.csv", "long_hair,ロングヘア\nsmile,笑顔\nsky,空\n", ("en-ja", "sky", "空")),  # kana elsewhere: Japanese
        ("tags_ja.csv", "sky,空\n", ("en-ja", "sky", "空")),
        ("mine.csv", "name,translated_name,language_code\nsky,天空,zh\nsky,空,ja\n", ("en-ja", "sky", "空")),
    ],
)  # fmt: skip
def test_translations_in_their_many_forms(name: str, content: str, expected: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    assert expected in told(read_pairs(tmp_path / name))


def test_tags_in_two_columns_need_a_name_that_tells_what_they_are(tmp_path: Path) -> None:
    (tmp_path / "pairs.csv").write_text("antecedent_name,consequent_name\nnekomimi,cat_ears\n")
    reading = read_pairs(tmp_path / "pairs.csv")
    assert reading.pairs == [] and "`implication`" in reading.report.sources[0].first_broken[0]


def things_of(part: str, count: int) -> list[str]:
    return [e for e in (f"thing:{n}" for n in range(400)) if part_of(e) == part][:count]


def names_table(path: Path) -> Path:
    one, two, three, four = things_of("train", 4)
    (aside,) = things_of("test", 1)
    rows = [
        (one, "anime_title", "en", "Sea Song", True, "curated", "bangumi-data"),
        (one, "anime_title", "zh", "海之歌", True, "curated", "bangumi-data"),
        (one, "anime_title", "zh", "大海之歌", False, "curated", "anilist-chinese"),
        (two, "tag_general", "en", "umbrella", True, "curated", "danbooru"),
        (two, "tag_general", "ja", "傘", True, "machine", "booru-japanese-tag"),
        (three, "word_noun", "en", "wash", True, "community", "wiktionary"),
        (three, "word_noun", "ja", "洗う", True, "community", "wiktionary"),
        (four, "emoji", "en", "horse", True, "curated", "cldr"),
        (four, "emoji", "en", "face", False, "curated", "cldr"),
        (four, "emoji", "ja", "馬", True, "curated", "cldr"),
        (aside, "anime_title", "en", "Kept Aside", True, "curated", "bangumi-data"),
        (aside, "anime_title", "zh", "留出", True, "curated", "bangumi-data"),
    ]
    columns = ["entity_id", "kind", "lang", "text", "is_main", "quality", "source"]
    pl.DataFrame(rows, schema=columns, orient="row").write_parquet(path)
    return path


def test_tables_of_names_leave_out_what_was_not_chosen_and_say_how_much(tmp_path: Path) -> None:
    table = names_table(tmp_path / "names.parquet")
    plain = read_pairs(table)
    assert told(plain) == {
        ("zh-en", "海之歌", "Sea Song"),
        ("zh-en", "大海之歌", "Sea Song"),
        ("en-ja", "horse", "馬"),
    }
    assert {p.source for p in plain.pairs} == {"bangumi-data", "anilist-chinese + bangumi-data", "cldr"}
    assert set(plain.report.licences) == {"bangumi-data", "anilist-chinese", "cldr"}
    assert left_out(plain) == {
        "names of things that measure encoders (validation and test)": 2,
        "words under a share-alike licence": 2,
        "translations by a machine": 1,
        "keywords of emoji, which many share": 1,
        "names of things that are named in one language": 1,
    }
    full = read_pairs(table, choices=Choices(machine=True, share_alike=True, keywords=True, measured=True))
    added = {
        ("en-ja", "umbrella", "傘"),
        ("en-ja", "wash", "洗う"),
        ("en-ja", "face", "馬"),
        ("zh-en", "留出", "Kept Aside"),
    }
    assert told(full) == told(plain) | added and left_out(full) == {}


def test_things_with_labels_and_glossaries_and_plain_pairs(tmp_path: Path) -> None:
    (tmp_path / "things.tsv").write_text(
        "id\tlanguage\tlabel\tdescription\nQ1\ten\tshrine\ta holy place\nQ1\tzh_TW\t神宮\t\nQ1\tko\t신사\t\n\ten\tx\t\n"
    )
    rows = [("night", "en", "night", True), ("night", "ja", "夜", True), ("night", "fr", "nuit", True)]
    pl.DataFrame(rows, schema=["concept", "lang", "text", "is_main"], orient="row").write_parquet(
        tmp_path / "g.parquet"
    )
    (tmp_path / "mine.tsv").write_text(
        "sub_type\ta\tb\tlang_a\tlang_b\nzh-en\tsea\t海\ten\tzh\nzh-en\tx\ty\tfr\tde\nwhat\tx\ty\ten\ten\n"
    )
    reading = read_pairs(tmp_path)
    assert told(reading) == {
        ("zh-en", "神宮", "shrine"),
        ("name-introduction", "shrine", "a holy place"),
        ("en-ja", "night", "夜"),
        ("zh-en", "海", "sea"),  # given the other way round
    }
    assert {s.format: s.broken for s in reading.report.sources} == {"glossary": 0, "pairs": 2, "things": 1}


@pytest.mark.parametrize(
    ("text", "lang"),
    [("Naruto", "en"), ("Bōken 2!", "en"), ("ナルト", "ja"), ("進撃の巨人", "ja"), ("进击", "zh"), ("気分", "ja"),
     ("山", "han"), ("東京", "han"), ("Füße", ""), ("나루토", ""), ("123 !", ""), ("", "")],
)  # fmt: skip
def test_letters_tell_the_language(text: str, lang: str) -> None:
    assert language_of(text) == lang
