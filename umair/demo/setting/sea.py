"""A shore and a low sun (or moon) over the water."""

import math

import numpy as np

from umair.demo.canvas.colours import Colour, mix, rgb
from umair.demo.canvas.curves import ellipse, spline
from umair.demo.content import Time
from umair.demo.setting.backdrop import Backdrop, Ground
from umair.demo.setting.hours import Hour, Shine, Sky
from umair.demo.setting.sea_hours import WATERS, Water
from umair.demo.setting.sky import cumulus, open_sky

LEVEL = 0.62  # the horizon
DUSK = Hour(
    sky=Sky(
        cols=("#33356e", "#7a4f8e", "#d9728a", "#f7a873", "#ffdf9e"),
        at=(0, 0.22, 0.42, 0.54, 0.62),
        cloud=("#ffd2a8", "#e58f9a", "#8a5c98"),
        haze="#f8b080",
    ),
    shine=Shine("#ffd2a0", "#e8a0a8", "#8a6aa8", 0.22, rim="#ffd9a0", bounce="#c07aa0", rim_with_key=True),
)
MORNING = Hour(
    sky=Sky(
        cols=("#6fa4dc", "#a8c8ec", "#e8d8e4", "#ffe0c0", "#fff4d8"),
        at=(0, 0.22, 0.42, 0.54, 0.62),
        cloud=("#fffaf0", "#f4dcd8", "#b0a8d4"),
        haze="#fde8d0",
    ),
    shine=Shine("#fff0d8", "#e4e2f4", "#a89cd0", 0.10, rim="#fff2d8", bounce="#c8d8f0", rim_with_key=True),
)
DAY = Hour(
    sky=Sky(
        cols=("#2a74d0", "#5aa6ea", "#8cc8f4", "#bfe2f8", "#e4f4fb"),
        at=(0, 0.22, 0.42, 0.54, 0.62),
        cloud=("#ffffff", "#e6eefb", "#a9c6ea"),
        haze="#dceefa",
    ),
    shine=Shine("#fffaf0", "#dcecff", "#a4aee0", 0.06, rim="#ffffff", bounce="#a8e0f0", rim_with_key=True),
)
NIGHT = Hour(
    sky=Sky(
        cols=("#0a1034", "#162658", "#28427c", "#3f619c", "#6f92c0"),
        at=(0, 0.22, 0.42, 0.54, 0.62),
        cloud=("#94a8d8", "#5468a4", "#2c3c70"),
        haze="#5a78ac",
        stars=110,
    ),
    shine=Shine("#dce8ff", "#8a9adc", "#4f5aa0", 0.20, rim="#cfe0ff", bounce="#5a80c8", rim_with_key=True),
)
HOURS: dict[Time, Hour] = {"dusk": DUSK, "day": DAY, "morning": MORNING, "night": NIGHT}


def draw(ground: Backdrop, time: Time) -> Ground:
    """Seen from the beach, the light low on the side of the key."""
    water = WATERS[time]
    sun = 0.78 if ground.lx > 0 else 0.22
    open_sky(ground)
    _streaks(ground, water)
    cumulus(ground, 1 - sun, LEVEL + 0.01, 0.62, 0.30, ground.seed + 2)
    _sun(ground, sun, water)
    depth = ground.upright(LEVEL, 1, [rgb(c) for c in water.depth], [0, 0.18, 0.55, 1], lit=True)
    ground.box(0, LEVEL, 1, 1, rgb(water.depth[2]), shader=depth, line=0.0016, lit=True)
    _waves(ground, sun, water)
    cape = [(0, 0.585), (0.1, 0.590), (0.18, 0.605), (0.28, 0.622), (0, 0.622)]
    ground.area(spline(cape if ground.lx > 0 else [(1 - x, y) for x, y in cape], 6), rgb(water.cape), lit=True)
    return ground.ground(dof=0.001, horizon=LEVEL)


def _streaks(ground: Backdrop, water: Water) -> None:
    """Long thin clouds, lit from below."""
    rng, (high, low, under) = ground.rng, (rgb(c) for c in water.streaks)
    for _ in range(26):
        y, w, x = rng.uniform(0.04, 0.56), rng.uniform(0.15, 0.6), rng.uniform(-0.1, 1.1)
        t = y / 0.56
        color = mix(high, low, t)
        upper = [(x - w * 0.5, y), (x - w * 0.2, y - 0.012 - 0.010 * rng.random())]
        upper += [(x + w * 0.1, y - 0.016 * rng.random() - 0.004), (x + w * 0.5, y + 0.002)]
        outline = spline([*upper, (x + w * 0.1, y + 0.008), (x - w * 0.2, y + 0.006)], 6, closed=True)
        ground.area(outline, color, water.streaked, blur=0.0035, lit=True)
        light = mix(color, under, 0.7)
        ground.area(outline + np.array((0, 0.004)), light, water.streaked * 0.73, blur=0.003, lit=True)


def _sun(ground: Backdrop, x: float, water: Water) -> None:
    y = LEVEL - water.height
    ground.glow(x, y, 0.55, rgb(water.glow[0]), 0.6 * water.glows)
    ground.glow(x, y, 0.22, rgb(water.glow[1]), 0.8 * water.glows)
    r = water.radius
    disk = ellipse(x, y, r, r)
    ground.area(disk, rgb(water.disk), lit=True)
    ground.lamp(disk, (1, 0.92, 0.7) if water.warm else (0.85, 0.9, 1.0))


def _waves(ground: Backdrop, sun: float, water: Water) -> None:
    """Flat ellipses, larger with nearness, gilded under the sun."""
    rng = ground.rng
    dark, mid, gold, spark = (rgb(c) for c in water.waves)
    for _ in range(420):
        t = rng.random() ** 1.7
        y, w, h = LEVEL + 0.006 + t * 0.38, 0.006 + 0.09 * t * rng.random(), 0.0012 + 0.006 * t
        x = rng.uniform(0, 1)
        near = math.exp(-(((x - sun) / (0.05 + 0.16 * t)) ** 2))
        color: Colour = mix(mix(dark, mid, rng.random()), gold, near * rng.random())
        ground.area(ellipse(x, y, w, h, n=12), color, 0.35 + 0.5 * near, erase=False, lit=True)
        if near > 0.75 and rng.random() < 0.4:
            ground.area(ellipse(x, y, w * 0.5, h * 0.7, n=10), spark, 0.95, erase=False, lit=True)
            ground.lamp(ellipse(x, y, w * 0.5, h * 0.6, n=10), (1, 0.9, 0.6), 0.6)
