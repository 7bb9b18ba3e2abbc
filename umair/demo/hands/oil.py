"""Oil: strokes from broad to fine along the form, paint with height, light across the bristles."""

from dataclasses import dataclass

import cv2
import numpy as np

from umair.demo.canvas.colours import Colour, mix, rgb
from umair.demo.canvas.noise import blur
from umair.demo.hands.brush import Brushes, brush_paint, canvas_weave, importance
from umair.demo.hands.edges import Edge, laid
from umair.demo.hands.flow import flow, smear
from umair.demo.hands.framed import Framed
from umair.demo.hands.jitter import between, colour_of, one_of
from umair.demo.hands.layers import material, over, put_fore, put_line, put_spec
from umair.demo.hands.light import Lighting, lit_figure
from umair.demo.hands.picture import RGB, deep, from_lab, lay, normal_noise, soft, to_lab, unit
from umair.demo.passes import Passes, Plane

LINE = rgb("#3a2030")
CANVASES = ("#b87850", "#b87850", "#8a5a4a", "#8a94a0", "#c8b48c", "#6a5a58")
LIGHTING = Lighting(
    hard=0.35,
    softness=0.008,
    depth=0.95,
    form=0.75,
    seam=0.8,
    hollow=0.5,
    highlight=0.75,
    rim=0.9,
    shadow_chroma=1.2,
)


@dataclass(frozen=True)
class Oil:
    """One artist of this hand."""

    brush: float  # size of the broad brushes
    length: float  # of strokes, in widths
    jitter: float  # of colour
    relief: float  # height of the paint
    chroma: float
    warmth: float  # -1.6 cool .. 1.8 warm
    line: float
    toned: Colour  # of the canvas under the paint
    flat: bool  # flat bristles or knife instead of round brushes
    depth: float  # -6 light .. 14 dark and strong in contrast
    edge: Edge


def artist(rng: np.random.Generator) -> Oil:
    """One artist's choices."""
    return Oil(
        brush=between(rng, 0.6, 1.6),
        length=between(rng, 1.5, 4.4),
        jitter=between(rng, 0.4, 1.8),
        relief=between(rng, 0.4, 1.8),
        chroma=between(rng, 0.75, 1.35),
        warmth=between(rng, -1.6, 1.8),
        line=between(rng, 0.7, 1.1),
        toned=colour_of(rng, CANVASES),
        flat=bool(rng.random() < 0.35),
        depth=between(rng, -6, 12),
        edge=one_of(rng, ("bleed", "bleed", "bleed", "torn", "oval")),
    )


def paint(passes: Framed, look: Oil, rng: np.random.Generator) -> RGB:
    """The scene in oil."""
    S = passes.S
    target = _target(passes, look)
    angle, important = flow(passes, target, 0.007), importance(passes)
    b = look.brush
    brushes = Brushes(
        (34 * b, 19 * b, 11 * b, 5.5, 2.8), look.length, 0.080 * look.jitter, square=look.flat, threshold=0.055
    )
    under = soft(target, S * 0.02) * mix((1, 1, 1), look.toned, 0.45)
    picture, height = brush_paint(target, angle, important, brushes, under, rng)
    # faces keep a little of the drawing under the paint
    kept = material(passes, "eye", S * 0.002) * 0.75 + passes.spec[..., 3] * 0.8
    kept = np.clip(kept + passes.line[..., 3] * passes.focus * 0.45, 0, 0.85)
    picture = lay(picture, target, kept)
    (bristles,) = smear([normal_noise(S, rng)], angle, 10)
    height = blur(height, 0.9) + 0.045 * bristles * (1 - 0.85 * passes.focus)
    if look.edge != "bleed":
        left = laid(passes, look.edge, bristles, passes.seed + 40)
        picture = lay(look.toned * (0.96 + 0.05 * deep(bristles * 0.3)), picture, left)
        height = height * left + 0.5 * (1 - left)
    picture = _emboss(picture, passes, height, look.relief)
    return unit(picture * (1 + 0.014 * deep(canvas_weave(S))))


def _target(passes: Passes, look: Oil) -> RGB:
    """What the painter means: strong modelling, lines half lost outside the face, warm or cool."""
    target = over(lit_figure(passes, LIGHTING), passes, passes.bg, 0.8)
    lines = look.line * (0.30 + 0.6 * passes.focus * (1 - material(passes, "hair")))
    target = put_fore(put_spec(put_line(target, passes, lines, LINE, 0.25), passes), passes)
    lab = to_lab(target)
    lab[..., 0] = np.clip(
        50 + (lab[..., 0] - 50) * (1.12 + 0.012 * look.depth) - look.depth * 0.7 * (1 - 0.6 * passes.focus), 0, 100
    )
    lab[..., 1:] *= look.chroma
    lab[..., 2] += look.warmth * 5
    return from_lab(lab)


def _emboss(picture: RGB, passes: Passes, height: Plane, relief: float) -> RGB:
    """The key light across the paint; faces stay smooth."""
    gx, gy = cv2.Sobel(height, cv2.CV_32F, 1, 0), cv2.Sobel(height, cv2.CV_32F, 0, 1)
    slope = np.clip((gx * passes.lx + gy) * 0.42 * relief, -0.35, 0.45)
    slope = deep(slope * (1 - 0.72 * passes.focus * passes.alpha))
    return picture * (1 + 0.55 * np.minimum(slope, 0)) + np.maximum(slope, 0) * 0.20 * (0.35 + picture)
