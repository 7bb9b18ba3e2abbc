"""Somebody from head to foot: filling the picture, or small in the place they are in."""

from dataclasses import replace

import numpy as np

from umair.demo.composing.extent import FOOT, above
from umair.demo.composing.gestures import FREE
from umair.demo.figure.model import Arms, Figure, Stance

WAYS: dict[Arms, float] = {"hang": 3, "wave": 2, "out": 2, "up": 1, "peace": 1, "spread": 1, "hair": 0.5}
STANCES: tuple[Stance, ...] = ("stand", "walk", "leap", "cross")
CHANCES = (0.35, 0.3, 0.15, 0.2)
SMALL = 0.55  # share of those that are small in a wide place
GROUND = (0.885, 0.945)  # where feet stand, fraction of the square


def standing(rng: np.random.Generator, figure: Figure, way: int) -> Figure:
    """Feet on the ground of the setting; in a leap a little above it."""
    small = rng.random() < SMALL
    tall = above(figure.char)
    scale = rng.uniform(0.085, 0.108) if small else min(rng.uniform(0.138, 0.148), 0.9 / (FOOT["full"] + tall + 0.1))
    stance = STANCES[rng.choice(len(STANCES), p=CHANCES)]
    ways = tuple(WAYS)
    weights = np.array(list(WAYS.values()))
    arms = ways[rng.choice(len(ways), p=weights / weights.sum())] if figure.char.outfit in FREE else "down"
    foot = rng.uniform(*GROUND) - (0.03 if stance == "leap" else 0.0)
    aside = float(rng.choice((-1, 1))) * rng.uniform(0.10, 0.19) if small else rng.uniform(-0.03, 0.03)
    return replace(
        figure,
        pose="full",
        stance=stance,
        arms=arms,
        yaw=way * rng.uniform(0.2, 0.8),
        x=0.5 + aside,
        y=max(foot - FOOT["full"] * scale, (tall + 0.2) * scale),
        scale=scale,
        lean=figure.lean * 0.4,
        pitch=0.0,
        wind=figure.wind * 1.6,
    )
