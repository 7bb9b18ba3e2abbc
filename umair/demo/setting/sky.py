"""Skies: gradients, stars, heaped clouds."""

import numpy as np

from umair.demo.canvas.colours import rgb
from umair.demo.canvas.curves import ellipse
from umair.demo.canvas.noise import blur, fbm, smooth
from umair.demo.setting.backdrop import WHITE, Backdrop
from umair.demo.setting.hours import Sky

BALLS = 90  # spheres that make a heap


def open_sky(ground: Backdrop) -> None:
    """The hour's gradient and its stars."""
    sky = ground.hour.sky
    ground.wash(sky.cols, sky.at)
    stars(ground, sky.stars, 0.5)


def stars(ground: Backdrop, count: int, low: float) -> None:
    """Points of light between the top and height `low`; their own generator, so that nothing else moves."""
    rng = np.random.default_rng(ground.seed + 77)
    for _ in range(count):
        x, y, r = rng.random(), rng.random() * low, rng.uniform(0.0008, 0.0018)
        ground.area(ellipse(x, y, r, r, n=8), WHITE, rng.uniform(0.3, 0.95), lit=True)


def moon(ground: Backdrop, x: float, y: float, r: float) -> None:
    """A full moon in its own haze."""
    ground.glow(x, y, r * 7, rgb("#9fc0ff"), 0.30)
    disk = ellipse(x, y, r, r)
    ground.area(disk, rgb("#fdf8e0"), lit=True)
    ground.area(ellipse(x + r * 0.3, y - r * 0.1, r * 0.35, r * 0.3), rgb("#e4dcc0"), 0.6, blur=r * 0.12, lit=True)
    ground.lamp(disk, (0.9, 0.92, 1.0), 0.8)


def cumulus(
    ground: Backdrop, cx: float, base: float, w: float, h: float, seed: int, haze: float = 0.0, tones: Sky | None = None
) -> None:
    """A heaped cloud: a height field of spheres, warped by noise, lit, softly posterised in three tones.

    cx, base: the middle of its flat base; w, h: its size; haze 0..1 thins it. Fractions of the side.
    """
    sky = tones or ground.hour.sky
    size, rng = ground.size, np.random.default_rng(seed)
    yy, xx = np.mgrid[0:size, 0:size].astype(np.float32) / size
    height = _heap(xx, yy, cx, base, w, h, seed, rng)
    alpha = smooth(blur((height > 0).astype(np.float32), size * 0.0022), 0.25, 0.75)
    light = _lit(blur(np.maximum(height, 0), size * 0.004), yy, base, h, ground.lx, seed)
    upper, top = smooth(light, 0.36, 0.52)[..., None], smooth(light, 0.56, 0.74)[..., None]
    lit, mid, shadow = (rgb(c) for c in sky.cloud)
    color = (shadow * (1 - upper) + mid * upper) * (1 - top) + lit * top
    fade = smooth(base + 0.02 - yy, -0.03, h * 0.30)[..., None]
    color = color * (0.35 + 0.65 * fade) + (1 - (0.35 + 0.65 * fade)) * rgb(sky.haze)
    alpha = (alpha * (0.25 + 0.75 * fade[..., 0]) * (1 - haze) * sky.cover)[..., None]
    ground.repaint(ground.rgb() * (1 - alpha) + color * alpha)


def _heap(
    xx: np.ndarray, yy: np.ndarray, cx: float, base: float, w: float, h: float, seed: int, rng: np.random.Generator
) -> np.ndarray:
    """Height of the upper surface of all spheres, -1 where there are none."""
    size = xx.shape[0]
    height = np.full((size, size), -1.0, np.float32)
    warp_x, warp_y = (fbm((size, size), size * 0.06, seed + i, 4) - 0.5 for i in (1, 2))
    warped_x, warped_y = xx + warp_x * 0.055, yy + warp_y * 0.055
    for _ in range(BALLS):
        u = max(-1.0, min(1.0, rng.normal(0, 0.38)))
        v = rng.random() ** 0.8 * (1 - u * u) ** 1.1
        r = w * (0.05 + 0.10 * rng.random()) * (1.15 - 0.55 * v)
        x, y = cx + u * w * 0.5, base - v * h + r * 0.2
        rows = slice(int(max(0, (y - r - 0.06) * size)), int(min(size, (y + r + 0.06) * size)))
        cols = slice(int(max(0, (x - r - 0.06) * size)), int(min(size, (x + r + 0.06) * size)))
        if rows.stop <= rows.start or cols.stop <= cols.start:
            continue
        d2 = ((warped_x[rows, cols] - x) ** 2 + (warped_y[rows, cols] - y) ** 2) / r**2
        ball = np.where(d2 < 1, np.sqrt(np.clip(1 - d2, 0, 1)) * r + 0.25 * r, -1)
        height[rows, cols] = np.maximum(height[rows, cols], ball)
    return height


def _lit(height: np.ndarray, yy: np.ndarray, base: float, h: float, lx: int, seed: int) -> np.ndarray:
    """How much light falls on the surface: from the side lx and from above, roughened by noise."""
    size = height.shape[0]
    gy, gx = np.gradient(height * size)
    light = np.clip(0.5 - 0.42 * lx * gx + 0.55 * gy, 0, 1)
    rough = (fbm((size, size), size * 0.03, seed + 5, 3) - 0.5) * 0.22
    return 0.72 * light + 0.28 * np.clip((base - yy) / h, 0, 1) + rough
