"""Neon: a dark room, the ground as light tubes, two coloured lights along the form."""

from dataclasses import dataclass

import cv2
import numpy as np

from umair.demo.canvas.colours import Colour, luma, mix, rgb
from umair.demo.canvas.noise import blur, smooth
from umair.demo.hands.jitter import between, one_of
from umair.demo.hands.layers import bloom, material, put_spec
from umair.demo.hands.light import Lighting, lit_figure, rim
from umair.demo.hands.picture import RGB, deep, from_lab, grid, grown, lay, screen, soft, to_lab, unit
from umair.demo.passes import Passes, Plane

PAIRS = (("#ff3fa8", "#35e8ff"), ("#35c8ff", "#ff5ac8"), ("#9a5cff", "#3affd8"), ("#ff4f7a", "#5a8aff"))


@dataclass(frozen=True)
class Neon:
    """One artist of this hand."""

    first: Colour  # light on the key's side
    second: Colour
    glow: float
    fringe: float  # colour fringes of the lens, pixels of a 640 px picture
    scan: float  # scan lines


def artist(rng: np.random.Generator) -> Neon:
    """One artist's choices."""
    first, second = one_of(rng, PAIRS)
    return Neon(
        first=rgb(first),
        second=rgb(second),
        glow=between(rng, 0.7, 1.3),
        fringe=between(rng, 0.6, 2.0),
        scan=between(rng, 0, 1),
    )


def paint(passes: Passes, look: Neon, rng: np.random.Generator) -> RGB:
    """The scene lit by signs."""
    S, a = passes.S, passes.alpha
    left, right = (look.first, look.second) if passes.lx < 0 else (look.second, look.first)
    ground, tubes = _ground(passes, look)
    picture = lay(ground, _figure(passes, look), a)
    for side, colour, light in ((-1, left, rim(passes, 0.0085, 1)), (1, right, rim(passes, 0.0085, -1))):
        facing = smooth(np.clip(passes.nx * 0.75 + passes.vx * 0.75, -1, 1) * side, 0.22, 0.60) * 0.62
        lit = unit((facing + light) * a) * 0.9
        picture = screen(picture, deep(lit) * unit(colour * 0.72 + passes.albedo * 0.28))
    picture *= 1 - deep(passes.line[..., 3] * a) * 0.80

    outline = blur(unit(grown(a > 0.5, int(S * 0.0028)) - a), 0.6)
    x = grid(S)[0]
    gas = left * (1 - deep(x)) + right * deep(x)
    shine = passes.high * (1 - passes.shade * 0.7) * a
    core = deep(outline * 0.95 + tubes * 0.62 + shine * 0.28) * gas
    halo = soft(core, S * 0.005) * 1.5 + soft(core, S * 0.02) * 2.0
    picture = 1 - (1 - picture) * unit(1 - core) * unit(1 - halo * 0.8 * look.glow)
    picture = picture + deep(unit(outline - 0.4)) * 0.5
    lamps = passes.emit * deep(1 - a)
    picture = 1 - (1 - picture) * unit(1 - lamps * 0.8) * unit(1 - soft(lamps, S * 0.014) * 0.9)
    sparks = passes.spec[..., :3] * deep(passes.spec[..., 3])
    picture = screen(put_spec(picture, passes), unit(soft(sparks, S * 0.009) * 0.7))
    picture = lay(picture, gas * 0.6 + 0.4, passes.fore[..., 3] * 0.8)
    picture = screen(picture, unit(soft(passes.fore[..., :3] * passes.fore[..., 3:] * gas, S * 0.008) * 0.8))
    return bloom(unit(_lens(picture, look)), 0.78, 0.014, 0.4)


def _figure(passes: Passes, look: Neon) -> RGB:
    """Local colour survives as a dark jewel tone."""
    how = Lighting(
        hard=0.85,
        softness=0.004,
        depth=1.05,
        form=0.30,
        seam=0,
        highlight=0.55,
        rim=0,
        shadow=rgb("#5a48b8"),
        tint=0.25,
    )
    lab = to_lab(lit_figure(passes, how))
    dark = 1 - lab[..., 0] / 100
    lab[..., 0] = 100 * (0.04 + 0.60 * (1 - dark) ** 1.45)
    lab[..., 1] = lab[..., 1] * 1.12 + 9 * dark
    lab[..., 2] = lab[..., 2] - 20 * dark - 5
    return lay(from_lab(lab), mix(look.first, (1, 1, 1), 0.4), 0.16 * material(passes, "skin", 1))


def _ground(passes: Passes, look: Neon) -> tuple[RGB, Plane]:
    """The ground near black, and where its contours become tubes."""
    light = luma(passes.bg)
    light = light / max(0.35, float(np.percentile(light, 98)))
    stops = (0, 0.35, 0.70, 1.0)
    colours = np.stack(
        [
            rgb("#04040f"),
            mix(rgb("#0b0a2c"), look.second, 0.05),
            mix(rgb("#1d1158"), look.first, 0.16),
            mix(rgb("#3a1c86"), look.first, 0.45),
        ]
    )
    ground = np.stack([np.interp(light, stops, colours[:, i]) for i in range(3)], -1).astype(np.float32)
    ground = ground * 0.8 + 0.22 * passes.bg * np.array([0.5, 0.4, 0.8], np.float32) * deep(unit(light))
    calm = blur(light.astype(np.float32), passes.S * 0.0022)
    edge = np.hypot(cv2.Sobel(calm, cv2.CV_32F, 1, 0), cv2.Sobel(calm, cv2.CV_32F, 0, 1))
    edge = smooth(edge / (np.percentile(edge, 97) + 1e-4), 0.35, 1.0)
    return ground, unit(np.maximum(passes.bgline[..., 3] * 0.9, edge * 0.55)) * (1 - passes.alpha)


def _lens(picture: RGB, look: Neon) -> RGB:
    """Colour fringes, scan lines, dark corners."""
    S = picture.shape[0]
    shift = int(max(1, round(look.fringe * S / 640)))
    red, blue = np.roll(picture[..., 0], shift, 1), np.roll(picture[..., 2], -shift, 1)
    picture = np.stack([red, picture[..., 1], blue], -1)
    lines = 0.5 + 0.5 * np.sin(np.arange(S, dtype=np.float32) * (2 * np.pi / (3.0 * S / 512)))
    picture *= 1 - look.scan * 0.14 * lines[:, None, None]
    x, y = grid(S)
    return picture * deep(1 - 0.40 * smooth(np.hypot(x - 0.5, y - 0.5), 0.42, 0.80))
