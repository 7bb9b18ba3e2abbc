"""A torii at the top of the steps, lanterns, trees."""

import math

import numpy as np

from umair.demo.canvas.colours import Colour, mix, radial, rgb
from umair.demo.canvas.curves import ellipse, ribbon, spline
from umair.demo.content import Time
from umair.demo.setting.backdrop import WHITE, Backdrop, Ground
from umair.demo.setting.foliage import foliage
from umair.demo.setting.hours import NIGHT_SHINE, Hour, Shine, Sky
from umair.demo.setting.sky import cumulus, moon, open_sky

AT = (0.0, 0.35, 0.62, 0.85)
VERMILION, DARK_RED, ROOF = rgb("#d8402c"), rgb("#8a2438"), rgb("#2a2038")
LEAVES: dict[Time, tuple[str, str, str, str]] = {
    "dusk": ("#16244a", "#20385c", "#2f5468", "#4f7a70"),
    "night": ("#0a1430", "#122446", "#1c3a54", "#2c5660"),
    "day": ("#1f5a44", "#3a8a54", "#74b85e", "#c0e07a"),
    "morning": ("#2a5a58", "#4f8a68", "#8ab878", "#d8e4a0"),
}
HILLS: dict[Time, tuple[str, str]] = {
    "dusk": ("#54508c", "#b07a98"),
    "night": ("#1c2858", "#3a4a80"),
    "day": ("#7fb0c0", "#c4e0d0"),
    "morning": ("#9aa8cc", "#f0d8c8"),
}
STEPS: dict[Time, tuple[str, str, str]] = {  # upper, lower, edge
    "dusk": ("#a890a8", "#5f5a86", "#e8c0b0"),
    "night": ("#5f6a98", "#343c68", "#8f9ccc"),
    "day": ("#d4d0c4", "#9a9c98", "#f8f4e8"),
    "morning": ("#d0c4c4", "#948ca0", "#fbe8d4"),
}
HOURS: dict[Time, Hour] = {
    "dusk": Hour(
        Sky(("#1d2a5e", "#3e4a8c", "#8a6aa0", "#f0a08a"), AT),
        Shine("#ffe6c4", "#b09ad0", "#7a66b0", 0.16, rim="#ffb46a", bounce="#ff9a5a"),
    ),
    "night": Hour(
        Sky(("#080e2c", "#141f50", "#26376e", "#42588e"), AT, stars=100), NIGHT_SHINE, tint="#b4b4e0", gain=0.82
    ),
    "day": Hour(
        Sky(("#4a92dc", "#7fbcf0", "#b8e0f6", "#eef8f0"), AT, ("#ffffff", "#e8f0fa", "#b4cce8"), "#e0f0f8"),
        Shine("#fffaec", "#dcecf0", "#9fa8d0", 0.07, rim="#ffffff", bounce="#e8dcc0"),
        tint="#fffdf8",
        gain=1.14,
    ),
    "morning": Hour(
        Sky(("#86b0de", "#b8d0ea", "#f4dcd4", "#fff0d4"), AT, ("#fffaf2", "#f2dcd8", "#b4b0d4"), "#fbe8d8"),
        Shine("#fff0d6", "#e0e0f0", "#a89cc8", 0.10, rim="#fff2d4", bounce="#f0d8c0"),
        tint="#fff6ee",
        gain=1.08,
    ),
}


def draw(ground: Backdrop, time: Time) -> Ground:
    """Seen from the middle of the steps."""
    open_sky(ground)
    if time == "dusk":
        for _ in range(40):
            x, y = ground.rng.random(), ground.rng.random() * 0.35
            ground.area(ellipse(x, y, 0.0013, 0.0013, n=8), WHITE, ground.rng.uniform(0.3, 0.9), lit=True)
    elif time == "night":
        moon(ground, 0.26 if ground.lx < 0 else 0.74, 0.10, 0.03)
    else:
        cumulus(ground, 0.3 if ground.lx < 0 else 0.7, 0.5, 0.6, 0.2, ground.seed + 3)
    _hills(ground, time)
    leaves = [rgb(c) for c in LEAVES[time]]
    for x, y, w, h in (
        (0.04, 0.52, 0.5, 0.6),
        (0.97, 0.50, 0.5, 0.62),
        (0.24, 0.66, 0.3, 0.3),
        (0.80, 0.68, 0.3, 0.26),
    ):
        foliage(ground, x, y, w, h, leaves, n=230, size=0.034, seed=ground.seed + int(x * 100))
    _steps(ground, time)
    _torii(ground)
    _rope(ground)
    places = ((0.10, 0.42, 0.055), (0.90, 0.44, 0.055), (0.055, 0.60, 0.065), (0.945, 0.62, 0.065))
    for x, y, s in (*places, (0.20, 0.58, 0.036), (0.80, 0.59, 0.036)):
        lantern(ground, x, y, s, burns=time in ("dusk", "night"))
    ground.soften(0.0012)
    return ground.ground(dof=0.002, horizon=0.78)


def lantern(ground: Backdrop, x: float, y: float, s: float, color: str = "#ff8a3a", burns: bool = True) -> None:
    """A paper lantern; s is about its height."""
    c: Colour = rgb(color) if burns else rgb("#f4e8d8")
    if burns:
        ground.glow(x, y, s * 3.2, c, 0.40)
    heart = [rgb("#fff0b8"), mix(c, rgb("#ffd070"), 0.5), c, mix(c, rgb("#8a1a10"), 0.5 if burns else 0.15)]
    paper = radial((x, y), s * 0.9, heart, [0, 0.35, 0.75, 1])
    ground.area(ellipse(x, y, s * 0.62, s * 0.80), c, shader=paper, line=0.0022, lit=True)
    for j in range(-3, 4):
        reach = s * 0.62 * math.sqrt(max(0, 1 - (j / 4) ** 2))
        rib = [(x - reach, y + j * s * 0.2), (x, y + j * s * 0.2 + s * 0.03), (x + reach, y + j * s * 0.2)]
        ground.area(ribbon(spline(rib, 6), s * 0.012), mix(c, rgb("#7a1a10"), 0.6), 0.7, erase=False, lit=True)
    for side in (-1, 1):
        end = y + side * s * 0.80
        ground.box(x - s * 0.3, end - s * 0.09, x + s * 0.3, end + s * 0.09, rgb("#2a1420"))
    if burns:
        ground.lamp(ellipse(x, y, s * 0.55, s * 0.7), (1, 0.75, 0.4), 0.8)


def _hills(ground: Backdrop, time: Time) -> None:
    ridge = [(0, 0.56), (0.2, 0.50), (0.38, 0.545), (0.6, 0.50), (0.8, 0.54), (1, 0.49), (1, 1), (0, 1)]
    high, low = (rgb(c) for c in HILLS[time])
    ground.area(spline(ridge, 8), high, shader=ground.upright(0.5, 0.8, [high, low], lit=True), lit=True)


def _steps(ground: Backdrop, time: Time) -> None:
    upper, lower, edge = (rgb(c) for c in STEPS[time])
    for j in range(9):
        y, w = 0.80 + 0.022 * j * (1 + 0.05 * j), 0.16 + 0.05 * j
        tread = [(0.5 - w, y), (0.5 + w, y), (0.5 + w + 0.03, y + 0.03), (0.5 - w - 0.03, y + 0.03)]
        ground.area(tread, mix(upper, lower, j / 9), line=0.0014, lit=True)
        ground.box(0.5 - w, y, 0.5 + w, y + 0.005, edge, erase=False, lit=True)


def _torii(ground: Backdrop) -> None:
    warm = mix(VERMILION, rgb("#ffb070"), 0.5)
    for side in (-1, 1):
        foot, head = 0.5 + side * 0.335, 0.5 + side * 0.300
        round_ = [warm, VERMILION, DARK_RED] if ground.lx < 0 else [DARK_RED, VERMILION, warm]
        post = [(head - 0.026, 0.20), (head + 0.026, 0.20), (foot + 0.031, 0.86), (foot - 0.031, 0.86)]
        ground.area(post, VERMILION, shader=ground.across(head - 0.03, head + 0.03, round_), line=0.003)
        base = [(foot - 0.040, 0.80), (foot + 0.040, 0.80), (foot + 0.044, 0.88), (foot - 0.044, 0.88)]
        ground.area(base, ROOF, line=0.002)
    beam = ground.upright(0.285, 0.325, [mix(VERMILION, rgb("#ff9a70"), 0.4), VERMILION, DARK_RED])
    ground.box(0.135, 0.285, 0.865, 0.325, VERMILION, shader=beam, line=0.003)
    ground.box(0.46, 0.20, 0.54, 0.29, rgb("#3a2a44"), line=0.003)
    ground.box(0.472, 0.212, 0.528, 0.278, rgb("#e8b850"))
    lower = ground.upright(0.13, 0.22, [VERMILION, DARK_RED])
    ground.area(_lintel((0.115, 0.150, 0.160), (0.20, 0.215, 0.220), 0.03, 0.045), VERMILION, shader=lower, line=0.003)
    ground.area(_lintel((0.085, 0.128, 0.138), (0.135, 0.165, 0.172), 0.015, 0.025), ROOF, line=0.003)


def _lintel(top: tuple[float, float, float], foot: tuple[float, float, float], x0: float, x1: float) -> np.ndarray:
    """A beam that rises to both ends: heights at the end, the quarter and the middle of its two edges."""
    upper = [(x0, top[0]), (0.25, top[1]), (0.5, top[2]), (0.75, top[1]), (1 - x0, top[0])]
    under = [(1 - x1, foot[0]), (0.75, foot[1]), (0.5, foot[2]), (0.25, foot[1]), (x1, foot[0])]
    return np.vstack([spline(upper, 8), spline(under, 8)])


def _rope(ground: Backdrop) -> None:
    """The straw rope with its paper streamers."""
    rope = spline([(0.20, 0.335), (0.35, 0.375), (0.5, 0.388), (0.65, 0.375), (0.80, 0.335)], 10)
    ground.area(ribbon(rope, 0.010), rgb("#e0c890"), line=0.002)
    fold = [(0, 0.38), (0.018, 0.385), (0.006, 0.41), (0.024, 0.415), (0.010, 0.45), (-0.006, 0.445)]
    fold += [(0.006, 0.418), (-0.01, 0.412)]
    for x in (0.32, 0.44, 0.56, 0.68):
        ground.area([(x + dx, y) for dx, y in fold], rgb("#fbf8f2"), line=0.0016)
