"""Parquet tables: a library's glossary, and tables of names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path

import polars as pl

from umair.encoders.names import MACHINE, SKIN_TONE, read_names, split_names, without_share_alike
from umair.encoders.pairs.pair import LANGUAGES, MAIN, TextPair, across, multilingual, unique
from umair.encoders.pairs.tally import NOTHING_MORE, Choices, Tally, clean
from umair.errors import TrainingError

GLOSSARY = ("concept", "lang", "text", "is_main")
NAMES = ("entity_id", "kind", "lang", "text")


def read_glossary(path: Path) -> list[TextPair]:
    """Multilingual pairs from a glossary table (Parquet: concept, lang, text, is_main), a library's own for one."""
    return unique(glossaries([path], Tally(strict=True), NOTHING_MORE))


def glossaries(files: Sequence[Path], tally: Tally, choices: Choices) -> Iterator[TextPair]:
    """Pairs across languages of every concept, the main spelling first."""
    for path in files:
        table = _read(path, tally)
        if table is None:
            continue
        names: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for concept, lang, text, _ in table.sort("is_main", descending=True, maintain_order=True).iter_rows():
            if lang not in LANGUAGES:
                tally.leave_out("names in other languages")
            elif concept and text and clean(text):
                names[concept][lang].append(clean(text))
        for concept in sorted(names):
            yield from across(names[concept], path.name)


def tables_of_names(files: Sequence[Path], tally: Tally, choices: Choices) -> Iterator[TextPair]:
    """Pairs across languages of every thing in tables of names, left out what `choices` does not name.

    The source of a pair is that of its texts, both where they differ.
    """
    tables = []
    for path in files:
        try:
            tables.append(read_names(path))
        except (TrainingError, OSError, pl.exceptions.PolarsError) as error:
            tally.broke(path, None, f"not a table of names ({error})")
    if not tables:
        return
    named: dict[str, dict[str, list[tuple[str, str]]]] = defaultdict(lambda: defaultdict(list))
    for entity, lang, text, source in _chosen(pl.concat(tables), tally, choices).iter_rows():
        if clean(text):
            named[entity][lang].append((clean(text), source))
    for names in named.values():
        for first, second in combinations(LANGUAGES, 2):
            for n, (a, source_a) in enumerate(names.get(first, ())):
                for m, (b, source_b) in enumerate(names.get(second, ())):
                    if n == 0 or m == 0:
                        source = source_a if source_a == source_b else " + ".join(sorted((source_a, source_b)))
                        yield multilingual(a, first, b, second, source, MAIN if n == m == 0 else "")


def _chosen(names: pl.DataFrame, tally: Tally, choices: Choices) -> pl.DataFrame:
    """entity_id, lang, text, source of the rows that may become pairs, the main names first."""
    steps = [
        ("names of things that measure encoders (validation and test)", choices.measured, _train),
        ("words under a share-alike licence", choices.share_alike, without_share_alike),
        ("translations by a machine", choices.machine, lambda t: t.filter(pl.col("quality") != MACHINE)),
        ("emoji of another skin tone", False, lambda t: t.filter(~pl.col("entity_id").str.contains(SKIN_TONE.pattern))),
        (
            "keywords of emoji, which many share",
            choices.keywords,
            lambda t: t.filter((pl.col("kind") != "emoji") | pl.col("is_main")),
        ),
        (
            "names of things that are named in one language",
            False,
            lambda t: t.filter(pl.col("lang").n_unique().over("entity_id") > 1),
        ),
    ]
    for told, taken, keep in steps:
        if not taken:
            kept = keep(names)
            tally.leave_out(told, len(names) - len(kept))
            names = kept
    ordered = names.sort("is_main", descending=True, maintain_order=True)
    return ordered.select("entity_id", "lang", "text", "source")


def _train(names: pl.DataFrame) -> pl.DataFrame:
    return split_names(names)["train"]


def _read(path: Path, tally: Tally) -> pl.DataFrame | None:
    try:
        table = pl.read_parquet(path, columns=list(GLOSSARY))
        return table.select(pl.col(c).cast(pl.Boolean if c == "is_main" else pl.String) for c in GLOSSARY)
    except (OSError, pl.exceptions.PolarsError) as error:
        tally.broke(path, None, f"not a glossary with {', '.join(GLOSSARY)} ({error})")
        return None
