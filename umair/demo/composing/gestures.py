"""Which gesture suits whom, and how far it reaches out of the figure."""

from dataclasses import dataclass

import numpy as np

from umair.demo.cast.model import Member
from umair.demo.composing.wear import SLEEVED
from umair.demo.figure.model import Arms, Character, OutfitName

FREE: tuple[OutfitName, ...] = (*SLEEVED, "dress", "kimono")  # an arm may move freely: not under a cape
BEFORE_CHEST: tuple[Arms, ...] = ("joined", "folded", "raised")
STIFF: tuple[OutfitName, ...] = ("cyber", "coat")  # too stiff to put a hand behind the head
LIKED: dict[str, dict[Arms, float]] = {
    "bright": {"down": 1, "joined": 1, "wave": 4, "peace": 4, "cheeks": 1.5, "reach": 2, "raised": 1, "hair": 0.7},
    "gentle": {"down": 1.5, "joined": 3, "wave": 2, "peace": 1, "cheeks": 2.5, "chin": 1.5, "reach": 1},
    "cool": {"down": 1, "folded": 3, "chin": 2.5, "hair": 2.5, "reach": 1.5, "peace": 1, "raised": 1},
    "stern": {"down": 1, "folded": 3, "chin": 3.5, "hair": 1.5, "joined": 1, "reach": 1},
}


@dataclass(frozen=True)
class Extent:
    """Head heights that a gesture needs: beside the head's axis on the near and on the far side, and down."""

    near: float
    far: float = 0.6
    foot: float = 1.7


EXTENTS: dict[Arms, Extent] = {
    "wave": Extent(1.24),
    "peace": Extent(1.02),
    "chin": Extent(0.84, 0.80, foot=2.25),
    "cheeks": Extent(0.88, 0.80, foot=2.0),
    "reach": Extent(1.0, foot=2.0),
    "hair": Extent(1.22),
    "up": Extent(1.32, 1.2),
    "spread": Extent(1.74, 1.50),
    "out": Extent(1.62, 1.45, foot=2.5),
    "hang": Extent(0.95, 0.90, foot=3.2),
}


def gesture_of(rng: np.random.Generator, member: Member, char: Character) -> Arms:
    """One that suits their temper and is possible in their clothes."""
    if char.outfit not in FREE:
        return "down"
    possible = dict(LIKED[member.temper])
    if char.outfit not in SLEEVED:
        possible = {arms: weight for arms, weight in possible.items() if arms not in BEFORE_CHEST}
    if char.outfit in STIFF:
        possible.pop("raised", None)
    if char.slim > 0.5:
        possible.pop("cheeks", None)
    weights = np.array(list(possible.values()))
    return tuple(possible)[rng.choice(len(possible), p=weights / weights.sum())]


def extent_of(char: Character, arms: Arms) -> Extent | None:
    """None where no arm leaves the figure."""
    return EXTENTS.get(arms) if char.outfit in FREE else None
