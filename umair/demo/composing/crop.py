"""Formats: which part of the square becomes the picture."""

from collections.abc import Sequence

import numpy as np

from umair.demo.composing.extent import head_box, union
from umair.demo.content import Aspect, Box, Kind, Scene

RATIOS: dict[Aspect, float] = {"1:1": 1.0, "3:4": 3 / 4, "2:3": 2 / 3, "4:3": 4 / 3, "8:5": 8 / 5}
MARGIN = 0.012  # between what must be seen and the frame
AIR = 0.055  # wished for above the head
LIKED: dict[Kind, dict[Aspect, float]] = {  # how often each format is tried, by kind of picture
    "bust": {"1:1": 3, "3:4": 4, "2:3": 1.5, "4:3": 2.5, "8:5": 0.5},
    "close": {"1:1": 3, "3:4": 2, "4:3": 3},
    "half": {"1:1": 1.5, "3:4": 4.5, "2:3": 3},
    "behind": {"1:1": 2, "3:4": 3, "2:3": 2, "4:3": 2.5, "8:5": 1.5},
    "duo": {"1:1": 3, "4:3": 4, "8:5": 2},
    "chibi": {"1:1": 3, "3:4": 3, "2:3": 1},
    "scenery": {"1:1": 1, "3:4": 1, "4:3": 3, "8:5": 3},
    "full": {"1:1": 2, "3:4": 4, "2:3": 4, "4:3": 3, "8:5": 2},
    "action": {"1:1": 3, "3:4": 3, "4:3": 3, "8:5": 1},
    "shoulder": {"1:1": 2, "3:4": 4, "2:3": 1.5, "4:3": 2},
}


def crop_of(rng: np.random.Generator, scene: Scene, kind: Kind) -> tuple[Aspect, Box]:
    """A format that holds every head whole, and where it lies in the square."""
    must = _needed(scene, kind)
    liked = dict(LIKED[kind])
    while liked:
        names: Sequence[Aspect] = tuple(liked)
        weights = np.array([liked[name] for name in names])
        aspect = names[rng.choice(len(names), p=weights / weights.sum())]
        box = crop_box(must, RATIOS[aspect], rng, scenery=not scene.figures)
        if box:
            return aspect, box
        del liked[aspect]
    return "1:1", Box()


def crop_box(must: Box, ratio: float, rng: np.random.Generator, scenery: bool = False) -> Box | None:
    """The largest part of width : height = ratio that holds `must` with a margin; None if there is none."""
    w, h = (1.0, 1 / ratio) if ratio >= 1 else (ratio, 1.0)
    left_most, right_most = max(0.0, must.right + MARGIN - w), min(1 - w, must.left - MARGIN)
    top_most, low_most = max(0.0, must.bottom + MARGIN - h), min(1 - h, must.top - MARGIN)
    if (w < 1 and left_most > right_most) or (h < 1 and top_most > low_most):
        return None
    middle = (must.left + must.right) / 2
    left = 0.0 if w == 1 else float(np.clip(middle - w / 2 + rng.uniform(-0.04, 0.04), left_most, right_most))
    wish = rng.uniform(0.0, 1.0 - h) if scenery else must.top - AIR
    top = 0.0 if h == 1 else float(np.clip(wish, top_most, low_most))
    return Box(left, top, left + w, top + h)


def _needed(scene: Scene, kind: Kind) -> Box:
    """Every head, within the square: what already lies outside cannot be kept."""
    if not scene.figures:
        return Box(0.45, 0.45, 0.55, 0.55)
    box = union([head_box(figure, kind) for figure in scene.figures])
    lo, hi = MARGIN, 1 - MARGIN
    return Box(max(lo, box.left), max(lo, box.top), min(hi, box.right), min(hi, box.bottom))
