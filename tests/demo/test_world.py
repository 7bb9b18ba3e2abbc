"""The synthetic year: planted taste that can be found again, long tails, nothing before its publication."""

from __future__ import annotations

import numpy as np
import pytest

from umair.demo import world as world_module
from umair.demo.catalogue import BEGIN, YEAR, Catalogue, Depicted
from umair.demo.taste import Menu, plant
from umair.demo.world import BOOKMARK, DISLIKE, MONTHS, VIEW, World, affinities

HANDS = [f"hand{n}" for n in range(12)]
PEOPLE = [f"person{n}" for n in range(26)]
PLACES = [f"place{n}" for n in range(10)]
WORDS = [f"word{n}" for n in range(28)]
MENU = Menu(WORDS, PEOPLE, PLACES, HANDS)
USERS = 250


@pytest.fixture(scope="module")
def items() -> Catalogue:
    rng = np.random.default_rng(4)
    pictures = []
    for n in range(500):
        scene = np.random.default_rng(n // 5)
        artist = int(rng.integers(36))
        person, place, kind = PEOPLE[scene.integers(26)], PLACES[scene.integers(10)], str(scene.integers(4))
        words = tuple(rng.choice(WORDS, 3, replace=False))
        pictures.append(Depicted(f"p{n}", HANDS[artist // 3], f"a{artist}", person, place, kind, words))
    return Catalogue.of(pictures, 0)


@pytest.fixture(scope="module")
def world(items: Catalogue) -> World:
    return World.generate(items, USERS, 0, MENU)


def test_nothing_is_met_before_its_publication_or_outside_the_year(items: Catalogue, world: World) -> None:
    assert (world.at > items.published[world.item]).all()
    assert world.at.min() >= BEGIN and world.at.max() < BEGIN + YEAR
    assert (np.diff(world.at) >= 0).all()


def test_nobody_meets_a_picture_twice(items: Catalogue, world: World) -> None:
    pairs = world.user.astype(np.int64) * len(items) + world.item
    assert len(np.unique(pairs)) == len(pairs)


def test_users_and_pictures_have_long_tails(items: Catalogue, world: World) -> None:
    marks = world.kind == BOOKMARK
    by_user = np.bincount(world.user[marks], minlength=USERS)
    by_item = np.sort(np.bincount(world.item[marks], minlength=len(items)))[::-1]
    assert by_user.min() >= 10 and by_user.max() <= len(items) // 2 and by_user.max() > 2.5 * np.median(by_user)
    assert by_item[: len(items) // 10].sum() > 0.2 * by_item.sum()
    assert by_item[0] > 2.5 * np.median(by_item) > 0
    assert {VIEW, DISLIKE} < set(np.unique(world.kind))


def test_the_four_affinities_can_be_told_apart(world: World) -> None:
    off = world.correlation[~np.eye(4, dtype=bool)]
    assert off.max() < 0.2 and off.mean() < 0.12
    np.testing.assert_allclose(np.diag(world.correlation), 1.0)


def _found_again(items: Catalogue, world: World) -> list[float]:
    """An oracle that knows the affinities: how well the lift of the bookmarks' mean affinity ranks users by weight."""
    marks = world.kind == BOOKMARK
    _, directions = world.tastes.at(0.5)
    z = affinities(items, world.tastes, directions, np.arange(USERS), np.arange(len(items))[None, :], BEGIN + YEAR // 2)
    lift = np.array([z[:, u, world.item[marks & (world.user == u)]].mean(1) for u in range(USERS)])
    return [_spearman(lift[:, j], world.followed[:, j]) for j in range(4)]


def test_planted_weights_are_found_again_from_the_log(items: Catalogue, world: World) -> None:
    assert min(_found_again(items, world)) > 0.75


def test_without_taste_there_is_nothing_to_find(items: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(world_module, "plant", lambda users, menu, seed: plant(users, menu, seed, strength=0.0))
    assert max(map(abs, _found_again(items, World.generate(items, USERS, 0, MENU)))) < 0.25


def test_weights_sum_to_one_through_the_year() -> None:
    tastes = plant(60, MENU, seed=0)
    for share in (0.0, 0.5, 1.0):
        weights, directions = tastes.at(share)
        np.testing.assert_allclose(weights.sum(1), 1.0)
        np.testing.assert_allclose(np.linalg.norm(directions, axis=-1), 1.0)
    drifted = np.abs(tastes.later_weights - tastes.weights).sum(1) > 1e-6
    assert 0.1 < drifted.mean() < 0.45


def test_the_same_arguments_give_the_same_world(items: Catalogue, world: World) -> None:
    again = World.generate(items, USERS, 0, MENU)
    for name in ("user", "item", "at", "kind", "followed"):
        np.testing.assert_array_equal(getattr(again, name), getattr(world, name))
    other = World.generate(items, USERS, 1, MENU)
    assert len(other.user) != len(world.user) or (other.item != world.item).any()


def test_a_catalogue_without_pictures_scales() -> None:
    items = Catalogue.invent(3_000, 0)
    world = World.generate(items, 700, 0)
    marks = world.kind == BOOKMARK
    assert marks.sum() > 30 * 700
    pairs = world.user.astype(np.int64) * len(items) + world.item
    assert len(np.unique(pairs)) == len(pairs)
    assert (world.at > items.published[world.item]).all()
    assert len(np.unique((world.at - BEGIN) * MONTHS // YEAR)) == MONTHS


def _spearman(a: np.ndarray, b: np.ndarray) -> float:
    return float(np.corrcoef(a.argsort().argsort(), b.argsort().argsort())[0, 1])
