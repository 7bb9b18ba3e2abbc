"""Distances of like and of unlike pairs: what a made space must show."""

from __future__ import annotations

import math

import numpy as np

from umair.retrieval.pairs import AllPairs, all_pairs
from umair.retrieval.separation import BINS, separation


def _two_clusters() -> tuple[AllPairs, np.ndarray]:
    rng = np.random.default_rng(0)
    cluster = np.repeat([0, 1], 12)
    style = np.eye(2)[cluster] + 0.05 * rng.normal(size=(24, 2))
    content = rng.normal(size=(24, 2))
    style, content = (v / np.linalg.norm(v, axis=1, keepdims=True) for v in (style, content))
    found = all_pairs(style, content, np.ones(24, bool))
    return found, cluster[found.rows[:, 0]] == cluster[found.rows[:, 1]]


def test_a_space_that_knows_the_clusters_separates_and_the_other_does_not() -> None:
    pairs, same = _two_clusters()
    style, content = (separation(pairs, space, "hand", same) for space in ("style", "content"))
    assert style.auc == 1.0
    assert abs(content.auc - 0.5) < 0.15


def test_each_outline_is_a_share_over_the_same_distances() -> None:
    pairs, same = _two_clusters()
    found = separation(pairs, "style", "hand", same)
    assert len(found.edges) == BINS + 1 and len(found.alike) == len(found.unlike) == BINS
    np.testing.assert_allclose([sum(found.alike), sum(found.unlike)], 1.0)
    middle = (np.array(found.edges[1:]) + found.edges[:-1]) / 2
    assert (middle * found.alike).sum() < 0.1 < 0.8 < (middle * found.unlike).sum()


def test_pairs_of_which_nothing_is_known_do_not_count() -> None:
    pairs, same = _two_clusters()
    judged = np.random.default_rng(1).random(len(same)) < 0.5
    confused = np.where(judged, same, ~same)
    assert separation(pairs, "style", "hand", confused, judged).auc == 1.0
    assert math.isnan(separation(pairs, "style", "hand", same, np.zeros_like(judged)).auc)
