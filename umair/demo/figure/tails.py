"""Tied hair: twin tails, pony tail, buns, plaits."""

import numpy as np

from umair.demo.canvas.colours import gradient, mix
from umair.demo.canvas.curves import bez, ellipse, shifted, spline
from umair.demo.canvas.pen import Pen
from umair.demo.figure.bow import ribbon_bow
from umair.demo.figure.clump import Clump, Halo, Treatment, draw_clump
from umair.demo.figure.view import View

_CLUMPS = 5
_LOBES = 9  # of a plait, a side


def tails(pen: Pen, view: View) -> None:
    """Two tails at the sides, or one behind, each tied with a bow."""
    k = view.k
    twin = ((-0.43 + 0.05 * k, 0.26, -1), (0.50, 0.27, 1))
    for x, y, side in twin if view.char.back == "twin" else ((0.38 + 0.12 * k, 0.10, 1),):
        tail(pen, view, x, y, side)
        ribbon_bow(pen, x + side * 0.035, y, 0.13, view.ribbon, view.light, rot=0.25 * side)


def tail(pen: Pen, view: View, x: float, y: float, side: int) -> None:
    """A tail tied at (x, y) that springs out to this side; side 0 hangs straight down."""
    for i in sorted(range(_CLUMPS), key=lambda i: -abs(i - 2)):
        _tail_clump(pen, view, x, y, side, (i - 2) / 2)


def _tail_clump(pen: Pen, view: View, x: float, y: float, side: int, u: float) -> None:
    rng, length = view.rng, view.char.tail_len
    lee = side * view.gust > 0  # the wind lifts this tail; it only presses the other one to the head
    gust, lift = (view.gust, 0.30 * abs(view.gust)) if lee else (0.25 * view.gust, 0.0)

    def reach(base: float, fan: float) -> float:
        """How far out: the clumps of a tail fan out, and lean to its side."""
        return side * (base + fan * u) if side else fan * u

    blow = view.wind * (0.40 if lee or not gust else 0.16) + gust * 0.55
    tip = (
        x + reach(0.22, 0.30) + blow + rng.uniform(-0.05, 0.05),
        y + length * (1 - 0.16 * abs(u) - lift) + rng.uniform(-0.10, 0.10),
    )
    clump = Clump(
        (x, y + 0.02 * u),
        (x + reach(0.30, 0.13), y + 0.02 + 0.02 * u),
        (x + reach(0.38, 0.34) + view.wind * 0.1 + gust * 0.12, y + length * (0.62 - 0.4 * lift)),
        tip,
        0.118 * rng.uniform(0.75, 1.25),
        r0=0.40,
        peak=0.5,
        sharp=1.8,
        n=40,
        wave=0.045,
        freq=1.15,
        ph=side * 0.8 + 0.5 * u,
    )
    how = Treatment(
        halo=Halo(y + 0.30, 0, 0, 0.05), cast=(0.01, 0.012), fade=0.12 if abs(u) > 0.9 else 0.42, start=0.30
    )
    draw_clump(pen, view, clump, view.hair, view.hair_tip, how)


def buns(pen: Pen, view: View) -> None:
    """Two wound buns high on the head."""
    for x, y in ((-0.36 + 0.05 * view.k, -0.03), (0.40 + 0.03 * view.k, -0.03)):
        bun(pen, view, x, y)


def bun(pen: Pen, view: View, x: float, y: float) -> None:
    """Hair wound to a ball."""
    light = view.light
    shader = gradient((x, y - 0.15), (x, y + 0.15), [view.hair_tip, view.hair])
    ball = pen.part(ellipse(x, y, 0.165, 0.155), view.hair, "hair", shader=shader)
    pen.shade(ellipse(x - light * 0.06, y + 0.07, 0.17, 0.13))
    pen.outline(ball, 0.010)
    for i in range(4):
        winding = ellipse(x, y, 0.11 - 0.02 * i, 0.10 - 0.015 * i, rot=0.4 + i * 0.5, a0=0.3, a1=2.6)
        pen.stroke(winding, 0.007, 0, 0, 0.5)
    pen.high(ellipse(x + light * 0.05, y - 0.07, 0.06, 0.025, rot=-0.3 * light))


def braid(pen: Pen, view: View, side: int, x: float, y0: float = 0.86, y1: float = 2.15) -> None:
    """A plait over the shoulder: overlapping lobes, alternately left and right, thinning downwards."""
    light = view.light
    spine = bez((x, y0), (x + side * 0.10, y0 + 0.35), (x - side * 0.02, y1 - 0.5), (x + side * 0.03, y1), 30)
    end = spine[-1]
    for u in (-1, 1, 0):
        tuft = Clump(
            shifted(end, 0, -0.02),
            shifted(end, u * 0.06, 0.05),
            shifted(end, u * 0.10, 0.14),
            shifted(end, u * 0.07, 0.27 - 0.05 * abs(u)),
            0.042,
            r0=0.5,
            peak=0.4,
        )
        draw_clump(pen, view, tuft, view.hair_tip, view.hair_tip, Treatment(cast=None, fade=0.1))
    for i in range(2 * _LOBES - 1, -1, -1):
        t = i / (2 * _LOBES)
        at, s, w = spine[int(t * 29)], -1 if i % 2 else 1, 0.098 * (1 - 0.42 * t)
        scale = np.array((s * w, w))
        edge = np.array([(0.95, -0.75), (1.05, 0.10), (0.25, 1.00), (-0.62, 0.95), (-0.30, 0.10), (0.20, -0.70)])
        lobe = spline(at + edge * scale, 7, closed=True)
        pen.part(lobe, mix(view.hair, view.hair_tip, t), "hair", line=0.0105, round_=0.03)
        pen.shade(shifted(lobe, -0.030 * light, w * 0.55), 0.9)
        strand = at + np.array([(0.75, -0.35), (0.35, 0.35), (-0.3, 0.75)]) * scale
        pen.stroke(spline(strand, 6), 0.0055, 0, 0, 0.5, alpha=0.6)
        if i % 2 == (0 if light > 0 else 1):
            shine = ellipse(at[0] + s * w * 0.55, at[1] - w * 0.15, w * 0.22, w * 0.12, rot=s * 0.6)
            pen.high(shine, 0.8)
    ribbon_bow(pen, end[0], end[1], 0.085, view.ribbon, light, tails=False)
