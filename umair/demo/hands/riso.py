"""Riso: four inks, each its own screen, overprinted out of register on cheap paper."""

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from umair.demo.canvas.colours import Colour, luma, rgb
from umair.demo.canvas.noise import fbm, smooth
from umair.demo.hands.jitter import between, colour_of, one_of, seed_of
from umair.demo.hands.layers import over, put_fore
from umair.demo.hands.light import Lighting, lit_figure
from umair.demo.hands.picture import RGB, deep, shifted, to_lab, unit
from umair.demo.hands.pigments import distances, palette_lab, planes
from umair.demo.hands.print_screen import dots
from umair.demo.hands.surface import paper
from umair.demo.passes import Passes, Plane

PAPERS = ("#f6efe0", "#f6efe0", "#fbfaf4", "#f4e2d0", "#e4ecec", "#f8efc4")
ANGLES = tuple(math.radians(a) for a in (15, 75, 45, 0))  # one a drum, so that no moire shows
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
        cell=between(rng, 3.6, 7.5),
        grain=between(rng, 0.6, 1.4),
        shift=between(rng, 0.6, 3.2),
        levels=BOLD_LEVELS if rng.random() < 0.35 else LEVELS,
        margin=one_of(rng, (0.0, 0.0, 0.025, 0.035, 0.06)),
    )


def paint(passes: Passes, look: Riso, rng: np.random.Generator) -> RGB:
    """The scene as a print in four drums."""
    S, seed = passes.S, seed_of(rng)
    figure = lit_figure(passes, LIGHTING)
    coverage = _separated(put_fore(over(figure, passes, planes(passes)), passes), look)
    tooth = 1 + 0.012 * deep(paper(S, seed, 2.0))
    picture = np.ones((S, S, 3), np.float32) * look.paper
    for i, ink in enumerate(look.inks):
        plate = _with_lines(coverage[..., i], passes) if i == look.key else coverage[..., i]
        plate = plate * (1 - passes.spec[..., 3] * (luma(passes.spec[..., :3]) > 0.8))
        printed = _printed(plate, ANGLES[i], look, seed + i)
        dx, dy = rng.uniform(-1, 1, 2) * look.shift * S / 640
        picture *= 1 - deep(unit(shifted(printed, dx, dy))) * (1 - ink)
    picture *= tooth
    margin = int(S * look.margin)
    if margin:
        inside = np.zeros((S, S, 1), bool)
        inside[margin:-margin, margin:-margin] = True
        picture = np.where(inside, picture, look.paper * tooth)
    return unit(picture)


def _separated(picture: RGB, look: Riso) -> NDArray[np.float32]:
    """(S, S, inks) coverage of each ink: the overprint nearest to the picture's colour, in Lab."""
    S = picture.shape[0]
    mixes = np.stack(np.meshgrid(*[look.levels] * len(look.inks), indexing="ij"), -1)
    mixes = mixes.reshape(-1, len(look.inks)).astype(np.float32)
    overprints = np.ones((len(mixes), 3), np.float32) * look.paper
    for i, ink in enumerate(look.inks):
        overprints *= 1 - mixes[:, i : i + 1] * (1 - ink)
    lab = to_lab(picture)[::2, ::2].reshape(-1, 3)
    lab[:, 0] = np.clip(52 + (lab[:, 0] - 52) * 1.15, 0, 100)
    lab[:, 1:] *= 1.25
    nearest = distances(lab, palette_lab(overprints), (1.5, 1, 1)).argmin(1)
    return cv2.resize(mixes[nearest].reshape(S // 2, S // 2, -1), (S, S), interpolation=cv2.INTER_LINEAR)


def _with_lines(plate: Plane, passes: Passes) -> Plane:
    """The key plate carries the drawing's lines and the contours of the ground."""
    line = unit(passes.line[..., 3] * 1.15) * (1 - passes.spec[..., 3])
    return np.maximum(np.maximum(plate * 0.9, line), passes.bgline[..., 3] * 0.55 * (1 - passes.alpha))


def _printed(plate: Plane, angle: float, look: Riso, seed: int) -> Plane:
    """One plate through its screen: solids stay solid, but for specks and uneven rolling."""
    S = plate.shape[0]
    printed = np.maximum(dots(unit(plate), look.cell * S / 640, angle), smooth(plate, 0.8, 0.95) * plate)
    speck = fbm((S, S), 1.6 * S / 640, seed, 2, 0.8)
    speck = smooth((speck - speck.mean()) / speck.std(), 0.6, 1.8)
    return printed * (1 - 0.18 * look.grain * speck) * (0.86 + 0.22 * fbm((S, S), S * 0.12, seed + 30, 3))
