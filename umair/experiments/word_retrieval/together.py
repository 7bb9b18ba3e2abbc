"""Do labels that an encoder finds alike stand on the same pictures?"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix

from umair.encoders.labelled_pictures import GLOSSARY, read_spellings
from umair.errors import TrainingError
from umair.experiments.comparison.bootstrap import LEVEL, Interval, user_weights
from umair.experiments.word_retrieval.contenders import Contender, Unmeasured, contenders
from umair.experiments.word_retrieval.spearman import Order, spearman
from umair.library.store import Library

LEAST = 5  # pictures that a label is on
RESAMPLES = 300
MOST = 1_500  # labels, the most frequent: all their pairs are compared
JACCARD, PMI = "Jaccard, all pairs", "PMI, pairs that stand together"


@dataclass(frozen=True)
class Correlation:
    """Spearman of a contender's similarity with how often labels stand together; behind: the first one less this."""

    contender: str
    against: str
    spearman: Interval
    behind: Interval | None


@dataclass(frozen=True)
class Together:
    """What `words together` prints."""

    library: str
    synthetic: bool
    one_name: bool  # all spellings of a thing in the glossary as one label
    pictures: int
    labels: int
    pairs: int
    pairs_together: int
    rows: tuple[Correlation, ...]
    unmeasured: tuple[Unmeasured, ...]


def together(
    library: Library, encoders: Sequence[str], told: Callable[[str], None] = lambda words: None
) -> list[Together]:
    """All encoders by name or folder on a library's labels as they are written; where it has a glossary, once more
    with all spellings of a thing as one. TrainingError if there are too few labels.
    """
    own = [labels for labels in library.illustrations()["labels"].to_list() if labels]
    with tempfile.TemporaryDirectory() as work:
        found, missing = contenders(encoders, Path(work))
        answers = []
        for merged, views in _views(library, own).items():
            pairs = Cooccurrence.of(views)
            counts = len(own), len(pairs.labels), len(pairs.ends[0]), pairs.pairs_together
            rows = correlated(pairs, found, told)
            info = library.info
            answers.append(Together(info.name, info.synthetic, merged, *counts, tuple(rows), tuple(missing)))
    return answers


def _views(library: Library, own: list[list[str]]) -> dict[bool, list[list[str]]]:
    """The label lists as they are written (False), and with one name a thing (True) where a glossary knows them."""
    spelled = read_spellings(library.path / GLOSSARY)
    merged = {True: [[spelled.get(label, label) or label for label in labels] for labels in own]} if spelled else {}
    return {False: own} | merged


def carriers(own: Sequence[Sequence[str]]) -> tuple[list[str], csr_matrix]:
    """(labels (V), (N, V) who carries which) of the labels on LEAST pictures or more, the most frequent MOST."""
    counted = Counter(label for labels in own for label in set(labels))
    frequent = sorted((label for label, n in counted.items() if n >= LEAST), key=lambda t: (-counted[t], t))[:MOST]
    if len(frequent) < 3:
        raise TrainingError(f"{len(frequent)} labels are on {LEAST} pictures or more; at least 3 are needed.")
    place = {label: n for n, label in enumerate(frequent)}
    told = [(row, place[label]) for row, labels in enumerate(own) for label in set(labels) if label in place]
    rows, columns = zip(*told, strict=True)
    return frequent, csr_matrix((np.ones(len(told)), (rows, columns)), shape=(len(own), len(frequent)))


@dataclass(frozen=True)
class Cooccurrence:
    """labels (V) and all their pairs: the order of Jaccard (P) and, where a pair stands together, of PMI."""

    labels: tuple[str, ...]
    ends: tuple[np.ndarray, np.ndarray]
    truth: dict[str, tuple[Order, np.ndarray]]
    drawn: np.ndarray

    @classmethod
    def of(cls, own: Sequence[Sequence[str]]) -> Cooccurrence:
        """From the label lists of a library. TrainingError if too few labels are frequent."""
        labels, carried = carriers(own)
        first, second = np.triu_indices(len(labels), 1)
        both = np.asarray((carried.T @ carried).todense())[first, second]
        counts = np.asarray(carried.sum(0)).ravel()
        one, other = counts[first], counts[second]
        where = both > 0
        pmi = np.log(np.where(where, both, 1) * carried.shape[0] / (one * other))
        truth = {JACCARD: (Order.of(both / (one + other - both)), np.ones(len(both), bool))}
        if where.any():
            truth[PMI] = (Order.of(pmi[where]), where)
        drawn = user_weights(len(labels), RESAMPLES).astype(np.float64)
        return cls(tuple(labels), (first, second), truth, np.concatenate([np.ones((1, len(labels))), drawn]))

    @property
    def pairs_together(self) -> int:
        return int(self.truth[PMI][1].sum()) if PMI in self.truth else 0

    def correlations(self, contender: Contender) -> dict[str, np.ndarray]:
        """measure -> (1 + B) Spearman on all labels, then on labels drawn anew."""
        similar = contender.against(self.labels)(self.labels)[self.ends]
        found = {}
        for name, (order, kept) in self.truth.items():
            own = Order.of(np.round(similar[kept], 6))
            first, second = self.ends[0][kept], self.ends[1][kept]
            found[name] = np.array([spearman(own, order, w[first] * w[second]) for w in self.drawn])
        return found


def correlated(
    pairs: Cooccurrence, found: Sequence[Contender], told: Callable[[str], None] = lambda words: None
) -> list[Correlation]:
    """Every contender on every measure, and how far the first is ahead of it."""
    rows: list[Correlation] = []
    reference: dict[str, np.ndarray] = {}
    for contender in found:
        each = pairs.correlations(contender)
        for name, values in each.items():
            behind = _interval(reference[name] - values) if name in reference else None
            reference.setdefault(name, values)
            rows.append(Correlation(contender.name, name, _interval(values), behind))
        told(f"{contender.name}: " + ", ".join(f"{name} {values[0]:.3f}" for name, values in each.items()))
    return rows


def _interval(values: np.ndarray) -> Interval:
    """values (1 + B): the value on all labels, then on labels drawn anew."""
    drawn = values[1:][np.isfinite(values[1:])]
    low, high = np.quantile(drawn, LEVEL) if len(drawn) else (np.nan, np.nan)
    return Interval(float(values[0]), float(low), float(high))
