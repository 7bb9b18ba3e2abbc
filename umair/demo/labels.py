"""Labels as artists write them: three languages mixed, incomplete, sometimes wrong, and about more than is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from umair.demo.artists import Habit
from umair.demo.cast.registry import MEMBERS
from umair.demo.content import ScenePlan
from umair.demo.facts import facts
from umair.demo.glossary import LANGUAGES, glossary

FEWEST, MOST = 3, 12
THEMES = (  # what a picture is about for its artist; nothing that can be seen
    *(
        "nostalgic",
        "dreamy",
        "warm",
        "mysterious",
        "lively",
        "lonely_scene",
        "cute",
        "beautiful",
        "love",
        "after_school",
    ),
    *(
        "school_days",
        "summer_holidays",
        "birthday",
        "music",
        "magic",
        "traveller",
        "christmas",
        "halloween",
        "new_year",
    ),
    *("valentine", "graduation", "ghost", "dragon", "idol", "detective", "princess", "dark_mood", "golden_hour"),
)
GENERAL = (("original", 0.3), ("illustration", 0.2), ("digital", 0.06), ("commission", 0.05), ("wallpaper", 0.05))
CONFUSED = ("hair", "eyes", "outfit", "mood", "time", "setting")  # kinds of concepts that are taken for another


@dataclass(frozen=True)
class Written:
    """One label and the concept that it names, true or not."""

    text: str
    concept: str


def write_labels(plan: ScenePlan, hand: str, habit: Habit, rng: np.random.Generator) -> tuple[Written, ...]:
    """What somebody with this habit writes on the plan painted by this hand: 3 to 12 labels, no text twice."""
    ready = {f.concept: f.readiness for f in facts(plan, hand)}
    ready |= {c: max(r, ready.get(c, 0.0)) for c, r in GENERAL}
    concepts, chances = list(ready), np.array(list(ready.values()))
    wanted = int(np.clip(rng.poisson(habit.labels), FEWEST, MOST))
    themes = _themes(habit, rng)
    keys = np.log(chances) + rng.gumbel(size=len(concepts))
    chosen = [concepts[k] for k in np.argsort(-keys)[: max(2, wanted - len(themes))]]
    if rng.random() < habit.wrong * len(chosen):
        place = int(rng.integers(len(chosen)))
        chosen[place] = _mistaken(chosen[place], rng)
    written = [_spelled(c, habit, rng) for c in [*chosen, *themes]]
    distinct = {w.text.casefold(): w for w in written}
    return tuple(list(distinct.values())[:MOST])


def _themes(habit: Habit, rng: np.random.Generator) -> list[str]:
    count = int(rng.choice(4, p=(0.1, 0.35, 0.35, 0.2)))
    return [THEMES[k] for k in rng.choice(len(THEMES), count, replace=False, p=np.array(habit.themes))]


def _spelled(concept: str, habit: Habit, rng: np.random.Generator) -> Written:
    lang = LANGUAGES[int(rng.choice(3, p=np.array(habit.languages)))]
    spellings = glossary()[concept].names[lang]
    main = len(spellings) == 1 or rng.random() < habit.main_spelling
    return Written(spellings[0] if main else spellings[int(rng.integers(1, len(spellings)))], concept)


def _mistaken(concept: str, rng: np.random.Generator) -> str:
    """Another of the same kind: another person of the series, another colour of hair."""
    if concept.startswith("character/"):
        series = MEMBERS[concept.removeprefix("character/")].series
        return _one([f"character/{m.key}" for m in MEMBERS.values() if m.series == series], rng)
    kind = glossary()[concept].kind
    if kind not in CONFUSED:
        return concept
    return _one([c.key for c in glossary().values() if c.kind == kind], rng)


def _one(names: Sequence[str], rng: np.random.Generator) -> str:
    return names[int(rng.integers(len(names)))]
