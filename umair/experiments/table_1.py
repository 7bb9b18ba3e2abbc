"""Table 1: the seven sub-types of text pairs, with examples out of the data at hand and how many there are.

Relations and explanations of the demo's glossary are invented, and said to be.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from umair.encoders.names import fold
from umair.encoders.pairs import EXPLANATIONS, MULTILINGUAL, RELATIONS, SUB_TYPES, TextPair
from umair.encoders.pairs.language import BOTH, language_of
from umair.encoders.pairs.licences import licence, parts
from umair.encoders.pairs.pair import MAIN
from umair.encoders.pairs.reading import counted

DEMO = "demo glossary"
TYPES = {
    **dict.fromkeys(MULTILINGUAL, "Multilingual mappings of domain terms"),
    **dict.fromkeys(RELATIONS, "Relationships between domain entities"),
    **dict.fromkeys(EXPLANATIONS, "Explanations of domain terms"),
}
NAMES = {
    "zh-en": "Chinese-English",
    "en-ja": "English-Japanese",
    "ja-zh": "Japanese-Chinese",
    "series-character": "series-character",
    "character-character": "character-character",
    "name-introduction": "name and its introduction",
    "setting-meaning": "setting and its meaning",
}
EXAMPLES = 3  # of each sub-type
RARE = 0.05  # of a sub-type; a source with fewer pairs gives examples last
SHORT, SHOWN = 24, 150  # letters of a name that is a good example; letters of a text that are shown


@dataclass(frozen=True)
class Example:
    """One pair as it is in the data; `invented` if it comes from the demo."""

    a: str
    b: str
    source: str
    invented: bool


@dataclass(frozen=True)
class Table1Row:
    """A sub-type: its type in the paper, examples of different things, and pairs by source."""

    type: str
    sub_type: str
    examples: tuple[Example, ...]
    pairs: int
    by_source: dict[str, int]


def table_1(pairs: Sequence[TextPair]) -> tuple[Table1Row, ...]:
    """The rows of Table 1. The same pairs give the same examples: of real sources before invented ones, one a source,
    main names before others, no text twice in the table."""
    counts = counted(pairs)
    shown: set[str] = set()
    return tuple(
        Table1Row(TYPES[s], s, _examples([p for p in pairs if p.sub_type == s], shown), sum(own.values()), own)
        for s, own in ((s, counts[s]) for s in SUB_TYPES)
    )


def _examples(pairs: Sequence[TextPair], shown: set[str]) -> tuple[Example, ...]:
    counts = Counter(p.source for p in pairs)
    order = {s: (s == DEMO, counts[s] < RARE * len(pairs), n) for n, s in enumerate(counts)}
    ranked = sorted(pairs, key=_rank)
    chosen: list[TextPair] = []
    used: set[str] = set()
    for fresh_source in (True, False):  # first one of each source, then more of the best
        for source in sorted(order, key=order.__getitem__):
            if fresh_source and used & set(parts(source)):
                continue
            found = next((p for p in ranked if p.source == source and not {fold(p.a), fold(p.b)} & shown), None)
            if found and len(chosen) < EXAMPLES:
                chosen.append(found)
                used |= set(parts(source))
                shown |= {fold(found.a), fold(found.b)}
    while len(chosen) < EXAMPLES:
        found = next((p for p in ranked if not {fold(p.a), fold(p.b)} & shown), None)
        if found is None:
            break
        chosen.append(found)
        shown |= {fold(found.a), fold(found.b)}
    return tuple(Example(p.a, p.b, p.source, p.source == DEMO) for p in chosen)


def _rank(pair: TextPair) -> tuple[bool, bool, bytes]:
    """Main names first, then names that read well, then by a hash: no hand chose them."""
    plain = _plain(pair.a, pair.lang_a) and _plain(pair.b, pair.lang_b)
    digest = hashlib.sha256(f"{pair.a}\t{pair.b}".encode()).digest()
    return pair.note != MAIN, pair.sub_type in MULTILINGUAL and not plain, digest


def _plain(text: str, lang: str) -> bool:
    """A short name in the letters of its language alone."""
    odd = any(c.isdigit() or c == ":" or (lang != "en" and c.isascii() and c.isalpha()) for c in text)
    return 2 <= len(text) <= SHORT and not odd and language_of(text) in (lang, BOTH)


def as_text(rows: Sequence[Table1Row]) -> str:
    """For the terminal."""
    lines: list[str] = []
    for row in rows:
        if not lines or TYPES[row.sub_type] not in lines:
            lines.append(TYPES[row.sub_type])
        lines.append(f"  {NAMES[row.sub_type]}: {row.pairs:,} pairs")
        lines += [f"    {_short(e.a)} ↔ {_short(e.b)}  [{_source(e)}]" for e in row.examples]
        lines.append("    " + (", ".join(f"{s or '(none told)'} {n:,}" for s, n in row.by_source.items()) or "none"))
    return "\n".join(lines)


def as_markdown(rows: Sequence[Table1Row], command: str) -> str:
    """A page with the table, the counts by source, and what the sources ask for."""
    rule = "one a source, main names first, then by a hash"
    lines = ["# Table 1: perspective types of text pairs", "", f"Printed by `{command}`.", ""]
    lines += [
        f"The examples are pairs of these data, chosen by a rule: {rule}. *Invented*: by the demo's glossary.",
        "",
    ]
    lines += ["| Type | Sub-type | Pairs | Example | Source |", "| --- | --- | ---: | --- | --- |"]
    for row in rows:
        heads = (row.type, NAMES[row.sub_type], f"{row.pairs:,}")
        for n, e in enumerate(row.examples or (Example("", "", "none", False),)):
            told = f"{_cell(e.a)} ↔ {_cell(e.b)}" if e.a else ""
            lines.append(f"| {' | '.join(heads if n == 0 else ('', '', ''))} | {told} | {_source(e)} |")
    lines += ["", "## Pairs by source", "", "| Sub-type | Source | Pairs |", "| --- | --- | ---: |"]
    lines += [f"| {NAMES[r.sub_type]} | {s or '(none told)'} | {n:,} |" for r in rows for s, n in r.by_source.items()]
    single = dict.fromkeys(part for r in rows for source in r.by_source for part in parts(source))
    lines += ["", "## Licences", "", *(f"- {source}: {licence(source)}" for source in single), ""]
    return "\n".join(lines)


def _source(example: Example) -> str:
    return f"{example.source}, *invented*" if example.invented else example.source


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1].rstrip()}…"


def _cell(text: str) -> str:
    return _short(text).replace("|", "\\|")
