"""Directions of the learnt style space that a named measure earns, judged on hands left out.

For each measure of `readable.AXES`: its correlation with what a ridge regression on style vectors, fitted without the
picture's own hand, tells of it; a name is earned from EARNED on. A search is steered by moving its vector as vectors
move with the measure, along their covariance with it: the regression's own weights point where few pictures lie.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from umair.errors import EncoderError
from umair.library.atomic import write_json
from umair.settings import assets

FILE = "directions.json"
EARNED = 0.6  # correlation on hands left out from which an axis bears its name
FOLDS = 5
RIDGE = 0.1  # times the mean eigenvalue of the scatter
LEADING = 6  # principal components that are told
FEWEST = 20  # pictures below which nothing is fitted


STEERS: dict[str, tuple[str, float]] = {  # what a person asks for: the measure, and whether more or less of it
    "finer lines": ("line weight", -1.0),
    "heavier lines": ("line weight", 1.0),
    "more modelled": ("flatness of colour", -1.0),
    "flatter colour": ("flatness of colour", 1.0),
    "more muted": ("saturation", -1.0),
    "more saturated": ("saturation", 1.0),
    "crisper edges": ("edge softness", -1.0),
    "softer edges": ("edge softness", 1.0),
    "smoother": ("grain", -1.0),
    "grainier": ("grain", 1.0),
    "less contrast": ("value range", -1.0),
    "more contrast": ("value range", 1.0),
}
STRIDE = 3.0  # spreads that one wish moves a search: a third of the results or more change hands


@dataclass(frozen=True)
class Direction:
    """A named direction (D,) of length 1; correlation on hands left out; spread of style vectors along it."""

    name: str
    correlation: float
    spread: float
    direction: tuple[float, ...]

    @property
    def earned(self) -> bool:
        return self.correlation >= EARNED


@dataclass(frozen=True)
class LeadingAxis:
    """A principal component of the style vectors: its share of their variance, the measure that it follows, how far."""

    share: float
    measure: str
    correlation: float


def fit_directions(
    vectors: np.ndarray, measures: np.ndarray, hand: Sequence[str], names: Sequence[str]
) -> tuple[Direction, ...]:
    """vectors (N, D), measures (N, M) named, hand (N,) -> M directions; () with fewer than 20 pictures."""
    if len(vectors) < FEWEST:
        return ()
    centred, ranked = vectors - vectors.mean(0), _ranked(measures)
    fold = np.array([int(hashlib.sha256(h.encode()).hexdigest(), 16) % FOLDS for h in hand])
    told = np.zeros_like(ranked)
    for k in np.unique(fold):
        own = fold == k
        rest = ~own if (~own).sum() >= FEWEST else np.ones_like(own)
        told[own] = centred[own] @ _ridge(centred[rest], ranked[rest])
    whole = centred.T @ ranked
    length = np.maximum(np.linalg.norm(whole, axis=0), 1e-12)
    spread = (centred @ (whole / length)).std(0)
    return tuple(
        Direction(
            name,
            round(_correlation(told[:, m], ranked[:, m]), 3),
            round(float(spread[m]), 5),
            tuple(round(float(v), 5) for v in whole[:, m] / length[m]),
        )
        for m, name in enumerate(names)
    )


def leading_axes(vectors: np.ndarray, measures: np.ndarray, names: Sequence[str]) -> tuple[LeadingAxis, ...]:
    """The largest principal components of vectors (N, D), each with the measure it correlates with most."""
    centred, ranked = vectors - vectors.mean(0), _ranked(measures)
    rows, values, _ = np.linalg.svd(centred, full_matrices=False)
    shares = values**2 / max(float((values**2).sum()), 1e-12)
    found = []
    for k in range(min(LEADING, len(values))):
        each = [abs(_correlation(rows[:, k], ranked[:, m])) for m in range(len(names))]
        best = int(np.argmax(each))
        found.append(LeadingAxis(round(float(shares[k]), 4), names[best], round(each[best], 3)))
    return tuple(found)


def save_directions(folder: Path, found: Sequence[Direction], leading: Sequence[LeadingAxis]) -> None:
    write_json(folder / FILE, {"directions": [asdict(d) for d in found], "leading": [asdict(a) for a in leading]})
    _read.cache_clear()


def load_directions(name_or_path: str | Path = "shipped") -> tuple[tuple[Direction, ...], tuple[LeadingAxis, ...]]:
    """Of “shipped” or a style folder; both empty if it was trained before there were any."""
    folder = assets() / "models" / "style" if str(name_or_path) == "shipped" else Path(name_or_path)
    return _read(folder)


def offered(found: Sequence[Direction]) -> tuple[str, ...]:
    """The wishes whose direction earned its name."""
    earned = {d.name for d in found if d.earned}
    return tuple(wish for wish, (measure, _) in STEERS.items() if measure in earned)


def steered(vector: np.ndarray, found: Sequence[Direction], wishes: Sequence[str]) -> np.ndarray:
    """vector (D,) moved by STRIDE spreads for each wish, of length 1 again; EncoderError for a wish not offered."""
    named = {d.name: d for d in found if d.earned}
    moved = vector.astype(np.float32)
    for wish in wishes:
        measure, sign = STEERS.get(wish, ("", 0.0))
        if measure not in named:
            known = ", ".join(offered(found)) or "nothing, for these vectors have no named directions"
            raise EncoderError(f"A search cannot be steered to “{wish}”. Possible: {known}.")
        own = named[measure]
        moved = moved + sign * STRIDE * own.spread * np.array(own.direction, dtype=np.float32)
    return moved / max(float(np.linalg.norm(moved)), 1e-9)


@lru_cache(maxsize=8)
def _read(folder: Path) -> tuple[tuple[Direction, ...], tuple[LeadingAxis, ...]]:
    if not (folder / FILE).is_file():
        return (), ()
    try:
        kept = json.loads((folder / FILE).read_text("utf-8"))
        return (
            tuple(Direction(**row | {"direction": tuple(row["direction"])}) for row in kept["directions"]),
            tuple(LeadingAxis(**row) for row in kept["leading"]),
        )
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise EncoderError(f"{folder / FILE} is not readable ({error}). Train the style encoder again.") from error


def _ridge(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """(D, M) weights of y (N, M) on x (N, D), both centred here."""
    x, y = x - x.mean(0), y - y.mean(0)
    gram = x.T @ x
    return np.linalg.solve(gram + RIDGE * np.trace(gram) / len(gram) * np.eye(len(gram)), x.T @ y)


def _ranked(measures: np.ndarray) -> np.ndarray:
    """(N, M) places 0..1 less their mean: measures are skewed, and only their order is told in words."""
    places = np.argsort(np.argsort(measures, axis=0, kind="stable"), axis=0, kind="stable") / max(len(measures) - 1, 1)
    return places - places.mean(0)


def _correlation(a: np.ndarray, b: np.ndarray) -> float:
    if a.std() < 1e-12 or b.std() < 1e-12:
        return 0.0
    return float(np.corrcoef(a, b)[0, 1])
