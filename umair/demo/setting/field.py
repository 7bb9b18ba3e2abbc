"""A meadow in flower under a heaped cloud."""

import math

import numpy as np

from umair.demo.canvas.colours import mix, rgb
from umair.demo.canvas.curves import bez, ellipse, ribbon, spline
from umair.demo.content import Time
from umair.demo.setting.backdrop import Backdrop, Ground
from umair.demo.setting.hours import DUSK, MORNING, NIGHT, Hour, Shine, Sky
from umair.demo.setting.sky import cumulus, moon, open_sky

PETALS = ("#fff8f0", "#ffd0dc", "#ffe890")
DAY = Hour(
    sky=Sky(
        cols=("#2a66c8", "#58a0e8", "#a4d4f4", "#eef6ee"),
        at=(0, 0.36, 0.60, 0.78),
        cloud=("#fffdf6", "#e4ecfa", "#9db8e6"),
        haze="#dceefa",
    ),
    shine=Shine("#fffaec", "#dcecf8", "#a4a8dc", 0.05, rim="#ffffff", bounce="#c8e8a8"),
)
HOURS: dict[Time, Hour] = {"day": DAY, "morning": MORNING, "dusk": DUSK, "night": NIGHT}


def draw(ground: Backdrop, time: Time) -> Ground:
    """Seen from a path through the grass."""
    open_sky(ground)
    cumulus(ground, 0.30, 0.70, 0.95, 0.62, ground.seed + 3)
    cumulus(ground, 0.92, 0.69, 0.45, 0.22, ground.seed + 6)
    far = [(0, 0.68), (0.3, 0.64), (0.55, 0.67), (0.8, 0.63), (1, 0.66), (1, 1), (0, 1)]
    ground.area(spline(far, 8), rgb("#7fb0b8"))
    meadow = ground.upright(0.69, 1, [rgb("#a8d878"), rgb("#4f9a58")])
    near = [(0, 0.715), (0.4, 0.69), (0.7, 0.71), (1, 0.685), (1, 1), (0, 1)]
    ground.area(spline(near, 8), rgb("#7fc06a"), shader=meadow, line=0.0014)
    for k in range(6):
        _row(ground, k)
    if time == "night":
        moon(ground, 0.80 if ground.lx > 0 else 0.20, 0.14, 0.04)
    else:
        ground.glow(0.5 + 0.45 * ground.lx, 0.0, 0.8, rgb("#fff4d0"), 0.35)
    return ground.ground(dof=0.0015, horizon=0.70)


def _row(ground: Backdrop, k: int) -> None:
    """Grass and flowers; k: 0 far, 5 near."""
    rng, y0 = ground.rng, 0.73 + 0.05 * k
    blade = mix(rgb("#b8e080"), rgb("#3f8a50"), k / 6)
    for _ in range(150):
        x, h, bend = rng.random(), 0.02 + 0.014 * k * rng.random() + 0.02, rng.uniform(-0.02, 0.03)
        spine = bez((x, y0 + h), (x, y0 + h * 0.5), (x + bend * 0.5, y0 + h * 0.2), (x + bend, y0), 6)
        width = np.linspace(0.0022 + 0.0006 * k, 0.0003, 6)
        ground.area(ribbon(spine, width), mix(blade, rgb("#eef8a8"), rng.random() * 0.4), erase=False)
    for j in range(10):
        x, y, s = rng.random(), y0 + rng.uniform(0.0, 0.05), 0.006 + 0.004 * k
        for q in range(5):
            dx, dy = s * 0.6 * math.cos(q * 1.257), s * 0.5 * math.sin(q * 1.257)
            ground.area(ellipse(x + dx, y + dy, s * 0.55, s * 0.42, n=8), rgb(PETALS[j % 3]), erase=False)
        ground.area(ellipse(x, y, s * 0.3, s * 0.28, n=8), rgb("#f4b83a"), erase=False)
