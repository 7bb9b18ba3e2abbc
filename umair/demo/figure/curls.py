"""Ringlets: spiral locks beside the neck, three behind the shoulders and one before each."""

import math
from dataclasses import dataclass

import numpy as np

from umair.demo.canvas.colours import Colour, mix
from umair.demo.canvas.curves import Points, bez, ellipse, normals, ribbon, shape, spline
from umair.demo.canvas.pen import Pen
from umair.demo.figure.clump import Clump, Treatment, draw_clump
from umair.demo.figure.long_hair import shadow_of_head, shadowed
from umair.demo.figure.marks import cast
from umair.demo.figure.view import View

LENGTH = 1.95  # lower end of the longest
_SLANT = 0.95  # how steeply a turn of the spiral crosses the lock


@dataclass(frozen=True)
class Ringlet:
    """One spiral lock: where it begins and ends and how thick it is."""

    x: float
    y: float
    end_x: float
    end_y: float
    w: float


def curls(pen: Pen, view: View) -> None:
    """Hair behind the head: a mass in shadow, from which the ringlets hang."""
    root, tip = shadowed(view)
    low = LENGTH if view.char.hair_len is None else view.char.hair_len
    sh = 0.07 * view.k
    left = [(-0.36 + sh, 0.15), (-0.455 + sh, 0.50), (-0.47 + sh, 0.85), (-0.36 + sh, 1.25)]
    right = [(0.38 + sh, 1.25), (0.49 + sh, 0.85), (0.49 + sh, 0.50), (0.40 + sh, 0.15)]
    mass = pen.part(shape(spline(left, 8), spline(right, 8)), root, "hair")
    if view.from_outside:
        _nape(pen, view, low)
    else:
        pen.shade(mass)
        pen.ao(ellipse(sh, 1.0, 0.32, 0.30), 0.8, blur=0.06)
    for side in (-1, 1):
        for x, end, out, w in ((0.30, 0.90, 0.34, 0.098), (0.56, 0.86, 0.76, 0.104), (0.44, 1.0, 0.56, 0.116)):
            at = side * x + sh
            end_x = side * out + sh + view.wind * 0.22 * end
            ringlet = Ringlet(at, 0.72, end_x, low * end + view.rng.uniform(-0.06, 0.06), w)
            inside = x < 0.4 and not view.from_outside
            colors = (root, tip) if inside else (mix(root, view.hair, 0.8), view.hair_tip)
            draw_ringlet(pen, view, ringlet, side, *colors, lit=not inside)
            _fall(pen, view, ringlet, side, colors[0], lit=not inside)


def _nape(pen: Pen, view: View, low: float) -> None:
    """The ringlets between the shoulder blades, seen when she looks over her shoulder."""
    for x in (-0.16, 0.16, 0.0):
        ringlet = Ringlet(x + 0.07 * view.k, 0.9, 1.15 * x + 0.07 * view.k + 0.2 * view.wind, low * 0.97, 0.11)
        draw_ringlet(pen, view, ringlet, 1 if x > 0 else -1, view.hair, view.hair_tip)
    shadow_of_head(pen, view)


def front_ringlet(pen: Pen, view: View, side: int) -> None:
    """The ringlet that falls before the shoulder; drawn with the head."""
    k = view.k
    x = (0.425 + 0.03 * k) if side > 0 else (-0.40 + 0.02 * k)
    low = (LENGTH if view.char.hair_len is None else view.char.hair_len) * 0.90
    ringlet = Ringlet(x, 0.74, x + side * 0.05 + view.wind * 0.16, low, 0.098)
    draw_ringlet(pen, view, ringlet, side, view.hair, view.hair_tip)


def _fall(pen: Pen, view: View, r: Ringlet, side: int, color: Colour, lit: bool) -> None:
    """The smooth hair between the crown and the first turn, which it hides."""
    clump = Clump(
        (r.x * 0.55, 0.2),
        (r.x * 0.92, 0.34),
        (r.x + side * 0.05, 0.62),
        (r.x + side * 0.02, 1.10),
        r.w * 1.2,
        r0=0.6,
        peak=0.62,
        sharp=2.4,
    )
    draw_clump(pen, view, clump, color, color, Treatment(lit=lit, cast=None, fade=0.5))


def draw_ringlet(pen: Pen, view: View, r: Ringlet, side: int, root: Colour, tip: Colour, lit: bool = True) -> None:
    """Turns of the spiral from the lowest up, each hiding the top of the one below it."""
    drop = r.end_y - r.y
    spine = bez(
        (r.x, r.y),
        (r.x + 0.35 * (r.end_x - r.x) + side * 0.05, r.y + drop * 0.35),
        (r.end_x + side * 0.03, r.y + drop * 0.7),
        (r.end_x, r.end_y),
        61,
    )
    length = float(np.linalg.norm(np.diff(spine, axis=0), axis=1).sum())
    turns = max(3, round(length / (r.w * 1.95)))
    pitch = length / turns
    t = (np.arange(turns) + 0.5) / turns
    widths = r.w * (0.80 + 0.34 * np.sin(np.clip(t / 0.75, 0, 1) * math.pi)) * (1 - 0.55 * t**2.2)
    core = np.interp(np.linspace(0, 1, len(spine)), t, widths) * 0.72
    cast(pen, shape(ribbon(spine, core)), -0.03 * view.light, 0.03, 0.8)
    pen.part(ribbon(spine, core), mix(root, tip, 0.4), "hair", line=0.008)
    pen.shade(ribbon(spine, core))
    _end(pen, view, spine, side, widths[-1], tip)
    across = normals(spine)
    for i in range(turns - 1, -1, -1):
        j = round(t[i] * (len(spine) - 1))
        frame = _Frame(
            spine[j],
            -across[j],
            np.array((across[j][1], -across[j][0])),
            widths[i],
            pitch,
            _SLANT * min(1.0, 0.1 + 0.45 * i),
        )
        _turn(pen, view, frame, side, mix(root, tip, t[i] ** 0.8), lit)


@dataclass(frozen=True)
class _Frame:
    """A place on the spine: across (to +x) and along it, with the half width and the length of a turn."""

    at: Points
    across: Points
    along: Points
    w: float
    pitch: float
    slant: float

    def put(self, u: Points, v: Points) -> Points:
        """u half widths across, v turns along -> points."""
        return self.at + self.across * (u * self.w)[:, None] + self.along * (v * self.pitch)[:, None]


def _turn(pen: Pen, view: View, frame: _Frame, side: int, color: Colour, lit: bool) -> None:
    """One turn: a band that crosses the lock at a slant and bulges to the viewer."""
    u = np.linspace(-1, 1, 11)
    slant, bulge = -side * frame.slant * u * 0.5, 0.30 * (1 - u**2)
    top, low = frame.put(u, slant + bulge - 0.62), frame.put(u, slant + bulge * 1.25 + 0.40)
    left, right = (
        frame.put(np.array([-1.12]), np.array([slant[0] - 0.1])),
        frame.put(np.array([1.12]), np.array([slant[-1] - 0.1])),
    )
    edge = spline(np.vstack([top[::2], right, low[::-1][::2], left]), 6, closed=True)
    band = pen.part(edge, color, "hair", round_=0.035, line=0.0095)
    pen.shade(shape(frame.put(u, slant + bulge * 1.25 + 0.62), frame.put(u[::-1], (slant + bulge * 1.1 + 0.16)[::-1])))
    if not lit:
        pen.shade(band)
        return
    dark = np.linspace(0.35, 1.2, 5) * -view.light
    pen.shade(shape(frame.put(dark, np.full(5, -1.0)), frame.put(dark[::-1], np.full(5, 1.0))), 0.85)
    for v in (-0.22, 0.02):
        a = u[2:9]
        strand = frame.put(a, slant[2:9] + bulge[2:9] * 1.1 + v)
        pen.stroke(strand, 0.0052, 0, 0, view.rng.uniform(0.35, 0.65), alpha=0.5)
    shine = np.linspace(-0.15, 0.62, 7) * view.light
    height = 0.085 * np.sin(np.linspace(0, math.pi, 7))
    middle = -side * frame.slant * shine * 0.5 + 0.30 * (1 - shine**2) - 0.30
    pen.high(shape(frame.put(shine, middle - height), frame.put(shine[::-1], (middle + height)[::-1])), 0.9)


def _end(pen: Pen, view: View, spine: Points, side: int, w: float, color: Colour) -> None:
    """The last half turn runs out in a hooked tip."""
    x, y = spine[-1]
    clump = Clump(
        (x, y - 0.06), (x + side * w * 0.9, y), (x + side * w * 0.7, y + 0.12), (x - side * w * 0.5, y + 0.13), w * 0.62
    )
    draw_clump(pen, view, clump, color, color, Treatment(lines=0, cast=None, fade=0.0))
