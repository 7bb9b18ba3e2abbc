"""Neon: a dark room, the ground as light tubes, coloured lights along the form, a sign behind the figure."""

from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np

from umair.demo.canvas.colours import Colour, luma, mix, rgb
from umair.demo.canvas.noise import blur, smooth
from umair.demo.hands.framed import Framed, across
from umair.demo.hands.jitter import between, colour_of, one_of
from umair.demo.hands.layers import bloom, material, put_spec
from umair.demo.hands.lens import Lens, lens_of, seen_through
from umair.demo.hands.light import Lighting, lit_figure, rim
from umair.demo.hands.picture import RGB, deep, from_lab, grid, grown, lay, saturate, screen, soft, to_lab, unit
from umair.demo.hands.shapes import Badge, badge, ring
from umair.demo.passes import Passes, Plane

PAIRS = (
    ("#ff3fa8", "#35e8ff"),
    ("#35c8ff", "#ff5ac8"),
    ("#9a5cff", "#3affd8"),
    ("#ff4f7a", "#5a8aff"),
    ("#ffb03a", "#ff3a8a"),
    ("#ff5a3a", "#ffd84a"),
    ("#4aff8a", "#2ac8ff"),
    ("#b4ff3a", "#2ad8c8"),
    ("#ff6a9a", "#ffe6a0"),
    ("#c8d8ff", "#6a7aff"),
)
ROOMS = (  # near black to the brightest the ground may be: indigo, blue, wine, teal, black
    ("#04040f", "#0b0a2c", "#1d1158", "#3a1c86"),
    ("#02060f", "#06142e", "#0c2858", "#14488a"),
    ("#0c0308", "#260a1e", "#4a1038", "#7a1c50"),
    ("#020a0a", "#062022", "#0c3c40", "#146a68"),
    ("#040406", "#101014", "#22222c", "#3c3c4a"),
)
Ground = Literal["tubes", "two colours", "wet street", "wall of lamps"]
Body = Literal["jewel", "two colours", "drawn in light"]
Sign = Literal["none", "ring", "frame", "arch", "hexagon", "bars"]

BENT: dict[Sign, Badge] = {"ring": "disk", "arch": "arch", "hexagon": "hexagon"}


@dataclass(frozen=True)
class Neon:
    """One artist of this hand."""

    first: Colour  # light on the key's side
    second: Colour
    room: tuple[Colour, ...]
    ground: Ground
    body: Body
    sign: Sign
    sign_colour: Colour
    balance: float  # strength of the second light against the first
    glow: float
    outline: float  # brightness of the figure's outline
    lens: Lens


def artist(rng: np.random.Generator) -> Neon:
    """One artist's choices."""
    first, second = one_of(rng, PAIRS)
    return Neon(
        first=rgb(first),
        second=rgb(second),
        room=tuple(rgb(c) for c in one_of(rng, ROOMS)),
        ground=one_of(rng, ("tubes", "tubes", "two colours", "wet street", "wall of lamps")),
        body=one_of(rng, ("jewel", "jewel", "two colours", "drawn in light")),
        sign=one_of(rng, ("none", "none", "none", "none", "ring", "frame", "arch", "hexagon", "bars")),
        sign_colour=colour_of(rng, (first, second, "#fff0d0", "#ff4a5a")),
        balance=one_of(rng, (1.0, 1.0, 0.35, 0.65)),
        glow=between(rng, 0.6, 1.4),
        outline=between(rng, 0.35, 1.0),
        lens=lens_of(rng),
    )


def paint(passes: Framed, look: Neon, rng: np.random.Generator) -> RGB:
    """The scene lit by signs."""
    S, a = passes.S, passes.alpha
    left, right = (look.first, look.second) if passes.lx < 0 else (look.second, look.first)
    light = luma(passes.bg)
    light = light / max(0.35, float(np.percentile(light, 98)))
    tubes = _tubes(passes, light)
    x = deep(grid(S)[0])
    gas = left * (1 - x) + right * x
    picture = lay(_ground(passes, light, look), _body(passes, look), a)
    picture = _side_lights(picture, passes, look)
    line = passes.line[..., 3] * a
    picture *= 1 - deep(line) * (0.45 if look.body == "drawn in light" else 0.80)

    outline = blur(unit(grown(a > 0.5, int(S * 0.0028)) - a), 0.6) * look.outline
    shine = passes.high * (1 - passes.shade * 0.7) * a
    core = outline * 0.95 + tubes * (0.62 if look.ground in ("tubes", "wet street") else 0.22) + shine * 0.28
    if look.body == "drawn in light":
        core = core + line * 0.85 * (1 - material(passes, "eye", 1))
    add = deep(core) * gas + deep(_sign(passes, look.sign) * (1 - a)) * look.sign_colour * 1.15
    halo = soft(add, S * 0.005) * 1.5 + soft(add, S * 0.02) * 2.0
    picture = 1 - (1 - picture) * unit(1 - add) * unit(1 - halo * 0.8 * look.glow)
    picture = picture + deep(unit(outline - 0.4)) * 0.5
    picture = _lamps(picture, passes, gas)
    if look.ground == "wet street":
        picture = lay(picture, _reflected(picture), smooth(grid(S)[1], 0.62, 0.95) * 0.75 * (1 - a))
    picture = bloom(unit(seen_through(picture, passes, look.lens, rng)), 0.78, 0.014, 0.4)
    return saturate(unit((picture - 0.03) * 1.08), 1.2)


def _body(passes: Passes, look: Neon) -> RGB:
    """Local colour survives as a dark jewel tone, or gives way to the two lights."""
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
    lab[..., 0] = 100 * (0.04 + 0.66 * (1 - dark) ** 1.45)
    lab[..., 1] = lab[..., 1] * 1.12 + 9 * dark
    lab[..., 2] = lab[..., 2] - 20 * dark - 5
    body = from_lab(lab)
    if look.body == "two colours":
        ramp = (
            look.room[0],
            look.room[2] * 0.5 + look.second * 0.35,
            look.first * 0.85,
            mix(look.first, (1, 1, 1), 0.7),
        )
        body = body * 0.38 + _ramp((1 - dark) ** 1.2, (0, 0.45, 0.8, 1), ramp) * 0.62
    elif look.body == "drawn in light":
        body = body * (0.62 + 0.50 * deep(material(passes, "eye", 1)))
    return lay(body, _skin(passes, dark, look), material(passes, "skin", 1) * 0.80)


def _skin(passes: Passes, dark: Plane, look: Neon) -> RGB:
    """Skin is the brightest thing in a dark room: rose in the first light, the second one in its shadow."""
    lit = deep(smooth(1 - dark, 0.40, 0.72) * (1 - 0.75 * passes.shade))
    shadow = _at_luma(mix(look.second, rgb("#b03c9c"), 0.72), 0.35)
    light = _at_luma(mix(look.first, rgb("#ffc4b4"), 0.60), 0.66 if look.body == "drawn in light" else 0.76)
    own = passes.albedo / np.maximum(passes.albedo.max(-1, keepdims=True), 0.3)  # blush, lips, complexion
    return (shadow * (1 - lit) + light * lit) * (0.45 + 0.55 * own)


def _at_luma(colour: Colour, level: float) -> Colour:
    """The same hue at one lightness, whatever the lamp: faces must stay bright and even."""
    found = float(luma(colour))
    return colour * (level / found) if found > level else mix(colour, (1, 1, 1), (level - found) / (1 - found))


def _side_lights(picture: RGB, passes: Passes, look: Neon) -> RGB:
    """Two coloured lights that follow the form, and their hard rims."""
    key_side = -1 if passes.lx < 0 else 1
    across = np.clip(passes.nx * 0.75 + passes.vx * 0.75, -1, 1)
    for side, colour, strength in ((key_side, look.first, 1.0), (-key_side, look.second, look.balance)):
        facing = smooth(across * side, 0.22, 0.60) * 0.62 + rim(passes, 0.0085, -side)
        lit = unit(facing * passes.alpha * strength) * 0.9 * (1 - 0.35 * passes.focus)
        picture = screen(picture, deep(lit) * unit(colour * 0.72 + passes.albedo * 0.28))
    return picture


def _ground(passes: Passes, light: Plane, look: Neon) -> RGB:
    room = look.room
    if look.ground == "two colours":
        ramp = (
            room[0],
            mix(room[2], look.second, 0.25),
            mix(room[3], look.first, 0.45),
            mix(look.first, (1, 1, 1), 0.35),
        )
        return _ramp(light, (0, 0.4, 0.75, 1), ramp) * 0.72
    ramp = (room[0], mix(room[1], look.second, 0.05), mix(room[2], look.first, 0.16), mix(room[3], look.first, 0.45))
    ground = _ramp(light, (0, 0.35, 0.70, 1.0), ramp) * 0.8
    ground += 0.22 * passes.bg * np.array([0.5, 0.4, 0.8], np.float32) * deep(unit(light))
    return _lamp_wall(ground, passes.S) if look.ground == "wall of lamps" else ground


def _lamp_wall(ground: RGB, S: int) -> RGB:
    """The ground shown by a wall of small round lamps."""
    n = max(8, round(S / 9))
    cells = cv2.resize(ground, (n, n), interpolation=cv2.INTER_AREA)
    big = cv2.resize(cells, (S, S), interpolation=cv2.INTER_NEAREST)
    x, y = grid(S)
    d = np.hypot((x * n) % 1 - 0.5, (y * n) % 1 - 0.5)
    return big * deep(0.25 + 1.75 * (1 - smooth(d, 0.26, 0.48)))


def _tubes(passes: Passes, light: Plane) -> Plane:
    """Where the contours of the ground become light."""
    calm = blur(light.astype(np.float32), passes.S * 0.0022)
    edge = np.hypot(cv2.Sobel(calm, cv2.CV_32F, 1, 0), cv2.Sobel(calm, cv2.CV_32F, 0, 1))
    edge = smooth(edge / (np.percentile(edge, 97) + 1e-4), 0.35, 1.0)
    return unit(np.maximum(passes.bgline[..., 3] * 0.9, edge * 0.55)) * (1 - passes.alpha)


def _sign(passes: Framed, sign: Sign) -> Plane:
    """A tube bent to a simple shape, behind the figure."""
    if sign == "none":
        return np.zeros_like(passes.alpha)
    if sign == "bars":
        x, y = across(passes)
        bars = [1 - smooth(np.abs(x + y * 0.45 - at), 0.004, 0.009) for at in (0.22, 0.27, 1.12, 1.17)]
        return np.maximum.reduce(bars)
    if sign == "frame":
        return np.maximum(
            ring(badge(passes, "square", 0.455), 0, 0.010), 0.6 * ring(badge(passes, "square", 0.425), 0, 0.005)
        )
    return ring(badge(passes, BENT[sign], 0.40), 0, 0.012)


def _lamps(picture: RGB, passes: Passes, gas: RGB) -> RGB:
    """The setting's own lamps, catchlights and glowing particles."""
    S = passes.S
    lamps = passes.emit * deep(1 - passes.alpha)
    picture = 1 - (1 - picture) * unit(1 - lamps * 0.8) * unit(1 - soft(lamps, S * 0.014) * 0.9)
    sparks = passes.spec[..., :3] * deep(passes.spec[..., 3])
    picture = screen(put_spec(picture, passes), unit(soft(sparks, S * 0.009) * 0.7))
    picture = lay(picture, gas * 0.6 + 0.4, passes.fore[..., 3] * 0.8)
    return screen(picture, unit(soft(passes.fore[..., :3] * passes.fore[..., 3:] * gas, S * 0.008) * 0.8))


def _reflected(picture: RGB) -> RGB:
    """What stands above .62, mirrored below it and drawn out downwards."""
    S = picture.shape[0]
    line = int(S * 0.64)
    below = picture[np.clip(2 * line - np.arange(S), 0, S - 1)]
    return cv2.GaussianBlur(below, (0, 0), sigmaX=S * 0.002, sigmaY=S * 0.022) * 0.85


def _ramp(level: Plane, at: tuple[float, ...], colours: tuple[Colour, ...]) -> RGB:
    """Gradient map: level 0..1 to colours."""
    stops = np.stack(colours)
    return np.stack([np.interp(level, at, stops[:, i]) for i in range(3)], -1).astype(np.float32)
