"""How well the two spaces of a library keep like with like: the figures beside Fig. 5."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from umair.retrieval.pairs import AllPairs, same_against_different

QUERIES = 2_000  # pictures that R@1 is measured on, when a library has more
SEED = 4


@dataclass(frozen=True)
class SpaceQuality:
    """How well each space keeps like with like in this library: AUC of same against different pairs, and R@1.

    command prints the same figures; nan where the library has no artist or label to judge by.
    """

    style_same_artist_auc: float
    content_same_artist_auc: float
    style_shared_label_auc: float
    content_shared_label_auc: float
    style_same_artist_r1: float
    content_same_artist_r1: float
    pairs: int
    command: str


def quality(
    style: np.ndarray,
    content: np.ndarray,
    artists: Sequence[str],
    labels: Sequence[Sequence[str]],
    pairs: AllPairs,
) -> SpaceQuality:
    """Measure both spaces. style, content: unit rows (N, D); artists "" where unknown; labels a list a picture."""
    names = np.array(artists)
    a, b = pairs.rows[:, 0], pairs.rows[:, 1]
    named = (names[a] != "") & (names[b] != "")
    same = names[a] == names[b]
    sets = [frozenset(own) for own in labels]
    shared = np.fromiter((not sets[i].isdisjoint(sets[j]) for i, j in pairs.rows.tolist()), bool, len(pairs.rows))
    return SpaceQuality(
        style_same_artist_auc=same_against_different(pairs.style[named], same[named]),
        content_same_artist_auc=same_against_different(pairs.content[named], same[named]),
        style_shared_label_auc=same_against_different(pairs.style, shared),
        content_shared_label_auc=same_against_different(pairs.content, shared),
        style_same_artist_r1=first_is_same(style, names),
        content_same_artist_r1=first_is_same(content, names),
        pairs=len(pairs.rows),
        command="python -m umair figure 5",
    )


def first_is_same(unit: np.ndarray, names: np.ndarray) -> float:
    """R@1: how often the nearest picture has the same name, over names with two or more pictures."""
    found, counts = np.unique(names, return_counts=True)
    judged = np.flatnonzero(np.isin(names, found[(counts > 1) & (found != "")]))
    if not len(judged):
        return float("nan")
    asked = np.random.default_rng(SEED).permutation(judged)[:QUERIES]
    cosine = unit[asked] @ unit.T
    cosine[np.arange(len(asked)), asked] = -2.0
    return float((names[cosine.argmax(1)] == names[asked]).mean())
