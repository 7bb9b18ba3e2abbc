"""Pairs of texts that mean the same or belong together: the seven sub-types of the paper's Table 1, and readers."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from itertools import combinations
from pathlib import Path

import polars as pl

from umair.errors import TrainingError
from umair.library.atomic import write_text

MULTILINGUAL = ("zh-en", "en-ja", "ja-zh")
RELATIONS = ("series-character", "character-character")
EXPLANATIONS = ("name-introduction", "setting-meaning")
SUB_TYPES = (*MULTILINGUAL, *RELATIONS, *EXPLANATIONS)
LANGUAGES = ("en", "ja", "zh")


@dataclass(frozen=True)
class TextPair:
    """Two texts that training brings together. `source` says where the pair comes from, for the model card."""

    sub_type: str
    a: str
    b: str
    lang_a: str
    lang_b: str
    source: str = ""

    def __post_init__(self) -> None:
        if self.sub_type not in SUB_TYPES:
            raise TrainingError(f"{self.sub_type!r} is no sub-type of pairs. Expected one of {', '.join(SUB_TYPES)}.")
        if not self.a.strip() or not self.b.strip():
            raise TrainingError(
                f"A {self.sub_type} pair has an empty text: {self.a!r}, {self.b!r}. Fill in or drop it."
            )


COLUMNS = tuple(f.name for f in fields(TextPair))


def unique(pairs: Iterable[TextPair]) -> list[TextPair]:
    """The pairs without those of two equal texts and without repeats (in either direction), in their order."""
    seen: set[frozenset[str]] = set()
    kept = []
    for pair in pairs:
        texts = frozenset((pair.a.casefold(), pair.b.casefold()))
        if len(texts) == 2 and texts not in seen:
            seen.add(texts)
            kept.append(pair)
    return kept


def read_tsv(path: Path) -> list[TextPair]:
    """Pairs from a table with tabs and the header `sub_type a b lang_a lang_b source` (source may be absent)."""
    rows = _rows(path, COLUMNS[:-1])
    return unique(_pair(path, line, {name: row.get(name) or "" for name in COLUMNS}) for line, row in rows)


def write_tsv(path: Path, pairs: Sequence[TextPair]) -> None:
    """Write pairs so that `read_tsv` reads them again."""
    lines = ["\t".join(COLUMNS), *("\t".join(_plain(v) for v in astuple(p)) for p in pairs)]
    write_text(path, "\n".join(lines) + "\n")


def read_wikidata(path: Path) -> list[TextPair]:
    """Pairs from a table with tabs and the header `id language label description`, one row a language of a thing.

    Labels of one thing in two languages are a multilingual pair; a label and its description explain each other.
    Languages are told by their first two letters (zh-hans is zh); others than en, ja, zh are passed over.
    """
    names: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    told: list[TextPair] = []
    for _, row in _rows(path, ("id", "language", "label")):
        lang, label, description = (
            row["language"][:2].lower(),
            row["label"].strip(),
            (row.get("description") or "").strip(),
        )
        if lang not in LANGUAGES or not label:
            continue
        names[row["id"]][lang].append(label)
        if description:
            told.append(TextPair("name-introduction", label, description, lang, lang, path.name))
    return unique([*(p for own in names.values() for p in across(own, path.name)), *told])


def read_glossary(path: Path) -> list[TextPair]:
    """Multilingual pairs from a glossary table (Parquet: concept, lang, text, is_main), a library's own for one."""
    table = pl.read_parquet(path, columns=["concept", "lang", "text", "is_main"]).sort(
        "is_main", descending=True, maintain_order=True
    )
    names: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for concept, lang, text, _ in table.iter_rows():
        if lang in LANGUAGES:
            names[concept][lang].append(text)
    return unique(p for concept in sorted(names) for p in across(names[concept], path.name))


def across(names: Mapping[str, Sequence[str]], source: str) -> Iterator[TextPair]:
    """Multilingual pairs of one thing: `names` gives its spellings by language, the main one first.

    Each spelling meets the main one of each other language; two side spellings do not meet.
    """
    for first, second in combinations(LANGUAGES, 2):
        for n, a in enumerate(names.get(first, ())):
            for m, b in enumerate(names.get(second, ())):
                if n == 0 or m == 0:
                    yield multilingual(a, first, b, second, source)


def multilingual(a: str, lang_a: str, b: str, lang_b: str, source: str) -> TextPair:
    """The pair under the sub-type of its two languages, whichever way round they are given."""
    for sub_type in MULTILINGUAL:
        if sub_type == f"{lang_a}-{lang_b}":
            return TextPair(sub_type, a, b, lang_a, lang_b, source)
        if sub_type == f"{lang_b}-{lang_a}":
            return TextPair(sub_type, b, a, lang_b, lang_a, source)
    raise TrainingError(f"No pairs between {lang_a!r} and {lang_b!r}; there are {', '.join(MULTILINGUAL)}.")


def _rows(path: Path, needed: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """(line number, row) of a table with tabs; TrainingError names a missing file or column."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            missing = [name for name in needed if name not in (reader.fieldnames or ())]
            if missing:
                raise TrainingError(
                    f"{path} has no column {', '.join(missing)}; it has {', '.join(reader.fieldnames or ())}. "
                    f"Its first line must name {', '.join(needed)}, with tabs between."
                )
            yield from ((line, {k: v or "" for k, v in row.items() if k}) for line, row in enumerate(reader, 2))
    except (OSError, UnicodeDecodeError) as error:
        raise TrainingError(f"{path} cannot be read as a table in UTF-8 ({error}).") from error


def _pair(path: Path, line: int, values: Mapping[str, str]) -> TextPair:
    try:
        return TextPair(**values)
    except TrainingError as error:
        raise TrainingError(f"{path}, line {line}: {error}") from error


def _plain(value: str) -> str:
    return " ".join(value.split())
