"""Pastel: chalk over tinted paper, soft modelling, torn edge."""

import math
from dataclasses import dataclass

import numpy as np

from umair.demo.canvas.colours import Colour
from umair.demo.canvas.noise import blur, fbm, smooth
from umair.demo.hands.flow import smear_straight
from umair.demo.hands.jitter import between, colour_of, seed_of
from umair.demo.hands.layers import over, put_fore, put_spec
from umair.demo.hands.light import Lighting, lit_figure
from umair.demo.hands.picture import (
    RGB,
    deep,
    frame_distance,
    from_lab,
    lay,
    normal_noise,
    screen,
    soft,
    to_lab,
    unit,
)
from umair.demo.hands.surface import paper
from umair.demo.passes import Passes

PAPERS = ("#f7efe6", "#efe4ea", "#e9ecf0")
LIGHTING = Lighting(
    hard=0.12,
    softness=0.014,
    depth=0.85,
    form=0.40,
    seam=0.9,
    hollow=0.25,
    highlight=0.55,
    rim=0.5,
    shadow_chroma=1.15,
)


@dataclass(frozen=True)
class Pastel:
    """One artist of this hand."""

    high_key: float
    chroma: float
    angle: float  # slant of the chalk, degrees
    tooth: float  # of the paper
    line: float
    paper: Colour


def artist(rng: np.random.Generator) -> Pastel:
    """One artist's choices."""
    return Pastel(
        high_key=between(rng, 0.2, 1.2),
        chroma=between(rng, 0.9, 1.15),
        angle=between(rng, 30, 70),
        tooth=between(rng, 0.6, 1.5),
        line=between(rng, 0.6, 1.1),
        paper=colour_of(rng, PAPERS),
    )


def paint(passes: Passes, look: Pastel, rng: np.random.Generator) -> RGB:
    """The scene in chalk."""
    S, seed = passes.S, seed_of(rng)
    picture = over(lit_figure(passes, LIGHTING), passes, soft(passes.bg, S * 0.010), 1.2)
    lab = to_lab(picture)
    lab[..., 0] = 100 - (100 - lab[..., 0]) * (0.96 - 0.12 * look.high_key)
    lab[..., 1] = lab[..., 1] * 1.08 * look.chroma + 2.0
    lab[..., 2] = lab[..., 2] * 1.06 * look.chroma + 1.0
    picture = from_lab(lab)
    line = unit(blur(passes.line[..., 3], S * 0.0008) * 0.92 * look.line)
    picture = lay(picture, unit(passes.line[..., :3] * 0.8 + passes.albedo * 0.18 + 0.03), line)
    picture = put_spec(picture, passes, 0.95)

    chalk = smear_straight(normal_noise(S, rng), math.radians(look.angle), 9)
    grain = paper(S, seed, 2.6) * 0.75 + chalk * 0.55
    cover = smooth(grain, -2.1 + 0.5 * look.tooth, -0.35 + 0.5 * look.tooth)
    kept = unit(passes.focus * 1.2) * 0.75
    cover = cover * (1 - kept) + kept * np.maximum(cover, 0.86)
    picture = lay(np.broadcast_to(look.paper, picture.shape), picture, 0.58 + 0.42 * cover)
    picture *= 1 + deep(0.030 * chalk * (1 - 0.6 * passes.focus))
    edge = frame_distance(S) + (fbm((S, S), S * 0.08, seed + 3, 4) - 0.5) * 0.09 + chalk * 0.006
    picture = lay(np.broadcast_to(look.paper, picture.shape), picture, smooth(edge, 0.018, 0.045))
    picture = put_fore(picture, passes, 0.8)
    return unit(screen(picture, 0.25 * soft(unit(picture - 0.7), S * 0.02)))
