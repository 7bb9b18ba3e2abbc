"""Hair in profile: combed from the crown past the ear, tied or loose."""

from umair.demo.canvas.colours import gradient, mix
from umair.demo.canvas.curves import path, shape, spline
from umair.demo.canvas.pen import Pen
from umair.demo.figure.back_hair import draw_back_hair
from umair.demo.figure.bow import ribbon_bow
from umair.demo.figure.clump import Clump, Halo, Treatment, draw_clump
from umair.demo.figure.dome import union
from umair.demo.figure.head import ahoge, tufts
from umair.demo.figure.long_hair import shadowed
from umair.demo.figure.model import Back, Side
from umair.demo.figure.tails import braid, bun, tail
from umair.demo.figure.view import View

_DOME = [
    *[(-0.405, 0.50), (-0.448, 0.36), (-0.425, 0.14), (-0.29, -0.03), (-0.06, -0.10), (0.18, -0.08)],
    *[(0.40, 0.05), (0.525, 0.27), (0.53, 0.50), (0.46, 0.70), (0.36, 0.80)],
]
_BELOW = [(-0.47, 0.40), (0.53, 0.40), (0.62, 0.80), (3, 1.4), (3, 6), (-3, 6), (-3, 1.4), (-0.55, 0.8)]
_TIPS = (
    *((-0.11, 0.68, 0.080), (-0.18, 0.60, 0.080), (-0.255, 0.55, 0.075)),
    *((-0.425, 0.52, 0.060), (-0.385, 0.585, 0.050), (-0.325, 0.535, 0.080)),
)
_PARTED = ((-0.08, 0.80, 0.080), (-0.15, 0.70, 0.075), (-0.22, 0.52, 0.065))
_SIDE: dict[Side, float] = {"none": 0.74, "short": 0.88, "mid": 1.06, "long": 1.55, "xlong": 1.9, "hime": 0.98}
_NAPE: dict[Back, float] = {
    **{"long": 1.9, "xlong": 2.1, "mid": 1.5, "wavy": 1.8, "curls": 1.05, "bob": 1.06, "short": 0.92},
    **{"wolf": 1.25, "twin": 0.90, "pony": 0.88, "braid": 0.92, "bun": 0.88},
}
_FALLS = ("long", "xlong", "mid", "wavy", "curls")  # past the shoulders, on both sides of the neck
_BEHIND_THE_FACE = [(-0.20, -0.3), (-0.20, 6), (3, 6), (3, -0.3)]


def profile_back_hair(pen: Pen, view: View) -> None:
    """What lies behind the neck; nothing of it may be seen before the face."""
    root, tip = shadowed(view)
    if view.char.back in _FALLS:
        pen.clip(path(_BEHIND_THE_FACE))
        pen.push(0.02, 0)
        draw_back_hair(pen, view)
        pen.pop()
        pen.unclip()
        return
    low = _NAPE[view.char.back]
    edge = [(-0.04, 0.5), (0.02, low - 0.10), (0.16, low - 0.03), (0.36, low - 0.08), (0.47, 0.62)]
    pen.shade(pen.part(shape(spline(edge, 8)), root, "hair", shader=gradient((0, 0.4), (0, low), [root, tip])))
    if view.char.back == "pony":
        tail(pen, view, 0.46, 0.20, 1)
        ribbon_bow(pen, 0.49, 0.19, 0.13, view.ribbon, view.light, rot=0.5)


def _tied(pen: Pen, view: View) -> None:
    """The near one of two tails, plaits or buns."""
    if view.char.back == "twin":
        tail(pen, view, 0.24, 0.24, 1)
        ribbon_bow(pen, 0.25, 0.24, 0.13, view.ribbon, view.light, rot=0.3)
    elif view.char.back == "braid":
        braid(pen, view, 1, 0.13, y0=0.84)
    elif view.char.back == "bun":
        bun(pen, view, 0.26, -0.02)


def profile_hair(pen: Pen, view: View) -> None:
    dome = spline(_DOME, 10)
    hairline = [(0.34, 0.80), (0.12, 0.66), (0.02, 0.56), (-0.10, 0.36), (-0.28, 0.18), (-0.405, 0.30)]
    shader = gradient((0, -0.1), (0, 0.8), [view.hair, view.hair, mix(view.hair, view.hair_tip, 0.6)])
    pen.part(shape(dome, spline(hairline, 8)), view.hair, "hair", shader=shader)
    if view.light < 0:
        dark = [(0.30, -0.1), (0.40, 0.15), (0.42, 0.45), (0.36, 0.9), (0.8, 0.9), (0.8, -0.1)]
        pen.shade(shape(spline(dark, 8)))
    halo = Halo(0.16, 0.55, 0.05, 0.036)
    pen.clip(union(path(dome), path(_BELOW)))
    _nape(pen, view, halo)
    _side(pen, view, halo)
    _fringe(pen, view, halo)
    pen.unclip()
    pen.curcol = view.hair
    pen.stroke(dome[4:-4], 0.0120, 0, 0, 0.5)
    if view.char.bangs == "spiky":
        tufts(pen, view)
    if view.char.ahoge:
        ahoge(pen, view, -0.03)
    _tied(pen, view)


def _nape(pen: Pen, view: View, halo: Halo) -> None:
    """Locks behind the ear, as long as the back hair: they cover where the dome ends."""
    low = _NAPE[view.char.back]
    free = low > 1.0
    locks = ((0.47, 0.90, 0.090), (0.24, 0.97, 0.095), (0.38, 1.0, 0.105), (0.13, 0.93, 0.090))
    for x, share, w in (*locks, (0.30, 0.96, 0.040)):
        end = x + 0.03 if free else 0.30 + 0.35 * (x - 0.3)
        clump = Clump(
            (0.06 + 0.30 * x, -0.06),
            (x * 0.95 + 0.05, 0.02),
            (x + 0.07, 0.42),
            (end + 0.08 * view.wind * low, low * share + view.rng.uniform(-0.03, 0.03)),
            w,
            r0=0.5,
            peak=0.5,
            sharp=1.9,
            n=40,
            wave=0.02 if free else 0.0,
            ph=2 * x,
        )
        how = Treatment(halo=halo, fade=view.rng.uniform(0.30, 0.42), start=0.32)
        draw_clump(pen, view, clump, view.hair, view.hair_tip, how)


def _side(pen: Pen, view: View, halo: Halo) -> None:
    """Locks before the ear."""
    low = _SIDE[view.char.side]
    blunt = 0.8 if view.char.side == "hime" else 0.0
    for x, y, w in ((0.08, low * 0.96, 0.085), (-0.05, low * 0.92, 0.060), (0.015, low, 0.070)):
        clump = Clump(
            (0.03 + 0.2 * x, -0.06),
            (x * 0.9, 0.06),
            (x + 0.01, 0.50 * low + 0.05),
            (x + 0.05 * view.wind, y + view.rng.uniform(-0.02, 0.02)),
            w,
            r0=0.5,
            peak=0.5,
            blunt=blunt,
            sharp=1.8,
            n=36,
        )
        how = Treatment(halo=halo, fade=view.rng.uniform(0.34, 0.44), start=0.32)
        draw_clump(pen, view, clump, view.hair, view.hair_tip, how)


def _fringe(pen: Pen, view: View, halo: Halo) -> None:
    style = view.char.bangs
    blunt = 0.7 if style == "hime" else 0.0
    for x, y, w in _PARTED if style == "parted" else _TIPS:
        y = 0.545 if blunt else y
        clump = Clump(
            (0.02 + 0.25 * x, -0.07),
            (x * 0.90 - 0.02, -0.05),
            (x - 0.055, y * 0.55),
            (x + 0.05 * view.wind, y + view.rng.uniform(-0.014, 0.014)),
            w,
            r0=0.6,
            peak=0.52,
            blunt=blunt,
            sharp=1.7,
        )
        fade = view.rng.uniform(0.40, 0.55)
        how = Treatment(halo=halo, lines=1 if w > 0.07 else 0, cast=(0.008, 0.014), fade=fade, start=0.40)
        draw_clump(pen, view, clump, view.hair, view.hair_tip, how)
