"""Bangumi Archive: the wiki's weekly export, JSON lines in a file a kind (subject.jsonlines is about 1 GB: streamed).

Read together: subjects, characters and persons give names and introductions; subject-characters and person-relations
say who belongs to which series and to whom. Names of a relation are looked up in the files beside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from umair.encoders.pairs.infobox import box_fields
from umair.encoders.pairs.language import BOTH, language_of
from umair.encoders.pairs.pair import LANGUAGES, TextPair, across
from umair.encoders.pairs.phrases import BANGUMI, SAME_SERIES, SERIES, Phrase
from umair.encoders.pairs.tally import Choices, Tally, json_lines, number_of, text_of

SOURCE = "bangumi-archive"
SUBJECT, CHARACTER, PERSON = "subject", "character", "person"
CAST, BONDS = "subject-characters", "person-relations"
NAMED_KINDS = (SUBJECT, CHARACTER, PERSON)
KINDS = (*NAMED_KINDS, CAST, BONDS)
ENDING = ".jsonlines"
DRAWN = (1, 2, 4)  # books (manga), anime and games; not music (3) or live action (6)
MAIN_ROLE, FELLOWS = 1, 4  # of a subject's main characters, how many meet the next one
INTRODUCTION = 300  # letters of a summary that are kept
OF_CHARACTERS = "crt"
ALIASES = "别名"
SAYS = {  # the language of an alias by its key in the box
    **dict.fromkeys(("中文名", "简体中文名", "第二中文名"), "zh"),
    **dict.fromkeys(("日文名", "纯假名"), "ja"),
    **dict.fromkeys(("英文名", "罗马字"), "en"),
}

Names = dict[str, list[str]]


def archive(files: Sequence[Path], tally: Tally, choices: Choices) -> Iterator[TextPair]:
    """Pairs across languages, introductions, series with their characters, and characters with each other."""
    given: dict[str, list[Path]] = defaultdict(list)
    for path in files:
        given[next((kind for _, row in json_lines(path, Tally()) if (kind := kind_of(row))), "")].append(path)
    cast = [row for path in given[CAST] for row in _cast(path, tally)]
    bonds = [row for path in given[BONDS] for row in _bonds(path, tally)]
    wanted = {
        SUBJECT: {subject for subject, _, _ in cast},
        CHARACTER: {c for _, c, _ in cast} | {c for one, other, _ in bonds for c in (one, other)},
        PERSON: set[int](),
    }
    main: dict[str, dict[int, Mapping[str, str]]] = {kind: {} for kind in NAMED_KINDS}
    for kind in NAMED_KINDS:
        beside = {p.with_name(kind + ENDING) for p in [*given[CAST], *given[BONDS]]} if wanted[kind] else set()
        asked = given[kind] or sorted(p for p in beside if p.is_file())
        for number, names, summary in (t for path in asked for t in _things(path, tally if given[kind] else Tally())):
            if number in wanted[kind]:
                main[kind][number] = {lang: own[0] for lang, own in names.items() if own}
            if given[kind]:
                yield from across(names, SOURCE)
                yield from _introduction(names, summary)
    yield from _relations(cast, bonds, main, tally)


def kind_of(row: Mapping[str, object]) -> str:
    """Which file of the export a line is from, by its fields; empty if from none of those that we read."""
    if {"subject_id", "character_id"} <= row.keys() and "person_id" not in row:
        return CAST
    if {"person_type", "related_person_id"} <= row.keys():
        return BONDS
    if {"id", "name", "infobox"} <= row.keys():
        return SUBJECT if "name_cn" in row else CHARACTER if "role" in row else PERSON
    return ""


def _things(path: Path, tally: Tally) -> Iterator[tuple[int, Names, str]]:
    """(id, names by language, summary) of subjects, characters or persons."""
    for line, row in json_lines(path, tally):
        number, name = number_of(row, "id"), text_of(row, "name")
        if number is None or not name:
            tally.broke(path, line, "an entry without id or name")
        elif row.get("nsfw") is True:
            tally.leave_out("entries for adults")
        elif "name_cn" in row and number_of(row, "type") not in DRAWN:
            tally.leave_out("music and live action")
        else:
            yield number, _names(name, row), text_of(row, "summary")


def _names(name: str, row: Mapping[str, object]) -> Names:
    names: Names = defaultdict(list)
    box = row.get("infobox")
    fields = box_fields(box if isinstance(box, str) else "")
    told = [(SAYS.get(key if key in SAYS else inner, ""), key, value) for key, inner, value in fields]
    chinese = [text_of(row, "name_cn"), *(v for lang, key, v in told if lang == "zh" and key != ALIASES)]
    names["zh"] += [t for t in dict.fromkeys(chinese) if t]
    own = language_of(name)
    if own == BOTH:  # written alike in both: Japanese where the Chinese name is another one
        own = "ja" if names["zh"] and name not in names["zh"] else "zh"
    if own:
        names[own] = [name, *(t for t in names[own] if t != name)]
    for lang, key, value in told:
        lang = lang or (language_of(value) if key == ALIASES else "")
        if lang in LANGUAGES and value not in names[lang]:
            names[lang].append(value)
    return names


def _introduction(names: Names, summary: str) -> Iterator[TextPair]:
    lang = language_of(summary)
    lang = "zh" if lang == BOTH else lang
    own = next((code for code in (lang, *LANGUAGES) if names.get(code)), "")
    if lang and own:
        yield TextPair("name-introduction", names[own][0], summary[:INTRODUCTION], own, lang, SOURCE)


def _cast(path: Path, tally: Tally) -> Iterator[tuple[int, int, bool]]:
    """(subject, character, whether a main one)."""
    for line, row in json_lines(path, tally):
        subject, character = number_of(row, "subject_id"), number_of(row, "character_id")
        if subject is None or character is None:
            tally.broke(path, line, "no subject_id or character_id")
        else:
            yield subject, character, number_of(row, "type") == MAIN_ROLE


def _bonds(path: Path, tally: Tally) -> Iterator[tuple[int, int, Phrase]]:
    """(character, who is related, how it is said): the second is the first one's teacher, friend …"""
    for line, row in json_lines(path, tally):
        one, other, how = (number_of(row, n) for n in ("person_id", "related_person_id", "relation_type"))
        if one is None or other is None or how is None:
            tally.broke(path, line, "no person_id, related_person_id or relation_type")
        elif row.get("person_type") != OF_CHARACTERS:
            tally.leave_out("relations of real people")
        elif row.get("spoiler") is True:
            tally.leave_out("relations that spoil a story")
        elif how not in BANGUMI:
            tally.leave_out("relations without a phrase")
        else:
            yield one, other, BANGUMI[how]


def _relations(
    cast: Sequence[tuple[int, int, bool]],
    bonds: Sequence[tuple[int, int, Phrase]],
    main: Mapping[str, Mapping[int, Mapping[str, str]]],
    tally: Tally,
) -> Iterator[TextPair]:
    leads: dict[int, list[int]] = defaultdict(list)
    for subject, character, lead in cast:
        if subject not in main[SUBJECT] or character not in main[CHARACTER]:
            tally.leave_out("relations of entries that are not here")
            continue
        if lead and len(leads[subject]) < FELLOWS:
            leads[subject].append(character)
        yield from _said("series-character", SERIES, main[SUBJECT][subject], main[CHARACTER][character])
    fellows = [(a, b, SAME_SERIES) for own in leads.values() for a, b in pairwise(own)]
    for one, other, phrase in [*bonds, *fellows]:  # a bond that is told goes before a mere common series
        if one in main[CHARACTER] and other in main[CHARACTER]:
            yield from _said("character-character", phrase, main[CHARACTER][one], main[CHARACTER][other])
        else:
            tally.leave_out("relations of entries that are not here")


def _said(sub_type: str, phrase: Phrase, of: Mapping[str, str], who: Mapping[str, str]) -> Iterator[TextPair]:
    """The relation in each language in which both have a name."""
    for lang in LANGUAGES:
        if lang in of and lang in who:
            yield TextPair(sub_type, phrase[lang].format(of[lang]), who[lang], lang, lang, SOURCE)
