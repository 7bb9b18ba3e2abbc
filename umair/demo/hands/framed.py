"""Passes with the part of the square that will be shown: frames, badges and borders keep within it."""

from dataclasses import dataclass, fields

import numpy as np

from umair.demo.content import Box
from umair.demo.hands.picture import grid
from umair.demo.passes import Passes, Plane


@dataclass(frozen=True)
class Framed(Passes):
    """What a hand paints: everything that was drawn, and the box that remains of it."""

    box: Box

    @property
    def side(self) -> float:
        """The shorter side of the box, fraction of the square's side."""
        return min(self.box.width, self.box.height)


def framed(passes: Passes, box: Box) -> Framed:
    """The same passes, to be shown within the box."""
    return Framed(**{field.name: getattr(passes, field.name) for field in fields(Passes)}, box=box)


def across(passes: Framed) -> tuple[Plane, Plane]:
    """x and y of every pixel, 0..1 within the box and beyond it outside."""
    x, y = grid(passes.S)
    box = passes.box
    return (x - box.left) / box.width, (y - box.top) / box.height


def centred(passes: Framed) -> tuple[Plane, Plane]:
    """x and y from the middle of the box, in its shorter sides: circles stay round."""
    u, v = across(passes)
    return (u - 0.5) * (passes.box.width / passes.side), (v - 0.5) * (passes.box.height / passes.side)


def edge_distance(passes: Framed) -> Plane:
    """How far each pixel lies within the box's frame, fraction of the square's side; negative outside."""
    x, y = grid(passes.S)
    box = passes.box
    return np.minimum(np.minimum(x - box.left, box.right - x), np.minimum(y - box.top, box.bottom - y))
