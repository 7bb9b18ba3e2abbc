"""A table of contenders: tune, train, measure; what is kept is not done again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from umair.experiments.comparison.bootstrap import Difference, Interval
from umair.experiments.comparison.contenders import Contender
from umair.experiments.comparison.measures import AUC, Measured, Resamples, measured, measured_reference
from umair.experiments.comparison.protocol import Choice, Protocol
from umair.experiments.comparison.trial import Job, Trial, forget, load
from umair.experiments.comparison.work import Failure, Told, fingerprint, run_jobs
from umair.experiments.comparison.workplace import Workplace
from umair.experiments.references import references
from umair.library.store import Library
from umair.training.data import RankerData
from umair.training.options import RankerOptions
from umair.training.report import ranked_by_user


@dataclass(frozen=True)
class Row:
    """One contender, over its seeds. measures: by name; difference: of AUC to the row `beside`; None where it is that.

    seconds: of one training, the median; rows_per_second: in training, the median. A reference has no training.
    """

    name: str
    group: str
    seeds: int
    choice: str
    measures: dict[str, Interval]
    beside: str
    difference: Difference | None
    ece: float | None = None
    parameters: int | None = None
    rows_per_second: float | None = None
    seconds: float | None = None
    reference: bool = False


@dataclass(frozen=True)
class Table:
    """Rows in order; what failed; raw measures by row and name; facts: how many people, …; split: in words."""

    rows: tuple[Row, ...]
    failures: tuple[Failure, ...]
    protocol: Protocol
    raw: dict[str, dict[str, Measured]]
    facts: dict[str, int]
    split: str


def compare(
    library: Library,
    contenders: Sequence[Contender],
    protocol: Protocol,
    workplace: Workplace,
    told: Told,
    only: Sequence[Contender] | None = None,
) -> Table:
    """Train what is not kept yet (all of them, or `only` these) and measure every one that has kept trainings."""
    own = fingerprint(library)
    tuning = {c.name: _tuning_jobs(c, protocol, own) for c in contenders}
    wanted = contenders if only is None else only
    failures = _do(library, wanted, tuning, workplace, told)
    chosen = {name: _chosen(jobs, protocol, workplace) for name, jobs in tuning.items()}
    able = [c for c in contenders if chosen[c.name] is not None]
    final = {c.name: _final_jobs(c, protocol, chosen[c.name] or protocol.grid[0], own) for c in able}
    failures += _do(library, [c for c in able if c in wanted], final, workplace, told)
    trials = {
        c.name: [t for job in final[c.name] if (t := load(workplace.folder, job)) is not None and t.scores]
        for c in able
    }
    trials = {name: found for name, found in trials.items() if found}
    data = RankerData.of(library, RankerOptions())
    raw, facts, said = _measure(trials, data, protocol)
    second = _runner_up(raw, list(trials))
    rows = [
        _row(c, trials[c.name], str(chosen[c.name]), raw, c.beside if c.beside in trials else second)
        for c in contenders
        if c.name in trials
    ]
    rows += [_reference_row(name, raw[name], said.get(name, "")) for name in raw if name not in trials]
    return Table(tuple(rows), tuple(failures), protocol, raw, facts, data.split.told)


def again(library: Library, contenders: Sequence[Contender], protocol: Protocol, workplace: Workplace) -> None:
    """Forget what is kept of these, their tuning too."""
    own = fingerprint(library)
    for c in contenders:
        jobs = [*_tuning_jobs(c, protocol, own)]
        jobs += [job for choice in protocol.grid for job in _final_jobs(c, protocol, choice, own)]
        for job in jobs:
            forget(workplace.folder, job)


def _do(
    library: Library,
    contenders: Sequence[Contender],
    jobs: dict[str, list[Job]],
    workplace: Workplace,
    told: Told,
) -> list[Failure]:
    """Jobs of several contenders that are the same training are done once."""
    by_file = {job.file: (job, c.inputs) for c in contenders for job in jobs[c.name]}
    if not by_file:
        return []
    order, inputs = zip(*by_file.values(), strict=True)
    return run_jobs(library, order, inputs, workplace.folder, workplace.processes, told)


def _tuning_jobs(c: Contender, protocol: Protocol, own: str) -> list[Job]:
    name = f"{c.name}, tuning"
    return [Job(name, own, protocol.tuning(c.tuned_as, choice), False, 0) for choice in protocol.grid]


def _final_jobs(c: Contender, protocol: Protocol, choice: Choice, own: str) -> list[Job]:
    return [
        Job(
            c.name,
            own,
            protocol.applied(c.options, choice, seed),
            True,
            protocol.ranked_users if seed <= protocol.ranked_seeds else 0,
        )
        for seed in range(1, protocol.seeds + 1)
    ]


def _chosen(jobs: list[Job], protocol: Protocol, workplace: Workplace) -> Choice | None:
    """The choice with the best validation AUC; the first of equals; None if every one failed."""
    found = [load(workplace.folder, job) for job in jobs]
    reached = [-np.inf if t is None or not np.isfinite(t.validation_auc) else t.validation_auc for t in found]
    return protocol.grid[int(np.argmax(reached))] if np.isfinite(max(reached)) else None


def _measure(
    trials: dict[str, list[Trial]], data: RankerData, protocol: Protocol
) -> tuple[dict[str, dict[str, Measured]], dict[str, int], dict[str, str]]:
    later = data.events.user[data.events.at >= data.split.test]
    of = Resamples.of(later, protocol.resamples)
    raw = {}
    for number, (name, found) in enumerate(trials.items(), 1):
        raw[name] = measured([t.scores for t in found if t.scores], of, number)
    known = references(data)
    ranked_users = 0
    for name, score in known.scores.items():
        ranked = ranked_by_user(score, data, users=protocol.ranked_users)
        ranked_users = len(ranked.user)
        raw[name] = measured_reference(ranked, of)
    facts = {
        "people": len(data.events.users),
        "illustrations": len(data.catalogue),
        "bookmarks": len(data.events),
        "training bookmarks": len(data.part(0)),
        "validation bookmarks": len(data.part(1)),
        "test bookmarks": len(data.part(2)),
        "people in the test part": len(of.users),
        "people whose catalogue is ranked": ranked_users,
    }
    return raw, facts, known.chosen


def _runner_up(raw: dict[str, dict[str, Measured]], models: list[str]) -> str:
    """The second best by AUC; the best where there is one alone; empty where there is none."""
    order = sorted(models, key=lambda name: -raw[name][AUC].point.mean())
    return order[1] if len(order) > 1 else order[0] if order else ""


def _row(c: Contender, trials: list[Trial], choice: str, raw: dict[str, dict[str, Measured]], beside: str) -> Row:
    own = raw[c.name]
    return Row(
        name=c.name,
        group=c.group,
        seeds=len(trials),
        choice=choice,
        measures={name: m.interval for name, m in own.items()},
        beside=beside,
        difference=None if c.name == beside else own[AUC].less(raw[beside][AUC]),
        ece=float(np.mean([t.test["ece"] for t in trials])),
        parameters=trials[0].parameters,
        rows_per_second=float(np.median([t.rows_per_second for t in trials])),
        seconds=float(np.median([t.seconds for t in trials])),
    )


def _reference_row(name: str, own: dict[str, Measured], choice: str) -> Row:
    return Row(name, "reference", 1, choice, {m: v.interval for m, v in own.items()}, "", None, reference=True)
