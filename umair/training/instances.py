"""The named instances: which inputs, which model, how it is trained."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from umair.features.schema import (
    SPACES,
    Schema,
    TableSizes,
    baseline_schema,
    paper_schema,
    umair_schema,
)
from umair.models.registry import ModelChoices
from umair.training.fit import Recipe, Stage
from umair.training.options import RankerOptions

PAPER_EXPERTS = 3  # the mixture that Table 4 finds best
PASSES = 6  # of the other rankers on a small library; the paper's one pass is over 24 million bookmarks
LARGEST_USER_TABLE = 100_000


@dataclass(frozen=True)
class LibraryFacts:
    """What the size of tables and vectors depends on."""

    users: int
    illustrations: int
    artists: int
    labels: int
    raw_widths: Mapping[str, int]
    prepared_widths: Mapping[str, int]


def schema_of(options: RankerOptions, facts: LibraryFacts) -> Schema:
    """The inputs of an instance, less the modalities that were left out."""
    if options.instance == "umair":
        users = LARGEST_USER_TABLE if options.sizes == "paper" else min(fitted(facts.users), LARGEST_USER_TABLE)
        whole = umair_schema(facts.prepared_widths, users)
    else:
        sizes = TableSizes() if options.sizes == "paper" else _fitted_sizes(facts)
        whole = paper_schema(sizes, {space: facts.raw_widths[space] for space in SPACES})
        if options.instance == "dcn_v2":
            whole = baseline_schema(whole, options.vectors)
    left_out = [m for m in whole.modalities if m not in options.modalities]
    return whole.without(*left_out) if left_out else whole


def choices_of(options: RankerOptions) -> ModelChoices:
    experts = options.experts
    if experts is None:
        experts = PAPER_EXPERTS if options.instance == "paper" and options.contribution != "none" else 1
    dropout = 0.1 if options.instance == "umair" else 0.5
    return ModelChoices(options.contribution, experts, options.expert_form, options.crosses, dropout)


def stages_of(options: RankerOptions) -> tuple[Stage, ...]:
    """`umair`: the main score first, then the crosses alone on what it leaves over; the others all at once."""
    if options.instance != "umair":
        return (Stage("all", options.passes or (1 if options.sizes == "paper" else PASSES)),)
    main = Stage("main", options.passes or 4, prefix="cross", others=True)
    passes = 2 if options.cross_passes is None else options.cross_passes
    return (main, Stage("crosses", passes, prefix="cross")) if options.crosses and passes else (main,)


def recipe_of(options: RankerOptions) -> Recipe:
    own = options.instance == "umair"
    return Recipe(
        learning_rate=options.learning_rate or (4e-3 if own else 1e-3),
        batch_rows=options.batch_rows or (4096 if own else 128),
        one_cycle=own,
        decay=1e-3 if own else 0.0,
        table_decay=0.1 if own else 1e-3,
        lazy=options.optimizer == "lazy",
        device=options.device,
        precision=options.precision,
        seed=options.seed,
    )


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
