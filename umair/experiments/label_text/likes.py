"""What the labels of a person's bookmarks find of their later ones, without any ranker: nearness to the mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from umair.experiments.label_text.neighbours import Measure
from umair.experiments.references import unit_rows
from umair.features.catalogue import Catalogue
from umair.features.events import Events
from umair.features.split import split_by_time
from umair.library.store import Library
from umair.training.metrics import auc, recall

PEOPLE, SHOWN, FEWEST = 500, 50, 5  # judged at most, of the ranking, earlier bookmarks that a person must have


@dataclass(frozen=True)
class Person:
    """own: rows bookmarked before; candidates (C) rows that were out and are not own; later (C) bookmarked after."""

    own: np.ndarray
    candidates: np.ndarray
    later: np.ndarray


@dataclass(frozen=True)
class Judges:
    """People with bookmarks before and after the beginning of the test part; out (N): what was out by then."""

    people: list[Person]
    out: np.ndarray

    @classmethod
    def of(cls, library: Library, people: int = PEOPLE) -> Judges:
        events = Events.of(library)
        split = split_by_time(events)
        out = Catalogue.as_far_as_encoded(library, events).published < split.test
        found: list[Person] = []
        for user in np.random.default_rng(0).permutation(len(events.users)):
            mine = slice(events.start[user], events.start[user + 1])
            after = events.at[mine] >= split.test
            own = events.item[mine][~after]
            candidates = np.setdiff1d(np.flatnonzero(out), own)
            later = np.isin(candidates, events.item[mine][after])
            if len(own) >= FEWEST and later.any() and len(found) < people:
                found.append(Person(own, candidates, later))
        return cls(found, out)


def found_again(judges: Judges, rows: Mapping[str, np.ndarray]) -> list[Measure]:
    """Recall@50 and AUC of every person's later bookmarks by cosine to the mean of the earlier ones.

    rows: (N, D) by form; centred on what was out, as neighbours by words are everywhere else.
    """
    recalls: dict[str, np.ndarray] = {}
    areas: dict[str, np.ndarray] = {}
    for name, own in rows.items():
        unit = unit_rows(own, own.any(1), judges.out)
        scores = [unit[p.candidates] @ unit[p.own].mean(0) for p in judges.people]
        told = list(zip(judges.people, scores, strict=True))
        recalls[name] = np.array([recall(p.later, np.argsort(-s, kind="stable"), SHOWN) for p, s in told])
        areas[name] = np.array([auc(p.later.astype(np.float64), s) for p, s in told])
    by_chance = float(np.mean([min(SHOWN / len(p.candidates), 1.0) for p in judges.people]))
    return [
        Measure("Recall@50 of later bookmarks", "people", recalls, by_chance),
        Measure("AUC of later bookmarks", "people", areas, 0.5),
    ]
