"""The JSON formats give the pairs that their files say (small invented ones); the content tells the format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from pair_files import document, left_out, lines, told

from umair.encoders.pairs import Choices, read_pairs
from umair.encoders.pairs.infobox import box_fields

ANIME = {
    "sources": [],
    "title": "Kumo no Machi",
    "type": "TV",
    "synonyms": ["雲の町", "Cloud Town", "云之镇", "Wolkenstädtchen", "東京"],
}
META = {"license": {"name": "Some licence", "url": "https://example.org"}, "repository": "r"}


@pytest.mark.parametrize(
    "write",
    [
        lambda path: document(path, {**META, "data": [ANIME, {"synonyms": []}]}),
        lambda path: document(path, {**META, "data": [ANIME, {"synonyms": []}]}, indent=2),
        lambda path: lines(path, [META, ANIME, {"title": 3, "synonyms": []}]),
    ],
    ids=["minified", "indented", "lines"],
)
def test_anime_offline_database(write: Callable[[Path], Path], tmp_path: Path) -> None:
    reading = read_pairs(write(tmp_path / "anime.json"))
    assert told(reading) == {
        ("en-ja", "Kumo no Machi", "雲の町"),
        ("en-ja", "Cloud Town", "雲の町"),
        ("zh-en", "云之镇", "Kumo no Machi"),
        ("zh-en", "云之镇", "Cloud Town"),
        ("ja-zh", "雲の町", "云之镇"),
    }
    assert left_out(reading) == {"titles whose letters do not tell the language": 2}  # German, and 東京 is both
    assert all(p.note == "" and p.source == "anime-offline-database" for p in reading.pairs)
    assert reading.report.licences["anime-offline-database"].startswith("Some licence")
    assert sum(s.broken for s in reading.report.sources) == 1


def test_bangumi_data_whole_and_a_month(tmp_path: Path) -> None:
    item = {
        "title": "風の庭",
        "lang": "ja",
        "titleTranslate": {
            "zh-Hans": ["风之庭", "风的庭院"],
            "zh-Hant": ["風之庭"],
            "en": ["Garden of Wind"],
            "ko": ["바람"],
        },
    }
    whole = read_pairs(document(tmp_path / "data.json", {"siteMeta": {}, "items": [item, {"title": ""}]}))
    month = read_pairs(document(tmp_path / "04.json", [item], indent=2))
    assert told(whole) == told(month) >= {("zh-en", "风之庭", "Garden of Wind"), ("ja-zh", "風の庭", "風之庭")}
    notes = {(p.a, p.b): p.note for p in whole.pairs}
    assert notes["风之庭", "Garden of Wind"] == "main" and notes["風の庭", "風之庭"] == ""
    assert left_out(whole) == {"titles in other languages": 1} and whole.report.sources[0].broken == 1
    assert whole.report.licences == {"bangumi-data": "CC BY 4.0; Source: bangumi-data"}


def test_bangumi_box_text() -> None:
    aliases = "|别名={\r\n[英文名|Lin Feng]\r\n[阿风]\r\n[纯假名|]\r\n}"
    wiki = f"{{{{Infobox Crt\r\n|简体中文名= 林风\r\n{aliases}\r\n|性别= 女\r\nnoise\r\n}}}}"
    assert list(box_fields(wiki)) == [
        ("简体中文名", "", "林风"),
        ("别名", "英文名", "Lin Feng"),
        ("别名", "", "阿风"),
        ("性别", "", "女"),
    ]


def archive(folder: Path) -> dict[str, Path]:
    def box(**fields: str) -> str:
        return "{{Infobox\r\n" + "".join(f"|{k}={v}\r\n" for k, v in fields.items()) + "}}"

    subjects = [
        {"id": 1, "type": 2, "name": "星の砂", "name_cn": "星之砂", "infobox": box(别名="{\r\n[英文名|Star Sand]\r\n}"),
         "summary": "两个孩子寻找星星的故事。", "nsfw": False},
        {"id": 2, "type": 3, "name": "歌", "name_cn": "歌曲", "infobox": "", "summary": "", "nsfw": False},
        {"id": 3, "type": 2, "name": "夜の", "name_cn": "夜之", "infobox": "", "summary": "", "nsfw": True},
    ]  # fmt: skip
    people = [
        (10, "ミナ", box(简体中文名="米娜", 别名="{\r\n[罗马字|Mina]\r\n}"), "星を見る少女。"),
        (11, "トオル", box(简体中文名="彻", 别名="{\r\n[英文名|Toru]\r\n}"), ""),
        (12, "老师傅", box(别名="{\r\n[英文名|Old Master]\r\n}"), ""),
    ]
    characters = [{"id": n, "role": 1, "name": m, "infobox": b, "summary": s} for n, m, b, s in people]
    cast = [
        {"character_id": c, "subject_id": s, "type": 1 if c < 12 else 2, "order": 0}
        for s, c in ((1, 10), (1, 11), (1, 12), (9, 10))
    ]
    bonds = [
        {"person_type": "crt", "person_id": 10, "related_person_id": 12, "relation_type": 2011, "spoiler": False},
        {"person_type": "crt", "person_id": 11, "related_person_id": 12, "relation_type": 2002, "spoiler": True},
        {"person_type": "prsn", "person_id": 1, "related_person_id": 2, "relation_type": 1001, "spoiler": False},
    ]
    persons = [
        {
            "id": 5,
            "name": "山口ひかり",
            "type": 1,
            "career": ["seiyu"],
            "infobox": box(简体中文名="山口光"),
            "summary": "",
        }
    ]
    named = {
        "subject": subjects,
        "character": characters,
        "person": persons,
        "subject-characters": cast,
        "person-relations": bonds,
    }
    return {name: lines(folder / f"{name}.jsonlines", rows) for name, rows in named.items()}


def test_bangumi_archive(tmp_path: Path) -> None:
    archive(tmp_path)
    (tmp_path / "episode.jsonlines").write_text('{"id": 1, "name_cn": "x", "subject_id": 1}\n')
    reading = read_pairs(tmp_path)
    assert told(reading) >= {
        ("ja-zh", "星の砂", "星之砂"),
        ("zh-en", "星之砂", "Star Sand"),
        ("ja-zh", "山口ひかり", "山口光"),
        ("zh-en", "老师傅", "Old Master"),
        ("name-introduction", "星之砂", "两个孩子寻找星星的故事。"),
        ("name-introduction", "ミナ", "星を見る少女。"),
        ("series-character", "Star Sand's character", "Toru"),
        ("series-character", "星の砂の登場人物", "ミナ"),
        ("series-character", "星之砂的角色", "老师傅"),
        ("character-character", "Mina's teacher", "Old Master"),  # who is related is the first one's teacher
        ("character-character", "米娜的老师", "老师傅"),
        ("character-character", "in the same series as Mina", "Toru"),
    }
    texts = {t for p in reading.pairs for t in (p.a, p.b)}
    assert texts.isdisjoint({"歌", "歌曲", "夜の", "夜之", "Toru's friend", "in the same series as Toru"})
    assert left_out(reading) == {
        "music and live action": 1,
        "entries for adults": 1,
        "relations that spoil a story": 1,
        "relations of real people": 1,
        "relations of entries that are not here": 1,
    }
    assert [Path(p).name for p in reading.report.passed_over] == ["episode.jsonlines"]


def test_relations_of_the_archive_find_the_names_beside_them(tmp_path: Path) -> None:
    files = archive(tmp_path)
    alone = read_pairs(files["subject-characters"])
    assert {p.sub_type for p in alone.pairs} == {"series-character", "character-character"}
    other = files["subject-characters"].rename(tmp_path / "who is where.txt")  # told by what it holds
    assert told(read_pairs(other)) == told(alone)


def cldr(folder: Path, root: str, lang: str, signs: Mapping[str, object]) -> Path:
    content = {root: {"identity": {"language": lang.split("-")[0]}, "annotations": signs}}
    return document(folder / root / lang / "annotations.json", content, indent=2)


def test_cldr_annotations(tmp_path: Path) -> None:
    cldr(
        tmp_path,
        "annotations",
        "en",
        {"🐈": {"default": ["cat", "pet"], "tts": ["cat"]}, "→": {"tts": ["right arrow"]}},
    )
    cldr(tmp_path, "annotations", "ja", {"🐈": {"default": ["ねこ", "ペット"], "tts": ["ネコ"]}})
    cldr(tmp_path, "annotations", "zh-Hant", {"🐈": {"default": ["寵物"], "tts": ["貓"]}})
    cldr(tmp_path, "annotations", "zh", {"🐈": {"default": ["宠物"], "tts": ["猫"]}})
    cldr(tmp_path, "annotations", "de", {"🐈": {"default": ["Katze"], "tts": ["Katze"]}})
    cldr(
        tmp_path,
        "annotationsDerived",
        "en",
        {"👋🏻": {"tts": ["waving hand: light skin tone"]}, "👨‍🌾": {"tts": ["man farmer"]}},
    )
    cldr(tmp_path, "annotationsDerived", "ja", {"👨‍🌾": {"tts": ["農家の男性"]}})
    reading = read_pairs(tmp_path)
    assert told(reading) == {
        ("en-ja", "cat", "ネコ"),
        ("zh-en", "猫", "cat"),
        ("zh-en", "貓", "cat"),
        ("ja-zh", "ネコ", "猫"),
        ("ja-zh", "ネコ", "貓"),
        ("en-ja", "man farmer", "農家の男性"),
    }
    assert {p.note for p in reading.pairs if p.b == "貓" or p.a == "貓"} == {
        ""
    }  # the plain Chinese name is the main one
    assert left_out(reading) == {
        "files in other languages": 1,
        "emoji of another skin tone": 1,
        "keywords of emoji, which many share": 6,
    }
    more = told(read_pairs(tmp_path, choices=Choices(keywords=True)))
    assert ("en-ja", "pet", "ネコ") in more and ("en-ja", "pet", "ペット") not in more
