"""Tables with tabs: pairs as we write them or a person does, and things with labels and descriptions (Wikidata)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from umair.encoders.pairs.language import language_code
from umair.encoders.pairs.pair import COLUMNS, MAIN, MULTILINGUAL, NOTES, SUB_TYPES, TextPair, across, unique
from umair.encoders.pairs.tally import NOTHING_MORE, Choices, Tally, clean, text_lines
from umair.errors import TrainingError
from umair.library.atomic import write_text

NEEDED = ("sub_type", "a", "b", "lang_a", "lang_b")
THINGS = ("id", "language", "label")


def read_tsv(path: Path) -> list[TextPair]:
    """Pairs from a table with tabs and the header `sub_type a b lang_a lang_b source note`; the last two may be absent.

    TrainingError names the first line that is no pair; `read_pairs` goes on instead.
    """
    return unique(pair_table(path, Tally(strict=True)))


def read_wikidata(path: Path) -> list[TextPair]:
    """Pairs from a table with tabs and the header `id language label description`, one row a language of a thing."""
    return unique(things([path], Tally(), NOTHING_MORE))


def write_tsv(path: Path, pairs: Sequence[TextPair]) -> None:
    """Write pairs so that `read_tsv` reads them again."""
    cells = ((p.sub_type, p.a, p.b, p.lang_a, p.lang_b, p.source, p.note) for p in pairs)
    lines = ["\t".join(COLUMNS), *("\t".join(map(clean, row)) for row in cells)]
    write_text(path, "\n".join(lines) + "\n")


def pair_tables(files: Sequence[Path], tally: Tally, choices: Choices) -> Iterator[TextPair]:
    """The pairs of plain tables of pairs."""
    for path in files:
        yield from pair_table(path, tally)


def pair_table(path: Path, tally: Tally) -> Iterator[TextPair]:
    """The pairs of one table. Without a column `note`, each multilingual pair claims to be of main names."""
    for line, row in rows(path, NEEDED, tally):
        told, found = row["sub_type"], (clean(row["a"]), clean(row["b"]), row["lang_a"], row["lang_b"])
        if told not in SUB_TYPES:
            tally.broke(path, line, f"{told!r} is no sub-type of pairs; expected one of {', '.join(SUB_TYPES)}")
            continue
        if not found[0] or not found[1]:
            tally.broke(path, line, f"a {told} pair has an empty text")
            continue
        a, b, lang_a, lang_b = found
        if told in MULTILINGUAL:
            first, second = told.split("-")
            lang_a, lang_b = lang_a or first, lang_b or second
            if (lang_a, lang_b) == (second, first):
                a, b, lang_a, lang_b = b, a, lang_b, lang_a
            elif (lang_a, lang_b) != (first, second):
                tally.broke(path, line, f"a {told} pair is said to be in {lang_a} and {lang_b}")
                continue
        note = row.get("note", MAIN if told in MULTILINGUAL else "")
        yield TextPair(told, a, b, lang_a, lang_b, row.get("source", ""), note if note in NOTES else "")


def things(files: Sequence[Path], tally: Tally, choices: Choices) -> Iterator[TextPair]:
    """Pairs of things with an id: labels of one thing in two languages, and a label with its description.

    Rows are `id language label description`; the first label in a language is the main one.
    """
    for path in files:
        names: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        told: list[TextPair] = []
        for line, row in rows(path, THINGS, tally):
            lang, label, description = language_code(row["language"]), clean(row["label"]), row.get("description", "")
            if not row["id"].strip() or not label:
                tally.broke(path, line, "a row without id or label")
            elif not lang:
                tally.leave_out("labels in other languages")
            else:
                names[row["id"].strip()][lang].append(label)
                if clean(description):
                    told.append(TextPair("name-introduction", label, clean(description), lang, lang, path.name))
        yield from (pair for own in names.values() for pair in across(own, path.name))
        yield from told


def rows(path: Path, needed: Sequence[str], tally: Tally) -> Iterator[tuple[int, Mapping[str, str]]]:
    """(line number, row) of a table with tabs; TrainingError names a missing column."""
    lines = text_lines(path, tally)
    _, first = next(lines, (0, ""))
    header = [name.strip() for name in first.split("\t")]
    missing = [name for name in needed if name not in header]
    if missing:
        raise TrainingError(
            f"{path} has no column {', '.join(missing)}; it has {', '.join(header)}. "
            f"Its first line must name {', '.join(needed)}, with tabs between."
        )
    for number, line in lines:
        cells = line.split("\t")
        if any(cell.strip() for cell in cells[len(header) :]):
            tally.broke(path, number, f"{len(cells)} cells under {len(header)} columns")
            continue
        yield number, dict(zip(header, cells + [""] * (len(header) - len(cells)), strict=False))
