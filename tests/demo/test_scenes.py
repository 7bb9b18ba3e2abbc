"""Laws of composed scenes: repeatable, varied, and no head is cut by its crop."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from umair.demo.cast.registry import MEMBERS
from umair.demo.composing.crop import RATIOS, crop_box
from umair.demo.composing.extent import head_box
from umair.demo.composing.wear import BELONGS, wearing
from umair.demo.content import ASPECTS, KINDS, SETTING_NAMES, Box, ScenePlan
from umair.demo.figure.model import Character
from umair.demo.scenes import SHARES, catalogue, compose

PLANS = catalogue(11, 200)
FRAME = Box(-0.001, -0.001, 1.001, 1.001)


def test_the_same_seed_gives_the_same_catalogue_and_another_gives_another() -> None:
    assert catalogue(3, 20) == catalogue(3, 20)
    assert [p.scene for p in catalogue(3, 20)] != [p.scene for p in catalogue(4, 20)]


def test_keys_and_scenes_are_unique() -> None:
    assert len({plan.key for plan in PLANS}) == len(PLANS) == 200
    assert len({replace(plan.scene, name="", seed=0) for plan in PLANS if plan.members}) == sum(
        bool(plan.members) for plan in PLANS
    )
    assert len({plan.scene.seed for plan in PLANS}) == 200


def test_everything_occurs_and_everyone_about_equally_often() -> None:
    kinds = Counter(plan.kind for plan in PLANS)
    assert {kind: kinds[kind] for kind in KINDS} == {
        kind: pytest.approx(200 * SHARES[kind], abs=1.01) for kind in KINDS
    }
    assert {plan.setting for plan in PLANS} == set(SETTING_NAMES) - {"studio"}
    assert {plan.crop for plan in PLANS} == set(ASPECTS)
    people = Counter(name for plan in PLANS for name in plan.members)
    assert set(people) == set(MEMBERS) and max(people.values()) - min(people.values()) <= 4


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.key)
def test_the_plan_says_what_the_scene_shows(plan: ScenePlan) -> None:
    figures = plan.scene.figures
    assert plan.members == tuple(figure.char.name for figure in figures)
    assert len(figures) == {"duo": 2, "scenery": 0}.get(plan.kind, 1)
    assert (plan.setting, plan.time, plan.weather) == (
        plan.scene.place.setting,
        plan.scene.place.time,
        plan.scene.place.weather,
    )
    assert plan.particles == plan.scene.particles
    assert plan.outfit == (figures[0].char.outfit if figures else "")
    assert set(plan.accessories) == {a for figure in figures for a in figure.char.accs}


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.key)
def test_the_crop_has_its_format_and_holds_every_face(plan: ScenePlan) -> None:
    box = plan.box
    assert FRAME.holds(box)
    assert box.width / box.height == pytest.approx(RATIOS[plan.crop])
    for figure in plan.scene.figures:
        s = figure.scale
        face = Box(figure.x - 0.40 * s, figure.y + 0.2 * s, figure.x + 0.40 * s, figure.y + 1.04 * s)
        assert box.holds(face)


@pytest.mark.parametrize("plan", [p for p in PLANS if p.kind != "close"], ids=lambda plan: plan.key)
def test_hats_and_ears_are_not_cut(plan: ScenePlan) -> None:
    for figure in plan.scene.figures:
        head = head_box(figure, plan.kind)
        assert plan.box.top <= head.top
        assert plan.box.left <= head.left + 0.03 and head.right - 0.03 <= plan.box.right


def test_a_crop_is_refused_where_it_cannot_hold_what_must_be_seen() -> None:
    rng = np.random.default_rng(0)
    assert crop_box(Box(0.1, 0.2, 0.95, 0.6), RATIOS["2:3"], rng) is None
    wide = crop_box(Box(0.1, 0.2, 0.95, 0.6), RATIOS["8:5"], rng)
    assert wide is not None and wide.holds(Box(0.1, 0.2, 0.95, 0.6))


def test_another_outfit_keeps_the_person() -> None:
    witch = MEMBERS["ysolde"].character
    other = wearing(witch, "kimono")
    assert (other.name, other.hair, other.eye, other.back) == (witch.name, witch.hair, witch.eye, witch.back)
    assert other.outfit == "kimono" and "witch" not in other.accs and "cape" in BELONGS["witch"]
    assert wearing(witch, "cape") is witch
    assert (
        wearing(Character(name="a", hair="#000000"), "coat").c1
        == wearing(Character(name="a", hair="#000000"), "coat").c1
    )


def test_every_kind_can_be_composed_anywhere() -> None:
    rng, people = np.random.default_rng(5), list(MEMBERS.values())
    for n, kind in enumerate(KINDS):
        for setting in SETTING_NAMES:
            members = {"scenery": [], "duo": people[n : n + 2]}.get(kind, people[n : n + 1])
            plan = compose(rng, f"{kind}-{setting}", members, setting, kind, seed=n)
            assert plan.setting == setting and plan.kind == kind
