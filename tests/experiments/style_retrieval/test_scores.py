"""Scores against the plain loop that training uses, and intervals against their meaning."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from umair.encoders.style.retrieval import retrieval
from umair.experiments.style_retrieval.galleries import Gallery
from umair.experiments.style_retrieval.protocols import across_contents, same_hand
from umair.experiments.style_retrieval.resampling import draws, intervals, ratio
from umair.experiments.style_retrieval.scores import Scores, pooled, score

HANDS = ["a", "b", "c", "d"] * 8


@pytest.fixture
def noisy(made_gallery: Callable[..., Gallery]) -> Callable[[int], tuple[Gallery, np.ndarray]]:
    """A gallery of four hands and three contents, and a likeness that knows the hand a little."""

    def make(seed: int) -> tuple[Gallery, np.ndarray]:
        gallery = made_gallery(HANDS, [f"c{n % 3}" if n % 5 else "" for n in range(len(HANDS))], asked=["a", "b", "c"])
        chance = np.random.default_rng(seed).normal(size=(len(HANDS),) * 2)
        return gallery, chance + chance.T + 1.5 * (gallery.hand[:, None] == gallery.hand)

    return make


def test_the_figures_are_those_of_the_plain_loop(noisy: Callable[[int], tuple[Gallery, np.ndarray]]) -> None:
    gallery, likeness = noisy(0)
    asked = across_contents(gallery)
    neither = ~(asked.queries[:, None] | asked.queries)
    expected = retrieval(likeness, gallery.hand, asked.never | neither, asked.queries)
    assert score(likeness, asked).figures == pytest.approx(expected)


def test_of_hand_is_the_mean_of_its_own_queries(noisy: Callable[[int], tuple[Gallery, np.ndarray]]) -> None:
    gallery, likeness = noisy(1)
    found = score(likeness, same_hand(gallery))
    each = [found.of_hand(name) for name in "abc"]
    assert np.mean(each) == pytest.approx(found.figures["map"]) and len(set(each)) == 3


def test_pooled_pairs_share_one_threshold(noisy: Callable[[int], tuple[Gallery, np.ndarray]]) -> None:
    gallery, likeness = noisy(2)
    one = score(likeness, same_hand(gallery))
    shifted = score(likeness + 100, same_hand(gallery))
    assert shifted.figures == pytest.approx(one.figures)
    both = pooled([one, shifted])
    assert both.figures["map"] == pytest.approx(one.figures["map"])
    assert both.figures["auc"] < one.figures["auc"] - 0.05


def test_a_draw_of_every_hand_once_gives_the_figures(noisy: Callable[[int], tuple[Gallery, np.ndarray]]) -> None:
    gallery, likeness = noisy(3)
    found = score(likeness, across_contents(gallery))
    once = np.ones((1, 4))
    for name, interval in intervals(found, once).items():
        assert interval.low == pytest.approx(found.figures[name]) == pytest.approx(interval.high), name


def test_a_hand_drawn_twice_counts_as_if_its_pictures_were_there_twice(
    noisy: Callable[[int], tuple[Gallery, np.ndarray]],
) -> None:
    gallery, likeness = noisy(4)
    found = score(likeness, same_hand(gallery))
    only_a = np.array([[1.0, 0, 0, 1]])  # d answers once
    both = intervals(found, only_a)
    a = found.names.index("a")
    assert both["map"].low == pytest.approx(found.of_hand("a"))
    same, other = found.right & (found.one == a), ~found.right & (found.one == a) & (found.two == 3)
    wins = found.likeness[same][:, None] > found.likeness[other]
    assert both["auc"].low == pytest.approx(wins.mean())


def test_only_hands_that_ask_are_drawn(noisy: Callable[[int], tuple[Gallery, np.ndarray]]) -> None:
    gallery, likeness = noisy(5)
    drawn = draws(score(likeness, same_hand(gallery)), 50)
    assert (drawn[:, 3] == 1).all() and (drawn[:, :3].sum(1) == 3).all() and drawn[:, 0].std() > 0


def test_a_paired_ratio_is_surer_than_two_intervals() -> None:
    rng = np.random.default_rng(0)
    asker = np.repeat(np.arange(10), 4)
    hard = np.repeat(rng.uniform(0.1, 0.9, 10), 4)
    none = np.zeros(0)
    names = tuple("abcdefghij")
    plain, better = (Scores(names, asker, none, none, f * hard, none, none, none, none) for f in (1.0, 1.2))
    value, interval = ratio(better, plain, draws(plain, 200))
    assert value == pytest.approx(1.2) == pytest.approx(interval.low) == pytest.approx(interval.high)
