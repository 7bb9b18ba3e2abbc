"""Pixel: a small picture drawn pixel by pixel, few colours, ordered dither, an outline of one pixel."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np

from umair.demo.canvas.colours import Colour, rgb
from umair.demo.canvas.pen import MATS
from umair.demo.hands.jitter import between, colour_of, one_of
from umair.demo.hands.kuwahara import kuwahara
from umair.demo.hands.layers import over
from umair.demo.hands.light import Lighting, lit_figure
from umair.demo.hands.picture import RGB, from_lab, lay, saturate, to_lab, unit
from umair.demo.hands.pigments import distances, palette_lab
from umair.demo.passes import Passes, Plane

Palette = Literal["own", "console", "ramp"]
Dither = Literal["ordered", "checks", "none"]
Outline = Literal["dark", "own", "white", "none"]
CONSOLE = (  # one fixed palette for all pictures, as an old machine has
    "#14121f #2b2a4a #454a78 #6f7fb0 #a9bfe0 #e4f0fa #ffffff #1f4d8f #2f7fd8 #5cb8f4 #9ae4ff #1c5a4a #2f8f5a "
    "#6cc45a #b8e878 #e8f4b0 #5a2a2a #8f3f34 #c85f3c #f0924a #f8c86a #fdeba8 #6a1f3f #b02f4f #ee5a6a #ff9aa4 "
    "#fdd0c8 #fde8d8 #3f1f5a #6f3a9a #a868d0 #dca8f0 #7a5a48 #b08a68 #d8bc98"
)
RAMPS = (  # few tones of one hue, dark to light
    "#16241c #28482f #46723c #7fa24c #b8cc70 #e6efb4",
    "#1c1620 #44304a #7a4a62 #b87078 #e8a894 #fbe4cc",
    "#101a30 #1f3a66 #38689a #6a9cc4 #aacde0 #eef6f4",
    "#1a1208 #4a2e12 #86551c #c8872c #f0bc5a #fdeebc",
)
INKS = ("#1c1430", "#1c1430", "#101018", "#3a1c14", "#142a4a")
SIDES = (128, 160, 192)  # of a picture in its own pixels
HEAD = 52  # pixels a head needs: below, eyes break
SKIN, HAIR, EYE, LIP = (MATS[m] for m in ("skin", "hair", "eye", "lip"))
LIGHTING = Lighting(form=0.10, seam=0, highlight=0.8, rim=0.9, shadow_chroma=1.2)
BAYER = np.array([[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]], np.float32) / 16 - 0.47
CHECKS = np.array([[-0.3, 0.3], [0.3, -0.3]], np.float32)
CROSS = np.array([[0, 1, 0], [1, 1, 1], [0, 1, 0]], np.uint8)


@dataclass(frozen=True)
class Pixel:
    """One artist of this hand."""

    size: int  # side of the picture in its own pixels
    palette: Palette  # chosen for each picture, always the same, or tones of one hue
    colours: int  # of a palette chosen for each picture
    ramp: str  # of a palette of one hue
    dither: float
    pattern: Dither
    outline: Outline
    ink: Colour  # of a dark outline
    chroma: float


@dataclass(frozen=True)
class _Small:
    """The passes that are needed again, reduced to the picture's own pixels."""

    figure: np.ndarray  # bool
    mat: np.ndarray
    spec: Plane  # coverage
    focus: Plane


def artist(rng: np.random.Generator) -> Pixel:
    """One artist's choices."""
    return Pixel(
        size=one_of(rng, (128, 160, 192)),
        palette=one_of(rng, ("own", "own", "own", "own", "console", "console", "ramp")),
        colours=one_of(rng, (10, 16, 28, 44)),
        ramp=one_of(rng, RAMPS),
        dither=between(rng, 0.5, 1.8),
        pattern=one_of(rng, ("ordered", "ordered", "checks", "none")),
        outline=one_of(rng, ("dark", "dark", "own", "white", "none")),
        ink=colour_of(rng, INKS),
        chroma=between(rng, 0.85, 1.35),
    )


def paint(passes: Passes, look: Pixel, rng: np.random.Generator) -> RGB:
    """The scene at (size, size): enlarge it by nearest neighbour only."""
    n = _side(passes, look)
    picture, small = _reduced(passes, look, n)
    lab = to_lab(picture)
    palette = _palette(lab, small.focus, look)
    weight = (1.0, 0.1, 0.1) if look.palette == "ramp" else (1.0, 1.2, 1.2)
    pattern = _pattern(n, look.pattern) * 15 * look.dither
    pattern = pattern * np.where(small.figure, np.where(small.mat == HAIR, 0.30, 0.12), 0.75)
    lab[..., 0] += pattern
    lab[..., 2] += pattern * 0.3
    nearest = distances(lab.reshape(-1, 3), palette, weight).argmin(1)
    return from_lab(_cleaned(palette[nearest].reshape(n, n, 3), small))


def _side(passes: Passes, look: Pixel) -> int:
    """The artist's own size, or larger where a head would have fewer than HEAD pixels."""
    spot = float((passes.focus > 0.5).mean())  # the spots of faces: within .83 of .34 of a head's height
    if not spot:
        return look.size
    faces = max(1, cv2.connectedComponents((passes.focus > 0.5).astype(np.uint8))[0] - 1)
    head = np.sqrt(spot / faces / np.pi) / (0.8326 * 0.34)
    return next((n for n in SIDES if n >= look.size and n * head >= HEAD), SIDES[-1])


def _pattern(n: int, pattern: Dither) -> Plane:
    """What is added to the lightness before the nearest colour is taken, -.5 .. .5."""
    tiles: dict[Dither, Plane] = {"ordered": BAYER, "checks": CHECKS, "none": np.zeros((2, 2), np.float32)}
    tile = tiles[pattern]
    return np.tile(tile, (n // len(tile) + 1, n // len(tile) + 1))[:n, :n]


def _reduced(passes: Passes, look: Pixel, n: int) -> tuple[RGB, _Small]:
    """Everything at the small size, with lines only where they are strong enough to be a whole pixel."""

    def small(a: Plane) -> Plane:
        return cv2.resize(np.ascontiguousarray(a), (n, n), interpolation=cv2.INTER_AREA)

    picture = over(lit_figure(passes, LIGHTING), passes, saturate(passes.bg, 1.1))
    picture = small(kuwahara(picture, max(1, passes.S / n * 0.45)))
    mat = cv2.resize(passes.mat.astype(np.float32), (n, n), interpolation=cv2.INTER_NEAREST)
    line, line_colour = _premultiplied(passes.line, small)
    face = (mat == SKIN) | (mat == EYE) | (mat == LIP)
    weakest = np.where(mat == HAIR, 0.40, np.where(face, 0.20, 0.32))
    kept = unit((line - weakest * 0.55) / 0.42) * np.where(mat == HAIR, 0.70, 0.95)
    picture = lay(picture, unit(line_colour * 0.92), kept)
    figure = small(passes.alpha) > 0.5
    edge = (cv2.dilate(figure.astype(np.uint8), CROSS) > 0) & ~figure
    if look.outline == "own":
        picture[edge] = cv2.erode(picture, CROSS)[edge] * 0.45
    elif look.outline != "none":
        picture[edge] = picture[edge] * 0.25 + (look.ink if look.outline == "dark" else np.float32(1)) * 0.75
    spec, spec_colour = _premultiplied(passes.spec, small)
    picture = np.where(spec[..., None] > 0.40, spec_colour, picture)
    fore = small(passes.fore)
    picture = np.where(fore[..., 3:] > 0.40, fore[..., :3], picture)
    reduced = _Small(figure=figure, mat=mat, spec=spec, focus=small(passes.focus))
    return saturate(unit(picture).astype(np.float32), 1.12 * look.chroma), reduced


def _premultiplied(layer: Plane, small: Callable[[Plane], Plane]) -> tuple[Plane, RGB]:
    """Coverage and true colour of a reduced RGBA layer."""
    a = small(layer[..., 3])
    return a, small(layer[..., :3] * layer[..., 3:]) / np.maximum(a[..., None], 1e-3)


def _palette(lab: RGB, focus: Plane, look: Pixel) -> np.ndarray:
    """(K, 3) Lab; chosen by k-means over figure and ground together, where faces count four times."""
    if look.palette != "own":
        text = CONSOLE if look.palette == "console" else look.ramp
        return palette_lab(np.stack([rgb(c) for c in text.split()]))
    rows = np.concatenate([lab.reshape(-1, 3), np.repeat(lab[focus > 0.3], 3, axis=0)])
    cv2.setRNGSeed(7)
    criteria = (cv2.TERM_CRITERIA_MAX_ITER + cv2.TERM_CRITERIA_EPS, 24, 0.5)
    return cv2.kmeans(rows.astype(np.float32), look.colours, None, criteria, 1, cv2.KMEANS_PP_CENTERS)[2]


def _cleaned(lab: RGB, small: _Small) -> RGB:
    """Pixels alone in their colour are given the median around them, but not in eyes and faces."""
    same = sum((np.abs(lab - np.roll(lab, by, axis)).sum(-1) < 1).astype(int) for by in (1, -1) for axis in (0, 1))
    alone = (same == 0) & small.figure & (small.spec < 0.3) & (small.focus < 0.25)
    return np.where(alone[..., None], cv2.medianBlur(lab.astype(np.float32), 3), lab)
