"""A café: one window, shelves of bottles, three lamps, a counter."""

import numpy as np
import skia

from umair.demo.canvas.colours import mix, rgb
from umair.demo.canvas.curves import ellipse, spline
from umair.demo.content import Time
from umair.demo.setting.backdrop import WHITE, Backdrop, Ground
from umair.demo.setting.foliage import foliage
from umair.demo.setting.hours import Hour, Shine, Sky

BOTTLES = ("#c85a4a", "#e8b86a", "#5a8a7a", "#e8dcc0", "#8a5a6a", "#d88a4a", "#7aa0b0")
FRAME, WOOD = rgb("#4a2e22"), rgb("#8a5c3c")
AT = (0.0, 0.5, 1.0)
OUTSIDE: dict[Time, tuple[tuple[str, ...], tuple[str, ...], str]] = {  # tree, bush, pavement behind the glass
    "day": (("#5f9a6a", "#8fc27a", "#c4e28a", "#eef6b8"), ("#4f8a5e", "#86b86a", "#c4e28a"), "#d8c8a8"),
    "morning": (("#7a9a8a", "#a8c294", "#dce0a8", "#fff2c8"), ("#6a8a7a", "#9ab88a", "#d8d8a0"), "#e4d0b8"),
    "dusk": (("#4a3a5a", "#7a4a5a", "#b8685a", "#f0a068"), ("#3f3454", "#6a4458", "#a8605a"), "#8a5f68"),
    "night": (("#141c3c", "#1e2e50", "#2c4462", "#40607a"), ("#121a38", "#1c2c4c", "#2a4460"), "#2a3056"),
}
_SHINE = Shine("#fff4e2", "#f0d2b4", "#b08a90", 0.12, rim="#fff0d0", bounce="#ffb878", rim_with_key=True)
_LAMPLIGHT = Shine("#ffe2b4", "#d8a888", "#8a6480", 0.18, rim="#ffd08a", bounce="#ff9a5a", rim_with_key=True)
HOURS: dict[Time, Hour] = {
    "day": Hour(Sky(("#bfe2f4", "#f4f2d8", "#dfe8b8"), AT), _SHINE),
    "morning": Hour(Sky(("#cfe0f4", "#fbe6d4", "#fff0cc"), AT), _SHINE, tint="#fff4ec", gain=1.06),
    "dusk": Hour(Sky(("#5a4a8c", "#e08078", "#ffc080"), AT), _LAMPLIGHT, tint="#f4c8b4", gain=0.88, lamps=1.5),
    "night": Hour(Sky(("#0c1434", "#1c2a5a", "#34507c"), AT), _LAMPLIGHT, tint="#e0b8a8", gain=0.74, lamps=1.9),
}


def draw(ground: Backdrop, time: Time) -> Ground:
    """Seen from a table; the window on the side of the key."""
    walls = [rgb("#5a3a2c"), rgb("#8a5c3e"), rgb("#6a4230")]
    ground.box(0, 0, 1, 1, walls[1], shader=ground.upright(0, 1, walls))
    _window(ground, time)
    _shelves(ground)
    _counter(ground)
    for x, y in ((0.20, 0.14), (0.52, 0.09), (0.83, 0.15)):
        _pendant(ground, x, y)
    ground.soften(0.0022)
    for _ in range(9):
        x, y, r = ground.rng.random(), ground.rng.uniform(0.1, 0.7), ground.rng.uniform(0.012, 0.03)
        ground.area(ellipse(x, y, r, r), rgb("#ffd898"), 0.16, erase=False, mode=skia.BlendMode.kScreen, lit=True)
    return ground.ground(dof=0.003, horizon=0.74)


def _window(ground: Backdrop, time: Time) -> None:
    x0, x1 = (0.03, 0.46) if ground.lx < 0 else (0.54, 0.97)
    sky, (tree, bush, pavement) = ground.hour.sky, OUTSIDE[time]
    ground.box(x0 - 0.02, 0.08, x1 + 0.02, 0.74, rgb("#3a241c"), line=0.003)
    glass = ground.upright(0.1, 0.72, [rgb(c) for c in sky.cols], lit=True)
    ground.box(x0, 0.10, x1, 0.72, rgb(sky.cols[0]), shader=glass, lit=True)
    with ground.untoned():
        leaves = [rgb(c) for c in tree]
        foliage(ground, (x0 + x1) / 2 - 0.08, 0.36, 0.34, 0.34, leaves, n=120, size=0.03, seed=ground.seed)
        ground.box(x0, 0.56, x1, 0.72, rgb(pavement), erase=False)
        leaves = [rgb(c) for c in bush]
        foliage(ground, x1 - 0.08, 0.58, 0.22, 0.16, leaves, n=60, size=0.022, seed=ground.seed + 4)
    ground.soften(0.006)
    for x in np.linspace(x0, x1, 4):
        ground.box(x - 0.006, 0.10, x + 0.006, 0.72, FRAME, line=0.0016)
    for y in (0.10, 0.30, 0.72):
        ground.box(x0 - 0.01, y - 0.007, x1 + 0.01, y + 0.007, FRAME, line=0.0016)


def _shelves(ground: Backdrop) -> None:
    x0, x1 = (0.56, 0.99) if ground.lx < 0 else (0.01, 0.44)
    ground.box(x0 - 0.01, 0.10, x1 + 0.01, 0.74, rgb("#4e3226"), line=0.002)
    for y in (0.28, 0.46, 0.64):
        x = x0 + 0.02
        while x < x1 - 0.03:
            x += _bottle(ground, x, y) + 0.008
        ground.box(x0 - 0.01, y, x1 + 0.01, y + 0.016, WOOD, line=0.0018)
        ground.box(x0 - 0.01, y + 0.016, x1 + 0.01, y + 0.04, rgb("#2a1812"), a=0.45, erase=False, blur=0.006)


def _bottle(ground: Backdrop, x: float, y: float) -> float:
    """A bottle or a jar on the shelf at y; its width."""
    rng = ground.rng
    w, h, c = rng.uniform(0.02, 0.042), rng.uniform(0.05, 0.12), rgb(BOTTLES[rng.integers(0, 7)])
    if rng.random() < 0.5:
        left = [(x, y), (x, y - h * 0.6), (x + w * 0.3, y - h * 0.8), (x + w * 0.35, y - h)]
        right = [(x + w * 0.65, y - h), (x + w * 0.7, y - h * 0.8), (x + w, y - h * 0.6), (x + w, y)]
        ground.area(np.vstack([spline(left, 4), spline(right, 4)]), c, line=0.0016)
    else:
        ground.box(x, y - h * 0.6, x + w, y, c, line=0.0016)
    ground.box(x + w * 0.15, y - h * 0.5, x + w * 0.28, y - h * 0.1, mix(c, WHITE, 0.5), erase=False, a=0.6)
    return w


def _counter(ground: Backdrop) -> None:
    top = ground.upright(0.74, 1, [rgb("#9a6844"), rgb("#5a3626")])
    ground.box(0, 0.74, 1, 1, rgb("#7a4e34"), shader=top, line=0.0022)
    panel = ground.upright(0.74, 1, [rgb("#85573a"), rgb("#4e3022")])
    for j in range(7):
        ground.box(j * 0.155 - 0.02, 0.755, j * 0.155 + 0.12, 0.99, rgb("#6a4230"), line=0.0016, shader=panel)
    ground.box(0, 0.735, 1, 0.752, rgb("#c08a5a"), line=0.002)


def _pendant(ground: Backdrop, x: float, y: float) -> None:
    ground.box(x - 0.0015, 0, x + 0.0015, y, rgb("#1a1210"))
    ground.glow(x, y + 0.05, 0.26, rgb("#ffc070"), 0.42 * ground.hour.lamps)
    half = [(x - 0.050, y + 0.05), (x - 0.035, y + 0.012), (x - 0.010, y)]
    shade = spline([*half, (x + 0.010, y), (x + 0.035, y + 0.012), (x + 0.050, y + 0.05)], 5)
    ground.area(shade, rgb("#2f4a46"), line=0.0022)
    bulb = ellipse(x, y + 0.052, 0.026, 0.020)
    ground.area(bulb, rgb("#fff2c0"), lit=True)
    ground.lamp(bulb, (1, 0.85, 0.5))
