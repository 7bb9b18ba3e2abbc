"""A school roof: fence, stair house, far town, heaped clouds."""

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
    _stair_house(ground, time)
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
    for k in range(int(w / 0.011) * int(h / 0.013)):  # storeys of four windows or so, half of them dark
        a, b = x + 0.004 + k % int(w / 0.011) * 0.011, 0.77 - h + 0.006 + k // int(w / 0.011) * 0.013
        if rng.random() < 0.5:
            continue
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


def _stair_house(ground: Backdrop, time: Time) -> None:
    """Where the stairs come up, on the side away from the key: a lit face, a door, a water tank."""

    def x(v: float) -> float:
        return 1 - v if ground.lx < 0 else v

    def slab(x0: float, y0: float, x1: float, y1: float, color: str, line: float = 0.0018) -> None:
        ground.box(min(x(x0), x(x1)), y0, max(x(x0), x(x1)), y1, rgb(color), line=line)

    fallen = [(x(0.20), 0.925), (x(0.02), 0.925), (x(-0.10), 1.0), (x(0.06), 1.0)]  # its shadow, away from the key
    ground.area(fallen, rgb("#6f7a98"), 0.45, blur=0.004, erase=False)
    slab(-0.02, 0.30, 0.20, 0.93, "#c4cad6", 0.0022)
    slab(0.135, 0.30, 0.20, 0.93, "#eef0f2")  # the face to the light
    slab(-0.03, 0.275, 0.215, 0.305, "#dfe4ea", 0.0022)
    slab(0.02, 0.48, 0.10, 0.93, "#7f93a8")
    slab(0.03, 0.51, 0.09, 0.60, "#cfe6f4" if time in ("day", "morning") else "#ffd98a")
    for leg in (0.03, 0.13):
        slab(leg, 0.215, leg + 0.008, 0.276, "#8a96a8", 0.0012)
    tank = [(0.01, 0.10), (0.16, 0.10), (0.16, 0.215), (0.01, 0.215)]
    steel = ground.across(x(0.01), x(0.16), [rgb("#9fb2c2"), rgb("#f2f6f8")])
    ground.area([(x(a), b) for a, b in tank], rgb("#c8d6de"), shader=steel, line=0.002)
    top = ribbon(np.array([(x(0.005), 0.098), (x(0.165), 0.098)]), 0.008)
    ground.area(top, rgb("#dfe8ee"), line=0.0014)
    if time in ("dusk", "night"):
        ground.glow(x(0.06), 0.555, 0.16, rgb("#ffcf80"), 0.35)
