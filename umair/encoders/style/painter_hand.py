"""What is fixed for a made painter: palette, ground, line, form, filling, shading. One seed is one hand."""

from __future__ import annotations

import colorsys
from dataclasses import dataclass

import numpy as np

from umair.encoders.style.pixel_chain import PixelChain, random_chain

Colour = tuple[float, float, float]  # RGB, 0..1
GROUNDS = ("white", "black", "flat", "gradient", "scene", "paper")
FILLS = ("none", "flat", "linear", "radial", "wash", "brush", "hatching", "dots")
SHADES = ("none", "cel", "soft", "hatching", "stipple")
LINE_COLOURS = ("black", "darkened", "own", "white")


@dataclass(frozen=True)
class Line:
    """How a hand draws lines: width in pixels at 128 px, its noise, wobble in pixels, passes, taper, opacity."""

    drawn: bool
    width: float
    noise: float
    colour: str
    own: Colour
    opacity: float
    wobble: float
    passes: int
    taper: bool
    round_ends: bool


@dataclass(frozen=True)
class Form:
    """How a hand shapes things: corners or curves, roughness of outlines, how many points, sizes, small strokes."""

    curved: float  # chance that an outline is a smooth curve
    rough: float
    points: int
    slimmest: float
    shapes: int
    size: float
    size_spread: float
    details: float
    symmetry: float
    zoom: float


@dataclass(frozen=True)
class Paint:
    """How a hand fills and shades: kinds, direction of light, hatching distance, angle and width, brush marks."""

    fill: str
    shade: str
    opacity: float
    darker: float
    light: float
    hatch_gap: float
    hatch_angle: float
    hatch_width: float
    crossed: bool
    brush_length: float
    brush_width: float
    brush_angle: float
    brush_spread: float
    highlight: float
    drop_shadow: bool
    smooth_edges: bool


@dataclass(frozen=True)
class PainterHand:
    """A made painter."""

    palette: tuple[Colour, ...]
    colour_noise: float
    ground: str
    ground_colours: tuple[Colour, Colour]
    line: Line
    form: Form
    paint: Paint
    pixels: PixelChain


def painter_hand(seed: int) -> PainterHand:
    """The painter of this seed."""
    chance = np.random.default_rng(seed)
    palette = _palette(chance)
    pick = [palette[int(n)] for n in chance.integers(len(palette), size=3)]
    return PainterHand(
        palette=palette,
        colour_noise=float(chance.uniform(0, 0.12)),
        ground=str(chance.choice(GROUNDS, p=[0.5, 0.1, 0.1, 0.1, 0.15, 0.05])),
        ground_colours=(pick[0], pick[1]),
        line=_line(chance, pick[2]),
        form=_form(chance),
        paint=_paint(chance),
        pixels=random_chain(chance),
    )


def darker(colour: Colour, factor: float) -> Colour:
    return (colour[0] * factor, colour[1] * factor, colour[2] * factor)


def line_colour(line: Line, fill: Colour) -> Colour:
    """Of an outline around something of the colour `fill`."""
    if line.colour == "darkened":
        return darker(fill, 0.42)
    return {"black": (0.04, 0.03, 0.05), "white": (0.97, 0.97, 0.97)}.get(line.colour, line.own)


def _palette(chance: np.random.Generator) -> tuple[Colour, ...]:
    count = int(chance.integers(3, 11))
    if chance.random() < 0.12:
        greys = np.linspace(chance.uniform(0, 0.4), chance.uniform(0.6, 1), count)
        return tuple((float(g), float(g), float(g)) for g in greys)
    hue, spread = chance.random(), float(chance.choice([0.04, 0.12, 0.3, 1.0]))
    saturation, value = chance.uniform(0.05, 0.95), chance.uniform(0.35, 0.98)
    return tuple(
        colorsys.hsv_to_rgb(
            float((hue + chance.normal(0, spread) / 2) % 1),
            float(np.clip(saturation + chance.normal(0, 0.15), 0, 1)),
            float(np.clip(value + chance.normal(0, 0.2), 0.05, 1)),
        )
        for _ in range(count)
    )


def _line(chance: np.random.Generator, own: Colour) -> Line:
    return Line(
        drawn=bool(chance.random() < 0.72),
        width=float(np.exp(chance.uniform(np.log(0.7), np.log(6.5)))),
        noise=float(chance.uniform(0, 0.5)),
        colour=str(chance.choice(LINE_COLOURS, p=[0.5, 0.3, 0.12, 0.08])),
        own=own,
        opacity=float(chance.uniform(0.55, 1)) if chance.random() < 0.4 else 1.0,
        wobble=float(chance.uniform(0, 1.6)) if chance.random() < 0.5 else 0.0,
        passes=int(chance.choice([1, 1, 1, 2, 3])),
        taper=bool(chance.random() < 0.35),
        round_ends=bool(chance.random() < 0.5),
    )


def _form(chance: np.random.Generator) -> Form:
    return Form(
        curved=float(chance.choice([1.0, 0.0, 0.5])),
        rough=float(chance.uniform(0, 0.5)),
        points=int(chance.integers(3, 10)),
        slimmest=float(chance.uniform(0.4, 1)),
        shapes=int(chance.integers(3, 16)),
        size=float(chance.uniform(0.12, 0.42)),
        size_spread=float(chance.uniform(0.1, 0.7)),
        details=float(chance.uniform(0, 1)),
        symmetry=float(chance.uniform(0, 0.6)),
        zoom=float(np.exp(chance.normal(0, 0.25))),
    )


def _paint(chance: np.random.Generator) -> Paint:
    return Paint(
        fill=str(chance.choice(FILLS, p=[0.1, 0.3, 0.12, 0.14, 0.1, 0.1, 0.08, 0.06])),
        shade=str(chance.choice(SHADES, p=[0.4, 0.25, 0.17, 0.1, 0.08])),
        opacity=float(chance.uniform(0.5, 1)) if chance.random() < 0.25 else 1.0,
        darker=float(chance.uniform(0.35, 0.85)),
        light=float(chance.uniform(0, 2 * np.pi)),
        hatch_gap=float(chance.uniform(2.2, 7)),
        hatch_angle=float(chance.uniform(0, np.pi)),
        hatch_width=float(chance.uniform(0.5, 1.6)),
        crossed=bool(chance.random() < 0.4),
        brush_length=float(chance.uniform(5, 26)),
        brush_width=float(chance.uniform(1.5, 7)),
        brush_angle=float(chance.uniform(0, np.pi)),
        brush_spread=float(chance.uniform(0.1, 1.5)),
        highlight=float(chance.uniform(0.08, 0.3)) if chance.random() < 0.35 else 0.0,
        drop_shadow=bool(chance.random() < 0.15),
        smooth_edges=bool(chance.random() > 0.12),
    )
