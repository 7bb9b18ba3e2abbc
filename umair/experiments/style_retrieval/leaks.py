"""What a vector tells that it should not: content in style, hands in content; by linear probes and by neighbours."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import balanced_accuracy_score
from sklearn.model_selection import GroupKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from umair.experiments.style_retrieval.galleries import Gallery
from umair.experiments.style_retrieval.tables import table
from umair.experiments.style_retrieval.vectors import Vector, likenesses

FOLDS = 4
MOST_CONTENTS = 60  # a probe of many hundred classes says no more and takes minutes


@dataclass(frozen=True)
class Leak:
    """Balanced accuracy of a linear probe that never saw the tested groups, and that of guessing."""

    vector: str
    content: float
    content_chance: float
    hand: float
    hand_chance: float


def probed(gallery: Gallery) -> Gallery:
    """Pictures of one known content; of many contents the 60 whose names' hashes fall lowest."""
    single = np.array([len(c) == 1 for c in gallery.contents])
    contents = sorted({next(iter(c)) for c in gallery.contents if len(c) == 1}, key=_hashed)[:MOST_CONTENTS]
    kept = single & np.array([bool(c & set(contents)) for c in gallery.contents])
    return gallery.where(kept, gallery.name)


def leaks(gallery: Gallery, vectors: Sequence[Vector]) -> list[Leak]:
    """Content told to hands that the probe never saw, hands told from contents that it never saw."""
    content = np.array([next(iter(c)) for c in gallery.contents])
    found = []
    for vector in vectors:
        rows = vector.rows(gallery)
        found.append(
            Leak(
                vector.name,
                probe(rows, content, gallery.hand),
                1 / len(set(content.tolist())),
                probe(rows, gallery.hand, content),
                1 / len(set(gallery.hand.tolist())),
            )
        )
    return found


def probe(rows: np.ndarray, wanted: np.ndarray, group: np.ndarray) -> float:
    """Balanced accuracy of logistic regression: rows (N, D) -> wanted (N,), folds by whole groups (N,)."""
    folds = GroupKFold(min(FOLDS, len(set(group.tolist()))))
    said = np.empty_like(wanted)
    for train, test in folds.split(rows, wanted, group):
        model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=200, C=0.1))
        said[test] = model.fit(rows[train], wanted[train]).predict(rows[test])
    return float(balanced_accuracy_score(wanted, said))


def leaks_table(rows: Sequence[Leak]) -> str:
    """Markdown; the leak of a style vector is the first number, that of a semantic vector the second."""
    head = ["vector", "content, hands unseen", "chance", "hand, contents unseen", "chance"]
    return table(
        head,
        [
            [r.vector, f"{r.content:.3f}", f"{r.content_chance:.3f}", f"{r.hand:.3f}", f"{r.hand_chance:.3f}"]
            for r in rows
        ],
    )


def neighbours_table(gallery: Gallery, vectors: Sequence[Vector], among: int = 10) -> str:
    """What the nearest by CSLS share: shares of the same hand, the same content, the same hand with another content."""
    hand, content = gallery.hand[:, None] == gallery.hand, gallery.sharing()
    lines = []
    for vector in vectors:
        likeness = likenesses(vector.rows(gallery))["CSLS"].copy()
        np.fill_diagonal(likeness, -np.inf)
        lines.append(_shared(vector.name, hand, content, np.argsort(-likeness, axis=1)[:, :among]))
    anyone = np.random.default_rng(0).integers(0, len(hand), (len(hand), 50))
    lines.append(_shared("anyone", hand, content, anyone))
    return table([f"{among} nearest by", "same hand", "same content", "same hand, other content"], lines)


def _shared(name: str, hand: np.ndarray, content: np.ndarray, nearest: np.ndarray) -> list[str]:
    by_hand, by_content = (np.take_along_axis(fact, nearest, axis=1) for fact in (hand, content))
    return [name, f"{by_hand.mean():.3f}", f"{by_content.mean():.3f}", f"{(by_hand & ~by_content).mean():.3f}"]


def _hashed(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()
