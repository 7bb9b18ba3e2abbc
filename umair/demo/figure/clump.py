"""A clump of hair: a curved spine with a width profile, and how it is drawn."""

import math
from dataclasses import dataclass, replace

import numpy as np
import skia
from numpy.typing import ArrayLike, NDArray

from umair.demo.canvas.colours import Colour, gradient, mix
from umair.demo.canvas.curves import Points, bez, normals, path, pressure, ribbon, spline
from umair.demo.canvas.pen import Pen
from umair.demo.figure.marks import cast
from umair.demo.figure.view import View


class Clump:
    """Cubic spine from root to tip with half width w, thickest at `peak` of its length.

    r0: width at the root; sharp: exponent of the taper; blunt > 0: width kept to the end (cut hair).
    wave: amplitude of the second bend, which grows towards the tip, with `freq` periods and phase `ph`.
    """

    def __init__(
        self,
        root: ArrayLike,
        c1: ArrayLike,
        c2: ArrayLike,
        tip: ArrayLike,
        w: float,
        r0: float = 0.35,
        peak: float = 0.42,
        blunt: float = 0.0,
        sharp: float = 1.6,
        n: int = 30,
        wave: float = 0.0,
        freq: float = 1.25,
        ph: float = 0.0,
    ) -> None:
        t = np.linspace(0, 1, n)
        spine = bez(root, c1, c2, tip, n)
        if wave:
            spine = spine + normals(spine) * (wave * np.sin(2 * math.pi * freq * t + ph) * t**0.8)[:, None]
        self.spine, self.t, self.blunt = spine, t, blunt
        up = r0 + (1 - r0) * np.sin(np.clip(t / peak, 0, 1) * math.pi / 2)
        down = 1 - np.clip((t - peak) / (1 - peak), 0, 1) ** sharp
        self.w: NDArray[np.float64] = np.maximum(np.where(t < peak, up, down), blunt * (t > peak)) * w
        self.normals = normals(spine)

    def edge(self, u: float, a: float, b: float) -> Points:
        """The line at u half widths from the spine (±1 = its sides), from a to b of the length."""
        i0, i1 = int(a * (len(self.t) - 1)), round(b * (len(self.t) - 1))
        part = slice(i0, i1 + 1)
        return self.spine[part] + self.normals[part] * (self.w[part] * u)[:, None]

    def outline(self) -> skia.Path:
        return path(np.vstack([self.edge(1, 0, 1), self.edge(-1, 0, 1)[::-1]]))

    def at(self, t: float, u: float) -> Points:
        """The point at t of the length, u half widths from the spine."""
        f = np.clip(t, 0, 1) * (len(self.t) - 1)
        i = int(min(f, len(self.t) - 2))
        r = f - i
        point = self.spine[i] * (1 - r) + self.spine[i + 1] * r
        normal = self.normals[i] * (1 - r) + self.normals[i + 1] * r
        return point + normal * ((self.w[i] * (1 - r) + self.w[i + 1] * r) * u)

    def length(self) -> float:
        return float(np.linalg.norm(np.diff(self.spine, axis=0), axis=1).sum())


@dataclass(frozen=True)
class Halo:
    """Where the light on the hair lies: y = y0 + bow (x - x0)^2, about `thick` wide."""

    y0: float
    bow: float
    x0: float
    thick: float


@dataclass(frozen=True)
class Treatment:
    """How a clump is finished."""

    halo: Halo | None = None
    lit: bool = True  # False: wholly in shadow
    lines: int = 1  # strand lines inside
    lw: float = 0.0080  # width of the side lines
    cast: tuple[float, float] | None = (0.010, 0.016)  # offset of the shadow it throws
    fade: float = 0.30  # where along the length the side lines begin: the crown stays clean
    sliver: float = 1.0  # width of its own shadow
    start: float = 0.24  # where along the length that shadow begins

    def but(self, fade: float) -> "Treatment":
        return replace(self, fade=fade)


def draw_clump(pen: Pen, view: View, clump: Clump, root: Colour, tip: Colour, how: Treatment) -> None:
    """Colour from root to tip, a sliver of shadow away from the light, strands, side lines, halo."""
    rng = view.rng
    lines = round(how.lines * pen.style.strands + rng.uniform(-0.4, 0.4))
    share = rng.uniform(0.60, 1.15) if rng.random() > 0.30 else 0.12
    sliver = how.sliver * pen.style.sliver * share
    outline = clump.outline()
    if how.cast is not None:
        cast(pen, outline, *how.cast, 0.9)
    shader = gradient(clump.spine[0], clump.spine[-1], [root, mix(root, tip, 0.35), tip], [0, 0.55, 1])
    pen.part(outline, root, "hair", shader=shader)
    dark = 1 if (clump.normals[len(clump.normals) // 2][0] * -view.light) > 0 else -1
    if how.lit:
        _form_shadow(pen, view, clump, dark, sliver, how.start)
    else:
        pen.shade(outline)
    _lines(pen, view, clump, dark, lines, how)
    if how.halo and how.lit and pen.style.halo != 3:
        _halo(pen, view, clump, how.halo)


def _form_shadow(pen: Pen, view: View, clump: Clump, dark: int, amount: float, start: float) -> None:
    """Shadow along the side away from the light, wider towards the tip, and one thin strand on the lit side."""
    n, rng = len(clump.t), view.rng
    i = np.arange(int(n * start), n)
    t = (i - i[0]) / max(1, (n - 1 - i[0]))
    rise = np.sin(np.clip(t * 1.25, 0, 1) * math.pi / 2)
    inner = 1 - amount * 0.95 * rise * (0.85 + 0.15 * np.sin(t * 9 + rng.random() * 6))
    a = clump.spine[i] + clump.normals[i] * (clump.w[i] * dark * 1.05)[:, None]
    b = clump.spine[i] + clump.normals[i] * (clump.w[i] * dark * inner)[:, None]
    pen.shade(path(np.vstack([a, b[::-1]])))
    u = -dark * rng.uniform(0.25, 0.5)
    i = np.arange(int(n * 0.45), int(n * 0.92))
    strand = clump.spine[i] + clump.normals[i] * (clump.w[i] * u)[:, None]
    pen.shade(path(ribbon(strand, pressure(len(i), 0, 0, 0.7) * clump.w.max() * 0.10)))


def _lines(pen: Pen, view: View, clump: Clump, dark: int, count: int, how: Treatment) -> None:
    ink, rng = pen.linecol(), view.rng
    for _ in range(count):
        u, a, b = rng.uniform(-0.55, 0.55), rng.uniform(0.22, 0.4), rng.uniform(0.65, 0.93)
        edge = clump.edge(u, a, b)
        if len(edge) > 3:
            pen.stroke(edge, how.lw * 0.55, 0, 0, rng.uniform(0.4, 0.75), ink, 0.55)
    for side in (1, -1):
        edge = clump.edge(side, how.fade, 1)
        if len(edge) > 3:
            width = how.lw * (1.25 if side == dark else 0.95)
            pen.stroke(edge, width, 0, 0.8 if clump.blunt else 0.35, 0.72, ink)
    if clump.blunt:
        cut = np.linspace(clump.edge(1, 1, 1)[-1], clump.edge(-1, 1, 1)[-1], 6)
        pen.stroke(cut, how.lw, 0.8, 0.8, 0.5, ink)


def _halo(pen: Pen, view: View, clump: Clump, halo: Halo) -> None:
    below = clump.spine[:, 1] - (halo.y0 + halo.bow * (clump.spine[:, 0] - halo.x0) ** 2)
    crossings = np.where((below[:-1] < 0) & (below[1:] >= 0))[0]
    if not len(crossings):
        return
    middle = (crossings[0] + 0.5) / (len(clump.t) - 1)
    if pen.style.halo in (1, 2):
        _even_halo(pen, view, clump, middle, halo.thick)
    elif view.rng.random() >= 0.22:
        _broken_halo(pen, view, clump, middle, halo.thick)


def _even_halo(pen: Pen, view: View, clump: Clump, middle: float, thick: float) -> None:
    """A smooth band, or two thin lines."""
    length = clump.length()
    us = np.linspace(-0.97, 0.97, 9)
    tilt = 0.35 * view.rng.uniform(-1, 1) * thick
    one, two = ((0.0, thick * 0.42),), ((-0.3 * thick, thick * 0.16), (0.55 * thick, thick * 0.10))
    for offset, width in one if pen.style.halo == 1 else two:
        half = [width * (1 - abs(u)) for u in us]
        top = [
            clump.at(middle + (offset + tilt * u - h - 0.04 * thick) / length, u) for u, h in zip(us, half, strict=True)
        ]
        low = [clump.at(middle + (offset + tilt * u + h) / length, u) for u, h in zip(us, half, strict=True)]
        pen.high(path(np.vstack([top, low[::-1]])))


def _broken_halo(pen: Pen, view: View, clump: Clump, middle: float, thick: float) -> None:
    """A zigzag patch, splined, which fades out at its two ends."""
    rng, length = view.rng, clump.length()
    teeth = max(2, round(clump.w.max() / 0.030))
    ua, ub = rng.uniform(-0.95, -0.55), rng.uniform(0.5, 0.95)
    us = np.linspace(ua, ub, 2 * teeth + 1) + np.r_[0, rng.uniform(-0.08, 0.08, 2 * teeth - 1), 0]
    thick = thick * rng.uniform(0.6, 1.5)
    top, low = [], []
    for i, u in enumerate(us):
        fade = 1 - 0.85 * abs((u - (ua + ub) / 2) / ((ub - ua) / 2)) ** 2 + 0.02
        odd = i % 2
        top.append(clump.at(middle - thick / length * (0.35 + (0.35 + 0.5 * rng.random()) * odd) * fade, u))
        low.append(clump.at(middle + thick / length * (0.25 + (0.9 + 1.5 * rng.random()) * odd) * fade, u))
    pen.high(path(np.vstack([spline(top, 4), spline(low[::-1], 4)])))
