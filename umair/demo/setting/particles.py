"""What floats before everything: petals, snow, leaves, sparks, rain, bubbles, fireflies."""

import math
from collections.abc import Callable

import numpy as np

from umair.demo.canvas.colours import mix, rgb
from umair.demo.canvas.curves import Points, ellipse, ribbon
from umair.demo.content import Particles
from umair.demo.setting.backdrop import RGB, WHITE, Backdrop
from umair.demo.setting.foliage import leaf
from umair.demo.setting.hours import Hour, Shine, Sky

_PLAIN = Hour(Sky((), ()), Shine("#ffffff", "#ffffff", "#ffffff", 0.0))


def particles(size: int, kind: Particles, seed: int) -> RGB:
    """(size, size, 4), alpha not multiplied in; empty for ""."""
    if not kind:
        return np.zeros((size, size, 4), np.float32)
    sheet = Backdrop(size, seed, -1, _PLAIN)
    sheet.clear()
    _KINDS[kind](sheet)
    return sheet.rgba()


def _petals(sheet: Backdrop) -> None:
    rng = sheet.rng
    for _ in range(26):
        x, y, near = rng.random(), rng.random(), rng.random() < 0.16
        s = rng.uniform(0.010, 0.017) * (2.3 if near else 1)
        angle = rng.uniform(0, 6.3)
        petal = ellipse(0, 0, s, s * 0.6, n=18)
        petal[0] *= 0.7
        _float(sheet, _turned(petal, angle, x, y), mix(rgb("#ffc4d4"), rgb("#fff0f4"), rng.random()), near, 0.7)


def _snow(sheet: Backdrop) -> None:
    rng = sheet.rng
    for _ in range(60):
        x, y, near = rng.random(), rng.random(), rng.random() < 0.15
        r = rng.uniform(0.002, 0.0055) * (3.0 if near else 1)
        flake = ellipse(x, y, r, r, n=12)
        sheet.area(flake, WHITE, 0.55 if near else 0.95, blur=r * (0.5 if near else 0.2), erase=False)


def _leaves(sheet: Backdrop) -> None:
    rng = sheet.rng
    for _ in range(14):
        x, y, s, angle = rng.random(), rng.random(), rng.uniform(0.010, 0.02), rng.uniform(0, 6.3)
        color = mix(rgb("#a8d86a"), rgb("#f4f0a0"), rng.random())
        sheet.area(_turned(leaf(s), angle, x, y), color, 0.9, blur=0.001, erase=False)


def _maple(sheet: Backdrop) -> None:
    rng = sheet.rng
    for _ in range(22):
        x, y, near = rng.random(), rng.random(), rng.random() < 0.15
        s, first = rng.uniform(0.012, 0.019) * (2.2 if near else 1), rng.uniform(0, 6.3)
        star = []
        for q in range(10):
            angle, reach = first + q * math.pi / 5, s if q % 2 == 0 else s * 0.45
            star.append((x + reach * math.cos(angle), y + reach * math.sin(angle) * 0.7))
        _float(sheet, np.array(star), mix(rgb("#d8482c"), rgb("#ffc050"), rng.random()), near, 0.75)


def _sparks(sheet: Backdrop) -> None:
    _glints(sheet, 40, "#ffd98a", "#ff9a5a", (0.0, 1.0))


def _fireflies(sheet: Backdrop) -> None:
    _glints(sheet, 26, "#d8ff8a", "#a8f06a", (0.35, 1.0))


def _glints(sheet: Backdrop, count: int, one: str, other: str, between: tuple[float, float]) -> None:
    """Points of light with a halo, between two heights."""
    rng, (high, low) = sheet.rng, between
    for _ in range(count):
        x, y, r = rng.random(), high + (low - high) * rng.random(), rng.uniform(0.0015, 0.006)
        color = mix(rgb(one), rgb(other), rng.random())
        sheet.area(ellipse(x, y, r * 2.6, r * 2.6, n=14), color, 0.30, blur=r * 1.4, erase=False)
        sheet.area(ellipse(x, y, r, r, n=12), mix(color, WHITE, 0.7), 1, erase=False)


def _rain(sheet: Backdrop) -> None:
    """Streaks that slant one way, a few of them near."""
    rng = sheet.rng
    slant = rng.uniform(-0.22, 0.22)
    for _ in range(120):
        x, y, near = rng.uniform(-0.1, 1.1), rng.uniform(-0.1, 1.0), rng.random() < 0.12
        length = rng.uniform(0.035, 0.085) * (1.8 if near else 1)
        streak = np.linspace((x, y), (x + slant * length, y + length), 5)
        width = np.array((0.2, 0.8, 1.0, 0.8, 0.2)) * (0.0020 if near else 0.0009)
        sheet.area(ribbon(streak, width), rgb("#eaf3ff"), 0.42 if near else 0.62, blur=0.0006, erase=False)


def _bubbles(sheet: Backdrop) -> None:
    rng = sheet.rng
    for _ in range(16):
        x, y, r = rng.random(), rng.random(), rng.uniform(0.006, 0.022)
        skin = ellipse(x, y, r, r, n=26)
        sheet.area(ribbon(np.vstack([skin, skin[:1]]), r * 0.07), rgb("#e8fdff"), 0.75, erase=False)
        sheet.area(ellipse(x - r * 0.35, y - r * 0.4, r * 0.22, r * 0.16, n=10, rot=-0.6), WHITE, 0.9, erase=False)


def _turned(points: Points, angle: float, x: float, y: float) -> Points:
    c, s = math.cos(angle), math.sin(angle)
    return points @ np.array([[c, s], [-s, c]]) + np.array((x, y))


def _float(sheet: Backdrop, outline: Points, color: np.ndarray, near: bool, near_alpha: float) -> None:
    """A near one is soft and a little clear."""
    sheet.area(outline, color, near_alpha if near else 0.95, blur=0.006 if near else 0.0006, erase=False)


_KINDS: dict[Particles, Callable[[Backdrop], None]] = {
    "petals": _petals,
    "snow": _snow,
    "leaves": _leaves,
    "maple": _maple,
    "sparks": _sparks,
    "rain": _rain,
    "bubbles": _bubbles,
    "fireflies": _fireflies,
}
