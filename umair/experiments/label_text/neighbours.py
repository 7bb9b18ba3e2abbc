"""What the ten nearest pictures by their labels have in common with a picture: a label it hides, what it shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from umair.experiments.label_text.forms import Rows
from umair.library.store import Library

NEAREST, ASKED, SEED = 10, 2000, 1  # neighbours, pictures that are asked at most
TRUTH = ("truth", "pictures.parquet")


@dataclass(frozen=True)
class Measure:
    """One measure of every form: values (n) by form, one for each picture or person; chance: what no form would get."""

    name: str
    unit: str
    values: dict[str, np.ndarray]
    chance: float


@dataclass(frozen=True)
class Pictures:
    """N pictures: label lists, what the labels mean (the labels themselves where no truth says it), artist numbers.

    shown: what a picture really shows, by name of the thing: a set a picture. Empty where there is no truth.
    """

    lists: list[list[str]]
    meant: list[list[str]]
    artist: np.ndarray
    shown: Mapping[str, list[frozenset[str]]]

    @classmethod
    def of(cls, library: Library) -> Pictures:
        frame = library.illustrations()
        lists = [own or [] for own in frame["labels"].to_list()]
        known = frame["artist_id"].fill_null("")
        alone = pl.Series([f"\0{n}" for n in range(len(frame))])  # without an artist a picture is by nobody else
        names = pl.select(pl.when(known == "").then(alone).otherwise(known)).to_series()
        artist = names.rank("dense").to_numpy().astype(np.int64)
        file = library.path.joinpath(*TRUTH)
        if not file.is_file():
            return cls(lists, lists, artist, {})
        truth = frame.select("item_id").join(pl.read_parquet(file), on="item_id", how="left", maintain_order="left")
        concepts = [own or [] for own in truth["concepts"].to_list()]
        paired = zip(lists, concepts, strict=True)
        meant = [told if len(told) == len(own) else own for own, told in paired]
        shown = {
            "character": [frozenset(own or ()) for own in truth["characters"].to_list()],
            "place": [frozenset([own] if own else []) for own in truth["setting"].to_list()],
        }
        return cls(lists, meant, artist, shown)


def hidden_labels(pictures: Pictures, forms: Mapping[str, Rows], asked: int = ASKED) -> list[Measure]:
    """One label of a picture is hidden; which share of its ten nearest carry it, or one that means the same?

    Pictures of two labels and more are asked, and labels that somebody else carries; each form hides the same. Nothing
    is measured where there are none.
    """
    carriers = Counter(x for own in pictures.meant for x in set(own))
    rng = np.random.default_rng(SEED)
    at, hidden = [], []
    for row in rng.permutation(len(pictures.lists)).tolist():
        able = [k for k, x in enumerate(pictures.meant[row]) if carriers[x] > 1]
        if len(set(pictures.meant[row])) > 1 and able and len(at) < asked:
            at.append(row)
            hidden.append(pictures.meant[row][able[int(rng.integers(len(able)))]])
    if not at:
        return []
    own = zip(at, hidden, strict=True)
    left = [[x for x, m in zip(pictures.lists[n], pictures.meant[n], strict=True) if m != gone] for n, gone in own]
    sets = [frozenset(x) for x in pictures.meant]
    values = {}
    for name, rows in forms.items():
        near = nearest(rows(left), rows(pictures.lists), np.array(at)[:, None] == np.arange(len(sets)))
        values[name] = np.array([np.mean([gone in sets[k] for k in near[n]]) for n, gone in enumerate(hidden)])
    chance = float(np.mean([(carriers[x] - 1) / (len(sets) - 1) for x in hidden]))
    return [Measure("hidden label among the ten nearest", "pictures", values, chance)]


def same_content(pictures: Pictures, forms: Mapping[str, Rows], asked: int = ASKED) -> list[Measure]:
    """Which share of the ten nearest by other artists show something of the same, as the truth knows it."""
    at = np.random.default_rng(SEED).permutation(len(pictures.lists))[:asked]
    barred = pictures.artist[at][:, None] == pictures.artist
    near = {}
    for name, rows in forms.items() if pictures.shown else ():
        every = rows(pictures.lists)
        near[name] = nearest(every[at], every, barred)
    found = []
    for thing, shown in pictures.shown.items():
        alike = np.array([[bool(shown[n] & other) for other in shown] for n in at])
        values = {name: np.take_along_axis(alike, own, axis=1).mean(1) for name, own in near.items()}
        told = f"same {thing} among the ten nearest by others"
        found.append(Measure(told, "pictures", values, float((alike & ~barred).sum() / (~barred).sum())))
    return found


def nearest(asked: np.ndarray, rows: np.ndarray, barred: np.ndarray, k: int = NEAREST) -> np.ndarray:
    """asked (Q, D), rows (N, D) unit, barred (Q, N) bool -> (Q, k) rows of the nearest that are not barred.

    Equal ones come in an order drawn once, not in that of the catalogue.
    """
    order = np.random.default_rng(SEED).permutation(len(rows))
    likeness = np.where(barred, -np.inf, np.round(asked @ rows.T, 5))[:, order]
    return order[np.argsort(-likeness, axis=1, kind="stable")[:, :k]]
