"""The fringe: broad clumps carry the mass, slivers between them break the rhythm."""

from dataclasses import dataclass

import numpy as np

from umair.demo.canvas.colours import gradient, mix
from umair.demo.canvas.curves import shape
from umair.demo.canvas.pen import Pen
from umair.demo.figure.clump import Clump, Halo, Treatment, draw_clump
from umair.demo.figure.model import Fringe
from umair.demo.figure.view import View


@dataclass(frozen=True)
class Lock:
    """A clump of the fringe: its tip and half width; blunt is the width it keeps where it is cut."""

    x: float
    y: float
    w: float
    blunt: float = 0.0


_HIME = [(-0.37, 0.535), (0.37, 0.55), (-0.25, 0.545), (0.25, 0.548), (-0.125, 0.55), (0.125, 0.552), (0, 0.555)]

LOCKS: dict[Fringe, tuple[Lock, ...]] = {
    "sweep": (
        *[Lock(-0.41, 0.80, 0.070), Lock(0.41, 0.83, 0.075), Lock(-0.31, 0.645, 0.112)],
        *[Lock(0.315, 0.635, 0.118), Lock(-0.385, 0.70, 0.040), Lock(-0.155, 0.575, 0.108)],
        *[Lock(0.17, 0.545, 0.112), Lock(0.255, 0.640, 0.036), Lock(-0.035, 0.610, 0.048)],
        Lock(0.035, 0.525, 0.092),
    ),
    "mlock": (
        *[Lock(-0.41, 0.82, 0.068), Lock(0.41, 0.84, 0.072), Lock(-0.315, 0.62, 0.105)],
        *[Lock(0.32, 0.63, 0.110), Lock(-0.395, 0.70, 0.038), Lock(-0.185, 0.520, 0.098)],
        *[Lock(0.195, 0.525, 0.102), Lock(-0.255, 0.60, 0.034), Lock(0.085, 0.495, 0.070)],
        *[Lock(-0.075, 0.500, 0.064), Lock(0.008, 0.690, 0.058)],
    ),
    "hime": tuple(
        Lock(x, y, 0.085, blunt)
        for (x, y), blunt in zip(_HIME, (0.72, 0.72, 0.75, 0.75, 0.78, 0.78, 0.78), strict=True)
    ),
    "parted": (
        *[Lock(-0.40, 0.82, 0.064), Lock(0.41, 0.84, 0.070), Lock(-0.355, 0.66, 0.098)],
        *[Lock(0.365, 0.66, 0.104), Lock(-0.285, 0.55, 0.060), Lock(0.29, 0.54, 0.085)],
        *[Lock(-0.245, 0.44, 0.075), Lock(0.17, 0.42, 0.062)],
    ),
    "side": (
        *[Lock(-0.40, 0.76, 0.070), Lock(0.41, 0.84, 0.075), Lock(0.335, 0.68, 0.112)],
        *[Lock(-0.33, 0.62, 0.100), Lock(0.26, 0.62, 0.036), Lock(-0.21, 0.595, 0.118)],
        *[Lock(-0.285, 0.655, 0.034), Lock(-0.06, 0.610, 0.112), Lock(0.11, 0.570, 0.100)],
        *[Lock(0.035, 0.645, 0.036), Lock(0.21, 0.545, 0.070)],
    ),
    "spiky": (
        *[Lock(-0.43, 0.70, 0.068), Lock(0.43, 0.72, 0.072), Lock(-0.33, 0.57, 0.105)],
        *[Lock(0.335, 0.60, 0.108), Lock(-0.40, 0.62, 0.040), Lock(-0.20, 0.615, 0.098)],
        *[Lock(0.19, 0.565, 0.104), Lock(0.275, 0.655, 0.042), Lock(-0.06, 0.640, 0.078)],
        *[Lock(0.075, 0.545, 0.080), Lock(0.012, 0.60, 0.040)],
    ),
}
PARTING: dict[Fringe, float] = {
    "side": 0.17,
    "sweep": -0.06,
    "mlock": 0.0,
    "parted": 0.0,
    "hime": 0.0,
    "spiky": 0.05,
}
_BEND: dict[Fringe, float] = {"sweep": -0.10, "side": 0.09, "mlock": 0.05, "spiky": 0.02}


def make_fringe(view: View) -> list[Clump]:
    """The clumps of this character's fringe; roots spread over the parting, never in one point."""
    style, k = view.char.bangs, view.k
    part = PARTING[style] - 0.07 * k
    clumps = []
    for lock in _jittered(view):
        x, y = lock.x, lock.y + 0.036 * view.pitch
        root = np.array([part + (x - part) * 0.42, -0.055 + 0.14 * abs(x - part) ** 1.3])
        far = max(0.0, abs(x) - 0.33)
        if style == "parted":
            c1, c2 = (part + (x - part) * 0.95, -0.02 + 0.1 * abs(x)), (x * (1.22 - 2.4 * far), y * 0.62)
        elif style == "hime":
            c1, c2 = (part + (x - part) * 0.80, 0.0), (x * 1.04, y * 0.55)
        else:
            bend = _BEND[style] * (np.sign(x) if style == "mlock" else 1)
            out = 1.10 + 0.10 * abs(x) - 1.1 * far
            c1 = (part + (x - part) * 0.78, -0.035 + 0.22 * abs(x - part) ** 1.5)
            c2 = (x * out + bend * 0.8 * max(0, 1 - abs(x) / 0.44), y * 0.60)
        tip = (x + 0.045 + view.wind * 0.05, y) if style == "sweep" else (x + view.wind * 0.06 * y, y)
        tip = (tip[0] + 0.07 * view.gust, tip[1] - 0.02 * abs(view.gust))
        peak = 0.6 if lock.blunt else 0.52
        clumps.append(Clump(root, c1, c2, tip, lock.w, r0=0.62, peak=peak, blunt=lock.blunt, sharp=1.7))
    return clumps


def _jittered(view: View) -> list[Lock]:
    rng, shift = view.rng, -0.10 * view.k
    return [
        Lock(
            lock.x + shift * (1 - abs(lock.x) * 1.2) + rng.uniform(-0.012, 0.012),
            lock.y + rng.uniform(-0.014, 0.014),
            lock.w * rng.uniform(0.98, 1.16),
            lock.blunt,
        )
        for lock in LOCKS[view.char.bangs]
    ]


def draw_fringe(pen: Pen, view: View, fringe: list[Clump], halo: Halo) -> None:
    """From the sides to the middle (a side parting: from its far end), over a backing where it is cut straight."""
    style, k, rng = view.char.bangs, view.k, view.rng
    if style == "hime":
        backing = [(-0.37 - 0.04 * k, 0.12), (0.37, 0.12), (0.35, 0.515), (-0.35 - 0.05 * k, 0.505)]
        shader = gradient((0, 0), (0, 0.55), [view.hair, mix(view.hair, view.hair_tip, 0.6)])
        pen.shade(pen.part(shape(backing), view.hair, "hair", shader=shader), 0.9)

    def outermost_first(i: int) -> float:
        return -i if style == "side" else -abs(fringe[i].spine[-1][0] + 0.1 * k)

    for i in sorted(range(len(fringe)), key=outermost_first):
        clump = fringe[i]
        how = Treatment(
            halo=halo,
            lines=1 if clump.w.max() > 0.08 else 0,
            cast=(-0.008 * view.light, 0.014),
            fade=0.42 if clump.blunt else rng.uniform(0.40, 0.58),
            start=0.40,
        )
        draw_clump(pen, view, clump, view.hair, view.hair_tip, how)
