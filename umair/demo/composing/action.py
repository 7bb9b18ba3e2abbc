"""Somebody in motion: a body that leans, hair that streams, arms that fly."""

from dataclasses import replace

import numpy as np

from umair.demo.composing.extent import above, head_box
from umair.demo.composing.gestures import FREE
from umair.demo.figure.model import Arms, Figure

WAYS: tuple[Arms, ...] = ("up", "spread", "out", "reach", "wave")
CHANCES = (0.25, 0.28, 0.2, 0.17, 0.1)


def in_motion(rng: np.random.Generator, figure: Figure, way: int) -> Figure:
    """Leaning into the way it looks or away from it, wind from before, often seen from below or above."""
    char = replace(figure.char, accs=tuple(a for a in figure.char.accs if a not in ("witch", "straw")))
    arms = WAYS[rng.choice(len(WAYS), p=CHANCES)] if char.outfit in FREE else "down"
    lean = way * float(rng.choice((1, 1, -1))) * rng.uniform(0.14, 0.30)
    scale = rng.uniform(0.285, 0.31)
    moving = replace(
        figure,
        char=char,
        arms=arms,
        yaw=way * rng.uniform(0.3, 0.9),
        lean=lean,
        roll=-0.55 * lean + rng.uniform(-0.04, 0.04),
        camera=float(rng.choice((-1.0, 0.0, 0.7))) * rng.uniform(0.6, 1.0),
        pitch=0.0,
        scale=scale,
        x=0.5 + 0.35 * lean * rng.uniform(0.6, 1.0),
        y=max(rng.uniform(0.15, 0.21), above(char) * scale + 0.06),
        wind=-way * rng.uniform(0.75, 1.0),
    )
    reach = head_box(moving, "action")
    return replace(moving, x=moving.x + max(0.0, 0.02 - reach.left) - max(0.0, reach.right - 0.98))
