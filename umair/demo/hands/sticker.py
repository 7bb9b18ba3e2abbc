"""Sticker: flat bright figure, dark contour, white die-cut, the setting inside a badge."""

from dataclasses import dataclass

import cv2
import numpy as np

from umair.demo.canvas.colours import Colour, rgb
from umair.demo.canvas.noise import blur, smooth
from umair.demo.hands.jitter import between, one_of
from umair.demo.hands.layers import put_fore, put_line, put_spec
from umair.demo.hands.light import Lighting, lit_figure
from umair.demo.hands.picture import RGB, deep, from_lab, grid, grown_round, lay, saturate, shifted, to_lab, unit
from umair.demo.hands.pigments import planes
from umair.demo.passes import Passes

OUTLINE = rgb("#2e2038")
GROUNDS = (
    ("#ffd0dc", "#ffb0c8"),
    ("#c8ecff", "#9ad4f8"),
    ("#fff0b0", "#ffd890"),
    ("#d8f4d0", "#a8e0b8"),
    ("#e4d8ff", "#c4b0f4"),
)
LIGHTING = Lighting(depth=0.8, form=0, seam=0.4, hollow=0.2, tint=0.3, highlight=0.9, rim=0, shadow_chroma=1.25)


@dataclass(frozen=True)
class Sticker:
    """One artist of this hand."""

    outline: float  # weight of the dark contour
    upper: Colour  # of the ground
    lower: Colour


def artist(rng: np.random.Generator) -> Sticker:
    """One artist's choices."""
    outline = between(rng, 0.8, 1.4)
    upper, lower = one_of(rng, GROUNDS)
    return Sticker(outline=outline, upper=rgb(upper), lower=rgb(lower))


def paint(passes: Passes, look: Sticker, rng: np.random.Generator) -> RGB:
    """The figure as a sticker."""
    S, a = passes.S, passes.alpha
    x, y = grid(S)
    t = deep(smooth(y + 0.12 * x, 0.1, 1.0))
    ground = look.upper * (1 - t) + look.lower * t
    ground = lay(ground, (1, 1, 1), 0.35 * _dotted(S))
    d = np.hypot(x - 0.5, y - 0.5)
    ground = lay(ground, (1, 1, 1), smooth(0.462 - d, 0, 0.004))
    ground = lay(ground, _setting(passes), smooth(0.44 - d, 0, 0.004))

    solid = a > 0.5
    cut = grown_round(solid, int(0.024 * S))
    shadow = blur(shifted(cut, 0.008 * S, 0.012 * S), S * 0.008)
    picture = ground * (1 - deep(shadow) * 0.35 * (1 - look.lower * 0.4))
    picture = lay(picture, (1, 1, 1), blur(cut, 0.9))
    picture = lay(picture, OUTLINE, blur(grown_round(solid, int(0.007 * look.outline * S)), 0.8))
    figure = saturate(lit_figure(passes, LIGHTING), 1.15)
    figure = put_spec(put_line(figure, passes, 1.0, OUTLINE, 0.45), passes)
    return unit(put_fore(lay(picture, figure, a), passes, 0.9))


def _setting(passes: Passes) -> RGB:
    """The setting in a few light tones."""
    lab = to_lab(planes(passes, 0.003, 0.012, 0.008))
    lab[..., 0] = np.round(lab[..., 0] / 14) * 14 * 0.6 + 40
    lab[..., 1:] *= 1.1
    return from_lab(lab)


def _dotted(S: int) -> np.ndarray:
    pattern, n = np.zeros((S, S), np.float32), 9
    for i in range(-1, n + 1):
        for j in range(-1, n + 1):
            centre = (int((i + 0.5 * (j % 2)) / (n - 1) * S), int(j / (n - 1) * S))
            cv2.circle(pattern, centre, int(S * 0.012), 1, -1, cv2.LINE_AA)
    return pattern
