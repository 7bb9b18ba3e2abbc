"""Seen from behind: no face, the hair is the subject."""

from dataclasses import replace

import numpy as np

from umair.demo.canvas.colours import gradient, rgb
from umair.demo.canvas.curves import path, shape, spline
from umair.demo.canvas.pen import Pen
from umair.demo.figure.back_torso import back_torso
from umair.demo.figure.bow import ribbon_bow
from umair.demo.figure.clump import Clump, Halo, Treatment, draw_clump
from umair.demo.figure.dome import dome, union
from umair.demo.figure.marks import cast, sided
from umair.demo.figure.view import View
from umair.demo.figure.worn.straw_hat import straw_hat_behind

_CLUMPS = 11
_ROOM = [(-0.46, 0.25), (0.46, 0.25), (0.56, 0.8), (3, 1.4), (3, 6), (-3, 6), (-3, 1.4), (-0.56, 0.8)]


def behind(pen: Pen, view: View) -> None:
    """The whole figure from behind; the wind's sign is that of the picture."""
    back_torso(pen, replace(view, k=0.0))
    _mass(pen, view)
    pen.clip(union(path(dome(0)), path(_ROOM)))
    for i in sorted(range(_CLUMPS), key=lambda i: -abs(i - 5)):
        _clump(pen, view, (i - 5) / 5)
    for side in (-1, 1):
        for y0, y1, out in ((0.6, 1.35, 0.66), (0.9, 1.75, 0.74)):
            _blown(pen, view, side, y0, y1, out)
    pen.unclip()
    if view.char.ribbon_back:
        ribbon_bow(pen, 0, 0.46, 0.22, rgb(view.char.ribbon_back), view.light)
    if "straw" in view.char.accs:
        straw_hat_behind(pen, view)


def _mass(pen: Pen, view: View) -> None:
    low, wind = view.char.behind_len, view.wind
    right = [(0.47, 0.7), (0.50, 1.2), (0.50 + wind * 0.2, low * 0.8), (0.28 + wind * 0.35, low)]
    left = [(-0.22 + wind * 0.35, low), (-0.46 + wind * 0.15, low * 0.8), (-0.50, 1.2), (-0.47, 0.7)]
    outline = path(np.vstack([dome(0)[8:-8], spline(right, 8), spline(left, 8)]))
    cast(pen, outline, -0.03 * view.light, 0.05)
    shader = gradient((0, 0), (0, low), [view.hair, view.hair, view.hair_tip])
    pen.part(outline, view.hair, "hair", shader=shader)
    pen.outline(outline, 0.012)
    dark = [(0.12, -0.1), (0.26, 0.3), (0.30, 1.0), (0.22, low), (0.9, low), (0.9, -0.1)]
    pen.shade(shape(spline(sided(-view.light, dark), 6)), 0.9)


def _clump(pen: Pen, view: View, x: float) -> None:
    rng, low, wind = view.rng, view.char.behind_len, view.wind
    tip = (
        x * 0.60 + wind * (0.42 + 0.1 * abs(x)) + rng.uniform(-0.04, 0.04),
        low + 0.10 - 0.30 * x * x + rng.uniform(-0.12, 0.10),
    )
    clump = Clump(
        (x * 0.13, -0.02 + 0.05 * abs(x)),
        (x * 0.50, 0.05 + 0.10 * abs(x)),
        (x * 0.52 + wind * 0.06, low * 0.66),
        tip,
        0.100 * rng.uniform(0.7, 1.3),
        r0=0.45,
        peak=0.42,
        sharp=1.9,
        n=44,
        wave=0.035,
        freq=1.2,
        ph=1.3 * x + rng.uniform(-0.3, 0.3),
    )
    how = Treatment(halo=Halo(0.22, 0.55, 0, 0.045), cast=(0.008, 0.010), fade=rng.uniform(0.3, 0.5), start=0.30)
    draw_clump(pen, view, clump, view.hair, view.hair_tip, how)


def _blown(pen: Pen, view: View, side: int, y0: float, y1: float, out: float) -> None:
    """A lock that the wind takes out of the mass."""
    clump = Clump(
        (side * 0.42, y0 - 0.3),
        (side * 0.52, y0),
        (side * 0.48 + view.wind * 0.1, y1 - 0.35),
        (side * out + view.wind * (0.2 + 0.15 * y1), y1),
        0.05,
        r0=0.4,
        peak=0.45,
    )
    draw_clump(pen, view, clump, view.hair, view.hair_tip, Treatment(lines=0, cast=None, fade=0.35))
