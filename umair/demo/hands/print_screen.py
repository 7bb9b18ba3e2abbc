"""Tone by print: screens of dots or ruled lines, grain, and contours with thick and thin."""

import math
from functools import lru_cache

import cv2
import numpy as np

from umair.demo.canvas.noise import blur
from umair.demo.hands.picture import unit
from umair.demo.passes import Plane

FINE = 2  # screens are drawn at this many times the size, then averaged


def dots(tone: Plane, cell: float, angle: float) -> Plane:
    """Screen of round dots, `cell` pixels apart: tone 0..1 = coverage; angle in radians."""
    return _through(tone, _dot_levels(tone.shape[0], round(cell, 3), round(angle, 4)), 7.0)


def rules(tone: Plane, cell: float, angle: float) -> Plane:
    """Screen of ruled lines, `cell` pixels apart."""
    return _through(tone, _rule_levels(tone.shape[0], round(cell, 3), round(angle, 4)), 5.0)


def grain(tone: Plane, levels: Plane) -> Plane:
    """Grain instead of a screen; levels from `grain_levels`."""
    return unit((tone - levels) * 6 + 0.5) * (tone > 0.02)


def grain_levels(S: int, rng: np.random.Generator) -> Plane:
    """Thresholds whose ranks are uniform, so that tone is coverage."""
    noise = blur(rng.random((S, S)).astype(np.float32), 0.55).ravel()
    ranks = np.empty(S * S, np.float32)
    ranks[np.argsort(noise, kind="stable")] = np.arange(S * S, dtype=np.float32) / (S * S)
    return ranks.reshape(S, S)


def xdog(light: Plane, sigma: float = 0.0016, sharp: float = 18, level: float = 0.62) -> Plane:
    """Contours with thick and thin: 1 paper, 0 ink; sigma a fraction of the side.

    Winnemoeller, Kyprianidis, Olsen 2012: extended difference of Gaussians.
    """
    S = light.shape[0]
    d = (1 + sharp) * blur(light, sigma * S) - sharp * blur(light, sigma * S * 1.6)
    return np.where(d > level, 1.0, 1 + np.tanh(12 * (d - level))).astype(np.float32)


def _through(tone: Plane, levels: Plane, hard: float) -> Plane:
    S = tone.shape[0]
    big = cv2.resize(tone.astype(np.float32), levels.shape[::-1], interpolation=cv2.INTER_LINEAR)
    ink = unit((big - levels) * hard + 0.5) * (big > 0.02)
    return cv2.resize(ink, (S, S), interpolation=cv2.INTER_AREA)


@lru_cache(maxsize=6)
def _dot_levels(S: int, cell: float, angle: float) -> Plane:
    y, x = np.mgrid[0 : S * FINE, 0 : S * FINE].astype(np.float32) / FINE
    c, s = math.cos(angle), math.sin(angle)
    u, v = (x * c + y * s) * (2 * math.pi / cell), (y * c - x * s) * (2 * math.pi / cell)
    spot = unit(0.5 + 0.25 * (np.cos(u) + np.cos(v)))
    return 1 - (spot + 0.085 * np.sin(2 * math.pi * spot))  # fitted: the cosine spot's coverage made uniform


@lru_cache(maxsize=6)
def _rule_levels(S: int, cell: float, angle: float) -> Plane:
    y, x = np.mgrid[0 : S * FINE, 0 : S * FINE].astype(np.float32) / FINE
    v = (x * math.cos(angle) + y * math.sin(angle)) / cell
    return np.abs((v % 1) - 0.5) * 2
