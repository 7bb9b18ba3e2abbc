"""Flat shapes as signed distances, and patterns made of them.

A distance is a Plane in fractions of the side: negative inside, 0 on the border.
"""

import math
from typing import Literal, get_args

import cv2
import numpy as np

from umair.demo.canvas.noise import smooth
from umair.demo.hands.framed import Framed, centred
from umair.demo.hands.picture import grid, unit
from umair.demo.passes import Plane

Badge = Literal["disk", "square", "arch", "flower", "hexagon", "cloud", "none"]
Pattern = Literal["plain", "dots", "stripes", "checks", "rays", "grid", "hearts", "stars"]
Mark = Literal["heart", "star", "spark"]
PATTERNS: tuple[Pattern, ...] = get_args(Pattern)
PUFFS = ((-0.24, 0.06, 0.20), (0.24, 0.06, 0.20), (-0.10, -0.14, 0.24), (0.14, -0.12, 0.22), (0.0, 0.16, 0.26))


def badge(passes: Framed, shape: Badge, size: float) -> Plane:
    """Distance to a badge in the middle of the picture; `size` is half its width in shorter sides.

    A square takes the picture's own proportions; "none" is all inside.
    """
    u, v = centred(passes)
    if shape == "square":
        gap = 0.5 - size
        w, h = passes.box.width / passes.side, passes.box.height / passes.side
        return _rounded(u, v, w / 2 - gap, h / 2 - gap, 0.09)
    if shape == "arch":
        body = np.maximum(np.abs(u) - size, np.maximum(-v, v - size))
        return np.minimum(np.hypot(u, v + 0.02) - size, body)
    if shape == "flower":
        return np.hypot(u, v) - size * (1 + 0.045 * np.cos(14 * np.arctan2(v, u)))
    if shape == "hexagon":
        p, q = np.abs(u), np.abs(v)
        return np.maximum(p * 0.866 + q * 0.5, q) - size * 0.97
    if shape == "cloud":
        return np.minimum.reduce([np.hypot(u - cx, v - cy) - r * (size / 0.42) for cx, cy, r in PUFFS])
    if shape == "none":
        return np.full_like(u, -1)
    return np.hypot(u, v) - size


def inside(distance: Plane, softness: float = 0.004) -> Plane:
    """1 inside, 0 outside, the border softened over `softness`."""
    return smooth(-distance, 0, softness)


def ring(distance: Plane, at: float, width: float) -> Plane:
    """A line of this width that runs round a shape at a distance."""
    return 1 - smooth(np.abs(distance - at), width * 0.5, width * 0.5 + 0.003)


def stitches(passes: Framed, count: int = 72) -> Plane:
    """Which part of a ring is thread: 1 and 0 by turns round the middle."""
    u, v = centred(passes)
    return smooth(np.sin(np.arctan2(v, u) * count), -0.25, 0.05)


def pattern(S: int, kind: Pattern, count: float) -> Plane:
    """A repeating pattern over the whole picture; count = repeats across."""
    x, y = grid(S)
    if kind == "stripes":
        return smooth(np.abs(((x + y) * count * 0.7) % 1 - 0.5), 0.22, 0.26)
    if kind == "checks":
        across = (np.sin(x * math.pi * count) > 0).astype(np.float32)
        down = (np.sin(y * math.pi * count) > 0).astype(np.float32)
        return 0.5 * (across + down)
    if kind == "rays":
        return smooth(np.sin(np.arctan2(y - 0.55, x - 0.5) * round(count * 1.6)), -0.06, 0.06)
    if kind == "grid":
        u, v = (x * count) % 1, (y * count) % 1
        return np.maximum(np.abs(u - 0.5) > 0.465, np.abs(v - 0.5) > 0.465).astype(np.float32)
    if kind == "plain":
        return np.zeros((S, S), np.float32)
    row = np.floor(y * count)
    u, v = (x * count + 0.5 * (row % 2)) % 1 - 0.5, (y * count) % 1 - 0.5
    if kind == "hearts":
        return inside(_heart(u / 0.30, v / 0.30) * 0.3, 0.06)
    if kind == "stars":
        return inside(_star(u / 0.30, v / 0.30, 5) * 0.3, 0.06)
    return inside(np.hypot(u, v) - 0.17, 0.06)


def mark(S: int, kind: Mark, x: float, y: float, size: float) -> tuple[tuple[slice, slice], Plane]:
    """One small mark: the window it lies in and its coverage there; x, y, size are fractions of the side."""
    r = max(3, int(size * S * 1.3))
    cx, cy = int(x * S), int(y * S)
    rows, columns = slice(max(0, cy - r), min(S, cy + r + 1)), slice(max(0, cx - r), min(S, cx + r + 1))
    v, u = np.mgrid[rows, columns].astype(np.float32)
    u, v = (u - cx) / (size * S), (v - cy) / (size * S)
    if kind == "spark":
        d = np.sqrt(np.abs(u)) + np.sqrt(np.abs(v)) - 1
    else:
        d = _heart(u, v) if kind == "heart" else _star(u, v, 5)
    return (rows, columns), inside(d, 2.0 / (size * S))


def mist(passes: Framed, rng: np.random.Generator, bands: int) -> Plane:
    """Flat bands of mist with round ends, as printers of old cut them: none over the middle."""
    S, box = passes.S, passes.box
    plane = np.zeros((S, S), np.float32)
    for i in range(bands):
        upper = i % 2 == 0
        left = rng.random() < 0.5
        y = rng.uniform(0.08, 0.30) if upper else rng.uniform(0.70, 0.90)
        for _ in range(3):
            thick = max(2, int(S * rng.uniform(0.018, 0.034)))
            a, b = (-0.1, rng.uniform(0.18, 0.46)) if left else (rng.uniform(0.54, 0.82), 1.1)
            a, b = (int((box.left + q * box.width) * S) for q in (a, b))
            row = int((box.top + y * box.height) * S)
            cv2.line(plane, (a, row), (b, row), 1.0, thick, cv2.LINE_AA)
            y += thick / S * 0.92 / box.height
    return plane


def _rounded(u: Plane, v: Plane, w: float, h: float, corner: float) -> Plane:
    p, q = np.abs(u) - w + corner, np.abs(v) - h + corner
    return np.hypot(np.maximum(p, 0), np.maximum(q, 0)) + np.minimum(np.maximum(p, q), 0) - corner


def _heart(u: Plane, v: Plane) -> Plane:
    """About -1 .. 1 in a box of half width 1."""
    w = -v * 1.15 + 0.15
    lifted = w - np.sqrt(np.abs(u)) * 0.62
    return np.hypot(u, lifted * 1.05) - 0.86


def _star(u: Plane, v: Plane, points: int) -> Plane:
    angle = np.arctan2(u, -v)
    return np.hypot(u, v) - unit(0.70 + 0.32 * np.cos(angle * points))
