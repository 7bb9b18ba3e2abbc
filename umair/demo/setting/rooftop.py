"""A school roof: fence, far town, heaped clouds."""

import numpy as np

from umair.demo.canvas.colours import mix, rgb
from umair.demo.canvas.curves import ribbon, spline
from umair.demo.content import Time
from umair.demo.setting.backdrop import Backdrop, Ground
from umair.demo.setting.hours import DUSK, MORNING, NIGHT, Hour, Shine, Sky
from umair.demo.setting.sky import cumulus, moon, open_sky

DAY = Hour(
    sky=Sky(("#2f78d0", "#63a8ea", "#a8d6f6", "#e4f3fb"), (0, 0.35, 0.62, 0.85)),
    shine=Shine("#fffaf0", "#dcebff", "#a9aee0", 0.05, rim="#ffffff", bounce="#cfe4ff"),
)
HOURS: dict[Time, Hour] = {"day": DAY, "morning": MORNING, "dusk": DUSK, "night": NIGHT}


def draw(ground: Backdrop, time: Time) -> Ground:
    """Seen from the middle of the roof."""
    open_sky(ground)
    cumulus(ground, 0.86, 0.76, 0.80, 0.55, ground.seed + 3)
    cumulus(ground, 0.14, 0.74, 0.55, 0.30, ground.seed + 9)
    cumulus(ground, 0.42, 0.22, 0.34, 0.07, ground.seed + 5, haze=0.35)
    _town(ground, time)
    _parapet(ground)
    _fence(ground)
    if time != "night":
        ground.glow(0.08 if ground.lx < 0 else 0.92, 0.02, 0.8, rgb("#fff4d8"), 0.35)
    else:
        moon(ground, 0.18 if ground.lx < 0 else 0.82, 0.13, 0.035)
    return ground.ground(dof=0.0015, horizon=0.76)


def _town(ground: Backdrop, time: Time) -> None:
    rng = ground.rng
    ridge = [(0, 0.745), (0.2, 0.715), (0.4, 0.735), (0.65, 0.705), (0.85, 0.735), (1, 0.715), (1, 1), (0, 1)]
    ground.area(spline(ridge, 6), rgb("#8fb6d6"))
    windows = np.random.default_rng(ground.seed + 41)
    x = -0.02
    while x < 1.02:
        w, h = rng.uniform(0.025, 0.07), rng.uniform(0.015, 0.07)
        ground.box(x, 0.77 - h, x + w, 0.80, mix(rgb("#a9c0d8"), rgb("#7f9fc4"), rng.random()), line=0.0012)
        if time in ("night", "dusk"):
            _windows(ground, windows, x, w, h)
        x += w


def _windows(ground: Backdrop, rng: np.random.Generator, x: float, w: float, h: float) -> None:
    for _ in range(int(w * h * 9000)):
        a, b = x + w * rng.uniform(0.1, 0.85), 0.77 - h * rng.uniform(0.05, 0.9)
        ground.box(a, b, a + 0.004, b + 0.005, rgb("#ffd98a"), erase=False, lit=True)
        ground.lamp([(a, b), (a + 0.004, b), (a + 0.004, b + 0.005), (a, b + 0.005)], (1, 0.8, 0.5), 0.6)


def _parapet(ground: Backdrop) -> None:
    face = ground.upright(0.80, 1, [rgb("#dfe3ea"), rgb("#aeb6c8")])
    ground.box(0, 0.80, 1, 1, rgb("#c9ced8"), shader=face, line=0.002)
    ground.box(0, 0.80, 1, 0.822, rgb("#eef1f5"), line=0.0018)
    ground.box(0, 0.84, 1, 0.848, rgb("#9aa4b8"))


def _fence(ground: Backdrop) -> None:
    for i in range(-20, 44):
        for d in (1, -1):
            wire = np.array([(i * 0.045, 0.40), (i * 0.045 + d * 0.40, 0.80)])
            ground.area(ribbon(wire, 0.0010), rgb("#f2f7fb"), 0.80, erase=False)
    for x in (0.07, 0.37, 0.67, 0.97):
        ground.box(x - 0.007, 0.37, x + 0.007, 0.81, rgb("#cfd9e2"), line=0.0012)
        ground.box(x - 0.007, 0.37, x - 0.001, 0.81, rgb("#f6fafc"), erase=False)
    ground.box(0, 0.388, 1, 0.402, rgb("#dde6ee"), line=0.0012)
    ground.box(0, 0.402, 1, 0.406, rgb("#9fb0c4"), erase=False)
