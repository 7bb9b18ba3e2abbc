"""One person's library: a folder of pictures, a few likes and nobody else. What finds the likes that were hidden?

Half of the people are never looked at but to train on; of the others, each one in turn is alone with the catalogue.
So many of their bookmarks, drawn at random, are hidden; 5, 10, 20 or 50 of the others are their likes; what is left
over of them is no candidate. `python -m umair one-person --library L` prints what `one_person` returns.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from umair.errors import TrainingError
from umair.experiments.references import unit_rows
from umair.features.catalogue import Catalogue
from umair.features.coherence import coherence_weights
from umair.features.events import Events
from umair.features.metadata import Metadata
from umair.features.schema import MODALITIES
from umair.library.runs import RunFolder
from umair.library.store import Library
from umair.library.tables import BOOKMARK
from umair.training.data import prepared_for
from umair.training.lens import Lens, Liked
from umair.training.metrics import recall
from umair.training.options import RankerOptions
from umair.training.ranker import train_ranker
from umair.training.scorers import CoherenceScorer, Scorer
from umair.training.serving import Recommender, guessing

LIKES = (5, 10, 20, 50)
SHOWN = 50
FEWEST = 10  # people without whom a number of likes is not told
Z_95 = 1.96
RANDOM, POPULAR, NEAREST = "random", "popularity", "nearest to the mean"
COHERENCE, SERVED = "coherence weights", "coherence weights and popularity, as served without a model"
TAUGHT, SHIPPED = "umair taught by the other half, as served", "umair as shipped, taught by these people too"
Form = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True)
class Collector:
    """One judged person: likes (up to 50) in the order they are given, hidden, candidates (C) rows of the catalogue."""

    user: str
    likes: np.ndarray
    hidden: np.ndarray
    candidates: np.ndarray


@dataclass(frozen=True)
class Row:
    """One form: Recall@50 (people, len(LIKES)) of each person after so many likes; NaN where they have fewer."""

    form: str
    recall: np.ndarray

    def mean(self) -> np.ndarray:
        return _over(self.recall, np.mean)

    def margin(self) -> np.ndarray:
        """Half of the 95 % interval over people."""
        return _over(self.recall, lambda own: Z_95 * own.std(ddof=1) / np.sqrt(len(own)))


@dataclass(frozen=True)
class Found:
    """All forms on one library. people (len(LIKES)) judged with so many likes; taught: those the model learnt from."""

    library: str
    synthetic: bool
    hidden: int
    people: tuple[int, ...]
    taught: int
    illustrations: int
    rows: tuple[Row, ...]

    def row(self, form: str) -> Row:
        return next(r for r in self.rows if r.form == form)

    def best_single(self) -> Row:
        """Popularity or the nearest of one space, whichever is best on the whole."""
        single = [r for r in self.rows if r.form.startswith((POPULAR, NEAREST))]
        return max(single, key=lambda r: float(np.nanmean(r.mean())))

    def ahead(self, form: str, of: str) -> tuple[np.ndarray, np.ndarray]:
        """Paired difference of Recall@50 and half of its 95 % interval, for each number of likes."""
        apart = Row("", self.row(form).recall - self.row(of).recall)
        return apart.mean(), apart.margin()


def one_person(
    library: Library,
    people: int = 400,
    hidden: int = 50,
    seed: int = 0,
    told: Callable[[str], None] = lambda words: None,
) -> Found:
    """Recall@50 of every form. TrainingError where hardly anybody has enough bookmarks to hide so many."""
    events = Events.of(library)
    judged, taught = collectors(events, len(library.illustrations()), people, hidden, seed)
    with tempfile.TemporaryDirectory() as folder:
        others = alone(library, Path(folder) / "others", [events.users[u] for u in taught])
        own = alone(library, Path(folder) / "own", (), counted(library, [events.users[u] for u in taught]))
        forms = plain_forms(own, seed)
        encoded = Catalogue.as_far_as_encoded(own, Events.of(own)).vectors
        choices = RankerOptions(seed=seed, modalities=(*encoded, "metadata"))
        told(f"{len(judged)} people are judged; training on {len(taught)} others")
        run = RunFolder.create(others.path, "ranker", {})
        train_ranker(others, run, choices)
        forms[TAUGHT] = asked(Recommender.load(own, run.path))
        shipped = Recommender.load(own)
        if shipped.kind == "shipped":
            forms[SHIPPED] = asked(shipped)
        rows = []
        for name, form in forms.items():
            rows.append(Row(name, judge(form, judged)))
            told(f"{name}: " + " / ".join(f"{v:.3f}" for v in rows[-1].mean()))
    info = library.info
    counts = tuple(int(sum(len(p.likes) >= n for p in judged)) for n in LIKES)
    return Found(info.name, info.synthetic, hidden, counts, len(taught), len(library.illustrations()), tuple(rows))


def collectors(
    events: Events, illustrations: int, people: int, hide: int, seed: int
) -> tuple[list[Collector], list[int]]:
    """Judged people, and the numbers of those that a model may learn from: the other half of all, whoever they are."""
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(events.users))
    half = len(order) // 2
    counts = np.diff(events.start)
    able = sorted((int(u) for u in order[:half]), key=lambda u: -min(int(counts[u]), hide + LIKES[-1]))[:people]
    able = [u for u in able if counts[u] >= hide + LIKES[0]]
    if len(able) < FEWEST:
        raise TrainingError(
            f"{len(able)} of {half} people have {hide + LIKES[0]} bookmarks, and {FEWEST} are needed. Hide fewer."
        )
    made = []
    for user in able:
        own = rng.permutation(events.item[events.start[user] : events.start[user + 1]]).astype(np.int64)
        hidden, likes = own[:hide], own[hide : hide + LIKES[-1]]
        candidates = np.setdiff1d(np.arange(illustrations), own[hide:])
        made.append(Collector(events.users[user], likes, hidden, candidates))
    return made, sorted(int(u) for u in order[half:])


def judge(form: Form, people: Sequence[Collector]) -> np.ndarray:
    """(people, len(LIKES)) Recall@50."""
    found = np.full((len(people), len(LIKES)), np.nan)
    for n, person in enumerate(people):
        relevant = np.isin(person.candidates, person.hidden)
        for k, count in enumerate(LIKES):
            if len(person.likes) >= count:
                score = form(person.likes[:count])[person.candidates]
                found[n, k] = recall(relevant, np.argsort(-score, kind="stable"), SHOWN)
    found[:, (~np.isnan(found)).sum(0) < FEWEST] = np.nan
    return found


def alone(library: Library, folder: Path, users: Sequence[str], frame: pl.DataFrame | None = None) -> Library:
    """The same pictures (or these) and vectors with the log of these users only."""
    copy = Library.create(folder, library.info.name, synthetic=library.info.synthetic)
    copy.write_illustrations(library.illustrations() if frame is None else frame)
    if (library.path / "vectors").is_dir():
        shutil.copytree(library.path / "vectors", folder / "vectors")
    if users:
        copy.write_users(library.users().filter(pl.col("user_id").is_in(users)))
        copy.append_interactions(library.interactions().filter(pl.col("user_id").is_in(users)))
    return copy


def counted(library: Library, users: Sequence[str]) -> pl.DataFrame:
    """The illustrations; where no crawl told how often they are bookmarked, these users' bookmarks are counted."""
    frame = library.illustrations()
    if frame["views"].fill_null(0).sum() or frame["bookmarks"].fill_null(0).sum():
        return frame
    log = library.interactions().filter(pl.col("user_id").is_in(users), pl.col("kind") == BOOKMARK)
    counts = log.group_by("item_id").agg(pl.len().alias("bookmarks"))
    told = frame.drop("bookmarks").join(counts, on="item_id", how="left", maintain_order="left")
    return told.with_columns(pl.col("bookmarks").fill_null(0).cast(frame["bookmarks"].dtype)).select(frame.columns)


def asked(model: Recommender) -> Form:
    """What a collector's library answers: nobody has an id."""
    return lambda likes: model.score(likes.tolist()).probability


def plain_forms(own: Library, seed: int) -> dict[str, Form]:
    """The forms in which nothing was learnt; the last is what the product answers where no model fits."""
    events = Events.of(own)
    catalogue = Catalogue.as_far_as_encoded(own, events)
    metadata = Metadata(catalogue, events, own.interactions(), crawl=True)
    every = np.ones(len(catalogue), bool)
    spaces = {m: catalogue.vectors[m] for m in MODALITIES if m in catalogue.vectors}
    unit = {m: unit_rows(v, catalogue.present[m], every) for m, v in spaces.items()}
    unit["metadata"] = unit_rows(metadata.now(), every, every)
    rng = np.random.default_rng(seed)
    forms: dict[str, Form] = {RANDOM: lambda likes: rng.random(len(catalogue))}
    for column in ("views", "bookmarks"):
        counts = catalogue.frame[column].fill_null(0).to_numpy().astype(np.float64)
        if counts.any():
            forms[f"{POPULAR} ({column})"] = _always(counts)
    forms |= {f"{NEAREST}, {m}": _nearest(matrix) for m, matrix in unit.items()}
    available = tuple(unit)
    prepared = prepared_for(catalogue, available, metadata.now())
    forms["each person's most coherent space"] = _most_coherent(unit, prepared.items)
    forms["equal weights"] = lambda likes: np.sum([_standard(_nearest(u)(likes)) for u in unit.values()], axis=0)
    scorer = CoherenceScorer(Lens.plain(prepared, metadata, catalogue.published, metadata.end))
    none = np.zeros(0, np.int64)

    def by(scorer: Scorer) -> Form:
        return lambda likes: scorer.score(Liked(likes, np.full(len(likes), metadata.end), none), None).logit

    forms[COHERENCE] = by(scorer)
    forms[SERVED] = by(guessing(scorer, events, metadata))
    return forms


def _over(recall: np.ndarray, what: Callable[[np.ndarray], float]) -> np.ndarray:
    """Something of each column's people, NaN where there are none."""
    return np.array([what(c[~np.isnan(c)]) if not np.isnan(c).all() else np.nan for c in recall.T])


def _always(score: np.ndarray) -> Form:
    return lambda likes: score


def _nearest(unit: np.ndarray) -> Form:
    return lambda likes: unit @ unit[likes].mean(0)


def _standard(score: np.ndarray) -> np.ndarray:
    return (score - score.mean()) / max(float(score.std()), 1e-9)


def _most_coherent(unit: Mapping[str, np.ndarray], items: Mapping[str, np.ndarray]) -> Form:
    names = list(unit)
    matrices = [items[m] for m in names]

    def score(likes: np.ndarray) -> np.ndarray:
        return _nearest(unit[names[int(coherence_weights(matrices, likes.tolist()).argmax())]])(likes)

    return score
