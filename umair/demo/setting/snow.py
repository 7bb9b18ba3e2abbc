"""A village under snow: gabled houses, firs, one lamp."""

import numpy as np
import skia

from umair.demo.canvas.colours import mix, rgb
from umair.demo.canvas.curves import Points, ellipse, spline
from umair.demo.content import Time
from umair.demo.setting.backdrop import WHITE, Backdrop, Ground
from umair.demo.setting.hours import NIGHT_SHINE, Hour, Shine, Sky
from umair.demo.setting.sky import open_sky

AT = (0.0, 0.35, 0.62, 0.85)
HOUSES = (
    (0.02, 0.24, 0.22, "#4a4a78"),
    (0.80, 0.26, 0.25, "#54487a"),
    (0.28, 0.16, 0.14, "#5f6498"),
    (0.62, 0.17, 0.15, "#5a6096"),
)
FIRS = ((0.16, 0.74, 0.15), (0.88, 0.77, 0.17), (0.55, 0.70, 0.09), (0.02, 0.80, 0.2))
HOURS: dict[Time, Hour] = {
    "dusk": Hour(
        Sky(("#28386e", "#4a5c98", "#8a90bc", "#d8c0cc"), AT),
        Shine("#fff0dc", "#b4b8e4", "#7f86c0", 0.16, rim="#ffd9a0", bounce="#dfe8ff", rim_with_key=True),
    ),
    "day": Hour(
        Sky(("#5a9ade", "#8fc0ec", "#c4e0f4", "#f0f6fa"), AT),
        Shine("#fffaf0", "#e0ecff", "#a8b4e4", 0.07, rim="#ffffff", bounce="#eef4ff"),
        gain=1.10,
        veil="#e8f0fa",
        veiled=0.28,
        lamps=0.2,
    ),
    "morning": Hour(
        Sky(("#8aa8dc", "#b4c4e8", "#f0d4d8", "#ffe8d4"), AT),
        Shine("#fff0dc", "#e0e0f4", "#a8a4d4", 0.10, rim="#fff0d4", bounce="#f4e8f0", rim_with_key=True),
        gain=1.06,
        tint="#fff4ee",
        veil="#f4e4e4",
        veiled=0.20,
        lamps=0.5,
    ),
    "night": Hour(
        Sky(("#080e2a", "#121c4a", "#223468", "#3c548c"), AT, stars=70),
        NIGHT_SHINE,
        tint="#8a9ad8",
        gain=0.78,
        veil="#182452",
        veiled=0.10,
        lamps=1.4,
    ),
}


def draw(ground: Backdrop, time: Time) -> Ground:
    """Seen from the lane; the lamp on the side of the key."""
    open_sky(ground)
    ridge = [(0, 0.50), (0.18, 0.42), (0.33, 0.49), (0.5, 0.40), (0.7, 0.48), (0.86, 0.40), (1, 0.46), (1, 1), (0, 1)]
    far = ground.upright(0.4, 0.7, [rgb("#6a78ac"), rgb("#b8b0cc")])
    ground.area(spline(ridge, 8), rgb("#7a86b4"), shader=far)
    for x, w, h, c in HOUSES:
        _house(ground, x, w, h, c)
    for x, y, s in FIRS:
        for j in range(4):
            _bough(ground, x, y - s * (1.5 - 0.42 * j), s, s * (0.26 + 0.16 * j))
    lane = [(0, 0.76), (0.25, 0.735), (0.5, 0.755), (0.75, 0.735), (1, 0.76), (1, 1), (0, 1)]
    drift = ground.upright(0.74, 1, [rgb("#f4f5fc"), rgb("#a8b4dc")])
    ground.area(spline(lane, 8), rgb("#dfe6f6"), shader=drift, line=0.0018)
    _lamp(ground, 0.70 if ground.lx > 0 else 0.30)
    ground.soften(0.0016)
    for _ in range(150):
        x, y, r = ground.rng.random(), ground.rng.random(), ground.rng.uniform(0.0012, 0.0045)
        flake = ellipse(x, y, r, r, n=10)
        ground.area(flake, WHITE, ground.rng.uniform(0.4, 0.95), blur=r * 0.25, erase=False, lit=True)
        ground.lamp(flake, WHITE, 0.35)
    return ground.ground(dof=0.002, horizon=0.74)


def _house(ground: Backdrop, x: float, w: float, h: float, color: str) -> None:
    c, y = rgb(color), 0.72
    ground.box(x, y - h * 0.55, x + w, y + 0.06, c, line=0.002)
    gable = [(x - 0.03, y - h * 0.52), (x + w * 0.5, y - h), (x + w + 0.03, y - h * 0.52)]
    ground.area(gable, mix(c, rgb("#2a2850"), 0.4), line=0.002)
    ridge = [(x - 0.035, y - h * 0.50), (x + w * 0.5, y - h * 1.04), (x + w + 0.035, y - h * 0.50)]
    edge = [(x + w + 0.02, y - h * 0.47), (x + w * 0.75, y - h * 0.66), (x + w * 0.5, y - h * 0.86)]
    edge += [(x + w * 0.25, y - h * 0.66), (x - 0.02, y - h * 0.47)]
    ground.area(
        np.vstack([ridge, spline(edge, 5)]),
        rgb("#eef2fb"),
        line=0.0018,
        shader=_snowlit(ground, x, x + w, "#c4cdea", "#fbfcff"),
    )
    for i in range(2):
        _window(ground, x + w * (0.18 + 0.42 * i), w, y, h)


def _window(ground: Backdrop, x: float, w: float, y: float, h: float) -> None:
    pane = [(x, y - h * 0.34), (x + w * 0.22, y - h * 0.34), (x + w * 0.22, y - h * 0.08), (x, y - h * 0.08)]
    lit = ground.hour.lamps
    ground.glow(x + w * 0.11, y - h * 0.2, 0.12, rgb("#ffb860"), 0.42 * min(1.0, lit))
    ground.area(pane, mix(rgb("#8a9ac0"), rgb("#ffdf98"), min(1.0, lit)), line=0.002, lit=True)
    ground.lamp(pane, (1, 0.8, 0.45), 0.7 * min(1.0, lit))
    ground.box(x + w * 0.10, y - h * 0.34, x + w * 0.12, y - h * 0.08, rgb("#8a5a48"), erase=False)


def _bough(ground: Backdrop, x: float, y: float, s: float, w: float) -> None:
    """One tier of a fir with the snow on it."""
    right = spline([(x, y - s * 0.34), (x + w * 0.5, y), (x + w, y + s * 0.16)], 5)
    hem = [(x + w * 0.5, y + s * 0.12), (x, y + s * 0.17), (x - w * 0.5, y + s * 0.12), (x - w, y + s * 0.16)]
    left = spline([(x - w * 0.5, y), (x, y - s * 0.34)], 5)
    ground.area(np.vstack([right, spline(hem, 5), left]), rgb("#3a5078"), line=0.0018)
    ground.area(_snow_on(x, y, s, w), rgb("#f4f7fd"), shader=_snowlit(ground, x - w, x + w, "#b8c4e4", "#fbfdff"))


def _snow_on(x: float, y: float, s: float, w: float) -> Points:
    top = spline([(x, y - s * 0.36), (x + w * 0.5, y - 0.01), (x + w * 0.96, y + s * 0.13)], 5)
    hem = [(x + w * 0.55, y + s * 0.05), (x + w * 0.2, y + s * 0.08), (x - w * 0.1, y - s * 0.02)]
    hem += [(x - w * 0.55, y + s * 0.07), (x - w * 0.96, y + s * 0.13)]
    return np.vstack([top, spline(hem, 5)])


def _snowlit(ground: Backdrop, x0: float, x1: float, shadow: str, lit: str) -> skia.Shader:
    tones = [rgb(shadow), rgb(lit)]
    return ground.across(x0, x1, tones if ground.lx > 0 else tones[::-1])


def _lamp(ground: Backdrop, x: float) -> None:
    ground.box(x - 0.005, 0.34, x + 0.005, 0.80, rgb("#2c2c48"), line=0.0014)
    ground.glow(x, 0.33, 0.34, rgb("#ffcf8a"), 0.55 * ground.hour.lamps)
    head = [(x - 0.022, 0.30), (x + 0.022, 0.30), (x + 0.014, 0.35), (x - 0.014, 0.35)]
    ground.area(head, rgb("#fff0c0"), line=0.002, lit=True)
    ground.lamp(ellipse(x, 0.325, 0.02, 0.025), (1, 0.9, 0.6), min(1.0, ground.hour.lamps))
    ground.area(spline([(x - 0.03, 0.30), (x, 0.265), (x + 0.03, 0.30)], 6), rgb("#f4f7fd"), line=0.0018)
