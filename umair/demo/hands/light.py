"""The light model all hands share: local colour under the light of the setting (art: key, shadow, seam, rim)."""

from dataclasses import dataclass

import cv2
import numpy as np

from umair.demo.canvas.colours import Colour, luma, mix, rgb
from umair.demo.canvas.noise import blur
from umair.demo.hands.layers import material
from umair.demo.hands.picture import RGB, deep, grid, lay, saturate, screen, unit
from umair.demo.passes import Passes, Plane

WHITE = (1.0, 1.0, 1.0)
SKIN_SHADOW = rgb("#f0a294")  # skin goes warm in shadow, never grey
NEUTRAL = np.array([1.05, 1.0, 0.96], np.float32)  # skin takes less of a coloured light than cloth: blue faces look ill
SEAM = rgb("#ff8a70")  # blood under skin, seen where light turns into shadow


@dataclass(frozen=True)
class Lighting:
    """How a hand models the figure; 1 is the full strength of the drawing unless stated otherwise."""

    hard: float = 1.0  # share of the shadow with a hard edge; the rest is blurred by `softness`
    softness: float = 0.0  # blur of the soft share, fraction of the side
    depth: float = 1.0  # of the drawn shadow shapes
    form: float = 0.25  # soft shadow from the roundness of the parts
    seam: float = 0.5  # saturated seam on skin
    hollow: float = 0.35  # darkening where no light comes in
    tint: float = 1.0  # share of the setting's own colour of light
    highlight: float = 0.6
    shadow_chroma: float = 1.12
    rim: float = 0.7
    shadow: Colour | None = None  # what shadows lean to; None = as the setting says


def form(passes: Passes) -> Plane:
    """Soft shadow of the form, 0 lit .. 1 dark, from the cushion of each part and the whole volume."""
    lx, ly = passes.lx * 0.62, -0.62
    n = (passes.nx * 0.55 + passes.vx * 0.75) * lx + (passes.ny * 0.55 + passes.vy * 0.75) * ly
    return unit(0.5 - 0.75 * n)


def rim(passes: Passes, width: float = 0.008, side: int | None = None) -> Plane:
    """Light that grazes the silhouette on one side (default: the setting's rim side)."""
    d = int(max(1, width * passes.S)) * (side if side is not None else passes.light.rim_dir)
    matrix = np.array([[1, 0, -d], [0, 1, abs(d) * 0.55]], np.float32)
    moved = cv2.warpAffine(passes.alpha, matrix, (passes.S, passes.S), borderMode=cv2.BORDER_REPLICATE)
    return unit(passes.alpha - moved)


def lit_figure(passes: Passes, how: Lighting) -> RGB:
    """The figures under the light of the setting; nothing of the ground, lines or sparkles."""
    albedo, light, shade = passes.albedo, passes.light, passes.shade
    if how.softness:
        shade = blur(shade, how.softness * passes.S) * (1 - how.hard) + shade * how.hard
    shadow = unit(shade * how.depth + how.form * (form(passes) - 0.35) * (1 - 0.5 * shade))
    key = mix(WHITE, light.key, min(1.0, light.tint * 2.0) * how.tint) * 1.05
    amb = mix(WHITE, light.amb, light.tint * 0.8 * how.tint)
    tone = _shadow_tone(passes, how)
    skin = deep(material(passes, "skin", 1.0))
    dark = saturate(
        albedo * unit(np.minimum(tone, 1.02)) * mix(WHITE, light.amb, light.tint * how.tint), how.shadow_chroma
    )
    warm = mix(tone, SKIN_SHADOW, 0.58) * mix(WHITE, light.amb, light.tint * 0.6 * how.tint) * 1.12
    dark = dark * (1 - skin) + skin * unit(albedo * warm)
    cast = key * amb
    lit = lay(albedo * cast, albedo * mix(cast, float(luma(cast)) * NEUTRAL, 0.45), skin[..., 0])
    picture = lay(lit, dark, shadow)
    if how.seam:
        near_edge = blur(passes.shade, 0.004 * passes.S)
        seam = unit(1 - np.abs(near_edge - 0.5) * 2.6) * (1 - passes.shade * 0.4) * skin[..., 0] * (how.seam * 0.35)
        picture = lay(picture, unit(albedo * SEAM), seam)
    picture *= 1 - how.hollow * deep(passes.ao)
    if light.bounce is not None:
        below = deep(unit(passes.vy) * 0.35 + 0.10 * grid(passes.S)[1])
        picture = picture * (1 - below * 0.4) + screen(picture, light.bounce * 0.5) * below * 0.4
    glint = unit(mix(WHITE, light.key, light.tint) * 0.55 + albedo * 0.62)
    picture = lay(picture, glint, passes.high * (1 - 0.65 * passes.shade) * how.highlight)
    if how.rim and light.rim is not None:
        edge = deep(rim(passes, 0.007) * how.rim)
        picture = screen(picture, edge * unit(light.rim * 0.55 + albedo * 0.45))
    return unit(picture)


def _shadow_tone(passes: Passes, how: Lighting) -> Colour:
    """The shadow's colour at one lightness for all settings: dim light must not make faces grey."""
    light = passes.light
    tone = mix((0.80, 0.80, 0.80), light.shadow if how.shadow is None else how.shadow, 0.72)
    return tone * (0.735 / max(0.25, float(luma(tone))) * (1 - light.tint * 0.25))
