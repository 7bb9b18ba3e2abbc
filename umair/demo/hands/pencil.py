"""Pencil: four layers of strokes by tone, lines drawn three times, graphite or colour."""

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from umair.demo.canvas.colours import Colour, luma
from umair.demo.canvas.noise import blur, fbm, smooth
from umair.demo.hands.flow import flow, smear, smear_straight
from umair.demo.hands.framed import Framed, across, edge_distance
from umair.demo.hands.jitter import between, colour_of, one_of, seed_of
from umair.demo.hands.layers import material, over
from umair.demo.hands.light import Lighting, lit_figure, rim
from umair.demo.hands.picture import RGB, deep, from_lab, lay, normal_noise, to_lab, unit
from umair.demo.hands.surface import paper, warp
from umair.demo.passes import Passes, Plane

Ground = Literal["fading", "page", "box", "bare"]
LEADS = ("#2c2a30", "#2c2a30", "#54341f", "#8e3a26", "#27408a", "#1c1a1e")
PAPERS = ("#fbf8f1", "#f4eee2", "#f8f8f6", "#efe2c8", "#e2ddd2", "#d8bf98", "#c2ccd6")
LAYERS = ((0.0, 0.05, 0.42), (0.5, 0.24, 0.42), (0.85, 0.46, 0.42), (-0.35, 0.66, 0.45))  # turn, begin, weight
LIGHTING = Lighting(hard=0.6, softness=0.006, form=0.55, seam=0, hollow=0.5, highlight=0.9, rim=0.6)


@dataclass(frozen=True)
class Pencil:
    """One artist of this hand."""

    angle: float  # slant of the strokes, degrees
    length: float  # of the strokes
    line: float
    colour: float  # 0 graphite .. 1 coloured pencils
    fill: float  # how far coloured pencils fill a colour that is light, 0..1
    lead: Colour  # of lines, and of everything where there is no colour
    paper: Colour
    contrast: float  # exponent of the tone: below 1 dark and full, above 1 light
    ground: Ground
    white: float  # white pencil in the lights, seen on toned paper


def artist(rng: np.random.Generator) -> Pencil:
    """One artist's choices."""
    return Pencil(
        angle=one_of(rng, (-1, 1, 1)) * between(rng, 30, 68),
        length=between(rng, 0.7, 1.4),
        line=between(rng, 0.85, 1.15),
        colour=0.0 if rng.random() < 0.5 else between(rng, 0.85, 1),
        fill=between(rng, 0.35, 1.0),
        lead=colour_of(rng, LEADS),
        paper=colour_of(rng, PAPERS),
        contrast=between(rng, 0.75, 1.35),
        ground=one_of(rng, ("fading", "fading", "page", "box", "bare")),
        white=one_of(rng, (0.0, 0.6, 0.9)),
    )


def paint(passes: Framed, look: Pencil, rng: np.random.Generator) -> RGB:
    """The scene in pencil."""
    S, seed, a = passes.S, seed_of(rng), passes.alpha
    meant = over(lit_figure(passes, LIGHTING), passes, passes.bg)
    tooth = paper(S, seed + 1, 1.7)
    near = _near(passes, look.ground, seed)
    tone = _tone(meant, a, near, look)
    strokes = _strokes(tone, meant, passes, look, tooth, seed)
    strokes = strokes * 0.80 + tone * 0.30 * (1 + 0.25 * tooth)
    strokes = strokes * (1 - 0.85 * passes.high * (1 - passes.shade))

    drawn = passes.line[..., 3]
    again, once_more = warp(drawn, 0.0022, 0.10, seed + 5), warp(drawn, 0.0030, 0.12, seed + 6)
    grain = smooth(tooth, -1.35, 0.35)
    line = np.clip(drawn + again * 0.5 + once_more * 0.30 * (1 - passes.focus), 0, 1.25) * (0.55 + 0.45 * grain)
    behind = warp(passes.bgline[..., 3] * (1 - a) * near, 0.002, 0.08, seed + 7) * 0.75 * (0.5 + 0.5 * grain)
    density = unit(strokes * 0.80 + line * 0.80 * look.line + behind * 0.6)
    picture = lay(np.broadcast_to(look.paper, meant.shape), _leads(meant, passes, unit(line), look), density)
    light = unit(passes.high * 0.9 + rim(passes, 0.006, passes.lx) + (1 - tone) ** 6 * a * 0.5) * grain
    picture = lay(picture, (1, 1, 1), light * look.white * (1 - density) * 0.8)
    picture *= 1 + 0.014 * deep(tooth)
    picture = lay(picture, passes.spec[..., :3] * 0.3 + look.paper * 0.7, passes.spec[..., 3] * 0.95)
    return unit(lay(picture, look.paper, 0.7 * passes.fore[..., 3]))


def _near(passes: Framed, ground: Ground, seed: int) -> Plane:
    """How far the ground is drawn: fading in a ragged oval, to the page's edge, in a box, or hardly at all."""
    S = passes.S
    if ground == "page":
        return np.ones((S, S), np.float32)
    if ground == "box":
        return smooth(edge_distance(passes) + (fbm((S, S), S * 0.03, seed, 2) - 0.5) * 0.012, 0.046, 0.052)
    x, y = across(passes)
    ragged = 0.60 + 0.40 * (fbm((S, S), S * 0.12, seed, 4) - 0.5)
    fading = smooth(ragged - np.hypot(x - 0.5, (y - 0.52) * 0.95), 0.0, 0.20)
    return fading * 0.25 if ground == "bare" else fading


def _tone(meant: RGB, a: Plane, near: Plane, look: Pencil) -> Plane:
    """How dark, or how full of colour, each place is to become; lighter next to the figure."""
    tone = unit(1.0 - luma(meant)) ** (1.1 * look.contrast)
    if look.colour:
        tone = np.maximum(tone, look.fill * unit((meant.max(-1) - meant.min(-1)) * 1.1 + 0.02))
    tone = np.where(a > 0.5, tone * 0.86, tone * (0.62 + 0.16 * bool(look.colour)) * near)
    return tone * (1 - 0.25 * unit(blur(a, a.shape[0] * 0.02) * 1.5) * (1 - a))


def _strokes(tone: Plane, meant: RGB, passes: Passes, look: Pencil, tooth: Plane, seed: int) -> Plane:
    """Layers of strokes, each begun at a darker tone: along the hair, at the hand's slant elsewhere."""
    S = passes.S
    along = flow(passes, meant, 0.012)
    slant = math.radians(look.angle)
    hair, figure = material(passes, "hair") > 0, passes.alpha > 0.5
    noises = [
        blur(normal_noise(S, np.random.default_rng(seed + i)), (0.50 + 0.08 * i) * S / 640) for i in range(len(LAYERS))
    ]
    steps, step = int(15 * look.length), 1.5 * S / 640
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


def _leads(meant: RGB, passes: Passes, line: Plane, look: Pencil) -> RGB:
    """The colour of the pencil at each place."""
    if look.colour == 0:
        return np.broadcast_to(look.lead, meant.shape)
    lab = to_lab(meant)
    lab[..., 0] = np.clip(lab[..., 0] * 0.84, 0, 84)
    lab[..., 1:] *= 1.65
    leads = from_lab(lab) * look.colour + look.lead * (1 - look.colour)
    return lay(leads, passes.line[..., :3] * 0.6 + look.lead * 0.4, line)
