"""Composes scenes, and the catalogue of those that the demo library paints."""

from collections.abc import Sequence

import numpy as np

from umair.demo.cast.model import Member
from umair.demo.cast.registry import MEMBERS, SERIES
from umair.demo.composing.crop import crop_of
from umair.demo.composing.hours import mood_of
from umair.demo.composing.poses import posed, together
from umair.demo.composing.wear import dressed
from umair.demo.content import KINDS, SETTING_NAMES, Kind, Place, Scene, ScenePlan, SettingName
from umair.demo.figure.model import Figure, Prop

__all__ = ["ScenePlan", "catalogue", "compose"]
SHARES: dict[Kind, float] = {  # of the catalogue
    "bust": 0.24,
    "half": 0.20,
    "close": 0.07,
    "action": 0.11,
    "full": 0.09,
    "duo": 0.13,
    "shoulder": 0.03,
    "behind": 0.04,
    "chibi": 0.06,
    "scenery": 0.03,
}
ELSEWHERE: dict[Kind, float] = {"scenery": 0.5, "full": 0.4, "behind": 0.2, "chibi": 0.0}  # chance of the second camera
AWAY = 0.4  # chance that someone is met away from their series' settings
SETTINGS: tuple[SettingName, ...] = tuple(name for name in SETTING_NAMES if name != "studio")
HOME = (0.4, 0.25, 0.2, 0.15)  # shares of a series' own settings, the usual one first


def compose(
    rng: np.random.Generator, key: str, members: Sequence[Member], setting: SettingName, kind: Kind, seed: int
) -> ScenePlan:
    """One scene with these people there: none for scenery, two for a duo, else one.

    seed moves clouds, windows, leaves and strands of hair; everything else comes from rng.
    """
    mood = mood_of(rng, setting)
    hold = _hold(rng, members[0], kind) if members else ""
    figures = _figures(rng, members, setting, kind, hold)
    scene = Scene(
        name=key,
        place=Place(setting, mood.time, mood.weather, "other" if rng.random() < ELSEWHERE.get(kind, 0.3) else "usual"),
        figures=figures,
        lx=_side(rng, figures),
        seed=seed,
        particles=mood.particles,
    )
    aspect, box = crop_of(rng, scene, kind)
    return ScenePlan(
        key=key,
        scene=scene,
        members=tuple(f.char.name for f in figures),
        setting=setting,
        kind=kind,
        outfit=figures[0].char.outfit if figures else "",
        accessories=tuple(dict.fromkeys(a for f in figures for a in f.char.accs)),
        hold=figures[0].hold if figures else "",
        weather=mood.weather,
        time=mood.time,
        expression=figures[0].expr if figures and kind != "behind" else "",
        particles=mood.particles,
        crop=aspect,
        box=box,
    )


def catalogue(seed: int, count: int = 160) -> list[ScenePlan]:
    """`count` scenes, no two alike: everyone about equally often, kinds in their shares, most at home.

    The same seed gives the same scenes; each is meant to be painted by several artists.
    """
    rng = np.random.default_rng(seed)
    people = _turns(rng, tuple(MEMBERS.values()), 2 * count)
    plans = []
    for n, kind in enumerate(_kinds(rng, count)):
        members = _who(rng, people, kind)
        setting = _where(rng, members)
        names = "-".join(m.key for m in members) or "nobody"
        plans.append(compose(rng, f"{n:03d}-{kind}-{names}-{setting}", members, setting, kind, seed=1 + n))
    return plans


def _kinds(rng: np.random.Generator, count: int) -> list[Kind]:
    """The kinds in their shares, shuffled."""
    edges = np.round(np.cumsum([SHARES[kind] for kind in KINDS]) * count).astype(int)
    kinds = [kind for kind, n in zip(KINDS, np.diff(edges, prepend=0), strict=True) for _ in range(n)]
    return [kinds[i] for i in rng.permutation(count)]


def _turns(rng: np.random.Generator, everyone: Sequence[Member], at_least: int) -> list[Member]:
    """Everyone once, in a new order, again and again."""
    turns: list[Member] = []
    while len(turns) < at_least:
        turns += [everyone[i] for i in rng.permutation(len(everyone))]
    return turns


def _who(rng: np.random.Generator, people: list[Member], kind: Kind) -> tuple[Member, ...]:
    """Whose turn it is; a duo brings someone they have to do with."""
    if kind == "scenery":
        return ()
    first = people.pop(0)
    if kind != "duo":
        return (first,)
    second = MEMBERS[first.relations[rng.integers(len(first.relations))].to]
    later = next((i for i, m in enumerate(people) if m.key == second.key), None)
    if later is not None:  # that was their turn
        people.pop(later)
    return (first, second) if rng.random() < 0.5 else (second, first)


def _where(rng: np.random.Generator, members: tuple[Member, ...]) -> SettingName:
    if not members or rng.random() < AWAY:
        return SETTINGS[rng.integers(len(SETTINGS))]
    home = SERIES[members[0].series].home
    return home[rng.choice(len(HOME), p=HOME)]


def _hold(rng: np.random.Generator, member: Member, kind: Kind) -> Prop:
    if kind != "half" or not member.carries or rng.random() < 0.55:
        return ""
    return member.carries[rng.integers(len(member.carries))]


def _figures(
    rng: np.random.Generator, members: Sequence[Member], setting: SettingName, kind: Kind, hold: Prop
) -> tuple[Figure, ...]:
    chars = [dressed(rng, member, setting, sleeved=bool(hold)) for member in members]
    if kind == "duo":
        return together(rng, (members[0], members[1]), (chars[0], chars[1]), setting)
    return tuple(posed(rng, m, c, kind, setting, hold) for m, c in zip(members, chars, strict=True))


def _side(rng: np.random.Generator, figures: tuple[Figure, ...]) -> int:
    """Most faces look towards the light."""
    towards = 1 if sum(f.yaw for f in figures) > 0 else -1
    return towards if rng.random() < 0.7 else -towards
