"""Cel: hard shadows, coloured lines, a camera's bloom; the look of an animation frame."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from umair.demo.canvas.colours import Colour, luma, rgb
from umair.demo.canvas.noise import blur, smooth
from umair.demo.hands.framed import Framed, across
from umair.demo.hands.jitter import between, colour_of, one_of
from umair.demo.hands.kuwahara import kuwahara
from umair.demo.hands.layers import bloom, over, put_fore, put_line, put_spec
from umair.demo.hands.light import Lighting, form, lit_figure
from umair.demo.hands.picture import RGB, deep, grown_round, lay, normal_noise, saturate, screen, soft, unit
from umair.demo.hands.pigments import planes, stepped
from umair.demo.hands.print_screen import dots
from umair.demo.passes import Passes, Plane

Ground = Literal["sharp", "pale", "flat", "painted", "far", "wash"]
Film = Literal["clean", "grain", "dots", "fade"]
SHADOWS = (None, None, "#b09ae0", "#8fb0e8", "#d89ab0", "#8fc4c0", "#c8a898")
INKS = ("#241a2e", "#3a2018", "#1a2238", "#401830", "#101014")


@dataclass(frozen=True)
class Cel:
    """One artist of this hand."""

    highlight: float
    rim: float
    airbrush: float  # second, soft tone low in the volumes
    blur: float  # of the ground beyond the camera's own, fraction of the side
    line: float  # opacity
    bloom: float
    chroma: float
    hard: float  # share of the shadow with a hard edge
    depth: float  # of the shadow
    shadow: Colour | None  # hue of the shadow; None = the setting's
    ground: Ground
    film: Film  # what lies over everything
    contour: float  # of the whole figure, fraction of the side; below 0 it is white
    ink: Colour
    ink_tint: float  # how far lines lean to the ink


def artist(rng: np.random.Generator) -> Cel:
    """One artist's choices."""
    return Cel(
        highlight=between(rng, 0.7, 1.2),
        rim=between(rng, 0.5, 1),
        airbrush=between(rng, 0.4, 1.2),
        blur=between(rng, 0.0, 0.0014),
        line=between(rng, 0.8, 1),
        bloom=between(rng, 0.3, 1.8),
        chroma=between(rng, 0.72, 1.28),
        hard=one_of(rng, (1, 1, 1, 0.45, 0.2)),
        depth=between(rng, 0.6, 1.2),
        shadow=_shadow(one_of(rng, SHADOWS)),
        ground=one_of(rng, ("sharp", "sharp", "pale", "flat", "painted", "far", "wash")),
        film=one_of(rng, ("clean", "clean", "grain", "dots", "fade")),
        contour=one_of(rng, (0.0, 0.0, 0.0, 0.0028, 0.0042, -0.0048)),
        ink=colour_of(rng, INKS),
        ink_tint=between(rng, 0.1, 0.8),
    )


def paint(passes: Framed, look: Cel, rng: np.random.Generator) -> RGB:
    """The scene as a frame of animation."""
    figure = lit_figure(
        passes,
        Lighting(
            hard=look.hard,
            softness=0.007,
            depth=look.depth,
            form=0.18 * (1 - look.hard),
            seam=0.6,
            highlight=0.55 * look.highlight,
            rim=look.rim,
            shadow=look.shadow,
        ),
    )
    low = unit(blur(form(passes), passes.S * 0.02) - 0.5) * 0.55 * look.airbrush
    figure = lay(figure, figure * unit(passes.light.shadow * 1.05), low)
    picture = over(figure, passes, _contoured(_ground(passes, look), passes, look))
    if look.ground == "flat":
        picture = lay(picture, passes.bgline[..., :3], passes.bgline[..., 3] * (1 - passes.alpha) * 0.8)
    picture = put_line(picture, passes, look.line, look.ink, look.ink_tint)
    picture = bloom(put_spec(picture, passes), 0.80, 0.012, 0.30 * look.bloom)
    picture = screen(picture, deep(_beam(passes)) * passes.light.key * 0.20)
    foot = smooth(across(passes)[1], 0.6, 1.15) * 0.22
    picture = picture * (1 - deep(foot) * (1 - passes.light.shadow))
    return _filmed(saturate(put_fore(picture, passes), look.chroma), passes, look, rng)


def _contoured(ground: RGB, passes: Passes, look: Cel) -> RGB:
    """The ground with the figure's outer contour on it."""
    if not look.contour:
        return ground
    wide = blur(grown_round(passes.alpha > 0.5, max(1, round(abs(look.contour) * passes.S))), 0.8)
    return lay(ground, look.ink if look.contour > 0 else np.float32(0.98), wide)


def _filmed(picture: RGB, passes: Passes, look: Cel, rng: np.random.Generator) -> RGB:
    if look.film == "grain":
        return unit(picture + deep(blur(normal_noise(passes.S, rng), 0.7)) * 0.030)
    if look.film == "fade":  # an old print: blacks lifted to blue, whites to cream
        return unit(picture * np.array([0.90, 0.88, 0.80], np.float32) + np.array([0.075, 0.08, 0.125], np.float32))
    if look.film == "dots":
        tone = unit(0.75 - luma(picture)) * 0.55 * (1 - 0.8 * passes.focus)
        return picture * (1 - deep(dots(tone.astype(np.float32), 5.0 * passes.S / 640, 0.6)) * 0.16)
    return picture


def _ground(passes: Passes, look: Cel) -> RGB:
    S = passes.S
    if look.ground == "painted":
        return kuwahara(kuwahara(passes.bg, S * 0.012), S * 0.008)
    if look.ground == "far":
        return soft(passes.bg, S * 0.006) * 0.94 + 0.04
    if look.ground == "wash":  # only the setting's colours, from top to foot
        rows = blur(passes.bg.mean(1, keepdims=True).repeat(8, 1), S * 0.06)[:, :1]
        return lay(
            np.broadcast_to(rows, passes.bg.shape), blur(passes.bg, S * 0.003), np.full((S, S), 0.30, np.float32)
        )
    if look.ground == "flat":
        return stepped(planes(passes, passes.dof * 0.35 + look.blur), 9)
    ground = blur(passes.bg, passes.S * (passes.dof * 0.35 + look.blur))
    return ground * 0.5 + 0.5 if look.ground == "pale" else ground


def _beam(passes: Framed) -> Plane:
    """Light falling in from the key's upper corner."""
    x, y = across(passes)
    return unit(1 - np.hypot(x - (0.05 if passes.lx < 0 else 0.95), y + 0.05)) ** 2


def _shadow(text: str | None) -> Colour | None:
    return None if text is None else rgb(text)
