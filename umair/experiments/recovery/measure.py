"""One library with planted taste: rankers trained on it, and what each estimate finds at so many bookmarks a person."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from umair.features.events import Events
from umair.features.schema import MODALITIES
from umair.library.runs import RunFolder
from umair.library.store import Library
from umair.training.metrics import spearman
from umair.training.options import RankerOptions
from umair.training.ranker import train_ranker
from umair.training.serving import Recommender

Z_90 = 1.645


@dataclass(frozen=True)
class Found:
    """One estimate in one world. rho: Spearman over people of estimate and planted weight, by modality.

    error: mean size of the difference. Of the regression alone: covered, the share of planted weights in the 90 %
    interval; named, the share of people whose main modality is named; right, of those.
    """

    world: str
    seed: int
    bookmarks: int  # 0: all that each person has, of people with 80 and more
    people: int
    estimate: str
    rho: tuple[float, ...]
    error: float
    covered: float | None = None
    named: float | None = None
    right: float | None = None

    def of(self, instance: str) -> Found:
        """The same, as an estimate of another instance than `umair`."""
        return replace(self, estimate=f"{self.estimate} of {instance}")


def trained(library: Library, instance: str, seed: int = 0) -> tuple[RunFolder, float]:
    """A run of this instance in the library's folder, and its seconds."""
    options = RankerOptions(instance=instance, seed=seed)
    run = RunFolder.create(library.path, "ranker", options.to_config())
    run.set_state("running")
    began = time.monotonic()
    train_ranker(library, run, options)
    run.set_state("done")
    return run, time.monotonic() - began


def measure(library: Library, run: RunFolder, world: str, seed: int, cuts: Sequence[int], people: int) -> list[Found]:
    """Every estimate at every cut: the first so many bookmarks of each person, or all (0) of those with 80 and more."""
    model, events = Recommender.load(library, run.path), Events.of(library)
    truth = pl.read_parquet(library.path / "truth" / "users.parquet").select("user_id", *MODALITIES)
    planted = {row[0]: np.array(row[1:]) for row in truth.iter_rows()}
    counts = np.diff(events.start)
    found = []
    for cut in cuts:
        enough = np.flatnonzero(counts >= (cut or 80))
        who = np.sort(np.random.default_rng(0).permutation(enough)[:people])
        if not len(who):
            continue
        rows = [_person(model, events, int(n), cut) for n in who]
        target = np.array([planted[events.users[n]] for n in who])
        for estimate in ("alpha", "occlusion", "regression"):
            found.append(_found(world, seed, cut, estimate, rows, target))
    return found


@dataclass(frozen=True)
class _Row:
    alpha: np.ndarray
    occlusion: np.ndarray
    regression: np.ndarray
    error: np.ndarray
    main: str | None


def _person(model: Recommender, events: Events, n: int, cut: int) -> _Row:
    """Alpha and occlusion of a cut history without the person's id: its embedding has seen the other bookmarks."""
    user = events.users[n]
    rows = events.item[events.start[n] : events.start[n + 1]][: cut or None].tolist()
    taste, named = model.taste(rows, user_id=user), None if cut else user
    alpha = model.score(rows, user_id=named).user_weights
    occlusion = model.taste(rows).occlusion if cut else taste.occlusion
    return _Row(alpha, occlusion, taste.weights, taste.standard_error, taste.main)


def _found(world: str, seed: int, cut: int, estimate: str, rows: list[_Row], target: np.ndarray) -> Found:
    own = np.array([getattr(r, estimate) for r in rows])
    rho = tuple(spearman(target[:, k], own[:, k]) for k in range(len(MODALITIES)))
    apart = np.abs(own - target)
    if estimate != "regression":
        return Found(world, seed, cut, len(rows), estimate, rho, float(apart.mean()))
    half = Z_90 * np.array([r.error for r in rows])
    named = [(r.main, t) for r, t in zip(rows, target, strict=True) if r.main]
    right = [m for m, t in named if m == MODALITIES[int(t.argmax())]]
    return Found(
        world,
        seed,
        cut,
        len(rows),
        estimate,
        rho,
        float(apart.mean()),
        covered=float((apart <= half).mean()),
        named=len(named) / len(rows),
        right=len(right) / len(named) if named else None,
    )
