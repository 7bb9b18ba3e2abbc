"""Gouache: opaque, matte planes of colour with warm lights and cool shadows, laid with a flat brush."""

from dataclasses import dataclass

import numpy as np

from umair.demo.canvas.colours import Colour
from umair.demo.canvas.noise import fbm, smooth
from umair.demo.hands.brush import Brushes, brush_paint, importance
from umair.demo.hands.edges import Edge, laid
from umair.demo.hands.flow import flow, smear
from umair.demo.hands.framed import Framed
from umair.demo.hands.jitter import between, colour_of, one_of, seed_of
from umair.demo.hands.kuwahara import kuwahara
from umair.demo.hands.layers import material, over, put_fore, put_line, put_spec
from umair.demo.hands.light import Lighting, lit_figure
from umair.demo.hands.picture import RGB, deep, from_lab, lay, normal_noise, soft, to_lab, unit
from umair.demo.hands.surface import paper
from umair.demo.passes import Passes

BOARDS = ("#f6f0e4", "#f2e0c8", "#e8b49a", "#d8a870", "#c8d0d8", "#f0c8d0", "#8a8494")
LIGHTING = Lighting(
    hard=0.75, softness=0.005, form=0.35, seam=0.7, hollow=0.45, highlight=0.8, rim=1.0, shadow_chroma=1.3
)


@dataclass(frozen=True)
class Gouache:
    """One artist of this hand."""

    brush: float
    length: float  # of strokes, in widths
    jitter: float  # of colour
    shift: float  # warm lights against cool shadows
    chroma: float
    line: float
    step: float  # of lightness between planes
    under: Colour  # of the board, seen between strokes and at the edge
    bare: float  # how much of it is seen between strokes
    dry: float  # bristles that leave the board bare, 0..1
    key: float  # below 0 dark, above 0 light (L)
    edge: Edge
    ink: Colour


def artist(rng: np.random.Generator) -> Gouache:
    """One artist's choices."""
    return Gouache(
        brush=between(rng, 0.6, 2.2),
        length=between(rng, 1.0, 3.2),
        jitter=between(rng, 0.4, 1.8),
        shift=between(rng, 0.2, 2.2),
        chroma=between(rng, 0.68, 1.35),
        line=one_of(rng, (0.3, 0.9, 1.6, 2.6)),
        step=between(rng, 5, 19),
        under=colour_of(rng, BOARDS),
        bare=one_of(rng, (0.0, 0.0, 0.35, 0.6)),
        dry=one_of(rng, (0.0, 0.0, 0.5, 0.9)),
        key=between(rng, -9, 7),
        edge=one_of(rng, ("bleed", "bleed", "torn", "taped", "patch")),
        ink=colour_of(rng, ("#3a2444", "#3a2444", "#5a2c1c", "#1c3458", "#24402c")),
    )


def paint(passes: Framed, look: Gouache, rng: np.random.Generator) -> RGB:
    """The scene in gouache."""
    S, seed = passes.S, seed_of(rng)
    target = _target(passes, look, seed)
    angle = flow(passes, target, 0.010)
    brushes = Brushes(
        sizes=(22 * look.brush, 12 * look.brush, 6.0, 3.0),
        length=look.length,
        jitter=0.016 * look.jitter,
        hue_jitter=0.8,
        square=True,
        threshold=0.040 + 0.02 * look.bare,
        relief=False,
    )
    picture, _ = brush_paint(target, angle, importance(passes), brushes, _under(target, look), rng)
    line, hair = passes.line[..., 3], material(passes, "hair")
    kept = material(passes, "eye", S * 0.002) * 0.8 + line * passes.focus * 0.70 * (1 - hair)
    kept = np.clip(kept + line * material(passes, "lip"), 0, 0.9)
    picture = put_spec(lay(picture, put_line(target, passes, 0.75, look.ink, 0.3), kept), passes)
    (bristles,) = smear([normal_noise(S, rng)], angle, 9)
    skin = material(passes, "skin", 1.0)
    picture = picture * (
        1 + deep((0.016 + 0.02 * look.dry) * bristles * (1 - 0.6 * passes.focus) + 0.014 * paper(S, seed, 2.0))
    )
    if look.dry:
        bare = smooth(bristles, 1.5 - 0.7 * look.dry, 2.4) * (1 - 0.9 * unit(passes.focus * 1.5)) * (1 - skin)
        picture = lay(picture, look.under, bare * 0.75)
    if look.edge != "bleed":
        picture = lay(np.broadcast_to(look.under, picture.shape), picture, laid(passes, look.edge, bristles, seed + 3))
    lab = to_lab(picture)
    lab[..., 0] = 8 + lab[..., 0] * 0.945  # matte: no true black
    return from_lab(lab)


def _under(target: RGB, look: Gouache) -> RGB:
    """The first thin wash, through which the board is seen."""
    return soft(target, target.shape[0] * 0.01) * (1 - look.bare) + look.under * look.bare


def _target(passes: Passes, look: Gouache, seed: int) -> RGB:
    """What the painter means: planes in steps of lightness, warm above, cool below."""
    S = passes.S
    target = over(lit_figure(passes, LIGHTING), passes, passes.bg, 0.5)
    lines = look.line * (0.34 - 0.18 * material(passes, "hair"))
    target = kuwahara(put_line(target, passes, lines, look.ink, 0.3), max(2, S * 0.0055))
    lab = to_lab(put_fore(target, passes))
    light = lab[..., 0] + look.key * (1 - 0.5 * passes.focus)
    uneven = (fbm((S, S), S * 0.02, seed, 3) - 0.5) * look.step * 1.3 * (1 - 0.85 * material(passes, "skin", 1.0))
    light = light * 0.35 + 0.65 * (np.round((light + uneven) / look.step) * look.step)
    s = smooth(light, 35, 75)
    lab[..., 0] = light
    lab[..., 1] += (1 - s) * 2.5 * look.shift
    lab[..., 2] += (s * 5 - (1 - s) * 6) * look.shift
    lab[..., 1:] *= look.chroma
    return from_lab(lab)
