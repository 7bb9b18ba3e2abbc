"""What the meaning of labels is worth to a ranker: TSEM of an encoder, of the same untrained, and hashed labels alone.

`python -m umair words effect --library L`. Everything but the vectors of labels is the same: rows, fields (in which
labels are hashed names), other spaces, seeds. Trainings are kept as those of Tables 3 and 4 are.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from umair.errors import TrainingError
from umair.experiments.comparison.contenders import OURS
from umair.experiments.comparison.measures import Measured, Resamples, measured
from umair.experiments.comparison.protocol import Choice, Protocol
from umair.experiments.comparison.trial import Job, load
from umair.experiments.comparison.work import Failure, fingerprint, run_jobs
from umair.experiments.comparison.workplace import Workplace
from umair.experiments.label_text.views import Variant, view
from umair.features.events import Events
from umair.features.split import split_by_time
from umair.library.store import Library
from umair.training.options import RankerOptions

PROTOCOL = replace(Protocol(), seeds=3)


@dataclass(frozen=True)
class Effect:
    """measures: by instance, then variant; chosen: the tuning of each instance; seconds: of one training, the median.

    variants: names in order, hashed labels alone first. facts: how many people, bookmarks.
    """

    variants: tuple[str, ...]
    measures: dict[str, dict[str, dict[str, Measured]]]
    seeds: dict[str, dict[str, int]]
    seconds: dict[str, dict[str, float]]
    chosen: dict[str, Choice]
    failures: tuple[Failure, ...]
    facts: dict[str, int]
    split: str
    protocol: Protocol


@dataclass(frozen=True)
class Plan:
    """What is trained: instances by variants, under a protocol. weighting: of label lists, "" for the default.

    The first variant tunes: the choice of an instance is the one that serves hashed labels best, and all use it.
    """

    variants: tuple[Variant, ...]
    protocol: Protocol = PROTOCOL
    instances: tuple[str, ...] = tuple(OURS)
    weighting: str = ""


def effect(library: Library, plan: Plan, workplace: Workplace, told: Callable[[str], None]) -> Effect:
    """Train what is not kept yet, measure all. TrainingError if the library has no labels or too few
    bookmarks, or if every training failed."""
    with tempfile.TemporaryDirectory(prefix="umair-words-") as folder:
        views = [view(library, v, Path(folder) / str(n), plan.weighting) for n, v in enumerate(plan.variants)]
        prints = [fingerprint(seen) for seen in views]
        protocol = plan.protocol
        tuning = {
            i: [_job(plan, 0, i, prints, protocol.tuning, choice, None) for choice in protocol.grid]
            for i in plan.instances
        }
        single = len(protocol.grid) == 1  # nothing to choose
        failures = [] if single else _do(views[0], tuning, workplace, told, "tuning")
        chosen = {i: protocol.grid[0] if single else _best(jobs, protocol, workplace) for i, jobs in tuning.items()}
        final: list[dict[str, list[Job]]] = []
        for n, variant in enumerate(plan.variants):
            final.append(
                {
                    i: [
                        _job(plan, n, i, prints, protocol.applied, chosen[i], seed)
                        for seed in range(1, protocol.seeds + 1)
                    ]
                    for i in plan.instances
                }
            )
            failures += _do(views[n], final[n], workplace, told, variant.name)
    return _measured(library, plan, final, chosen, failures, workplace)


def _job(
    plan: Plan,
    number: int,
    instance: str,
    prints: Sequence[str],
    applied: Callable[..., RankerOptions],
    choice: Choice,
    seed: int | None,
) -> Job:
    """A training of a variant: with a seed it is judged, without one it tunes."""
    variant, protocol = plan.variants[number], plan.protocol
    options = RankerOptions(instance=instance, modalities=variant.modalities)
    name = f"{OURS[instance]}, {variant.name}"
    if seed is None:
        return Job(name, prints[number], applied(options, choice), judged=False, ranked_users=0)
    ranked = protocol.ranked_users if seed <= protocol.ranked_seeds else 0
    return Job(name, prints[number], applied(options, choice, seed), judged=True, ranked_users=ranked)


def _do(
    seen: Library, jobs: dict[str, list[Job]], workplace: Workplace, told: Callable[[str], None], what: str
) -> list[Failure]:
    every = [job for own in jobs.values() for job in own]
    kinds = [instance for instance, own in jobs.items() for _ in own]

    def counted(done: int, of: int, name: str) -> None:
        if of and done:
            told(f"{what}: {done}/{of} trainings  {name}".rstrip())

    return run_jobs(seen, every, kinds, workplace.folder, workplace.processes, counted)


def _best(jobs: list[Job], protocol: Protocol, workplace: Workplace) -> Choice:
    """Of the best validation AUC; the first of equals, and where all have failed."""
    found = [load(workplace.folder, job) for job in jobs]
    reached = [-np.inf if t is None or not np.isfinite(t.validation_auc) else t.validation_auc for t in found]
    return protocol.grid[int(np.argmax(reached))]


def _measured(
    library: Library,
    plan: Plan,
    final: list[dict[str, list[Job]]],
    chosen: dict[str, Choice],
    failures: list[Failure],
    workplace: Workplace,
) -> Effect:
    events = Events.of(library)
    split = split_by_time(events)
    part = split.part(events.at)
    of = Resamples.of(events.user[part == 2], plan.protocol.resamples)
    measures: dict[str, dict[str, dict[str, Measured]]] = {i: {} for i in plan.instances}
    seeds: dict[str, dict[str, int]] = {i: {} for i in plan.instances}
    seconds: dict[str, dict[str, float]] = {i: {} for i in plan.instances}
    draw = 0
    for variant, own in zip(plan.variants, final, strict=True):
        for instance, jobs in own.items():
            draw += 1
            kept = [t for job in jobs if (t := load(workplace.folder, job)) is not None and t.scores is not None]
            if kept:
                measures[instance][variant.name] = measured([t.scores for t in kept if t.scores], of, draw)
                seeds[instance][variant.name] = len(kept)
                seconds[instance][variant.name] = float(np.median([t.seconds for t in kept]))
    if failures and not any(measures.values()):
        raise TrainingError(f"No training came to an end. The first said: {failures[0].error}")
    facts = {
        "people": len(events.users),
        "bookmarks": len(events),
        "test bookmarks": int((part == 2).sum()),
        "people in the test part": len(of.users),
    }
    names = tuple(v.name for v in plan.variants)
    return Effect(names, measures, seeds, seconds, chosen, tuple(failures), facts, split.told, plan.protocol)
