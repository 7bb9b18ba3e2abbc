"""Towers, windows, signs and blurred lights above a river that shows them again."""

import math

import cv2
import numpy as np
import skia

from umair.demo.canvas.colours import mix, rgb
from umair.demo.canvas.curves import ellipse, ribbon
from umair.demo.content import Time
from umair.demo.setting.backdrop import BLACK, WHITE, Backdrop, Ground
from umair.demo.setting.hours import DUSK_SHINE, MORNING_SHINE, Hour, Shine, Sky
from umair.demo.setting.sky import cumulus, open_sky

QUAY = 0.83  # height of the waterline
WATER: dict[Time, str] = {"night": "#141038", "dusk": "#6a4a7c", "morning": "#a8bcd8", "day": "#4f88b8"}
AT = (0.0, 0.35, 0.62, 0.85)
WINDOWS = ("#ffd98a", "#ffb86a", "#8ae8ff", "#ff9ad8")
SIGNS = ("#ff4fb0", "#40e8ff", "#ffd24a", "#9a6aff")
BLURRED = ("#ff7ac0", "#6af0ff", "#ffd98a", "#b08aff", "#ffaa6a")
TOWERS: dict[Time, tuple[str, str, str]] = {  # far, near, what their feet fade to
    "night": ("#5a3a8a", "#0e1030", "#b04a98"),
    "dusk": ("#a06a92", "#3c2f5c", "#ffb080"),
    "morning": ("#b8c4dc", "#6f86ac", "#ffe4cc"),
    "day": ("#a8c4e0", "#5f82aa", "#e4f0f8"),
}
STONES = ("#e8dcc8", "#c8886a", "#8fb0c0", "#d8d4d8", "#6a7f98")  # by day towers show what they are built of
LIT: dict[Time, float] = {"night": 1.0, "dusk": 0.55, "morning": 0.12, "day": 0.08}  # share of windows that are lit

_NIGHT_SHINE = Shine("#dfe0ff", "#9a8ae0", "#5a4fa8", 0.22, rim="#ff7ac8", rim_right="#6af0ff", bounce="#40c8ff")
HOURS: dict[Time, Hour] = {
    "night": Hour(Sky(("#0c1038", "#231a5c", "#552a80", "#a84a90"), AT), _NIGHT_SHINE),
    "dusk": Hour(
        Sky(("#2f3f86", "#8a5a9a", "#f08878", "#ffd09a"), AT, ("#ffc8a0", "#d8848e", "#74569a"), "#f8b88c"), DUSK_SHINE
    ),
    "morning": Hour(
        Sky(("#7fb0e4", "#b8d4f0", "#f0dcd8", "#ffeed4"), AT, ("#fffaf2", "#f0dcdc", "#b4b4d8"), "#fbe8d8"),
        MORNING_SHINE,
    ),
    "day": Hour(
        Sky(("#3a80d4", "#6cb0ec", "#aedaf6", "#eaf5fb"), AT),
        Shine("#fffaf2", "#dceaff", "#a6aedc", 0.06, rim="#ffffff", bounce="#d0dcec"),
    ),
}


def draw(ground: Backdrop, time: Time) -> Ground:
    """Seen from a bridge, out of focus."""
    open_sky(ground)
    if time == "night":
        for _ in range(60):
            x, y = ground.rng.random(), ground.rng.random() * 0.4
            ground.area(ellipse(x, y, 0.0012, 0.0012, n=8), WHITE, ground.rng.uniform(0.2, 0.8), lit=True)
    else:
        cumulus(ground, 0.25 if ground.lx < 0 else 0.75, 0.52, 0.6, 0.26, ground.seed + 3)
    air = rgb(ground.hour.sky.haze if time != "night" else "#8a4a9a")
    for layer in range(3):
        _towers(ground, layer / 2, time)
        if layer < 2:
            haze = ground.upright(0.30, QUAY, [np.r_[air, 0.0], np.r_[air, 0.50 - 0.22 * layer]], lit=True)
            ground.box(0, 0.30, 1, QUAY, air, 0.5, shader=haze, erase=False, lit=True)
    if time in ("night", "dusk"):
        for _ in range(9 if time == "night" else 5):
            _sign(ground)
    ground.soften(0.0042)
    _river(ground, time)
    if time in ("night", "dusk"):
        for _ in range(34 if time == "night" else 16):
            _bokeh(ground)
    return ground.ground(dof=0, horizon=QUAY)


def _river(ground: Backdrop, time: Time) -> None:
    """The city upside down in moving water, and the quay between."""
    picture, size = ground.rgb(), ground.size
    shore = int(QUAY * size)
    rows = np.arange(shore, size)
    depth = ((rows - shore) / (size - shore))[:, None].astype(np.float32)
    mirrored = cv2.GaussianBlur(
        picture[np.clip(2 * shore - rows - 1, 0, shore - 1)], (0, 0), size * 0.002, None, size * 0.012
    )
    noise = np.random.default_rng(ground.seed + 17).standard_normal((len(rows), size)).astype(np.float32)
    wave = cv2.GaussianBlur(noise, (0, 0), sigmaX=size * 0.022, sigmaY=size * 0.0022)
    wave *= (0.003 + 0.010 * depth) / wave.std()
    x = np.arange(size, dtype=np.float32)[None] + wave * size
    y = np.arange(len(rows), dtype=np.float32)[:, None].repeat(size, 1)
    water = cv2.remap(mirrored, x.astype(np.float32), y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
    own = rgb(WATER[time]) * (1 - 0.35 * depth[..., None])
    mirror = 0.72 if time == "night" else 0.5
    picture[shore:] = (
        water * mirror
        + own * (1 - mirror)
        + np.maximum(wave, 0)[..., None] * (6.0 if time in ("day", "morning") else 3.0)
    )
    ground.repaint(picture)
    stone = mix(rgb(TOWERS[time][1]), BLACK, 0.35)
    ground.box(0, QUAY - 0.014, 1, QUAY + 0.004, stone, line=0.0014)
    for k in range(14):
        post = (k + 0.5) / 14
        ground.box(post - 0.0015, QUAY - 0.036, post + 0.0015, QUAY - 0.012, stone)
        if time in ("night", "dusk") and k % 3 == 1:
            lamp = ellipse(post, QUAY - 0.040, 0.006, 0.006, n=10)
            ground.glow(post, QUAY - 0.040, 0.06, rgb("#ffd090"), 0.6)
            ground.area(lamp, rgb("#fff0c8"), lit=True)
            ground.lamp(lamp, rgb("#ffd090"), 0.9)
    ground.box(0, QUAY - 0.037, 1, QUAY - 0.033, stone)


def _towers(ground: Backdrop, t: float, time: Time) -> None:
    """One row of towers; t: 0 far, 1 near."""
    rng = ground.rng
    far, near, foot = (rgb(c) for c in TOWERS[time])
    row, x = mix(far, near, t), -0.05
    stone = np.random.default_rng(ground.seed + 61 + int(2 * t))
    while x < 1.05:
        base = row if time in ("night", "dusk") else mix(row, rgb(STONES[stone.integers(0, 5)]), 0.25 + 0.35 * t)
        w = rng.uniform(0.06, 0.14) * (0.7 + 0.6 * t)
        middle = math.exp(-(((x + w / 2 - 0.5) / 0.28) ** 2))
        top = rng.uniform(0.18, 0.50) + 0.10 * (1 - t) - 0.08 * t + 0.18 * middle * t
        face = ground.upright(top, 1, [base, mix(base, foot, 0.25 * (1 - t) + 0.06)])
        corners = [(x, top), (x + w, top), (x + w, 1), (x, 1)]
        ground.area(corners, base, shader=face, line=0.0014, lcol=mix(base, BLACK, 0.5))
        if rng.random() < 0.35:
            ground.box(x + w * 0.4, top - 0.05, x + w * 0.43, top, base)
        _windows(ground, x, w, top, t, base, time)
        x += w + rng.uniform(-0.01, 0.012)


def _windows(ground: Backdrop, x: float, w: float, top: float, t: float, base: np.ndarray, time: Time) -> None:
    rng = ground.rng
    sx, sy = 0.010 + 0.004 * t, 0.013 + 0.005 * t
    lamp = rgb(WINDOWS[rng.integers(0, 4)])
    glass = mix(base, rgb("#3f6488") if time in ("day", "morning") else BLACK, 0.35 + 0.2 * t)
    yy = top + 0.012
    while yy < 0.92:
        xx = x + 0.008
        while xx < x + w - 0.010:
            if rng.random() < (0.42 if time in ("night", "dusk") else 0.86):
                q = [(xx, yy), (xx + sx * 0.62, yy), (xx + sx * 0.62, yy + sy * 0.55), (xx, yy + sy * 0.55)]
                dim = rng.random()
                burns = time == "night" or rng.random() < LIT[time]
                ground.area(q, mix(lamp, base, dim * 0.6) if burns else glass, 0.95, erase=False)
                if rng.random() < 0.3 and burns:
                    ground.lamp(q, lamp, 0.5)
            xx += sx
        yy += sy
    if time in ("day", "morning") and t > 0.2:  # the side in the sun, and the sky in its glass
        side = (x, x + w * 0.3) if ground.lx < 0 else (x + w * 0.7, x + w)
        ground.box(side[0], top, side[1], 1, rgb("#fff6e0"), 0.16 + 0.10 * t, erase=False)


def _sign(ground: Backdrop) -> None:
    rng = ground.rng
    x = rng.choice([rng.uniform(0.0, 0.30), rng.uniform(0.72, 0.98)])
    y, c = rng.uniform(0.36, 0.82), rgb(SIGNS[rng.integers(0, 4)])
    w, h = (0.016, rng.uniform(0.06, 0.14)) if rng.random() < 0.7 else (rng.uniform(0.05, 0.1), 0.018)
    ground.glow(x + w / 2, y + h / 2, max(w, h) * 1.6, c, 0.45)
    ground.box(x, y, x + w, y + h, mix(c, BLACK, 0.55), lit=True)
    ground.box(x + 0.003, y + 0.003, x + w - 0.003, y + h - 0.003, mix(c, WHITE, 0.35), lit=True)
    ground.lamp([(x, y), (x + w, y), (x + w, y + h), (x, y + h)], c, 0.9)
    for q in range(4 if h > w else 0):
        y0, y1 = y + h * (q + 0.35) / 4, y + h * (q + 0.62) / 4
        ground.box(x + 0.004, y0, x + w - 0.004, y1, mix(c, BLACK, 0.6), erase=False, lit=True)


def _bokeh(ground: Backdrop) -> None:
    """A light out of focus: a flat disk with a brighter rim."""
    rng, screen = ground.rng, skia.BlendMode.kScreen
    x, y, r = rng.random(), 0.45 + 0.55 * rng.random(), rng.uniform(0.012, 0.045)
    c = rgb(BLURRED[rng.integers(0, 5)])
    disk, edge = ellipse(x, y, r, r), ellipse(x, y, r * 0.96, r * 0.96)
    ground.area(disk, c, 0.20 + 0.2 * rng.random(), mode=screen, lit=True)
    rim = ribbon(np.vstack([edge, edge[:1]]), r * 0.05)
    ground.area(rim, mix(c, WHITE, 0.4), 0.35, erase=False, mode=screen, lit=True)
    ground.lamp(disk, c, 0.25)
