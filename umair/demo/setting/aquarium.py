"""A wall of water: rays, a shoal, a manta, coral, bubbles."""

import math

import numpy as np
import skia
from numpy.typing import ArrayLike

from umair.demo.canvas.colours import mix, rgb
from umair.demo.canvas.curves import bez, ellipse, ribbon, spline
from umair.demo.canvas.noise import fbm, smooth
from umair.demo.content import Time
from umair.demo.setting.backdrop import WHITE, Backdrop, Ground
from umair.demo.setting.hours import Hour, Shine, Sky

AT = (0.0, 0.18, 0.45, 0.78, 1.0)
CORALS = ("#e0607a", "#e89a5a", "#8a5ac8", "#3aa89a")
ROCKS = ("#0f4a84", "#0b3568", "#08254e")
FISH = (  # x, y, half length, colour, 1 swims to the left
    (0.14, 0.42, 0.046, "#ffb04a", 1),
    (0.88, 0.52, 0.052, "#ff6a5a", -1),
    (0.80, 0.36, 0.030, "#ffe07a", -1),
    (0.10, 0.62, 0.034, "#f07ab0", 1),
    (0.24, 0.20, 0.026, "#fff0c8", 1),
    (0.93, 0.68, 0.03, "#7af0d8", -1),
)
HOURS: dict[Time, Hour] = {
    "day": Hour(
        Sky(("#a8f0f4", "#38b4dc", "#1468b0", "#0a2c6a", "#061840"), AT),
        Shine("#e8feff", "#a8d4f0", "#6a86c8", 0.18, rim="#9af4ff", bounce="#3a8ae0", rim_with_key=True),
    ),
    "dusk": Hour(  # the hall's evening lights
        Sky(("#ffd8c0", "#d888b8", "#7a58b4", "#34307c", "#1a1a4c"), AT),
        Shine("#ffe8e0", "#d0a8e0", "#7868b8", 0.20, rim="#ffb8d0", bounce="#8a6ae0", rim_with_key=True),
        tint="#f0b4d0",
        gain=0.98,
    ),
    "night": Hour(
        Sky(("#3f9ac0", "#1c5c98", "#0e3070", "#081c4c", "#040e2c"), AT),
        Shine("#b8f0ff", "#6a9ad8", "#44589c", 0.22, rim="#6ae0ff", bounce="#2a5ac0", rim_with_key=True),
        tint="#8ab0e8",
        gain=0.74,
    ),
}


def draw(ground: Backdrop, time: Time) -> Ground:
    """Seen through the glass; the manta on the side away from the key."""
    ground.wash(ground.hour.sky.cols, ground.hour.sky.at)
    _caustics(ground)
    _rays(ground)
    _shoal(ground)
    _manta(ground, 0.78 if ground.lx < 0 else 0.22)
    for k in range(3):
        _reef(ground, k)
    for x, y, s, color, way in FISH:
        fish(ground, x, y + ground.rng.uniform(-0.03, 0.03), s, rgb(color), way)
    for _ in range(46):
        _bubble(ground)
    return ground.ground(dof=0.001, horizon=0.9)


def fish(ground: Backdrop, x: float, y: float, s: float, color: ArrayLike, way: int = 1, a: float = 1.0) -> None:
    """A fish of half length s; small ones are a silhouette."""

    def at(*points: tuple[float, float]) -> list[tuple[float, float]]:
        return [(x + way * s * dx, y + s * dy) for dx, dy in points]

    back = spline(at((-1, 0), (-0.3, -0.34), (0.6, -0.10)), 6)
    tail = spline(at((1.15, -0.34), (0.95, 0), (1.15, 0.34)), 5)
    belly = spline(at((0.6, 0.10), (-0.3, 0.32), (-1, 0)), 6)
    ground.area(np.vstack([back, tail, belly]), color, a, line=0.0012 if a > 0.9 and s > 0.02 else 0)
    if s > 0.02:
        gleam = spline(at((-0.8, -0.02), (-0.2, -0.22), (0.5, -0.04)), 6)
        ground.area(gleam, mix(color, WHITE, 0.45), 0.6, erase=False)
        ground.area(ellipse(x - way * s * 0.72, y - s * 0.04, s * 0.06, s * 0.06, n=10), rgb("#10182a"), 1, erase=False)


def _caustics(ground: Backdrop) -> None:
    """Light knotted by the surface: where noise is near one half."""
    size = ground.size
    noise = fbm((size, size), size * 0.10, ground.seed, 4)
    height = np.linspace(0, 1, size, dtype=np.float32)[:, None]
    web = np.clip(1 - np.abs(noise - 0.5) / 0.035, 0, 1) * smooth(0.42 - height, 0, 0.42)
    ground.repaint(ground.rgb() + web[..., None] * np.array([0.35, 0.42, 0.40]))


def _rays(ground: Backdrop) -> None:
    lx, rng = ground.lx, ground.rng
    for j in range(7):
        x, w = 0.5 + 0.22 * lx + (j - 3) * 0.13 + rng.uniform(-0.03, 0.03), rng.uniform(0.015, 0.05)
        ray = [(x, -0.05), (x + w, -0.05), (x + w * 2.6 - lx * 0.22, 0.95), (x - w * 1.5 - lx * 0.22, 0.95)]
        ground.area(ray, rgb("#d8fcff"), 0.12, blur=0.014, erase=False, mode=skia.BlendMode.kScreen)


def _shoal(ground: Backdrop) -> None:
    rng = ground.rng
    for j in range(46):
        x = 0.26 + 0.02 * j * 0.7 + rng.normal(0, 0.05)
        y = 0.30 + 0.10 * math.sin(j * 0.25) + rng.normal(0, 0.045)
        size = rng.uniform(0.008, 0.014)
        fish(ground, x, y, size, mix(rgb("#2a80b8"), rgb("#9adcec"), rng.random()), 1, 0.85)


def _manta(ground: Backdrop, x: float) -> None:
    outline = [
        spline([(-0.19, 0.035), (-0.11, -0.012), (-0.045, -0.030)], 6),
        spline([(-0.030, -0.050), (-0.018, -0.032), (0.012, -0.032), (0.024, -0.050)], 4),
        spline([(0.042, -0.028), (0.11, -0.030), (0.20, -0.010)], 6),
        spline([(0.12, 0.012), (0.055, 0.045), (0.012, 0.060)], 6),
        spline([(0.030, 0.12), (0.055, 0.17)], 4),
        spline([(0.020, 0.12), (-0.008, 0.060), (-0.060, 0.040), (-0.12, 0.022)], 6),
    ]
    ground.area(np.vstack(outline) + np.array((x, 0.20)), rgb("#1a5c9c"), 0.92, blur=0.0015)


def _reef(ground: Backdrop, k: int) -> None:
    """Rocks and the coral before them; k: 0 far, 2 near."""
    rng, rock = ground.rng, rgb(ROCKS[k])
    top = [
        (
            x,
            0.90
            + 0.035 * k
            - 0.07 * abs(math.sin(x * 9 + k * 2 + ground.seed))
            - 0.03 * rng.random()
            - 0.10 * abs(x - 0.5) ** 1.2,
        )
        for x in np.linspace(0, 1, 13)
    ]
    ground.area(spline([(0, 1.02), *top, (1, 1.02)], 6), rock, line=0.0016)
    for _ in range(8):
        x, h = rng.choice([rng.uniform(0, 0.32), rng.uniform(0.68, 1)]), rng.uniform(0.08, 0.24)
        color = mix(rgb(CORALS[rng.integers(0, 4)]), rock, 0.45 - 0.18 * k)
        for q in range(5):
            b = (q - 2) * 0.022 + rng.uniform(-0.01, 0.01)
            tip = (x + b * 1.5, 0.99 - h * (1 - 0.12 * abs(q - 2)))
            branch = bez((x, 0.99), (x + b * 0.4, 0.99 - h * 0.5), (x + b, 0.99 - h * 0.7), tip, 10)
            ground.area(ribbon(branch, np.linspace(0.011, 0.005, 10)), color, line=0.0012)


def _bubble(ground: Backdrop) -> None:
    rng = ground.rng
    x, y, r = rng.random(), rng.random(), rng.uniform(0.002, 0.010)
    skin = ellipse(x, y, r, r, n=16)
    ground.area(ribbon(np.vstack([skin, skin[:1]]), r * 0.12), rgb("#e0fcff"), 0.6, erase=False, lit=True)
    ground.area(ellipse(x - r * 0.3, y - r * 0.35, r * 0.25, r * 0.25, n=8), WHITE, 0.85, erase=False, lit=True)
    ground.lamp(ellipse(x, y, r, r, n=10), (0.6, 0.9, 1), 0.2)
