"""Fig. 5: pairs found by themselves are near in one space and far in the other."""

from __future__ import annotations

import numpy as np
import pytest

from umair.retrieval.pairs import all_pairs, same_against_different, telling
from umair.retrieval.search import unit_rows

RNG = np.random.default_rng(2)


@pytest.fixture
def grid() -> tuple[np.ndarray, np.ndarray]:
    """Six hands by six contents: style knows the hand alone, content the subject alone."""
    hands, subjects = np.eye(6), np.eye(6)
    noise = lambda: RNG.normal(scale=0.05, size=6)  # noqa: E731
    style = unit_rows(np.array([hands[h] + noise() for h in range(6) for _ in range(6)]))
    content = unit_rows(np.array([subjects[c] + noise() for _ in range(6) for c in range(6)]))
    return style, content


def test_telling_pairs_share_what_they_should_and_nothing_else(grid) -> None:
    found = all_pairs(*grid, np.ones(36, bool))
    for k in telling(found, "content"):
        a, b = found.rows[k]
        assert a % 6 == b % 6 and a // 6 != b // 6
    for k in telling(found, "style"):
        a, b = found.rows[k]
        assert a // 6 == b // 6 and a % 6 != b % 6


def test_no_picture_is_in_two_of_the_pairs(grid) -> None:
    found = all_pairs(*grid, np.ones(36, bool))
    rows = [r for k in telling(found, "style") for r in found.rows[k]]
    assert len(set(rows)) == len(rows) == 8


def test_pictures_without_vectors_are_in_no_pair(grid) -> None:
    present = np.arange(36) % 2 == 0
    assert set(all_pairs(*grid, present).rows.ravel() % 2) == {0}


def test_same_hand_is_nearer_than_another_hand_in_style_but_not_in_content(grid) -> None:
    found = all_pairs(*grid, np.ones(36, bool))
    same = found.rows[:, 0] // 6 == found.rows[:, 1] // 6
    assert same_against_different(found.style, same) > 0.99
    assert same_against_different(found.content, same) < 0.6
    assert np.isnan(same_against_different(found.style, np.zeros(len(same), bool)))


def test_percentile_counts_the_pairs_that_are_nearer(grid) -> None:
    found = all_pairs(*grid, np.ones(36, bool))
    assert found.percentile("style", found.style.min()) == 0
    assert found.percentile("style", found.style.max() + 1) == 100
