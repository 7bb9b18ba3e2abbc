"""The demo's concepts with their names in English, Japanese and Chinese, and what they have to do with each other.

Words lie in `words/*.tsv`; people and series come from the cast. `write_glossary` leaves the tables that the software
reads in the demo library: glossary.parquet (names) and relations.tsv (the pairs of Table 1 beyond translation).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polars as pl

from umair.demo.cast.model import Bond, Member, Series
from umair.demo.cast.registry import MEMBERS, SERIES
from umair.library.atomic import write_parquet, write_text

WORDS = Path(__file__).parent / "words"
MEANINGS = "meanings.tsv"
LANGUAGES = ("en", "ja", "zh")
NAMES_FILE, RELATIONS_FILE = "glossary.parquet", "relations.tsv"

SERIES_PHRASE = {"en": "{}'s character", "ja": "{}の登場人物", "zh": "{}的角色"}
BOND_PHRASES: dict[Bond, dict[str, str]] = {
    "friend": {"en": "{}'s friend", "ja": "{}の友達", "zh": "{}的朋友"},
    "rival": {"en": "{}'s rival", "ja": "{}のライバル", "zh": "{}的对手"},
    "sibling": {"en": "{}'s sibling", "ja": "{}のきょうだい", "zh": "{}的兄弟姐妹"},
    "teacher": {"en": "{}'s teacher", "ja": "{}の師匠", "zh": "{}的老师"},
    "pupil": {"en": "{}'s pupil", "ja": "{}の弟子", "zh": "{}的徒弟"},
    "parent": {"en": "{}'s parent", "ja": "{}の親", "zh": "{}的父母"},
    "child": {"en": "{}'s child", "ja": "{}の子", "zh": "{}的孩子"},
}


@dataclass(frozen=True)
class Concept:
    """One thing with its spellings by language, the main one first; `meaning` explains it where it is set."""

    key: str
    kind: str  # character, series, setting, outfit, hair, mood, technique …
    names: Mapping[str, tuple[str, ...]]
    meaning: Mapping[str, str]

    def main(self, lang: str) -> str:
        return self.names[lang][0]


@dataclass(frozen=True)
class Told:
    """A pair of texts in one language beyond translation: relation or explanation, under its sub-type of Table 1."""

    sub_type: str
    a: str
    b: str
    lang: str


@cache
def glossary() -> dict[str, Concept]:
    """Every concept by key, words first, then series and people ("series/…", "character/…")."""
    meanings = {row["concept"]: {lang: row[lang] for lang in LANGUAGES} for row in _rows(WORDS / MEANINGS)}
    concepts = [
        Concept(
            row["concept"],
            row["kind"],
            {lang: _split(row[lang]) for lang in LANGUAGES},
            meanings.get(row["concept"], {}),
        )
        for file in sorted(WORDS.glob("*.tsv"))
        if file.name != MEANINGS
        for row in _rows(file)
    ]
    taken = {name.casefold() for c in concepts for lang in LANGUAGES for name in c.names[lang]}
    concepts += [_series(s) for s in SERIES.values()] + [_member(m, taken) for m in MEMBERS.values()]
    return {c.key: c for c in concepts}


def told() -> Iterator[Told]:
    """Relations and explanations, in three languages each."""
    for member in MEMBERS.values():
        own, home = glossary()[f"character/{member.key}"], glossary()[f"series/{member.series}"]
        for lang in LANGUAGES:
            yield Told("series-character", SERIES_PHRASE[lang].format(home.main(lang)), own.main(lang), lang)
            for relation in member.relations:  # member is `to`'s bond: "Jin's sibling" is Chidori
                other = glossary()[f"character/{relation.to}"]
                phrase = BOND_PHRASES[relation.bond][lang].format(other.main(lang))
                yield Told("character-character", phrase, own.main(lang), lang)
    for concept in glossary().values():
        named = concept.kind in ("series", "character")
        for lang, text in concept.meaning.items():
            yield Told("name-introduction" if named else "setting-meaning", concept.main(lang), text, lang)


def names_table() -> pl.DataFrame:
    """concept, kind, lang, text, is_main: one row a spelling."""
    rows = [
        (c.key, c.kind, lang, text, n == 0)
        for c in glossary().values()
        for lang in LANGUAGES
        for n, text in enumerate(c.names[lang])
    ]
    return pl.DataFrame(rows, schema=["concept", "kind", "lang", "text", "is_main"], orient="row")


def write_glossary(folder: Path) -> None:
    """Leave both tables in a library's folder."""
    write_parquet(folder / NAMES_FILE, names_table())
    lines = ["sub_type\ta\tb\tlang_a\tlang_b\tsource"]
    lines += [f"{t.sub_type}\t{t.a}\t{t.b}\t{t.lang}\t{t.lang}\tdemo glossary" for t in told()]
    write_text(folder / RELATIONS_FILE, "\n".join(lines) + "\n")


def _series(series: Series) -> Concept:
    english = (series.name_en, *([series.name_en[4:]] if series.name_en.startswith("The ") else []))
    names = {"en": english, "ja": (series.name_ja,), "zh": (series.name_zh,)}
    meaning = {"en": series.introduction, "ja": series.introduction_ja, "zh": series.introduction_zh}
    return Concept(f"series/{series.key}", "series", names, meaning)


def _member(member: Member, taken: Set[str]) -> Concept:
    """A person under full and given name; not under one that is a word already (はな is a flower before it is Hana)."""
    given, _, family = member.name_en.partition(" ")
    english = [member.name_en, given, *([f"{family} {given}"] if family else [])]
    kana = re.search(r"[ァ-ヺー]+$", member.name_ja.partition("・")[0])
    spoken = kana.group() if kana else member.name_ja.partition("・")[0]
    japanese = [member.name_ja, spoken, _hiragana(spoken)]
    chinese = [member.name_zh, member.name_zh.partition("·")[0]]
    names = {
        lang: tuple(dict.fromkeys(name for name in own if name.casefold() not in taken))
        for lang, own in zip(LANGUAGES, (english, japanese, chinese), strict=True)
    }
    meaning = {"en": member.introduction, "ja": member.introduction_ja, "zh": member.introduction_zh}
    return Concept(f"character/{member.key}", "character", names, meaning)


def _hiragana(kana: str) -> str:
    return "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in kana)


def _split(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text.strip() for text in cell.split(";") if text.strip()))


def _rows(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
