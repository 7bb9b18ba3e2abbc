"""Ink: black line, solid blacks with combed lights, screentone; at times one spot colour."""

import math
from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np

from umair.demo.canvas.colours import Colour, luma, rgb
from umair.demo.canvas.noise import blur, smooth
from umair.demo.hands.jitter import between, one_of
from umair.demo.hands.layers import material
from umair.demo.hands.picture import RGB, grown, lay, saturation, unit
from umair.demo.hands.print_screen import dots, grain, grain_levels, rules, xdog
from umair.demo.passes import Passes, Plane

Screen = Literal["dots", "lines", "grain"]
STEPS = np.array([0, 0.10, 0.22, 0.38, 0.60, 1.0], np.float32)  # values a local colour may become
PAPER, INK = rgb("#fbfaf6"), rgb("#15131a")
SPOTS = (None, None, None, "#e8505a", "#f0b84a", "#5aa8d8")


@dataclass(frozen=True)
class Ink:
    """One artist of this hand."""

    cell: float  # of the screen, pixels of a 640 px picture
    tone: float  # strength of the ground's tone
    spot: Colour | None  # one colour beside black
    screen: Screen
    angle: float  # of ruled lines, degrees
    black: float  # hair darker than this value is solid black


def artist(rng: np.random.Generator) -> Ink:
    """One artist's choices."""
    cell, tone, spot = between(rng, 3.6, 6.8), between(rng, 0.45, 1.15), one_of(rng, SPOTS)
    return Ink(
        cell=cell,
        tone=tone,
        spot=None if spot is None else rgb(spot),
        screen=one_of(rng, ("dots", "dots", "dots", "lines", "lines", "grain")),
        angle=between(rng, 30, 65),
        black=one_of(rng, (0.5, 0.5, 0.3, 0.9)),
    )


def paint(passes: Passes, look: Ink, rng: np.random.Generator) -> RGB:
    """The scene in black on white."""
    S, a = passes.S, passes.alpha
    hair = material(passes, "hair") > 0
    tone = _figure_tone(passes, look)
    ground = luma(passes.bg)
    figure_ink, ground_ink = _screens(tone, _ground_tone(passes, look), look, rng)
    figure_ink = np.where(tone > 0.93, 1, figure_ink)
    white = (1 - figure_ink) * a + (1 - ground_ink) * (1 - a)

    contour = 1 - xdog(cv2.bilateralFilter(ground.astype(np.float32), 7, 0.12, 5), level=0.52)
    white *= 1 - (1 - a) * unit(passes.bgline[..., 3] * 0.9 + contour * 0.85)
    halo = blur(unit(grown(a > 0.5, int(S * 0.004)) - a), 0.7)
    white = white * (1 - halo) + halo
    line = unit(passes.line[..., 3] * 1.25)
    on_black = blur(((tone > 0.9) & hair).astype(np.float32), 0.6)
    white = white * (1 - line * (1 - on_black)) + line * on_black * 0.55 * (a > 0.5)  # white lines on black hair
    spark = passes.spec[..., 3] * (luma(passes.spec[..., :3]) > 0.6)
    white = unit(white) * (1 - spark) + spark
    white = np.where(passes.emit.max(-1) * (1 - a) > 0.5, np.maximum(white, 0.95), white)
    white = white * (1 - passes.fore[..., 3]) + passes.fore[..., 3]
    picture = lay(np.broadcast_to(INK, (S, S, 3)), PAPER, white)
    return unit(picture if look.spot is None else _spot(picture, passes, ground, look.spot))


def _figure_tone(passes: Passes, look: Ink) -> Plane:
    """Coverage of black on the figure: local value in steps, skin white, dark hair solid."""
    light = luma(passes.albedo)
    skin = material(passes, "skin") > 0
    hair = material(passes, "hair") > 0
    value = unit((0.86 - light) * 1.05)
    value = STEPS[np.abs(value[..., None] - STEPS).argmin(-1)]
    value = np.where(skin, 0, value)
    tone = unit(value + passes.shade * np.where(skin, 0.20, 0.22) + passes.ao * 0.15)
    shine = passes.high > 0.4
    combed = np.where(value > look.black, 1.0 - shine, unit(tone - 0.5 * shine))
    tone = np.where(hair, combed, tone)
    tone = np.where(material(passes, "eye") > 0, unit((0.80 - light) * 1.5), tone)
    return blur(tone.astype(np.float32), 0.5)


def _ground_tone(passes: Passes, look: Ink) -> Plane:
    """Coverage of black on the ground: nine steps, white where it would touch the figure."""
    tone = np.clip((0.93 - blur(luma(passes.bg), passes.S * 0.004)) * 0.80 * look.tone, 0, 0.80)
    tone = np.floor(tone * 9 + 0.5) / 9 * 0.6 + tone * 0.4
    return (tone * (1 - 0.85 * unit(blur(passes.alpha, passes.S * 0.030) * 1.6))).astype(np.float32)


def _screens(figure: Plane, ground: Plane, look: Ink, rng: np.random.Generator) -> tuple[Plane, Plane]:
    S = figure.shape[0]
    cell = look.cell * S / 640
    if look.screen == "dots":
        return dots(figure * 0.92, cell, math.radians(45)), dots(ground, cell * 1.35, math.radians(45))
    if look.screen == "lines":
        a = math.radians(look.angle)
        return rules(figure * 0.9, cell * 0.9, a), rules(ground, cell * 1.1, -a)
    levels = grain_levels(S, rng)
    return grain(figure, levels), grain(ground, levels)


def _spot(picture: RGB, passes: Passes, ground: Plane, spot: Colour) -> RGB:
    """One colour printed on bright cloth, props and eyes, and softly on the light of the ground."""
    kinds = sum(material(passes, m) for m in ("cloth", "prop", "eye"))
    bright = blur(((kinds > 0) & (saturation(passes.albedo) > 0.42)).astype(np.float32), 0.7)
    sky = smooth(blur(ground, passes.S * 0.01), 0.35, 0.75) * (1 - passes.alpha) * 0.55
    return lay(lay(picture, picture * spot, bright * 0.85), picture * spot, sky * 0.6)
