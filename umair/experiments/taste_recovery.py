"""Planted taste found again: what the ranker says of each person beside what was planted. Synthetic people only.

`python -m umair recover --library DIR` prints what `recover` returns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from umair.errors import TrainingError
from umair.features.events import Events
from umair.features.schema import MODALITIES
from umair.library.store import Library
from umair.training.metrics import spearman
from umair.training.regression import NAMED
from umair.training.serving import Recommender

Z_90 = 1.645
GROUPS = ((1, 19), (20, 79), (80, 1_000_000))  # bookmarks a person


@dataclass(frozen=True)
class Recovery:
    """One group of people. Spearman over people for each modality, of three estimates against the planted weights.

    error: mean size of the difference, of the regression. covered: share of planted weights in the 90 % interval.
    named: share of people whose main modality is named; right: share of those where it is the planted one.
    """

    fewest: int
    most: int
    people: int
    alpha: dict[str, float]
    occlusion: dict[str, float]
    regression: dict[str, float]
    error: float
    covered: float
    named: float
    right: float


def recover(library: Library, run_dir: Path | str | None = None, people: int | None = None) -> tuple[Recovery, ...]:
    """All people (or so many of them, always the same) first, then by number of bookmarks.

    Raises TrainingError if nothing was planted.
    """
    file = library.path / "truth" / "users.parquet"
    if not file.is_file():
        raise TrainingError(
            f"“{library.info.name}” has no planted taste to find again; only a synthetic library such as the demo has."
        )
    truth = pl.read_parquet(file)
    planted = {row[0]: np.array(row[1:]) for row in truth.select("user_id", *MODALITIES).iter_rows()}
    model = Recommender.load(library, run_dir)
    events = Events.of(library)
    known = [n for n, u in enumerate(events.users) if u in planted]
    if people is not None and people < len(known):
        known = sorted(np.random.default_rng(0).choice(known, people, replace=False).tolist())
    rows = [_Person.of(model, events, n, planted[events.users[n]]) for n in known]
    found = [_recovery(rows, 1, GROUPS[-1][1])]
    return (*found, *(_recovery(rows, low, high) for low, high in GROUPS))


def as_text(found: Sequence[Recovery]) -> str:
    """A table for the terminal, labelled synthetic."""
    lines = ["Planted taste found again (synthetic people). Spearman: " + " / ".join(MODALITIES)]
    for r in found:
        many = f"{r.fewest}+" if r.most >= GROUPS[-1][1] else f"{r.fewest}-{r.most}"
        lines.append(f"{many} bookmarks, {r.people} people")
        if not r.people:
            continue
        for name, values in (("alpha", r.alpha), ("occlusion", r.occlusion), ("regression", r.regression)):
            lines.append(f"  {name:<11}" + " / ".join(f"{values[m]:.2f}" for m in MODALITIES))
        lines.append(
            f"  mean error {r.error:.3f}; 90 % intervals cover {r.covered:.0%}; "
            f"main named for {r.named:.0%} (gap over {NAMED} standard errors), right for {r.right:.0%} of those"
        )
    return "\n".join(lines)


@dataclass(frozen=True)
class _Person:
    bookmarks: int
    planted: np.ndarray
    alpha: np.ndarray
    occlusion: np.ndarray
    regression: np.ndarray
    error: np.ndarray
    main: str | None

    @classmethod
    def of(cls, model: Recommender, events: Events, n: int, planted: np.ndarray) -> _Person:
        own, user = events.item[events.start[n] : events.start[n + 1]], events.users[n]
        taste = model.taste(own.tolist(), user_id=user)
        alpha = model.score(own.tolist(), user_id=user).user_weights
        return cls(len(own), planted, alpha, taste.occlusion, taste.weights, taste.standard_error, taste.main)


def _recovery(rows: Sequence[_Person], low: int, high: int) -> Recovery:
    group = [r for r in rows if low <= r.bookmarks <= high]
    planted = np.array([r.planted for r in group]).reshape(-1, len(MODALITIES))
    weights = np.array([r.regression for r in group]).reshape(-1, len(MODALITIES))
    half = Z_90 * np.array([r.error for r in group]).reshape(-1, len(MODALITIES))
    named = [r for r in group if r.main is not None]
    right = [r for r in named if r.main == MODALITIES[int(r.planted.argmax())]]
    apart = np.abs(weights - planted)
    return Recovery(
        fewest=low,
        most=high,
        people=len(group),
        alpha=_ranks(planted, np.array([r.alpha for r in group])),
        occlusion=_ranks(planted, np.array([r.occlusion for r in group])),
        regression=_ranks(planted, weights),
        error=float(apart.mean()) if group else float("nan"),
        covered=float((apart <= half).mean()) if group else float("nan"),
        named=len(named) / max(len(group), 1),
        right=len(right) / max(len(named), 1),
    )


def _ranks(planted: np.ndarray, found: np.ndarray) -> dict[str, float]:
    if len(planted) < 3:
        return dict.fromkeys(MODALITIES, float("nan"))
    return {m: spearman(planted[:, k], found[:, k]) for k, m in enumerate(MODALITIES)}
