"""What a training may see where names are measured: nothing of a thing that is tested or validated."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from umair.encoders.names import MACHINE, fold, split_names, without_share_alike
from umair.encoders.pairs import MULTILINGUAL, TextPair, across, read_glossary, read_tsv, unique

GLOSSARY, RELATIONS = "glossary.parquet", "relations.tsv"


def pairs_of_names(names: pl.DataFrame, source: str = "names") -> list[TextPair]:
    """Multilingual pairs of each thing's texts, the main names first; machine translations are left out."""
    things: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    rows = names.filter(pl.col("quality") != MACHINE).sort("is_main", descending=True, maintain_order=True)
    for thing, lang, text in rows.select("entity_id", "lang", "text").iter_rows():
        things[thing][lang].append(text)
    return unique(p for thing in sorted(things) for p in across(things[thing], source))


def world_pairs(folder: Path) -> list[TextPair]:
    """The pairs that a library brings: its glossary, relations and explanations (the demo's, for one)."""
    return read_glossary(folder / GLOSSARY) + read_tsv(folder / RELATIONS)


def held_out_texts(names: pl.DataFrame) -> set[str]:
    """Folded texts of all things of the test and validation part."""
    parts = split_names(names)
    return {fold(text) for part in ("test", "validation") for text in parts[part]["text"]}


def unseen_only(pairs: Sequence[TextPair], held_out: set[str]) -> list[TextPair]:
    """The pairs that translate no text of a held-out thing."""
    return [p for p in pairs if p.sub_type not in MULTILINGUAL or not ({fold(p.a), fold(p.b)} & held_out)]


def taught_pairs(names: pl.DataFrame, world: Path) -> list[TextPair]:
    """What an encoder for this measure learns from: a library's own pairs, then the train part, words left out.

    Words are left out as they are from what ships (their licence is share-alike).
    """
    own = pairs_of_names(without_share_alike(split_names(names)["train"]))
    return unique([*unseen_only(world_pairs(world), held_out_texts(names)), *own])
