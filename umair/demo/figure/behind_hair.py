"""Hair seen from behind, the same kind as from the front: loose, tied up, parted into two, or in ringlets."""

from collections.abc import Callable

import numpy as np

from umair.demo.canvas.colours import gradient
from umair.demo.canvas.curves import Points, path, shape, spline
from umair.demo.canvas.pen import Pen
from umair.demo.figure.bow import ribbon_bow
from umair.demo.figure.clump import Clump, Halo, Treatment, draw_clump
from umair.demo.figure.curls import Ringlet, draw_ringlet
from umair.demo.figure.dome import dome, union
from umair.demo.figure.long_hair import shadowed
from umair.demo.figure.marks import cast, sided
from umair.demo.figure.model import Back
from umair.demo.figure.tails import braid, buns, tail
from umair.demo.figure.view import View

_CLUMPS = 11
_ROOM = [(-0.46, 0.25), (0.46, 0.25), (0.56, 0.8), (3, 1.4), (3, 6), (-3, 6), (-3, 1.4), (-0.56, 0.8)]
_LENGTH: dict[Back, float] = {
    **{"long": 2.1, "xlong": 2.75, "mid": 1.55, "wavy": 2.0, "curls": 1.1},
    **{"bob": 1.02, "short": 0.92, "wolf": 1.32},
}
_HALO = Halo(0.22, 0.55, 0, 0.045)


def hair_from_behind(pen: Pen, view: View) -> None:
    _KINDS[view.char.back](pen, view)


# ------------------------------------------------------------------ loose
def _loose(pen: Pen, view: View) -> None:
    kind = view.char.back
    low = _LENGTH[kind] if view.char.behind_len is None else view.char.behind_len
    _mass(pen, view, low)
    pen.clip(union(path(dome(0)), path(_ROOM)))
    for i in sorted(range(_CLUMPS), key=lambda i: -abs(i - 5)):
        _hanging(pen, view, (i - 5) / 5, low)
    if low > 1.7:
        for side in (-1, 1):
            for y0, y1, out in ((0.6, 1.35, 0.66), (0.9, 1.75, 0.74)):
                _blown(pen, view, side, y0, min(y1, low - 0.1), out)
    pen.unclip()


def _mass(pen: Pen, view: View, low: float) -> None:
    """What lies under the clumps; it ends well above their tips."""
    drift = (0.35 * view.wind + 0.3 * view.gust) * np.clip((low - 0.9) / 1.2, 0, 1)
    full, foot = (0.50 if low > 1.2 else 0.45), low - (0.16 if low > 1.2 else 0.07)
    right = [(0.47, 0.6), (full, 0.55 * low + 0.1), (full - 0.06 + 0.6 * drift, foot - 0.12 * low)]
    left = [(0.06 - full + 0.5 * drift, foot - 0.12 * low), (-full, 0.55 * low + 0.1), (-0.47, 0.6)]
    foot_line = [(0.20 + drift, foot), (-0.14 + drift, foot)]
    outline = path(np.vstack([dome(0)[8:-8], spline([*right, *foot_line, *left], 8)]))
    cast(pen, outline, -0.03 * view.light, 0.05)
    shader = gradient((0, 0), (0, low), [view.hair, view.hair, view.hair_tip])
    pen.part(outline, view.hair, "hair", shader=shader)
    pen.outline(outline, 0.012)
    _form_shadow(pen, view, low)


def _form_shadow(pen: Pen, view: View, low: float) -> None:
    dark = [(0.12, -0.1), (0.26, 0.3), (0.30, 0.45 * low), (0.22, low), (0.9, low), (0.9, -0.1)]
    pen.shade(shape(spline(sided(-view.light, dark), 6)), 0.9)


def _hanging(pen: Pen, view: View, x: float, low: float) -> None:
    """A clump from the whorl to its tip, at x = -1..1 across the head."""
    rng, wind, gust, kind = view.rng, view.wind, view.gust, view.char.back
    swing = np.clip((low - 0.9) / 1.2, 0, 1)  # short hair hardly moves
    spread = {"bob": 0.37, "short": 0.32, "wolf": 0.50, "wavy": 0.66}.get(kind, 0.60)
    ragged = 0.30 * x * x * min(1.0, low / 2)
    tip = (
        x * spread + (wind * (0.42 + 0.1 * abs(x)) + gust * 0.6) * swing + rng.uniform(-0.04, 0.04),
        low + 0.10 - ragged - 0.3 * abs(gust) * swing + rng.uniform(-0.12, 0.10) * max(0.25, swing),
    )
    waves = {"wavy": 0.080, "bob": 0.0, "short": 0.0, "wolf": 0.03}.get(kind, 0.035)
    out = 0.60 if kind == "bob" else 0.50 if kind == "wolf" else 0.52
    clump = Clump(
        (x * 0.13, -0.02 + 0.05 * abs(x)),
        (x * 0.50, 0.05 + 0.10 * abs(x)),
        (x * out + (wind * 0.06 + gust * 0.10) * swing, low * 0.66),
        tip,
        0.100 * rng.uniform(0.7, 1.3),
        r0=0.45,
        peak=0.42 if low > 1.2 else 0.55,
        sharp=1.9,
        n=44,
        wave=waves,
        freq=1.9 if kind == "wavy" else 1.2,
        ph=1.3 * x + rng.uniform(-0.3, 0.3),
    )
    how = Treatment(halo=_HALO, cast=(0.008, 0.010), fade=rng.uniform(0.3, 0.5), start=0.30)
    draw_clump(pen, view, clump, view.hair, view.hair_tip, how)


def _blown(pen: Pen, view: View, side: int, y0: float, y1: float, out: float) -> None:
    """A lock that the wind takes out of the mass."""
    clump = Clump(
        (side * 0.42, y0 - 0.3),
        (side * 0.52, y0),
        (side * 0.48 + view.wind * 0.1, y1 - 0.35),
        (side * out + view.wind * (0.2 + 0.15 * y1) + view.gust * 0.4, y1),
        0.05,
        r0=0.4,
        peak=0.45,
    )
    draw_clump(pen, view, clump, view.hair, view.hair_tip, Treatment(lines=0, cast=None, fade=0.35))


# ------------------------------------------------------------------ tied
def _scalp(pen: Pen, view: View) -> None:
    """Hair combed close to the skull, down to the nape."""
    nape = [(0.45, 0.62), (0.36, 0.80), (0.20, 0.93), (0, 0.97), (-0.20, 0.93), (-0.36, 0.80), (-0.45, 0.62)]
    outline = path(np.vstack([dome(0)[8:-8], spline(nape, 8)]))
    cast(pen, outline, -0.03 * view.light, 0.05)
    pen.part(outline, view.hair, "hair", shader=gradient((0, 0), (0, 1), [view.hair, view.hair_tip]))
    pen.outline(outline, 0.012)
    _form_shadow(pen, view, 1.0)


def _comb(pen: Pen, view: View, root: tuple[float, float], tie: tuple[float, float], bulge: float) -> None:
    """A clump from the hairline or a parting to where the hair is tied."""
    a, b = np.array(root), np.array(tie)
    side = np.array((-(b - a)[1], (b - a)[0])) * bulge
    clump = Clump(a, a + (b - a) * 0.35 + side, a + (b - a) * 0.75 + side, b, 0.085, r0=0.75, peak=0.35, sharp=1.3)
    how = Treatment(halo=_HALO, cast=None, fade=view.rng.uniform(0.15, 0.35), start=0.30, sliver=0.8)
    draw_clump(pen, view, clump, view.hair, view.hair_tip, how)


def _combed_up(pen: Pen, view: View, tie: tuple[float, float]) -> None:
    pen.clip(path(np.vstack([dome(0)[4:-4], [(0.36, 0.84), (0, 0.98), (-0.36, 0.84)]])))
    rim = [(0.15, 0.95), (0.33, 0.82), (0.43, 0.60), (0.45, 0.36), (0.36, 0.12), (0.16, -0.06)]
    for side in (-1, 1):
        for x, y in rim:
            _comb(pen, view, (side * x, y), tie, -side * 0.10)
    _comb(pen, view, (0, 0.97), tie, 0.0)
    _comb(pen, view, (0, -0.08), tie, 0.0)
    pen.unclip()


def _pony(pen: Pen, view: View) -> None:
    _scalp(pen, view)
    _combed_up(pen, view, (0, 0.26))
    tail(pen, view, 0, 0.22, 0)
    ribbon_bow(pen, 0, 0.24, 0.16, view.ribbon, view.light)


def _buns(pen: Pen, view: View) -> None:
    _scalp(pen, view)
    _parted(pen, view, (0.36, 0.02))
    buns(pen, view)


def _parted(pen: Pen, view: View, tie: tuple[float, float]) -> None:
    """Hair parted down the middle and combed to both sides."""
    pen.clip(path(np.vstack([dome(0)[4:-4], [(0.36, 0.84), (0, 0.98), (-0.36, 0.84)]])))
    for side in (-1, 1):
        at = (side * tie[0], tie[1])
        for y in (0.93, 0.74, 0.55, 0.36, 0.17, -0.02):
            _comb(pen, view, (side * 0.015, y), at, side * 0.12 * (1 if y > tie[1] else -1))
    pen.unclip()
    parting = np.stack([0.010 * np.sin(np.linspace(0, 6, 20)), np.linspace(-0.08, 0.93, 20)], 1)
    pen.curcol = view.hair
    pen.stroke(parting, 0.012, 0.3, 0.5, 0.5)


def _twin(pen: Pen, view: View) -> None:
    _scalp(pen, view)
    _parted(pen, view, (0.42, 0.28))
    for side in (-1, 1):
        tail(pen, view, side * 0.45, 0.27, side)
        ribbon_bow(pen, side * 0.45, 0.27, 0.13, view.ribbon, view.light, rot=0.25 * side)


def _braids(pen: Pen, view: View) -> None:
    _scalp(pen, view)
    _parted(pen, view, (0.30, 0.86))
    for side in (-1, 1):
        braid(pen, view, side, side * 0.29, y0=0.86, y1=1.95)


# ------------------------------------------------------------------ ringlets
def _ringlets(pen: Pen, view: View) -> None:
    _loose(pen, view)
    root, tip = shadowed(view)
    for x, low, w in (
        (-0.50, 1.75, 0.105),
        (0.50, 1.78, 0.105),
        (-0.26, 1.95, 0.11),
        (0.27, 1.92, 0.11),
        (0, 2.02, 0.115),
    ):
        side = 1 if x > 0 else -1
        end = low + view.rng.uniform(-0.05, 0.05)
        ringlet = Ringlet(x * 0.88, 0.92, x + view.wind * 0.3 + view.gust * 0.3, end, w)
        draw_ringlet(pen, view, ringlet, side, view.hair if x else root, view.hair_tip if x else tip)
    for i in range(-3, 4):
        fall = _fall(i / 3)
        draw_clump(pen, view, fall, view.hair, view.hair, Treatment(halo=_HALO, cast=(0.01, 0.02), fade=0.4))


def _fall(x: float) -> Clump:
    """Smooth hair that covers where a ringlet begins."""
    end: Points = np.array((x * 0.50, 1.12 - 0.10 * x * x))
    return Clump((x * 0.14, 0.0), (x * 0.46, 0.12), (x * 0.50, 0.7), end, 0.125, r0=0.5, peak=0.6, sharp=2.2)


_KINDS: dict[Back, Callable[[Pen, View], None]] = {
    **dict.fromkeys(("long", "xlong", "mid", "wavy", "bob", "short", "wolf"), _loose),
    **{"curls": _ringlets, "twin": _twin, "pony": _pony, "braid": _braids, "bun": _buns},
}
