"""Content relations: does a character's series, or somebody related, come among its 10 nearest names?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from umair.encoders.names import fold
from umair.encoders.pairs import RELATIONS, TextPair
from umair.experiments.word_retrieval.contenders import Contender

NEAREST = 10
SERIES_OF, RELATED = "series in the 10 nearest", "related in the 10 nearest"
SUB_TYPE = {SERIES_OF: RELATIONS[0], RELATED: RELATIONS[1]}
KIND = {SERIES_OF: "series", RELATED: "character"}


@dataclass(frozen=True)
class Relations:
    """texts (V): main names of a glossary, concept (V): whose; related: measure -> concept -> the concepts sought."""

    texts: tuple[str, ...]
    concept: np.ndarray
    related: dict[str, dict[int, set[int]]]


def read_relations(glossary: Path, pairs: Sequence[TextPair]) -> Relations | None:
    """From a glossary (concept, kind, lang, text, is_main) and its relation pairs; None where they tell of nobody.

    A relation is told of a name in words ("Neon Undertow's character"): whose it is, is the longest name in them.
    """
    table = pl.read_parquet(glossary, columns=["concept", "kind", "lang", "text", "is_main"])
    concepts = {c: n for n, c in enumerate(table["concept"].unique(maintain_order=True))}
    spelled = {fold(text): concepts[c] for c, text in table.select("concept", "text").iter_rows()}
    related: dict[str, dict[int, set[int]]] = {}
    for measure, sub_type in SUB_TYPE.items():
        own = table.filter(pl.col("kind") == KIND[measure])
        names = sorted(
            ((t, concepts[c]) for c, t in own.select("concept", "text").iter_rows()), key=lambda n: -len(n[0])
        )
        found: dict[int, set[int]] = defaultdict(set)
        for pair in pairs:
            if pair.sub_type == sub_type and fold(pair.b) in spelled:
                whose = next((concept for text, concept in names if text in pair.a), None)
                if whose is not None:
                    found[spelled[fold(pair.b)]].add(whose)
        if found:
            related[measure] = dict(found)
    main = table.filter(pl.col("is_main")).unique(["concept", "lang"], keep="first", maintain_order=True)
    of = np.array([concepts[c] for c in main["concept"]])
    return Relations(tuple(main["text"]), of, related) if related else None


def hits(relations: Relations, contender: Contender) -> dict[str, np.ndarray]:
    """measure -> (characters) the share of a character's spellings whose nearest names, its own left out, hold one."""
    answers: dict[str, np.ndarray] = {}
    for measure, related in relations.related.items():
        asked = [n for n, concept in enumerate(relations.concept.tolist()) if concept in related]
        scores = contender.against(relations.texts)([relations.texts[n] for n in asked])
        told: dict[int, list[bool]] = defaultdict(list)
        for row, n in zip(scores, asked, strict=True):
            own = int(relations.concept[n])
            order = np.argsort(-np.where(relations.concept == own, -np.inf, row), kind="stable")[:NEAREST]
            told[own].append(bool(set(relations.concept[order].tolist()) & related[own]))
        answers[measure] = np.array([np.mean(told[c]) for c in sorted(told)])
    return answers
