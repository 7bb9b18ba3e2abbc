"""The named instances: which inputs, which model, how it is trained."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from umair.features.schema import (
    Schema,
    TableSizes,
    baseline_schema,
    paper_schema,
    residual_fields,
    umair_schema,
)
from umair.models.registry import BASELINES, ModelChoices
from umair.training.fit import Recipe, Stage
from umair.training.options import RankerOptions

PAPER_EXPERTS = 3  # the mixture that Table 4 finds best
PASSES = 6  # of `paper` on a small library; the paper's one pass is over 24 million bookmarks

NUMBER_RATE, CROSS_RATE = 2.5, 0.2  # of the main score's: few numbers can be learnt fast, names overfit


@dataclass(frozen=True)
class LibraryFacts:
    """What the size of tables and vectors depends on. Widths are of the spaces that the library has, no others."""

    users: int
    illustrations: int
    artists: int
    labels: int
    raw_widths: Mapping[str, int]
    prepared_widths: Mapping[str, int]


@dataclass(frozen=True)
class Habits:
    """How an instance is trained where nothing else is asked for."""

    learning_rate: float
    batch_rows: int
    one_cycle: bool
    passes: int
    dropout: float
    decay: float
    table_decay: float


UMAIR = Habits(4e-3, 4096, True, 4, 0.1, 1e-3, 0.1)
PAPER = Habits(1e-3, 128, False, PASSES, 0.5, 0.0, 1e-3)
BASELINE = Habits(3e-3, 1024, True, 2, 0.1, 1e-3, 1e-3)  # the printed dropout of 0.5 is behind on validation


def habits_of(instance: str) -> Habits:
    return {"umair": UMAIR, "paper": PAPER}.get(instance, BASELINE)


def schema_of(options: RankerOptions, facts: LibraryFacts) -> Schema:
    """The inputs of an instance, less the modalities that were left out and those that the library lacks."""
    sizes = TableSizes() if options.sizes == "paper" else _fitted_sizes(facts)
    if options.instance == "umair":
        whole = umair_schema(facts.prepared_widths, sizes.users, residual_fields(sizes))
    else:
        whole = paper_schema(sizes, facts.raw_widths)
        if options.instance in BASELINES:
            whole = baseline_schema(whole, facts.prepared_widths if options.vectors else None)
    left_out = [m for m in whole.modalities if m not in options.modalities]
    return whole.without(*left_out) if left_out else whole


def choices_of(options: RankerOptions) -> ModelChoices:
    experts = options.experts
    if experts is None:
        experts = PAPER_EXPERTS if options.instance == "paper" and options.contribution != "none" else 1
    dropout = _or(options.dropout, habits_of(options.instance).dropout)
    return ModelChoices(options.contribution, experts, options.expert_form, options.crosses, dropout)


def stages_of(options: RankerOptions) -> tuple[Stage, ...]:
    """`umair`: the main score first, then on what it leaves over numbers, then crosses; the others all at once."""
    own = habits_of(options.instance).passes
    if options.instance != "umair":
        return (Stage("all", options.passes or (1 if options.sizes == "paper" else own)),)
    passes = options.passes or own
    main = Stage("main", passes, prefix=("numbers", "cross"), others=True)
    numbers = Stage("numbers", passes + passes // 2, prefix="numbers", rate=NUMBER_RATE)
    last = 2 if options.cross_passes is None else options.cross_passes
    crosses = Stage("crosses", last, prefix="cross", rate=CROSS_RATE)
    return (main, numbers, crosses) if options.crosses and last else (main, numbers)


def recipe_of(options: RankerOptions) -> Recipe:
    own = habits_of(options.instance)
    return Recipe(
        learning_rate=options.learning_rate or own.learning_rate,
        batch_rows=options.batch_rows or own.batch_rows,
        one_cycle=own.one_cycle if options.schedule is None else options.schedule == "one_cycle",
        decay=_or(options.decay, own.decay),
        table_decay=_or(options.table_decay, own.table_decay),
        lazy=options.optimizer == "lazy",
        device=options.device,
        precision=options.precision,
        seed=options.seed,
        keep_best=options.keep_best,
    )


def _or(chosen: float | None, own: float) -> float:
    return own if chosen is None else chosen


def fitted(count: int) -> int:
    """Slots for so many names: a power of two, about twice as many."""
    return 1 << max(4, (2 * count).bit_length())


def _fitted_sizes(facts: LibraryFacts) -> TableSizes:
    most = TableSizes()
    return TableSizes(
        illustrations=min(fitted(facts.illustrations), most.illustrations),
        users=min(fitted(facts.users), most.users),
        artists=min(fitted(facts.artists), most.artists),
        names=min(fitted(facts.users), most.names),
        labels=min(fitted(facts.labels), most.labels),
    )
