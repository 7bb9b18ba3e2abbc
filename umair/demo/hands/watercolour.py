"""Watercolour: washes in density, wet edges, granulation, white reserves, coloured pencil lines."""

from dataclasses import dataclass

import cv2
import numpy as np

from umair.demo.canvas.colours import Colour, luma
from umair.demo.canvas.noise import blur, fbm, smooth
from umair.demo.hands.framed import Framed, across
from umair.demo.hands.jitter import between, colour_of, one_of, seed_of
from umair.demo.hands.kuwahara import kuwahara
from umair.demo.hands.layers import material, put_fore, put_spec
from umair.demo.hands.light import Lighting, lit_figure, rim
from umair.demo.hands.picture import RGB, deep, lay, normal_noise, unit
from umair.demo.hands.pigments import planes
from umair.demo.hands.surface import paper, warp
from umair.demo.passes import Passes, Plane

FULL_BLEED = -0.5
LINES = ("#5a3a34", "#2a3458", "#3a3a40", "#7a3a4a")
PAPERS = ("#fdfaf2", "#fbfbfa", "#f7efe0")
LIGHTING = Lighting(hard=0.55, softness=0.006, depth=0.92, form=0.18, seam=0.6, highlight=0, rim=0, shadow_chroma=1.25)


@dataclass(frozen=True)
class Watercolour:
    """One artist of this hand."""

    pigment: float  # density of the washes
    edge: float  # pigment gathered at wet edges
    granulation: float
    wobble: float  # of the brush's outline
    line: float  # opacity of the pencil
    margin: float  # unpainted border, fraction of the side; FULL_BLEED = none
    island: bool  # the ground only behind the figure
    ink: Colour
    ink_tint: float
    paper: Colour


def artist(rng: np.random.Generator) -> Watercolour:
    """One artist's choices."""
    return Watercolour(
        pigment=between(rng, 0.92, 1.22),
        edge=between(rng, 0.5, 1.8),
        granulation=between(rng, 0.5, 1.9),
        wobble=between(rng, 0.6, 1.8),
        line=one_of(rng, (0.2, 0.5, 0.8, 1.25)),
        margin=one_of(rng, (0.035, 0.035, 0.07, FULL_BLEED)),
        island=bool(rng.random() < 0.2),
        ink=colour_of(rng, LINES),
        ink_tint=between(rng, 0.3, 0.8),
        paper=colour_of(rng, PAPERS),
    )


def paint(passes: Framed, look: Watercolour, rng: np.random.Generator) -> RGB:
    """The scene in washes. Works in density, 1 - colour: densities of glazes add up."""
    S, seed = passes.S, seed_of(rng)
    ground = planes(passes, 0.004, 0.011, 0.006)
    density = _figure(passes, look, seed)
    outline = deep(warp(passes.alpha, 0.0022, 0.02, seed + 3))
    around = blur(passes.alpha, S * 0.004) * 2
    dry = unit(unit(around) - passes.alpha) * (fbm((S, S), S * 0.05, seed + 8) > 0.46)
    density = density * outline + _ground(ground, passes, look, seed) * (1 - outline) * (1 - 0.8 * deep(dry))
    density = warp(density, 0.0020 * look.wobble, 0.018, seed + 5)
    for reach, amount in ((0.0024, 0.95), (0.009, 0.50)):  # wet edge: pigment gathers on the dark side of a border
        density = density + amount * look.edge * np.clip(density - blur(density, reach * S), -0.04, 0.25)
    density *= deep(0.84 + 0.32 * fbm((S, S), S * 0.07, seed + 6, 4))

    tooth = paper(S, seed + 20, 2.6)
    grain = blur(normal_noise(S, np.random.default_rng(seed)), 0.8 * S / 640)
    grain /= grain.std()
    settled = 0.050 * tooth + 0.030 * grain * unit(luma(density) * 2)
    density *= 1 + deep(look.granulation * settled * (1 - 0.65 * passes.focus))
    picture = look.paper * (1 - np.clip(density, 0, 0.97))

    picture = _pencil(picture, passes, look, smooth(tooth + 0.36 * grain, -1.1, 0.5), seed)
    picture = _splatter(picture, passes, ground, rng)
    picture = put_fore(put_spec(picture, passes, 0.95), passes, 0.55)
    return unit(picture * (1 + 0.022 * deep(tooth)))


def _figure(passes: Passes, look: Watercolour, seed: int) -> RGB:
    """Density of the figure: flowing washes, with white left for lights and the lit edge."""
    S = passes.S
    figure = lit_figure(passes, LIGHTING)
    figure = lay(kuwahara(figure, 2), figure, unit(material(passes, "eye", S * 0.003)))
    flowing = 0.80 + 0.44 * fbm((S, S), S * 0.10, seed + 31, 4)
    flowing = flowing * (1 - passes.focus * 0.6) + passes.focus * 0.6
    broken = fbm((S, S), S * 0.03, seed + 4) > 0.45
    white = unit(passes.high * 0.95 * (1 - passes.shade) + 0.75 * rim(passes, 0.006, passes.lx) * broken)
    return (1 - figure) * look.pigment * deep(flowing * (1 - blur(white, S * 0.0012) * 0.8))


def _ground(ground: RGB, passes: Framed, look: Watercolour, seed: int) -> RGB:
    """Density of the ground: irregular edge, back-runs, fading to paper."""
    S, box = passes.S, passes.box
    x, y = across(passes)
    n = fbm((S, S), S * 0.16, seed, 5)
    if look.margin == FULL_BLEED:
        wash = np.ones((S, S), np.float32)
    else:
        edge = (
            np.minimum(np.minimum(x, 1 - x) * box.width, np.minimum(y * 1.1, (1 - y) * 0.8) * box.height)
            + (n - 0.5) * 0.26
        )
        wash = smooth(edge, look.margin, look.margin + 0.025)
        wash = wash * (0.80 + 0.2 * smooth(edge, look.margin + 0.02, 0.25))
    if look.island:
        wash = wash * (1 - smooth(np.hypot((x - 0.5) * 0.95, y - 0.48) + (n - 0.5) * 0.35, 0.52, 0.60))
    thin = unit(1 - np.abs(fbm((S, S), S * 0.20, seed + 11, 5) - 0.52) / 0.010)
    back_run = thin * smooth(fbm((S, S), S * 0.2, seed + 12, 2), 0.5, 0.65)
    vary = 0.66 + 0.68 * fbm((S, S), S * 0.14, seed + 2, 4)
    return (1 - ground) * (0.86 * look.pigment) * deep(wash * vary * (1 + 0.32 * back_run))


def _pencil(picture: RGB, passes: Passes, look: Watercolour, grain: Plane, seed: int) -> RGB:
    """Coloured pencil, broken by the paper everywhere but on the face."""
    line = warp(passes.line, 0.0012, 0.03, seed + 9)
    kept = np.maximum(look.line, 0.85 * passes.focus * (1 - material(passes, "hair")))
    a = line[..., 3] * kept * (0.45 + 0.55 * np.maximum(grain, passes.focus * 0.8))
    return lay(picture, line[..., :3] * (1 - look.ink_tint) + look.ink * look.ink_tint, a)


def _splatter(picture: RGB, passes: Passes, ground: RGB, rng: np.random.Generator) -> RGB:
    """A few drops of the ground's colour, never on a face."""
    S = passes.S
    for _ in range(26):
        x, y = int(rng.random() * S), int(rng.random() * S)
        radius = int(max(1, S * 0.0016 * (1 + 2.2 * rng.random() ** 4)))
        if passes.focus[y, x] > 0.3:
            continue
        x0, y0, side = max(0, x - radius - 1), max(0, y - radius - 1), 2 * radius + 3
        patch = picture[y0 : y0 + side, x0 : x0 + side]
        drop = np.zeros(patch.shape[:2], np.float32)
        cv2.circle(drop, (x - x0, y - y0), radius, 1, -1, cv2.LINE_AA)
        patch *= 1 - deep(drop) * 0.55 * (1 - ground[y, x])
    return picture
