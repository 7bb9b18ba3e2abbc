"""Trunks at four depths, leaves, shafts of light."""

import numpy as np
import skia

from umair.demo.canvas.colours import Colour, mix, rgb
from umair.demo.canvas.curves import ellipse, spline
from umair.demo.content import Time
from umair.demo.setting.backdrop import Backdrop, Ground
from umair.demo.setting.foliage import foliage
from umair.demo.setting.hours import Hour, Shine, Sky

AT = (0.0, 0.35, 0.65, 1.0)
DEPTHS = ("#9fd0a4", "#6fae8c", "#3f8070", "#1c4a48")  # far to near
TRUNKS, DEEP, SUNLIT = (9, 7, 6, 4), rgb("#0c3038"), rgb("#f0ffd0")
HOURS: dict[Time, Hour] = {
    "day": Hour(
        Sky(("#e6f6d0", "#c4e6b0", "#8cc49a", "#4a8a72"), AT, haze="#edfacc"),
        Shine("#fffbe0", "#c8e6b8", "#7aa098", 0.14, rim="#fbffd0", bounce="#a8d890", rim_with_key=True),
    ),
    "morning": Hour(
        Sky(("#f8ecd8", "#e0e4c4", "#a8c4b0", "#6a9a8c"), AT, haze="#fdf2dc"),
        Shine("#fff2d4", "#dce0d0", "#94a0b0", 0.12, rim="#fff4d0", bounce="#d8d8a8", rim_with_key=True),
        tint="#fff2e4",
        veil="#f6ecd8",
        veiled=0.14,
    ),
    "dusk": Hour(
        Sky(("#ffd890", "#f0a878", "#b0788a", "#5a4a78"), AT, haze="#ffcf94"),
        Shine("#ffdca4", "#d8a0a0", "#7a5f94", 0.20, rim="#ffd48a", bounce="#d88a6a", rim_with_key=True),
        tint="#f2a878",
        gain=0.94,
        veil="#c8705a",
        veiled=0.10,
    ),
    "night": Hour(
        Sky(("#5a86b4", "#34608c", "#1c3c64", "#0c1e40"), AT, haze="#7aa4cc"),
        Shine("#d8e8ff", "#86a4d4", "#486090", 0.20, rim="#c8e4ff", bounce="#4a8aa8", rim_with_key=True),
        tint="#5f86b8",
        gain=0.72,
        veil="#12284c",
        veiled=0.18,
    ),
}


def draw(ground: Backdrop, time: Time) -> Ground:
    """Seen along a clearing, against the light."""
    lx, rng, hour = ground.lx, ground.rng, ground.hour
    ground.wash(hour.sky.cols, hour.sky.at)
    beam = rgb(hour.sky.haze)
    ground.glow(0.5 + 0.28 * lx, 0.05, 0.8, mix(beam, rgb("#fff8c0"), 0.6) if time == "day" else beam, 0.55)
    for layer in range(4):
        _layer(ground, layer)
        air = 0.16 * (1 - layer / 3)
        ground.repaint(ground.rgb() * (1 - air) + rgb(hour.sky.haze) * air)
        ground.soften(0.0035 * (1 - layer / 3))
    for j in range(6):
        x, w = 0.5 + 0.30 * lx + (j - 2.5) * 0.11, rng.uniform(0.02, 0.05)
        shaft = [(x, -0.05), (x + w, -0.05), (x + w * 2.4 - lx * 0.40, 1.05), (x - w - lx * 0.40, 1.05)]
        light = mix(beam, rgb("#fffbd0"), 0.5)
        ground.area(shaft, light, 0.13, blur=0.012, erase=False, mode=skia.BlendMode.kScreen, lit=True)
    for _ in range(40):
        x, y, r = rng.random(), rng.random(), rng.uniform(0.002, 0.007)
        mote = ellipse(x, y, r, r, n=12)
        ground.area(mote, mix(beam, rgb("#fffcd8"), 0.7), 0.5 * rng.random() + 0.2, erase=False, lit=True)
        ground.lamp(mote, (1, 1, 0.8), 0.3)
    return ground.ground(dof=0.002, horizon=0.85)


def _layer(ground: Backdrop, layer: int) -> None:
    t, c, rng = layer / 3, rgb(DEPTHS[layer]), ground.rng
    for j in range(TRUNKS[layer]):
        _trunk(ground, rng.random() if layer < 3 else (-0.02, 0.13, 0.90, 1.02)[j], t, c)
    leaves = [mix(c, DEEP, 0.25 * t), c, mix(c, rgb("#e6f690"), 0.4), mix(c, rgb("#fbffc8"), 0.72)]
    for j in range(6):
        x = j / 5 + rng.uniform(-0.08, 0.08)
        edge = abs(x - 0.5) * 2
        if t > 0.6 and edge < 0.45:  # leave the middle to whoever stands there
            continue
        y = 0.16 - 0.06 * t - 0.04 + 0.24 * edge * t * rng.random()
        h, size = 0.22 + 0.16 * t * edge, 0.026 + 0.008 * t
        foliage(ground, x, y, 0.36, h, leaves, n=95, size=size, seed=ground.seed + layer * 17 + j)
    floor = [mix(c, DEEP, 0.25 * t), c, mix(c, rgb("#dff090"), 0.35)]
    foliage(ground, 0.5, 0.90 + 0.05 * t, 1.3, 0.22, floor, n=200, size=0.028, seed=ground.seed + 50 + layer)


def _trunk(ground: Backdrop, x: float, t: float, c: Colour) -> None:
    w = (0.010 + 0.020 * t) * ground.rng.uniform(0.8, 1.4)
    left = spline([(x - w * 0.8, -0.02), (x - w * 0.7, 0.5), (x - w * 1.3, 0.98)], 6)
    right = spline([(x + w * 1.5, 0.98), (x + w * 0.8, 0.5), (x + w * 0.7, -0.02)], 6)
    round_ = [mix(c, SUNLIT, 0.35), c, mix(c, rgb("#0c2a30"), 0.4)]
    shader = ground.across(x - w, x + w, round_ if ground.lx < 0 else round_[::-1])
    ground.area(np.vstack([left, right]), c, shader=shader, line=0.0016 if t > 0.4 else 0)
