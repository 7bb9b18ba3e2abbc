"""Pencil: four layers of strokes by tone, lines drawn three times, graphite or colour."""

import math
from dataclasses import dataclass

import numpy as np

from umair.demo.canvas.colours import Colour, luma, rgb
from umair.demo.canvas.noise import blur, fbm, smooth
from umair.demo.hands.flow import flow, smear, smear_straight
from umair.demo.hands.jitter import between, colour_of, seed_of
from umair.demo.hands.layers import material, over
from umair.demo.hands.light import Lighting, lit_figure
from umair.demo.hands.picture import RGB, deep, from_lab, grid, lay, normal_noise, to_lab, unit
from umair.demo.hands.surface import paper, warp
from umair.demo.passes import Passes, Plane

LEAD = rgb("#2c2a30")
PAPERS = ("#fbf8f1", "#f4eee2")
LAYERS = ((0.0, 0.05, 0.42), (0.5, 0.24, 0.42), (0.85, 0.46, 0.42), (-0.35, 0.66, 0.45))  # turn, begin, weight
LIGHTING = Lighting(hard=0.6, softness=0.006, form=0.55, seam=0, hollow=0.5, highlight=0.9, rim=0.6)


@dataclass(frozen=True)
class Pencil:
    """One artist of this hand."""

    angle: float  # slant of the strokes, degrees
    length: float  # of the strokes
    line: float
    colour: float  # 0 graphite .. 1 coloured pencils
    paper: Colour


def artist(rng: np.random.Generator) -> Pencil:
    """One artist's choices."""
    return Pencil(
        angle=between(rng, 35, 65),
        length=between(rng, 0.7, 1.4),
        line=between(rng, 0.85, 1.15),
        colour=0.0 if rng.random() < 0.5 else between(rng, 0.7, 1),
        paper=colour_of(rng, PAPERS),
    )


def paint(passes: Passes, look: Pencil, rng: np.random.Generator) -> RGB:
    """The scene in pencil."""
    S, seed, a = passes.S, seed_of(rng), passes.alpha
    meant = over(lit_figure(passes, LIGHTING), passes, passes.bg)
    tooth = paper(S, seed + 1, 1.7)
    near = _vignette(S, seed)
    tone = _tone(meant, a, near, S)
    strokes = _strokes(tone, meant, passes, look, tooth, seed)
    strokes = strokes * 0.80 + tone * 0.30 * (1 + 0.25 * tooth)
    strokes = strokes * (1 - 0.85 * passes.high * (1 - passes.shade))

    drawn = passes.line[..., 3]
    again, once_more = warp(drawn, 0.0022, 0.10, seed + 5), warp(drawn, 0.0030, 0.12, seed + 6)
    grain = smooth(tooth, -1.35, 0.35)
    line = np.clip(drawn + again * 0.5 + once_more * 0.30 * (1 - passes.focus), 0, 1.25) * (0.55 + 0.45 * grain)
    behind = warp(passes.bgline[..., 3] * (1 - a) * near, 0.002, 0.08, seed + 7) * 0.75 * (0.5 + 0.5 * grain)
    density = unit(strokes * 0.80 + line * 0.80 * look.line + behind * 0.6)
    picture = lay(np.broadcast_to(look.paper, meant.shape), _leads(meant, passes, unit(line), look.colour), density)
    picture *= 1 + 0.014 * deep(tooth)
    picture = lay(picture, passes.spec[..., :3] * 0.3 + look.paper * 0.7, passes.spec[..., 3] * 0.95)
    return unit(lay(picture, look.paper, 0.7 * passes.fore[..., 3]))


def _vignette(S: int, seed: int) -> Plane:
    """The ground fades to paper in a ragged oval."""
    x, y = grid(S)
    ragged = 0.60 + 0.40 * (fbm((S, S), S * 0.12, seed, 4) - 0.5)
    return smooth(ragged - np.hypot(x - 0.5, (y - 0.52) * 0.95), 0.0, 0.20)


def _tone(meant: RGB, a: Plane, near: Plane, S: int) -> Plane:
    """How dark each place is to become; lighter next to the figure."""
    tone = unit(1.0 - luma(meant)) ** 1.1
    tone = np.where(a > 0.5, tone * 0.86, tone * 0.62 * near)
    return tone * (1 - 0.25 * unit(blur(a, S * 0.02) * 1.5) * (1 - a))


def _strokes(tone: Plane, meant: RGB, passes: Passes, look: Pencil, tooth: Plane, seed: int) -> Plane:
    """Layers of strokes, each begun at a darker tone: along the hair, at the hand's slant elsewhere."""
    S = passes.S
    along = flow(passes, meant, 0.012)
    slant = math.radians(look.angle)
    hair, figure = material(passes, "hair") > 0, passes.alpha > 0.5
    noises = [
        blur(normal_noise(S, np.random.default_rng(seed + i)), (0.50 + 0.08 * i) * S / 640) for i in range(len(LAYERS))
    ]
    steps, step = int(22 * look.length), S / 640
    follow = (hair, figure, hair)
    followed = smear(noises[: len(follow)], along, steps, step)
    total = np.zeros((S, S), np.float32)
    for i, (turn, begin, weight) in enumerate(LAYERS):
        strokes = smear_straight(noises[i], slant + turn, steps, step)
        if i < len(follow):
            strokes = np.where(follow[i], followed[i], strokes)
        dark = unit((tone - begin) / 0.34)
        total += weight * dark * smooth(strokes + 0.35 * tooth, 0.95 - 1.9 * dark, 1.75 - 1.9 * dark)
    return total


def _leads(meant: RGB, passes: Passes, line: Plane, colour: float) -> RGB:
    """The colour of the pencil at each place."""
    if colour == 0:
        return np.broadcast_to(LEAD, meant.shape)
    lab = to_lab(meant)
    lab[..., 0] = np.clip(lab[..., 0] * 0.72, 0, 70)
    lab[..., 1:] *= 1.35
    leads = from_lab(lab) * colour + LEAD * (1 - colour)
    return lay(leads, passes.line[..., :3] * 0.6 + LEAD * 0.4, line)
