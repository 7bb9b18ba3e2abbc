"""Sticker: flat bright figure, contour, die-cut border, the setting inside a badge."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from umair.demo.canvas.colours import Colour, rgb
from umair.demo.canvas.noise import blur, smooth
from umair.demo.hands.framed import Framed
from umair.demo.hands.jitter import between, colour_of, one_of
from umair.demo.hands.layers import put_fore, put_line, put_spec
from umair.demo.hands.light import Lighting, lit_figure
from umair.demo.hands.picture import (
    RGB,
    deep,
    from_lab,
    grid,
    grown_round,
    lay,
    saturate,
    screen,
    shifted,
    to_lab,
    unit,
)
from umair.demo.hands.pigments import planes
from umair.demo.hands.print_screen import dots
from umair.demo.hands.shapes import PATTERNS, Badge, Mark, Pattern, badge, inside, mark, pattern, ring, stitches
from umair.demo.passes import Passes, Plane

Shading = Literal["flat", "two tones", "airbrush", "dots"]
Ring = Literal["white", "double", "stitched", "ink", "none"]
Shadow = Literal["soft", "hard", "none"]
GROUNDS = (
    ("#ffd0dc", "#ffb0c8"),
    ("#c8ecff", "#9ad4f8"),
    ("#fff0b0", "#ffd890"),
    ("#d8f4d0", "#a8e0b8"),
    ("#e4d8ff", "#c4b0f4"),
    ("#ff8fb0", "#ff6f9a"),
    ("#56c8c0", "#2fa8b0"),
    ("#ffb46a", "#ff9050"),
    ("#3a4a80", "#26315c"),
    ("#4a3a52", "#332640"),
    ("#f2eee4", "#ddd6c8"),
    ("#f0584e", "#d83f4a"),
)
INKS = ("#2e2038", "#2e2038", "#17161c", "#4a2a1e", "#1c2c58", "#5a1c40")
BORDERS = ("#ffffff", "#ffffff", "#ffffff", "#fff4dc", "#ffe2ec", "#def4ff", "#e6dcff")
ACCENTS = ("#ffffff", "#ffe27a", "#ff9ab8", "#8ae0f0")
BADGES: tuple[Badge, ...] = ("disk", "disk", "square", "arch", "flower", "hexagon", "cloud", "none")
LIGHTINGS: dict[Shading, Lighting] = {
    "flat": Lighting(depth=0.25, form=0, seam=0.2, hollow=0.12, tint=0.2, highlight=0.6, rim=0, shadow_chroma=1.2),
    "two tones": Lighting(depth=0.8, form=0, seam=0.4, hollow=0.2, tint=0.3, highlight=0.9, rim=0, shadow_chroma=1.25),
    "airbrush": Lighting(hard=0.15, softness=0.012, depth=0.95, form=0.45, seam=0.8, tint=0.3, highlight=0.9, rim=0.5),
    "dots": Lighting(depth=0, form=0, seam=0, hollow=0.1, tint=0.2, highlight=0.8, rim=0),
}


@dataclass(frozen=True)
class Sticker:
    """One artist of this hand. Sizes are fractions of the side."""

    shading: Shading
    chroma: float
    lift: float  # 0 .. 1 towards pastel colours
    gloss: float  # shine of vinyl over the figure
    outline: float  # weight of the dark contour
    ink: Colour
    own_ink: float  # how far the contour takes the colour of what it borders
    cut: float  # width of the die-cut border
    border: Colour
    shadow: Shadow
    upper: Colour  # of the ground
    lower: Colour
    pattern: Pattern
    repeats: float
    pattern_strength: float
    badge: Badge
    badge_size: float
    ring: Ring
    marks: tuple[Mark, ...]  # strewn round the badge
    accent: Colour


def artist(rng: np.random.Generator) -> Sticker:
    """One artist's choices."""
    upper, lower = one_of(rng, GROUNDS)
    badge_shape = one_of(rng, BADGES)
    return Sticker(
        shading=one_of(rng, ("flat", "two tones", "two tones", "airbrush", "dots")),
        chroma=between(rng, 0.85, 1.32),
        lift=one_of(rng, (0.0, 0.0, 0.08, 0.16)),
        gloss=one_of(rng, (0.0, 0.0, 0.16, 0.26)),
        outline=between(rng, 0.5, 1.7),
        ink=colour_of(rng, INKS),
        own_ink=one_of(rng, (0.0, 0.0, 0.45, 0.75)),
        cut=between(rng, 0.014, 0.034),
        border=colour_of(rng, BORDERS),
        shadow=one_of(rng, ("soft", "soft", "hard", "none")),
        upper=rgb(upper),
        lower=rgb(lower),
        pattern=one_of(rng, PATTERNS),
        repeats=between(rng, 6, 13),
        pattern_strength=between(rng, 0.22, 0.55),
        badge=badge_shape,
        badge_size=between(rng, 0.39, 0.45),
        ring="none" if badge_shape == "none" else one_of(rng, ("white", "white", "double", "stitched", "ink")),
        marks=one_of(rng, ((), ("spark",), ("heart",), ("star",), ("spark", "heart"))),
        accent=colour_of(rng, ACCENTS),
    )


def paint(passes: Framed, look: Sticker, rng: np.random.Generator) -> RGB:
    """The figure as a sticker on its backing."""
    S, a = passes.S, passes.alpha
    picture = _ground(passes, look, rng)
    solid = a > 0.5
    cut = grown_round(solid, int(look.cut * S))
    picture = _shadow(picture, cut, look)
    picture = lay(picture, look.border, blur(cut, 0.9))
    contour = blur(grown_round(solid, max(1, int(0.007 * look.outline * S))), 0.8)
    picture = lay(picture, _contour_colour(passes, look), contour)
    picture = lay(picture, _figure(passes, look), a)
    return unit(put_fore(picture, passes, 0.9))


def _figure(passes: Passes, look: Sticker) -> RGB:
    figure = saturate(lit_figure(passes, LIGHTINGS[look.shading]), look.chroma)
    if look.shading == "dots":
        shade = dots(blur(passes.shade, 1.0) * 0.45, 6.5 * passes.S / 640, 0.6)
        figure = lay(figure, saturate(figure * 0.62, 1.2), shade)
    figure = figure + (1 - figure) * look.lift
    figure = put_spec(put_line(figure, passes, 1.0, look.ink, 0.45 * (1 - look.own_ink)), passes)
    if look.gloss:
        x, y = grid(passes.S)
        t = (x + y * 0.55) % 0.62
        sheen = smooth(t, 0.10, 0.115) * (1 - smooth(t, 0.20, 0.215)) + 0.6 * smooth(t, 0.235, 0.245) * (
            1 - smooth(t, 0.262, 0.272)
        )
        figure = screen(figure, deep(sheen * look.gloss * (1 - 0.6 * passes.focus)))
    return figure


def _contour_colour(passes: Passes, look: Sticker) -> RGB:
    """One ink, or the darkened colour of the part that the contour runs along."""
    if not look.own_ink:
        return np.broadcast_to(look.ink, passes.albedo.shape)
    reach = passes.S * 0.008
    near = blur(passes.albedo * deep(passes.alpha), reach) / (deep(blur(passes.alpha, reach)) + 1e-3)
    return unit(near * 0.42) * look.own_ink + look.ink * (1 - look.own_ink)


def _shadow(picture: RGB, cut: Plane, look: Sticker) -> RGB:
    S = picture.shape[0]
    if look.shadow == "soft":
        dark = blur(shifted(cut, 0.008 * S, 0.012 * S), S * 0.008) * 0.35
        return picture * (1 - deep(dark) * (1 - look.lower * 0.4))
    if look.shadow == "hard":
        return lay(picture, look.lower * 0.55, blur(shifted(cut, 0.016 * S, 0.016 * S), 0.7) * 0.9)
    return picture


def _ground(passes: Framed, look: Sticker, rng: np.random.Generator) -> RGB:
    """The backing: two colours, a pattern, the badge with the setting in it, a few marks."""
    S, box = passes.S, passes.box
    x, y = grid(S)
    t = deep(smooth(y + 0.12 * x, 0.1, 1.0))
    ground = look.upper * (1 - t) + look.lower * t
    ground = lay(ground, (1, 1, 1), look.pattern_strength * pattern(S, look.pattern, look.repeats))
    distance = badge(passes, look.badge, look.badge_size)
    for kind in look.marks * 5:
        x, y = box.left + box.width * rng.uniform(0.03, 0.97), box.top + box.height * rng.uniform(0.03, 0.97)
        place, cover = mark(S, kind, x, y, rng.uniform(0.012, 0.030))
        ground[place] = lay(ground[place], look.accent, cover * (distance[place] > 0.02))
    if look.badge == "none":
        return lay(ground, _setting(passes), np.full((S, S), 0.72, np.float32))
    if look.ring != "none":
        width = 0.034 if look.ring == "double" else 0.022
        ground = lay(ground, look.ink if look.ring == "ink" else look.border, inside(distance - width))
        if look.ring == "double":
            ground = lay(ground, look.lower * 0.8, ring(distance, 0.021, 0.007))
        elif look.ring == "stitched":
            ground = lay(ground, look.lower * 0.75, ring(distance, 0.011, 0.005) * stitches(passes))
    return lay(ground, _setting(passes), inside(distance))


def _setting(passes: Passes) -> RGB:
    """The setting in a few light tones."""
    lab = to_lab(planes(passes, 0.003, 0.012, 0.008))
    lab[..., 0] = np.round(lab[..., 0] / 14) * 14 * 0.6 + 40
    lab[..., 1:] *= 1.1
    return from_lab(lab)
