"""Every contender on every group and direction, and apart for the names that spelling alone could solve."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import polars as pl

from umair.encoders.names import LANGUAGES, Part, fold, measurable, split_names
from umair.experiments.comparison.bootstrap import Interval
from umair.experiments.word_retrieval.contenders import Contender, Unmeasured, contenders
from umair.experiments.word_retrieval.kin import Kin
from umair.experiments.word_retrieval.questions import DIRECTIONS, GROUPS, NAMES, Questions, every_question, spelled
from umair.experiments.word_retrieval.ranks import MEASURES, Ranked, Sums, apart, intervals, ranked, sums
from umair.experiments.word_retrieval.spelling_alone import Spelling, calibrated

ALL, SPELLABLE, NOT_SPELLABLE = "all", "spellable", "not spellable"
KIN, NO_KIN = "kin in the train part", "no kin in the train part"
SYMMETRIC = ("en-ja", "en-zh", "ja-zh")  # where the thresholds of spelling are found; they hold both ways


@dataclass(frozen=True)
class Row:
    """A contender on a group (all of it, or a share): means over directions, and R@1, R@10, MRR of each direction."""

    contender: str
    group: str
    share: str
    things: int
    questions: int
    mean: dict[str, Interval]
    directions: dict[str, dict[str, float]]


@dataclass(frozen=True)
class Pool:
    """A group in a direction: how many are asked, among how many names, and the share that spelling could solve."""

    group: str
    direction: str
    questions: int
    candidates: int
    spellable: float


@dataclass(frozen=True)
class Ahead:
    """The first encoder less another contender on the names together: mean over directions, same things."""

    contender: str
    other: str
    apart: dict[str, Interval]


@dataclass(frozen=True)
class Measured:
    """What `words measure` prints. left_out: things that training may have met elsewhere; spelling: when a name counts
    as spellable, by direction."""

    part: str
    things: int
    left_out: int
    pools: tuple[Pool, ...]
    spelling: dict[str, Spelling]
    rows: tuple[Row, ...]
    ahead: tuple[Ahead, ...]
    unmeasured: tuple[Unmeasured, ...]

    def row(self, contender: str, group: str = NAMES, share: str = ALL) -> Row | None:
        return next((r for r in self.rows if (r.contender, r.group, r.share) == (contender, group, share)), None)

    @property
    def contenders(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(r.contender for r in self.rows))

    @property
    def groups(self) -> tuple[str, ...]:
        """Those with questions, the names together first."""
        asked = {p.group for p in self.pools}
        return tuple(g for g in (NAMES, *GROUPS) if g in asked)


def asked_things(names: pl.DataFrame, part: Part | None) -> pl.DataFrame:
    """One row a thing with its main names that may measure: of a part of the tables, or (None) of the whole."""
    return spelled(measurable(names if part is None else split_names(names)[part]))


def untaught(things: pl.DataFrame, taught: Set[str]) -> pl.DataFrame:
    """The things of which no name, folded, stands among the taught texts."""
    met = [pl.col(lang).map_elements(lambda text: fold(text) in taught, return_dtype=pl.Boolean) for lang in LANGUAGES]
    return things.filter(~pl.any_horizontal(one.fill_null(False) for one in met))


def measure(
    names: pl.DataFrame,
    encoders: Sequence[str],
    part: Part | None = "test",
    taught: Set[str] = frozenset(),
    told: Callable[[str], None] = lambda words: None,
) -> Measured:
    """All encoders by name or folder on names (`read_names`). TrainingError if there is nothing to ask.

    taught: folded texts that training met outside these tables; things that bear one of them are not asked.
    """
    every = asked_things(names, part)
    things = untaught(every, taught)
    kin = None if part is None else Kin(split_names(names)["train"])
    with tempfile.TemporaryDirectory() as work:
        found, missing = contenders(encoders, Path(work))
        found_out = judged(things, found, missing, part or "whole", kin, told)
    return replace(found_out, left_out=every.height - things.height)


def judged(
    things: pl.DataFrame,
    found: Sequence[Contender],
    missing: Sequence[Unmeasured] = (),
    part: str = "",
    kin: Kin | None = None,
    told: Callable[[str], None] = lambda words: None,
) -> Measured:
    """things: `spelled`. All contenders on all questions; kin: those of the train part, if there is one.

    `told` hears of each contender when it is through.
    """
    questions = list(every_question(things))
    spelling = thresholds(questions)
    easy = {(q.group, q.direction): spelling[q.direction].each(q) for q in questions}
    shares = {(q.group, q.direction): _shares(q, easy[q.group, q.direction], kin) for q in questions}
    rows: list[Row] = []
    together: dict[str, Sums] = {}
    for contender in found:
        answers = [ranked(contender, q) for q in questions]
        for group in dict.fromkeys(q.group for q in questions):
            own = [a for a in answers if a.questions.group == group]
            if group == NAMES:
                together[contender.name] = sums(own, _asked(own))
            for share in shares[group, own[0].questions.direction]:
                keep = {a.questions.direction: shares[group, a.questions.direction][share] for a in own}
                rows += _row(contender.name, group, share, own, keep)
        told(f"{contender.name}: {_headline(rows, contender.name)}")
    first, *others = together or [""]
    ahead = tuple(Ahead(first, other, apart(together[first], together[other])) for other in others)
    pools = tuple(
        Pool(q.group, q.direction, len(q.queries), len(q.candidates), float(easy[q.group, q.direction].mean()))
        for q in questions
    )
    return Measured(part, things.height, 0, pools, spelling, tuple(rows), ahead, tuple(missing))


def thresholds(questions: Sequence[Questions]) -> dict[str, Spelling]:
    """When a name counts as spellable in each direction, from the largest pool of its two languages."""
    found: dict[str, Spelling] = {}
    for direction in SYMMETRIC:
        back = "-".join(reversed(direction.split("-")))
        own = [q for q in questions if q.direction == direction]
        if own:
            found[direction] = found[back] = calibrated(max(own, key=lambda q: len(q.candidates)))
    return found


def _shares(questions: Questions, easy: np.ndarray, kin: Kin | None) -> dict[str, np.ndarray]:
    """share -> (Q) which questions are in it."""
    found = {ALL: np.ones(len(easy), bool), SPELLABLE: easy, NOT_SPELLABLE: ~easy}
    if kin is not None:
        own = kin.each(questions)
        found |= {KIN: own, NO_KIN: ~own}
    return found


def _row(contender: str, group: str, share: str, own: list[Ranked], keep: dict[str, np.ndarray]) -> list[Row]:
    """The row, or none if the share is empty. keep: by direction, (Q) which questions are in it."""
    asked = int(sum(k.sum() for k in keep.values()))
    if not asked:
        return []
    mine = sums(own, _asked(own, keep), keep)
    whole = np.ones((1, mine.asked.shape[1]))
    each = {}
    for n, direction in enumerate(DIRECTIONS):
        if mine.asked[n].any():
            alone = Sums(mine.over[:, [n]], mine.asked[[n]]).means(whole)[0]
            each[direction] = dict(zip(MEASURES, map(float, alone), strict=True))
    return [Row(contender, group, share, mine.asked.shape[1], asked, intervals(mine), each)]


def _asked(own: list[Ranked], keep: dict[str, np.ndarray] | None = None) -> list[str]:
    found = {t for a in own for n, t in enumerate(a.questions.things) if keep is None or keep[a.questions.direction][n]}
    return sorted(found)


def _headline(rows: Sequence[Row], contender: str) -> str:
    own = [r for r in rows if r.contender == contender and r.share == ALL]
    best = next((r for r in own if r.group == NAMES), own[0])
    return f"{best.group} " + ", ".join(f"{m} {v.mean:.3f}" for m, v in best.mean.items())
