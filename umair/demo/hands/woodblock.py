"""Woodblock: few pigments, graded bands of colour, wood grain, a dark keyline, a seal."""

import math
from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from umair.demo.canvas.colours import Colour, luma, mix, rgb
from umair.demo.canvas.noise import blur, fbm, smooth
from umair.demo.hands.flow import smear_straight
from umair.demo.hands.framed import Framed, across
from umair.demo.hands.jitter import between, colour_of, one_of, seed_of
from umair.demo.hands.layers import material, over, put_fore
from umair.demo.hands.picture import RGB, deep, from_lab, grid, grown, lay, normal_noise, shifted, to_lab, unit
from umair.demo.hands.pigments import distances, palette_lab, planes
from umair.demo.hands.print_screen import xdog
from umair.demo.hands.shapes import mist
from umair.demo.hands.surface import paper, warp
from umair.demo.hands.woodblock_sheet import Sheet, mounted, sheet_of
from umair.demo.passes import Passes, Plane

EDO = (
    "#f3e6c8 #e8cfa0 #d9a566 #c8502e #a83226 #7a2a2a #2a4a7a #1c2f58 #5f86a8 #a9c2c4 "
    "#5a7a5a #8a9a62 #3a4a44 #d8b84a #7a5a7a #e0a898 #33282c #efd9c4 #b8907a"
)
PIGMENTS = (  # a name for those who read, not for the code: full colour, dusk, indigo, rose and green, autumn, ink
    EDO,
    EDO,
    "#fbe9d0 #f8c99a #f09a78 #d86a70 #9a5a8a #5a5aa0 #35508f #1e3a6a #16264a #78a8c8 #c8dce0 #4a7a78 #e8b84a #402a44",
    "#f2ead2 #dfe3d8 #b9ccd4 #8fb0c4 #5f86a8 #3f6a98 #2a4a7a #1c2f58 #141f3c #c8502e #efd9c4",
    "#f6e7cf #f0c9b8 #e39a8e #d0605c #a83a46 #c8d0a0 #a9b98a #7a9468 #4f6b52 #d8c07a #5a4a44 #33282c #8a9ab0",
    "#f4ecd0 #e8d9a0 #d8b84a #c88a34 #a8642a #7a3f24 #8a9a62 #5a7a5a #3a5244 #2c3a3a #c8502e #e6b89a #4a3a34 #6a8a98",
    "#f2ead8 #d8ccb4 #b4a88f #8c8272 #655d54 #443f3c #2a2728 #c8502e #d9a566 #6a7a6a #f0d6c0 #5a6a88",
)
SKIES = ("#23406e", "#23406e", "#8a2a2a", "#2f5a5a", "#5a3a6a", "#c86a4a")
KEYLINES = ("#1e2436", "#1e2436", "#16141a", "#4a2a20", "#22382e", "#2a2a5a")


Ground = Literal["planes", "mica", "lines", "night"]


@dataclass(frozen=True)
class Woodblock:
    """One artist of this hand."""

    pigments: NDArray[np.float32]  # (K, 3)
    figure_pigment: float  # how far the figure's own colours give way to them
    sky: Colour  # of the graded band at the top
    sky_depth: float  # 0 none .. 1
    foot: Colour  # of the band at the bottom
    foot_depth: float
    ground: Ground  # planes of colour, a plain sheet of mica, hardly more than lines, or a dark sheet
    step: float  # lightness of one plane of the ground
    shade: float  # shadow on the figure
    grain: float  # of the wood
    grain_angle: float  # radians, 0 = lying
    baren: float  # arcs that the rubbing pad leaves
    mist: int  # bands of mist
    keyline: Colour
    contour: float  # weight of the outer contour and the ground's contours
    shift: float  # misregistration of the keyline, pixels of a 640 px picture
    sheet: Sheet


def artist(rng: np.random.Generator) -> Woodblock:
    """One artist's choices."""
    pigments = one_of(rng, PIGMENTS)
    return Woodblock(
        pigments=np.stack([rgb(c) for c in pigments.split()]),
        figure_pigment=0.74 if pigments == EDO else between(rng, 0.55, 0.86),
        sky=colour_of(rng, SKIES),
        sky_depth=one_of(rng, (0.0, 0.5, 0.74, 0.9)),
        foot=colour_of(rng, SKIES),
        foot_depth=one_of(rng, (0.0, 0.4, 0.65)),
        ground=one_of(rng, ("planes", "planes", "planes", "mica", "lines", "night")),
        step=between(rng, 9, 19),
        shade=one_of(rng, (0.04, 0.17, 0.34)),
        grain=between(rng, 0.4, 1.7),
        grain_angle=one_of(rng, (0.0, 0.0, 0.0, math.pi / 2, 0.35)),
        baren=one_of(rng, (0.0, 0.0, 0.6, 1.0)),
        mist=one_of(rng, (0, 0, 0, 2, 4)),
        keyline=colour_of(rng, KEYLINES),
        contour=between(rng, 0.4, 2.4),
        shift=between(rng, 0.3, 2.2),
        sheet=sheet_of(rng),
    )


def paint(passes: Framed, look: Woodblock, rng: np.random.Generator) -> RGB:
    """The scene as a colour print."""
    S, seed, a = passes.S, seed_of(rng), passes.alpha
    uneven = fbm((S, S), S * 0.25, seed, 3) - 0.5
    ground = _ground(passes, look, seed)
    behind = _bands(pigmented(ground, look.pigments, 0.82), passes, uneven, look)
    cloud = mist(passes, rng, look.mist)
    if look.mist:
        rim = unit(blur(cloud, S * 0.006) * 2) * (1 - cloud)
        behind = lay(lay(behind, look.sky * 0.5 + 0.35, rim * 0.5), look.pigments[0], cloud * 0.92)
    picture = over(_figure(passes, look), passes, behind)
    fibre = warp(
        smear_straight(normal_noise(S, np.random.default_rng(seed)), look.grain_angle, 22, 1.4), 0.02, 0.25, seed
    )
    wood = _wood(fibre, uneven, a, look, seed)
    density = (1 - picture) * deep(1 + (wood - 1) * (0.35 + 0.65 * luma(picture)))  # grain shows least in the dark
    shift = look.shift * S / 640
    picture = shifted(1 - density, shift, -shift * 0.6)
    picture = lay(picture, look.keyline, _keyline(passes, ground, cloud, look) * (1 - 0.18 * smooth(fibre, 0.7, 2.0)))
    picture = lay(picture, passes.spec[..., :3] * 0.4 + rgb("#fbf3e0") * 0.6, passes.spec[..., 3] * 0.85)
    picture = put_fore(picture, passes, 0.9)
    return unit(mounted(picture, passes, look.sheet, look.keyline, fibre, seed))


def pigmented(picture: RGB, pigments: NDArray[np.float32], amount: float) -> RGB:
    """Every colour drawn towards the nearest pigments (K, 3); soft, so that no border shows."""
    S = picture.shape[0]
    lab, palette = to_lab(picture), palette_lab(pigments)
    d = distances(lab[::2, ::2].reshape(-1, 3), palette, (0.8, 1, 1))
    w = np.exp((d.min(1, keepdims=True) - d) / 90.0)
    w /= w.sum(1, keepdims=True)
    near = cv2.resize((w @ palette).reshape(S // 2, S // 2, 3), (S, S), interpolation=cv2.INTER_LINEAR)
    return from_lab(lab * (1 - amount) + near * amount)


def _ground(passes: Passes, look: Woodblock, seed: int) -> RGB:
    """The ground in planes, lifted out of darkness; or a plain sheet through which it is only felt."""
    lab = to_lab(planes(passes, 0.0045, 0.012, 0.007))
    middle = float(np.median(lab[..., 0]))
    lab[..., 0] = np.clip(lab[..., 0] + max(0, 52 - middle) * 0.65, 0, 100)
    lab[..., 0] = 0.3 * lab[..., 0] + 0.7 * np.round(lab[..., 0] / look.step) * look.step
    lab[..., 1:] *= 1.12
    ground = from_lab(lab)
    if look.ground == "mica":
        sheet = mix(look.sky, (0.86, 0.84, 0.80), 0.62) * (1 + 0.05 * deep(paper(passes.S, seed + 6, 1.2)))
        return lay(sheet, ground, np.full(passes.alpha.shape, 0.34, np.float32))
    if look.ground == "lines":
        return lay(
            np.broadcast_to(look.sheet.rice, ground.shape), ground, np.full(passes.alpha.shape, 0.22, np.float32)
        )
    if look.ground == "night":
        dark = unit(ground * mix(look.sky, (0.44, 0.50, 0.66), 0.55) * 1.5)
        return lay(dark, ground, 0.55 * smooth(luma(ground), 0.55, 0.95))  # lamps and open sky stay light
    return ground


def _bands(ground: RGB, passes: Framed, uneven: Plane, look: Woodblock) -> RGB:
    """Bokashi: colour wiped in from the top and the foot."""
    y = across(passes)[1] + uneven * 0.05
    ground = lay(ground, ground * look.sky, (1 - smooth(y, 0.0, 0.34)) * look.sky_depth)
    return lay(ground, ground * look.foot, smooth(y, 0.80, 1.02) * look.foot_depth)


def _figure(passes: Passes, look: Woodblock) -> RGB:
    """Flat pigments, hardly any shadow."""
    light = passes.light
    figure = passes.albedo * (1 - deep(passes.shade) * (look.shade * np.array([0.9, 1, 0.8], np.float32)))
    figure = figure * mix((1, 1, 1), light.amb, light.tint * 0.6)
    figure = lay(figure, rgb("#f6e4cc"), 0.60 * material(passes, "skin"))
    lab = to_lab(figure)
    lab[..., 0] = 14 + lab[..., 0] * 0.88
    lab[..., 1:] *= 1.15
    figure = pigmented(from_lab(lab), look.pigments, look.figure_pigment)
    shine = (passes.high > 0.5) & (material(passes, "hair") > 0)
    return np.where(deep(shine), figure * 0.78 + 0.2 * look.pigments[0], figure)


def _wood(fibre: Plane, uneven: Plane, a: Plane, look: Woodblock, seed: int) -> Plane:
    """How much pigment the block and the pad gave to each place, about 1."""
    S = a.shape[0]
    x, y = grid(S)
    along, across = (x, y) if abs(math.cos(look.grain_angle)) > 0.5 else (y, x)
    rings = across * S + 9 * np.sin(along * 5 + uneven * 6) + 55 * uneven
    rings = np.sin(rings * (2 * math.pi / (5.2 * S / 640)) + 5 * fbm((S, S), S * 0.5, seed + 2, 2))
    wood = (0.35 * rings + 0.65 * fibre) * (0.085 - 0.050 * a) * look.grain
    given = (1 - wood) * (0.90 + 0.2 * fbm((S, S), S * 0.05, seed + 4, 4))
    if look.baren:
        arcs = np.sin(np.hypot(x - 0.2 - uneven * 0.6, y + 0.1) * 150) * smooth(uneven, -0.05, 0.12)
        given = given * (1 + 0.075 * look.baren * arcs * (1 - 0.7 * a))
    return given


def _keyline(passes: Passes, ground: RGB, cloud: Plane, look: Woodblock) -> Plane:
    """The block that is cut first: lines, an outer contour, contours of the ground."""
    a, heavy = passes.alpha, look.contour
    line = unit(passes.line[..., 3] * 1.15)
    outer = unit(grown(a > 0.5, round(passes.S * 0.0022 * heavy)) - a)
    contours = (1 - xdog(luma(ground), 0.0018, 14, 0.50)) * 0.7
    contours *= 1 - 0.9 * smooth(blur(contours, passes.S * 0.02), 0.10, 0.26)  # no carver cuts a thousand windows
    behind = np.maximum(passes.bgline[..., 3] * 0.9, contours) * (1 - a) * (1 - cloud)
    behind = behind * min(1.0, 0.4 + 0.5 * heavy)
    return unit(np.maximum(np.maximum(line, outer), behind)) * (1 - passes.spec[..., 3] * 0.9)
