"""Is each perspective of Table 1 worth it? Trainings that leave one out, measured beside the one with all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from umair.encoders.names import split_names, without_share_alike
from umair.encoders.pairs import SUB_TYPES, unique
from umair.encoders.text import TextEncoder
from umair.experiments.comparison.bootstrap import Difference, Interval, difference, interval, over_seeds, user_weights
from umair.experiments.word_retrieval.contenders import Contender, EncoderContender
from umair.experiments.word_retrieval.measure import asked_things
from umair.experiments.word_retrieval.questions import DIRECTIONS, NAMES, WORDS, Questions, ask
from umair.experiments.word_retrieval.ranks import MEASURES, RESAMPLES, ranked, sums
from umair.experiments.word_retrieval.relations_found import Relations, hits, read_relations
from umair.experiments.word_retrieval.taught import (
    GLOSSARY,
    held_out_texts,
    pairs_of_names,
    unseen_only,
    world_pairs,
)
from umair.experiments.word_retrieval.together import JACCARD, PMI, Cooccurrence
from umair.experiments.word_retrieval.trainings import EVERY, Taught, Variant, trained, variants
from umair.library.store import Library

Drawn = dict[str, np.ndarray]  # measure -> (1 + B): the value, then its resamples


@dataclass(frozen=True)
class Perspective:
    """One training: each measure's mean, and what all perspectives have more (None for themselves)."""

    variant: str
    pairs: int
    measures: dict[str, Interval]
    lost: dict[str, Difference]


@dataclass(frozen=True)
class Perspectives:
    """What `words perspectives` prints. pairs: by sub-type; told: pairs told in every training."""

    library: str
    synthetic: bool
    pairs: dict[str, int]
    told: int
    seeds: int
    rows: tuple[Perspective, ...]


@dataclass(frozen=True)
class Bench:
    """All that a trained encoder is measured by."""

    questions: dict[str, list[Questions]]  # measure's name -> six directions
    together: Cooccurrence | None
    relations: Relations | None

    def drawn(self, contender: Contender) -> Drawn:
        """Every measure with its resamples, the same for every contender."""
        found: Drawn = {}
        for name, asked in self.questions.items():
            own = sums([ranked(contender, q) for q in asked], sorted({t for q in asked for t in q.things}))
            things = own.asked.shape[1]
            weights = np.concatenate([np.ones((1, things), np.float32), user_weights(things, RESAMPLES)])
            means = own.means(weights)
            found |= {f"{name} {m}": means[:, n] for n, m in enumerate(MEASURES) if m != "MRR"}
        if self.together is not None:
            each = self.together.correlations(contender)
            found |= {f"Spearman, {k.split(',')[0]}": v for k, v in each.items() if k in (JACCARD, PMI)}
        if self.relations is not None:
            for name, values in hits(self.relations, contender).items():
                weights = np.concatenate([np.ones((1, len(values))), user_weights(len(values), RESAMPLES)])
                found[name] = weights @ values / weights.sum(1)
        return found


def perspectives(
    names: pl.DataFrame,
    library: Library,
    work: Path,
    passes: int,
    seeds: int = 1,
    only: Sequence[str] = (),
    told: Callable[[str], None] = lambda words: None,
) -> Perspectives:
    """Train and measure; finished trainings in `work` are not done again. only: names of variants, all if empty."""
    taught = to_teach(names, library.path, passes)
    bench = bench_of(names, library)
    chosen = [v for v in variants() if not only or v.name in only or v.name == EVERY]
    rows: list[Perspective] = []
    first: list[Drawn] = []
    for variant in chosen:
        each = []
        for seed in range(seeds):
            told(f"{variant.name}, seed {seed}: training, or as it is kept")
            encoder = TextEncoder.load(trained(variant, taught, seed, work))
            each.append(bench.drawn(EncoderContender(variant.name, encoder)))
        first = first or each
        rows.append(_row(variant, len(variant.of([*taught.world, *taught.tables])), each, first))
        told(", ".join(f"{m} {v.mean:.3f}" for m, v in rows[-1].measures.items()))
    every = [*taught.world, *taught.tables]
    counts = {s: sum(p.sub_type == s for p in every) for s in SUB_TYPES}
    info = library.info
    return Perspectives(info.name, info.synthetic, counts, taught.budget(), seeds, tuple(rows))


def to_teach(names: pl.DataFrame, world: Path, passes: int) -> Taught:
    """A library's own pairs and the train part of the tables; no name of a thing that is tested or validated."""
    own = unseen_only(world_pairs(world), held_out_texts(names))
    every = unique([*own, *pairs_of_names(without_share_alike(split_names(names)["train"]))])
    core = len(unique(own))
    return Taught(tuple(every[:core]), tuple(every[core:]), passes)


def bench_of(names: pl.DataFrame, library: Library) -> Bench:
    """Names of both parts, the library's labels, and its relations."""
    asked: dict[str, list[Questions]] = {}
    for part in ("validation", "test"):
        things = asked_things(names, part).filter(pl.col("group") != WORDS)
        own = [q for q in (ask(things, NAMES, d) for d in DIRECTIONS) if q.queries]
        if own:
            asked[part] = own
    lists = [labels for labels in library.illustrations()["labels"].to_list() if labels]
    glossary = library.path / GLOSSARY
    relations = read_relations(glossary, world_pairs(library.path)) if glossary.is_file() else None
    return Bench(asked, Cooccurrence.of(lists) if lists else None, relations)


def _row(variant: Variant, pairs: int, each: list[Drawn], first: list[Drawn]) -> Perspective:
    measures, lost = {}, {}
    for name in each[0]:
        own, every = np.array([d[name] for d in each]), np.array([d[name] for d in first])
        resampled = over_seeds(own[:, 1:].T, seed=1)
        measures[name] = interval(own[:, 0], resampled)
        if each is not first:
            lost[name] = difference(every[:, 0], own[:, 0], over_seeds(every[:, 1:].T, seed=2), resampled)
    return Perspective(variant.name, pairs, measures, lost)
