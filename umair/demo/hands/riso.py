"""Riso: four inks, each its own screen, overprinted out of register on cheap paper."""

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from umair.demo.canvas.colours import Colour, luma, rgb
from umair.demo.canvas.noise import blur, fbm, smooth
from umair.demo.hands.framed import Framed, edge_distance
from umair.demo.hands.jitter import between, colour_of, one_of, seed_of
from umair.demo.hands.layers import material, over, put_fore
from umair.demo.hands.light import Lighting, lit_figure
from umair.demo.hands.picture import RGB, deep, shifted, to_lab, unit
from umair.demo.hands.pigments import distances, palette_lab, planes
from umair.demo.hands.print_screen import dots, grain, grain_levels, rules
from umair.demo.hands.surface import paper
from umair.demo.passes import Passes, Plane

PAPERS = ("#f6efe0", "#f6efe0", "#fbfaf4", "#f4e2d0", "#e4ecec", "#f8efc4")
ANGLES = tuple(math.radians(a) for a in (15, 75, 45, 0))  # one a drum, so that no moire shows
TABLE = 33  # steps of each channel in the table of overprints
Screen = Literal["dots", "rules", "grain"]
LEVELS, BOLD_LEVELS = (0, 0.22, 0.5, 1.0), (0, 0.35, 1.0)  # coverages an ink may take
INKS = (  # sets of four have their key third
    ("#ff6a5a", "#2f9aa8", "#26305f", "#ffd84a"),
    ("#ff7ab0", "#3a6fd8", "#2a2a50", "#ffe04a"),
    ("#f2844a", "#3f8f6a", "#20364a", "#ffe08a"),
    ("#e8505a", "#5ab0e0", "#3a2a5a", "#f8d84a"),
    ("#ff48b0", "#0078bf", "#ffe800"),
    ("#ff8a5e", "#00a0a8", "#33305a", "#f4dc8a"),
    ("#f15060", "#4a7ae0", "#2a2c5a", "#ffb511"),
    ("#5ec8e5", "#ff8e91", "#765ba7"),
    ("#00a95c", "#5a78d8", "#3a2450", "#ff9a4c"),
)
LIGHTING = Lighting(form=0, seam=0, hollow=0.3, highlight=0.7, rim=0.8, shadow_chroma=1.3)


@dataclass(frozen=True)
class Riso:
    """One artist of this hand."""

    inks: tuple[Colour, ...]
    key: int  # the ink that prints the lines
    paper: Colour
    screen: Screen
    cell: float  # of the screens, pixels of a 640 px picture
    grain: float  # gaps in the solid ink
    shift: float  # misregistration, pixels of a 640 px picture
    levels: tuple[float, ...]
    margin: float  # of bare paper, fraction of the side


def artist(rng: np.random.Generator) -> Riso:
    """One artist's choices."""
    inks = tuple(rgb(c) for c in one_of(rng, INKS))
    return Riso(
        inks=inks,
        key=2 if len(inks) == 4 else int(np.argmin([luma(c) for c in inks])),
        paper=colour_of(rng, PAPERS),
        screen=one_of(rng, ("dots", "dots", "rules", "grain")),
        cell=between(rng, 3.6, 7.5),
        grain=between(rng, 0.6, 1.4),
        shift=between(rng, 0.6, 3.2),
        levels=BOLD_LEVELS if rng.random() < 0.35 else LEVELS,
        margin=one_of(rng, (0.0, 0.0, 0.025, 0.035, 0.06)),
    )


def paint(passes: Framed, look: Riso, rng: np.random.Generator) -> RGB:
    """The scene as a print in four drums."""
    S, seed = passes.S, seed_of(rng)
    figure = lit_figure(passes, LIGHTING)
    coverage = _separated(put_fore(over(figure, passes, planes(passes)), passes), look)
    skin = 0.9 * material(passes, "skin", 1.5 * S / 640)
    tooth = 1 + 0.012 * deep(paper(S, seed, 2.0))
    picture = np.ones((S, S, 3), np.float32) * look.paper
    for i, ink in enumerate(look.inks):
        plate = _with_lines(coverage[..., i], passes) if i == look.key else coverage[..., i]
        plate = plate * (1 - passes.spec[..., 3] * (luma(passes.spec[..., :3]) > 0.8))
        printed = _printed(plate, skin, ANGLES[i], look, seed + i)
        dx, dy = rng.uniform(-1, 1, 2) * look.shift * S / 640
        picture *= 1 - deep(unit(shifted(printed, dx, dy))) * (1 - ink)
    picture *= tooth
    if look.margin:
        picture = np.where(deep(edge_distance(passes) > look.margin), picture, look.paper * tooth)
    return unit(picture)


def _separated(picture: RGB, look: Riso) -> NDArray[np.float32]:
    """(S, S, inks) coverage of each ink: the overprints nearest to the picture's colour."""
    table = _table(np.stack(look.inks).tobytes(), look.paper.tobytes(), look.levels)
    where = (picture[::2, ::2] * (TABLE - 1) + 0.5).astype(np.int64).clip(0, TABLE - 1)
    found = table[where[..., 0], where[..., 1], where[..., 2]]
    return cv2.resize(blur(found, 0.7), picture.shape[1::-1], interpolation=cv2.INTER_LINEAR)


@lru_cache(maxsize=16)
def _table(inks_bytes: bytes, paper_bytes: bytes, levels: tuple[float, ...]) -> NDArray[np.float32]:
    """(TABLE, TABLE, TABLE, inks): the coverages for every colour, a mean of the nearest overprints in Lab.

    A mean, because two neighbours in a wave of hair would else fall to different inks and show as blotches.
    """
    inks = np.frombuffer(inks_bytes, np.float32).reshape(-1, 3)
    mixes = np.stack(np.meshgrid(*[levels] * len(inks), indexing="ij"), -1).reshape(-1, len(inks)).astype(np.float32)
    overprints = np.ones((len(mixes), 3), np.float32) * np.frombuffer(paper_bytes, np.float32)
    for i, ink in enumerate(inks):
        overprints *= 1 - mixes[:, i : i + 1] * (1 - ink)
    axis = np.linspace(0, 1, TABLE, dtype=np.float32)
    colours = np.stack(np.meshgrid(axis, axis, axis, indexing="ij"), -1).reshape(-1, 1, 3)
    lab = to_lab(colours)[:, 0]
    lab[:, 0] = np.clip(52 + (lab[:, 0] - 52) * 1.15, 0, 100)
    lab[:, 1:] *= 1.25
    d = distances(lab, palette_lab(overprints), (1.5, 1, 1))
    weight = np.exp((d.min(1, keepdims=True) - d) / 60.0)
    weight /= weight.sum(1, keepdims=True)
    return (weight @ mixes).reshape(TABLE, TABLE, TABLE, -1)


def _with_lines(plate: Plane, passes: Passes) -> Plane:
    """The key plate carries the drawing's lines and the contours of the ground."""
    line = unit(passes.line[..., 3] * 1.15) * (1 - passes.spec[..., 3])
    return np.maximum(np.maximum(plate * 0.9, line), passes.bgline[..., 3] * 0.55 * (1 - passes.alpha))


def _printed(plate: Plane, skin: Plane, angle: float, look: Riso, seed: int) -> Plane:
    """One plate through its screen: solids stay solid, but for specks and uneven rolling; skin is an even tint."""
    S = plate.shape[0]
    cell = look.cell * S / 640
    if look.screen == "grain":
        screened = grain(unit(plate), _grain(S))
    else:
        screened = (dots if look.screen == "dots" else rules)(unit(plate), cell, angle)
    screened = screened * (1 - skin) + plate * skin
    printed = np.maximum(screened, smooth(plate, 0.8, 0.95) * plate)
    speck = fbm((S, S), 1.6 * S / 640, seed, 2, 0.8)
    speck = smooth((speck - speck.mean()) / speck.std(), 0.6, 1.8)
    return printed * (1 - 0.18 * look.grain * speck) * (0.86 + 0.22 * fbm((S, S), S * 0.12, seed + 30, 3))


@lru_cache(maxsize=2)
def _grain(S: int) -> Plane:
    return grain_levels(S, np.random.default_rng(5))
