"""How two people stand to each other: side by side, back to back, or one before the other."""

from dataclasses import replace

import numpy as np

from umair.demo.composing.extent import above, hair_beside
from umair.demo.composing.wear import SLEEVED
from umair.demo.figure.model import Figure

Pair = tuple[Figure, Figure]  # left and right in, behind and before out
SIDE_BY_SIDE, BACK_TO_BACK = 0.45, 0.25  # the rest: one before the other
TOP_AIR = 0.035


def arranged(rng: np.random.Generator, pair: Pair) -> Pair:
    """The pair, given side by side and turned to each other, in one of three ways."""
    at = rng.random()
    if at < SIDE_BY_SIDE:
        return _wider_hair_behind(pair)
    if at < SIDE_BY_SIDE + BACK_TO_BACK:
        return _wider_hair_behind(_back_to_back(rng, pair))
    return _one_before_the_other(rng, pair)


def _wider_hair_behind(pair: Pair) -> Pair:
    left, right = pair
    return (left, right) if hair_beside(left.char) >= hair_beside(right.char) else (right, left)


def _back_to_back(rng: np.random.Generator, pair: Pair) -> Pair:
    """Heads that lean together and look away from each other, arms folded where sleeves allow."""
    turned = []
    for figure, side in zip(pair, (-1, 1), strict=True):
        folded = figure.char.outfit in SLEEVED and rng.random() < 0.6
        turned.append(
            replace(
                figure,
                yaw=side * rng.uniform(0.5, 0.95),
                x=0.5 + side * rng.uniform(0.172, 0.185),
                roll=-side * rng.uniform(0.03, 0.08),
                lean=-side * rng.uniform(0.01, 0.03),
                arms="folded" if folded else "down",
            )
        )
    return turned[0], turned[1]


def _one_before_the_other(rng: np.random.Generator, pair: Pair) -> Pair:
    """The one behind stands higher and looks over a shoulder; the one before is larger and lower."""
    side = int(rng.choice((-1, 1)))  # where the one before stands
    left, right = pair
    before, behind = (left, right) if side < 0 else (right, left)
    small, large = behind.scale * 0.90, before.scale * 1.02
    behind = replace(behind, scale=small, x=0.5 - 0.18 * side, y=above(behind.char) * small + TOP_AIR + 0.02)
    y = max(behind.y + 0.15, above(before.char) * large + TOP_AIR)
    roll = -side * rng.uniform(0.04, 0.10)  # the heads lean together
    before = replace(before, scale=large, x=0.5 + 0.145 * side, y=y, roll=roll, yaw=before.yaw * 0.6)
    return replace(behind, roll=-roll * 0.8), before
