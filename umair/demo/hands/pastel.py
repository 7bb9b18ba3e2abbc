"""Pastel: chalk over tinted paper, soft modelling, the paper left to show."""

import math
from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np

from umair.demo.canvas.colours import Colour, luma, rgb
from umair.demo.canvas.noise import blur, fbm, smooth
from umair.demo.hands.edges import Edge, laid
from umair.demo.hands.flow import flow, smear, smear_straight
from umair.demo.hands.framed import Framed
from umair.demo.hands.jitter import between, colour_of, one_of, seed_of
from umair.demo.hands.layers import material, over, put_fore, put_spec
from umair.demo.hands.light import Lighting, lit_figure
from umair.demo.hands.picture import (
    RGB,
    deep,
    from_lab,
    grid,
    lay,
    normal_noise,
    screen,
    soft,
    to_lab,
    unit,
)
from umair.demo.hands.pigments import planes
from umair.demo.hands.surface import paper, warp
from umair.demo.passes import Passes, Plane

Chalk = Literal["slanted", "crossed", "along", "rubbed"]
Ground = Literal["soft", "planes", "strokes", "faint"]
Line = Literal["own", "charcoal", "sanguine", "blue", "faint"]
PAPERS = (
    "#f7efe6",
    "#efe4ea",
    "#e9ecf0",
    "#e2d2b6",
    "#c2c8d0",
    "#d4b894",
    "#dcbcc0",
    "#7a7484",
    "#3e4450",
    "#38302e",
)
SHADOWS = (None, None, "#9a8ad8", "#7aa8c8", "#c88a9a", "#8ab09a")
LINES: dict[Line, Colour | None] = {
    "own": None,
    "faint": None,
    "charcoal": rgb("#26222a"),
    "sanguine": rgb("#94402a"),
    "blue": rgb("#2c3a78"),
}


@dataclass(frozen=True)
class Pastel:
    """One artist of this hand."""

    paper: Colour
    high_key: float
    chroma: float
    shadow: Colour | None  # hue of shadows; None = the setting's
    chalk: Chalk
    angle: float  # slant of the chalk, degrees
    tooth: float  # of the paper
    pressure: float  # how much chalk fills the paper's hollows, 0..1
    line: Line
    line_weight: float
    edge: Edge
    ground: Ground


def artist(rng: np.random.Generator) -> Pastel:
    """One artist's choices."""
    shadow = one_of(rng, SHADOWS)
    return Pastel(
        paper=colour_of(rng, PAPERS),
        high_key=between(rng, 0.2, 1.2),
        chroma=between(rng, 0.75, 1.25),
        shadow=None if shadow is None else rgb(shadow),
        chalk=one_of(rng, ("slanted", "slanted", "crossed", "along", "rubbed")),
        angle=one_of(rng, (-1, 1, 1)) * between(rng, 25, 72),
        tooth=between(rng, 0.5, 1.7),
        pressure=between(rng, 0.40, 0.72),
        line=one_of(rng, ("own", "own", "charcoal", "sanguine", "blue", "faint")),
        line_weight=between(rng, 0.65, 1.15),
        edge=one_of(rng, ("torn", "torn", "oval", "taped", "bleed", "patch")),
        ground=one_of(rng, ("soft", "planes", "strokes", "faint")),
    )


def paint(passes: Framed, look: Pastel, rng: np.random.Generator) -> RGB:
    """The scene in chalk."""
    S, seed = passes.S, seed_of(rng)
    sheet = np.broadcast_to(look.paper, (S, S, 3))
    meant = _meant(passes, look, seed)
    chalk = _chalk(passes, meant, look, rng)
    picture = put_spec(_lines(meant, passes, look), passes, 0.95)
    grain = paper(S, seed, 2.6) * 0.75 + chalk * (0.25 if look.chalk == "rubbed" else 0.55)
    cover = smooth(grain, -2.1 + 0.5 * look.tooth, -0.35 + 0.5 * look.tooth)
    if look.chalk == "rubbed":
        cover = 0.40 + 0.60 * cover
    # chalk is rubbed into skin: bare flecks of paper on it look like a rash
    kept = np.maximum(unit(passes.focus * 1.2) * 0.75, 0.92 * material(passes, "skin", 1.5))
    cover = cover * (1 - kept) + kept * np.maximum(cover, 0.90)
    pressure = look.pressure + (0.15 if luma(look.paper) < 0.5 else 0)  # dark paper swallows thin chalk
    picture = lay(sheet, picture, pressure + (1 - pressure) * cover)
    picture *= 1 + deep(0.034 * chalk * (1 - 0.6 * passes.focus))
    picture = lay(sheet * (1 + 0.02 * deep(paper(S, seed + 5, 2.6))), picture, laid(passes, look.edge, chalk, seed + 3))
    picture = put_fore(picture, passes, 0.8)
    return unit(screen(picture, 0.25 * soft(unit(picture - 0.7), S * 0.02)))


def _meant(passes: Passes, look: Pastel, seed: int) -> RGB:
    """The colours as the chalks have them."""
    how = Lighting(
        hard=0.12,
        softness=0.014,
        depth=0.85,
        form=0.40,
        seam=0.9,
        hollow=0.25,
        highlight=0.55,
        rim=0.5,
        shadow_chroma=1.15,
        shadow=look.shadow,
    )
    lab = to_lab(over(lit_figure(passes, how), passes, _ground(passes, look, seed), 1.2))
    lab[..., 0] = 100 - (100 - lab[..., 0]) * (0.96 - 0.12 * look.high_key)
    lab[..., 1] = lab[..., 1] * 1.08 * look.chroma + 2.0
    lab[..., 2] = lab[..., 2] * 1.06 * look.chroma + 1.0
    return from_lab(lab)


def _ground(passes: Passes, look: Pastel, seed: int) -> RGB:
    S = passes.S
    if look.ground == "planes":
        return warp(planes(passes, 0.004, 0.014, 0.009), 0.004, 0.03, seed + 2)
    if look.ground == "strokes":  # broad bars of chalk, each of one colour
        angle = math.radians(look.angle)
        n = cv2.resize(fbm((S // 2, S // 2), S * 0.006, seed + 4, 2), (S, S)) - 0.5
        jump = smear_straight(n, angle, 30, S / 640) * (0.008 * S)
        x, y = grid(S)
        return cv2.remap(
            blur(passes.bg, S * 0.003),
            x * S + jump * math.cos(angle),
            y * S + jump * math.sin(angle),
            cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REFLECT,
        )
    ground = soft(passes.bg, S * 0.010)
    return ground * 0.5 + look.paper * 0.5 if look.ground == "faint" else ground


def _chalk(passes: Passes, meant: RGB, look: Pastel, rng: np.random.Generator) -> Plane:
    """Marks of the chalk, mean 0, deviation about 1."""
    S, angle = passes.S, math.radians(look.angle)
    noise = normal_noise(S, rng)
    if look.chalk == "crossed":
        return 0.75 * (smear_straight(noise, angle, 10) + smear_straight(noise.T.copy(), angle + 1.25, 10))
    if look.chalk == "along":
        return smear([noise], flow(passes, meant, 0.012), 9)[0]
    if look.chalk == "rubbed":
        rubbed = blur(noise, 1.6)
        return rubbed / rubbed.std()
    return smear_straight(noise, angle, 9)


def _lines(meant: RGB, passes: Passes, look: Pastel) -> RGB:
    ink = LINES[look.line]
    weight = look.line_weight * (0.5 if look.line == "faint" else 0.92)
    line = unit(blur(passes.line[..., 3], passes.S * (0.0008 if ink is None else 0.0012)) * weight)
    if ink is None:
        return lay(meant, unit(passes.line[..., :3] * 0.8 + passes.albedo * 0.18 + 0.03), line)
    return lay(meant, ink * 0.8 + passes.line[..., :3] * 0.2, line)
