"""Probes find what is there and nothing else; neighbour averaging and the choice of k."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from umair.experiments.style_retrieval.galleries import Gallery
from umair.experiments.style_retrieval.leaks import MOST_CONTENTS, leaks, leaks_table, neighbours_table, probed
from umair.experiments.style_retrieval.neighbours import (
    Setting,
    Trial,
    averaged,
    chosen,
    settings,
    settings_table,
)
from umair.experiments.style_retrieval.protocols import same_hand
from umair.experiments.style_retrieval.vectors import Vector, unit

Make = Callable[..., Gallery]
HANDS, CONTENTS = 6, 5


@pytest.fixture
def grid(made_gallery: Make) -> Gallery:
    """Every content by every hand twice."""
    hands = [f"h{h}" for h in range(HANDS) for _ in range(2 * CONTENTS)]
    return made_gallery(hands, [f"c{n % CONTENTS}" for n in range(len(hands))])


def _coded(names: np.ndarray, seed: int) -> np.ndarray:
    codes = np.unique(names, return_inverse=True)[1]
    noise = np.random.default_rng(seed).normal(size=(len(names), 12))
    return unit(3 * np.eye(12)[codes] + 0.3 * noise)


def _content(gallery: Gallery) -> np.ndarray:
    return _coded(np.array([next(iter(c)) for c in gallery.contents]), 0)


def _hand(gallery: Gallery) -> np.ndarray:
    return _coded(gallery.hand, 1)


def test_probes_find_what_a_vector_knows_and_nothing_else(grid: Gallery) -> None:
    by_content, by_hand = leaks(grid, [Vector("content", _content), Vector("hand", _hand)])
    assert by_content.content > 0.95 and by_hand.hand > 0.95
    assert by_content.hand < 0.45 and by_hand.content < 0.45
    assert (by_content.content_chance, by_content.hand_chance) == (1 / CONTENTS, 1 / HANDS)
    assert leaks_table([by_hand]).splitlines()[2].startswith("| hand | 0.")


def test_a_probe_takes_single_contents_and_not_too_many(made_gallery: Make) -> None:
    contents = [f"c{n}" for n in range(MOST_CONTENTS + 5)] + ["", "c0 c1"]
    some = probed(made_gallery(["a"] * len(contents), contents))
    assert len(some.hand) == MOST_CONTENTS and all(len(c) == 1 for c in some.contents)
    assert not set(some.rows.tolist()) & {MOST_CONTENTS + 5, MOST_CONTENTS + 6}


def test_neighbours_share_what_the_space_knows(grid: Gallery) -> None:
    lines = neighbours_table(grid, [Vector("style", _hand), Vector("semantic", _content)], among=5).splitlines()
    assert lines[2].startswith("| style | 1.000 |") and lines[3].split("|")[3].strip() == "1.000"
    assert 0.1 < float(lines[4].split("|")[2]) < 0.25, "anyone: one hand in six"


def test_averaging_draws_to_the_nearest_alone() -> None:
    rows = unit(np.array([[1, 0, 0], [1, 0.2, 0], [0, 0, 1], [0, 0.2, 1]], dtype=float))
    found = averaged(rows, among=1)
    expected = rows[0] + (rows[0] @ rows[1]) ** 3 * rows[1]
    np.testing.assert_allclose(found[0], expected / np.linalg.norm(expected), rtol=1e-5)
    assert found[0] @ found[1] > rows[0] @ rows[1] and found[0] @ found[2] < 1e-2
    np.testing.assert_allclose(averaged(rows, among=9), averaged(rows, among=3))


def test_the_training_side_chooses_and_the_test_does_not(grid: Gallery) -> None:
    best = Setting(10, True)
    ours = {s: (0.9, 0.9) if s == best else (0.5, 0.5) for s in settings()}
    assert chosen([ours]) == best
    protocol = same_hand(grid)
    weak = Vector("weak", lambda g: unit(_hand(g) + np.random.default_rng(2).normal(size=(len(g.hand), 12))))
    trials = [Trial("mine", grid, protocol, weak, True), Trial("theirs", grid, protocol, weak, False)]
    text = settings_table(trials)
    assert "theirs (test, for the record)" in text and text.count("5 nearest") == 5
    alone = settings_table(trials[:1]).rsplit("\n", 1)[-1]
    assert text.endswith(alone)
