"""An avenue in autumn: three palettes at three depths, fallen leaves."""

import numpy as np
import skia

from umair.demo.canvas.colours import mix, rgb
from umair.demo.canvas.curves import bez, ellipse, ribbon, spline
from umair.demo.content import Time
from umair.demo.setting.backdrop import Backdrop, Ground
from umair.demo.setting.foliage import foliage, leaf
from umair.demo.setting.hours import DUSK, NIGHT, Hour, Shine, Sky
from umair.demo.setting.sky import stars

AT = (0.0, 0.3, 0.58, 0.8)
LANTERNS = ((0.435, 0.10), (0.575, 0.12), (0.335, 0.42), (0.69, 0.5))  # place, nearness
PALETTES = (
    ("#6a2030", "#b03a2c", "#e8703a", "#ffb45a"),
    ("#8a4a1c", "#d88a2a", "#f8c048", "#fff0a0"),
    ("#7a2a2a", "#d0502c", "#f89a48", "#ffdc88"),
)
DEPTHS = ((0.25, (0.40, 0.60, 0.34, 0.67)), (0.55, (0.24, 0.77)), (1.0, (0.04, 0.97)))  # nearness, trunks
CROWN = ((0, -1.02, 0.62), (-0.22, -0.88, 0.44), (0.22, -0.86, 0.46), (0, -0.78, 0.5))
HOURS: dict[Time, Hour] = {
    "day": Hour(
        Sky(("#8fc8ec", "#c4e2ee", "#f8ecd0", "#fbd8a0"), AT),
        Shine("#fff0d0", "#f4dcc0", "#b888a8", 0.12, rim="#ffe8b0", bounce="#ffb870", rim_with_key=True),
    ),
    "morning": Hour(
        Sky(("#a8cce8", "#d4e0e4", "#fbe8d8", "#fff0d0"), AT),
        Shine("#fff2dc", "#ece4e4", "#b49cb8", 0.10, rim="#fff4d8", bounce="#f4d8b8", rim_with_key=True),
        tint="#fff2ea",
        veil="#fbecdc",
        veiled=0.16,
    ),
    "dusk": Hour(DUSK.sky, DUSK.shine, tint="#e89a86", gain=0.92, veil="#a85a7a", veiled=0.10),
    "night": Hour(NIGHT.sky, NIGHT.shine, tint="#8484c4", gain=0.78, veil="#262c64", veiled=0.10),
}


def draw(ground: Backdrop, time: Time) -> Ground:
    """Seen along the avenue."""
    ground.wash(ground.hour.sky.cols, ground.hour.sky.at)
    stars(ground, ground.hour.sky.stars, 0.4)
    if time != "night":
        ground.glow(0.5 + 0.2 * ground.lx, 0.40, 0.6, rgb("#fff0b8") if time != "dusk" else rgb("#ffb070"), 0.55)
    _ground_and_path(ground)
    for t, places in DEPTHS:
        for i, x in enumerate(places):
            _tree(ground, x, t, PALETTES[(i + int(t * 4)) % 3])
        ground.soften(0.0020 * (1 - t))
    if time in ("dusk", "night"):
        for x, near in LANTERNS:
            _lantern(ground, x, near)
    rng = ground.rng
    for j in range(170):
        y = 0.68 + 0.31 * rng.random() ** 0.8
        s, x = 0.004 + 0.012 * (y - 0.66) / 0.34, rng.random()
        fallen = leaf(s) * (1, 0.55) + np.array((x, y))
        ground.area(fallen, rgb(PALETTES[j % 3][1 + j % 3]), 0.95, erase=False)
    return ground.ground(dof=0.0015, horizon=0.66)


def _ground_and_path(ground: Backdrop) -> None:
    hills = [(0, 0.58), (0.25, 0.52), (0.45, 0.57), (0.7, 0.51), (1, 0.56), (1, 1), (0, 1)]
    air = ground.upright(0.5, 0.7, [rgb("#b8a0b4"), rgb("#f0c8a0")])
    ground.area(spline(hills, 8), rgb("#c8a0a0"), shader=air)
    ground.box(0, 0.66, 1, 1, rgb("#c8a468"), shader=ground.upright(0.66, 1, [rgb("#f0cf88"), rgb("#b8823f")]))
    path = [(0.465, 0.66), (0.535, 0.66), (0.92, 1), (0.08, 1)]
    paved = ground.upright(0.66, 1, [rgb("#fbeed0"), rgb("#c8b098")])
    ground.area(path, rgb("#e8d8c0"), shader=paved, line=0.0016)


def _lantern(ground: Backdrop, x: float, near: float) -> None:
    """A lamp at the edge of the path, its halo, and its light on the paving."""
    foot, high, thick = 0.66 + 0.26 * near, 0.10 + 0.26 * near, 0.0022 + 0.004 * near
    top, r = foot - high, 0.008 + 0.014 * near
    pool = ellipse(x, foot, 0.05 + 0.16 * near, 0.008 + 0.03 * near)
    ground.area(pool, rgb("#ffc878"), 0.34, blur=0.012, erase=False, mode=skia.BlendMode.kScreen, lit=True)
    ground.box(x - thick, top, x + thick, foot, rgb("#3a2c34"), line=0.0012)
    ground.glow(x, top, 0.10 + 0.20 * near, rgb("#ffc070"), 0.55)
    globe = ellipse(x, top, r, r * 1.15)
    ground.area(globe, rgb("#fff0c4"), line=0.0014, lit=True)
    ground.lamp(globe, rgb("#ffd490"), 0.9)


def _tree(ground: Backdrop, x: float, t: float, palette: tuple[str, ...]) -> None:
    base, h, w = 0.66 + 0.20 * t, 0.20 + 0.42 * t, 0.008 + 0.020 * t
    bark = mix(rgb("#a07a80"), rgb("#4a2c2c"), t)
    left = spline([(x - w, base), (x - w * 0.6, base - h * 0.5), (x - w * 0.5, base - h)], 6)
    right = spline([(x + w * 0.5, base - h), (x + w * 0.6, base - h * 0.5), (x + w * 1.1, base)], 6)
    ground.area(np.vstack([left, right]), bark, line=0.0016 * t)
    for a in (-1, 1):
        bough = bez(
            (x, base - h * 0.62),
            (x + a * h * 0.10, base - h * 0.75),
            (x + a * h * 0.18, base - h * 0.85),
            (x + a * h * 0.24, base - h * 0.98),
            8,
        )
        ground.area(ribbon(bough, np.linspace(w * 0.5, w * 0.15, 8)), bark)
    paler = [mix(rgb(c), rgb("#f8d8a8"), 0.40 * (1 - t)) for c in palette]
    for dx, dy, width in CROWN:
        foliage(
            ground,
            x + dx * h * 0.9,
            base + dy * h,
            width * h,
            0.36 * h,
            paler,
            n=int(60 + 60 * t),
            size=0.012 + 0.013 * t,
            seed=ground.seed + int(x * 90) + int(dx * 10),
        )
