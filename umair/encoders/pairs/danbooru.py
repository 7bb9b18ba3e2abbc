"""Danbooru's tags as CSV: aliases, implications, translations, and tagcomplete's table of tags with counts.

No table has a fixed header: `table_of` tells what a file holds by its first rows, and by its name whether tags that
stand in two columns (antecedent_name, consequent_name) are aliases or implications. All files are read together, so
that an alias meets the translation of its tag.
"""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Literal

from umair.encoders.pairs.language import BOTH, language_code, language_of
from umair.encoders.pairs.pair import TextPair, across
from umair.encoders.pairs.phrases import SERIES
from umair.encoders.pairs.tally import Choices, Tally, clean, text_lines

SOURCE = "danbooru"
TAG_HEADS = ("tag", "name", "tag_name", "english", "en")
LANGUAGE_HEADS = ("language_code", "language", "lang")
FROM, TO, STATUS = "antecedent_name", "consequent_name", "status"
SERIES_KIND, CHARACTER_KIND = "3", "4"
KINDS = ("0", "1", "3", "4", "5")
LOOKED_AT = 200  # rows that tell what a table holds
ENOUGH = 0.5  # of them must be of the form
KANA_SHARE = 0.2  # of the translations with kana: the table is Japanese

Held = Literal["alias", "implication", "relation", "tags", "translation"]


@dataclass(frozen=True)
class TagTable:
    """What a file holds. `header`: its column names, if it has them; `lang`: of the translations, if one for all."""

    holds: Held
    header: tuple[str, ...] = ()
    lang: str = ""


def table_of(path: Path) -> TagTable | None:
    """What a CSV of tags holds by its first rows, or None if they are no tags."""
    head = [row for _, row in islice(_rows(path, Tally()), LOOKED_AT)]
    if not head:
        return None
    header = tuple(cell.strip().lower() for cell in head[0])
    if FROM in header and TO in header:
        alias, implication = "alias" in path.name.lower(), "implication" in path.name.lower()
        return TagTable("relation" if alias == implication else "alias" if alias else "implication", header)
    named = len(header) > 1 and header[0] in TAG_HEADS and all(c.isascii() for c in header)
    body = head[1:] if named else head
    if _share(body, lambda row: len(row) in (3, 4) and row[1] in KINDS and row[2].isdigit()) >= ENOUGH:
        return TagTable("tags", header if named else ())
    found = [row for row in body if _foreign(row)]
    plain = [row for row in body if len(row) in (2, 3) and row[0].isascii()]
    if found and len(found) + sum(row[1] in KINDS for row in plain if len(row) == 2) >= ENOUGH * len(body):
        return TagTable("translation", header if named else (), _language(path, header if named else (), found))
    return None


def tag_tables(files: Sequence[Path], tally: Tally, choices: Choices) -> Iterator[TextPair]:
    """Translations as pairs across languages, aliases and implications as the meaning of a word.

    An implication from a character to a series (their kinds are in the table with counts) says who belongs where.
    """
    spelled: dict[str, list[str]] = defaultdict(list)
    translated: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    kinds: dict[str, str] = {}
    implied: list[tuple[str, str]] = []
    for path in files:
        table = table_of(path)
        if table is None:
            tally.broke(path, None, "no tags in it")
            continue
        match table.holds:
            case "alias":
                for alias, tag in _related(path, table, tally):
                    spelled[tag].append(alias)
            case "implication":
                implied += _related(path, table, tally)
            case "tags":
                for tag, kind, aliases in _counted(path, table, tally):
                    kinds[tag] = kind
                    spelled[tag] += aliases
            case "translation":
                for tag, lang, text in _translations(path, table, tally):
                    translated[tag][lang].append(text)
            case "relation":
                tally.broke(path, None, "holds aliases or implications? Put `alias` or `implication` in its name")
    for tag, names in translated.items():
        own = [t for t in spelled.get(tag, ()) if language_of(t) == "en"]
        yield from across({"en": list(dict.fromkeys([tag, *own])), **names}, SOURCE)
    for tag, aliases in spelled.items():
        for alias in dict.fromkeys(aliases):
            lang = language_of(alias)
            if lang in ("ja", "zh"):
                yield from across({"en": [tag], lang: [alias]}, SOURCE, claims=False)
            elif lang == BOTH:
                tally.leave_out("aliases whose letters do not tell the language")
            else:
                yield TextPair("setting-meaning", alias, tag, "en", "en", SOURCE)
    for word, general in implied:
        if (kinds.get(word), kinds.get(general)) == (CHARACTER_KIND, SERIES_KIND):
            yield TextPair("series-character", SERIES["en"].format(general), word, "en", "en", SOURCE)
        else:
            yield TextPair("setting-meaning", word, f"a kind of {general}", "en", "en", SOURCE)


def _rows(path: Path, tally: Tally) -> Iterator[tuple[int, list[str]]]:
    for number, line in text_lines(path, tally):
        try:
            yield number, next(csv.reader([line], strict=True))
        except (csv.Error, StopIteration) as error:
            tally.broke(path, number, f"not a line of CSV ({error})")


def _related(path: Path, table: TagTable, tally: Tally) -> Iterator[tuple[str, str]]:
    """(antecedent, consequent) of the active rows."""
    first, second = table.header.index(FROM), table.header.index(TO)
    status = table.header.index(STATUS) if STATUS in table.header else None
    for number, row in islice(_rows(path, tally), 1, None):
        if len(row) <= max(first, second, status or 0):
            tally.broke(path, number, f"{len(row)} cells, {len(table.header)} expected")
        elif status is not None and row[status].strip().lower() not in ("active", ""):
            tally.leave_out(f"{table.holds} rows that are not active")
        elif (one := _tag(row[first], tally)) and (other := _tag(row[second], tally)):
            yield one, other


def _counted(path: Path, table: TagTable, tally: Tally) -> Iterator[tuple[str, str, list[str]]]:
    """(tag, kind, aliases); an alias that begins with / is a key for typing."""
    for number, row in islice(_rows(path, tally), int(bool(table.header)), None):
        if len(row) < 3 or not row[2].strip().isdigit():
            tally.broke(path, number, "not name, kind, count, aliases")
            continue
        tag = _tag(row[0], tally)
        if tag:
            aliases = [a for a in (row[3].split(",") if len(row) > 3 else ()) if not a.strip().startswith("/")]
            yield tag, row[1].strip(), [a for a in (_tag(alias, tally) for alias in aliases) if a]


def _translations(path: Path, table: TagTable, tally: Tally) -> Iterator[tuple[str, str, str]]:
    """(tag, language, translation); `|` divides several translations."""
    column = next((n for n, name in enumerate(table.header) if name in LANGUAGE_HEADS), None)
    for number, row in islice(_rows(path, tally), int(bool(table.header)), None):
        if len(row) < 2:
            tally.broke(path, number, "not a tag and its translation")
            continue
        place = next((n for n in range(1, len(row)) if n != column and not row[n].strip().isdigit()), None)
        lang = language_code(row[column]) if column is not None and len(row) > column else table.lang
        if place is None or not row[place].strip():
            tally.leave_out("tags without a translation")
        elif not lang or lang == "en":
            tally.leave_out("translations into other languages")
        elif tag := _tag(row[0], tally):
            for text in map(clean, row[place].split("|")):
                if text:
                    yield tag, lang, text


def _tag(cell: str, tally: Tally) -> str:
    """A tag as words; empty if it has no letters (`^_^`)."""
    text = clean(cell.replace("_", " "))
    if text and not any(c.isalnum() for c in text):
        tally.leave_out("tags without letters")
        return ""
    return text


def _language(path: Path, header: Sequence[str], found: Sequence[Sequence[str]]) -> str:
    """By the header, the file's name, else the letters."""
    words = [*header[1:], *re.split(r"[^a-z]+", path.stem.lower())]
    told = next((lang for lang in map(language_code, words) if lang in ("ja", "zh")), "")
    counts = Counter(language_of(cell) for row in found for cell in row[1:] if cell)
    return told or ("ja" if counts["ja"] > KANA_SHARE * len(found) else "zh")


def _foreign(row: Sequence[str]) -> bool:
    return len(row) in (2, 3) and row[0].isascii() and any(language_of(c) in ("ja", "zh", BOTH) for c in row[1:])


def _share(rows: Sequence[Sequence[str]], fits: Callable[[Sequence[str]], bool]) -> float:
    return sum(map(fits, rows)) / len(rows) if rows else 0.0
