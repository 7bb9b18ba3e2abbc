"""Pupils: the mark in the middle of an iris."""

import math

import numpy as np

from umair.demo.canvas.colours import Colour, mix
from umair.demo.canvas.curves import Points, ellipse, ribbon, spline
from umair.demo.canvas.pen import Pen
from umair.demo.figure.model import Pupil

BLACK = (0, 0, 0)


def draw_pupil(pen: Pen, kind: Pupil, x: float, y: float, rx: float, ry: float, dark: Colour, light: Colour) -> None:
    """A pupil at (x, y) in an iris of radii rx, ry."""
    ink = mix(dark, BLACK, 0.35)
    if kind == "round":
        pen.paint(ellipse(x, y, rx * 0.37, ry * 0.43), ink, 0.95)
    elif kind == "slit":
        pen.paint(_slit(x, y, rx * 0.17, ry * 0.66), ink, 0.95)
    elif kind == "ring":
        pen.paint(ribbon(ellipse(x, y, rx * 0.52, ry * 0.52), 0.022), ink, 0.85)
        pen.paint(ellipse(x, y, rx * 0.20, ry * 0.20), ink, 0.95)
    elif kind == "star":
        pen.paint(_star(x, y, rx * 0.62, ry * 0.62), ink, 0.95)
        pen.paint(_star(x, y, rx * 0.30, ry * 0.30), mix(light, (1, 1, 1), 0.35), 0.9)
    elif kind == "heart":
        pen.paint(_heart(x, y, rx * 0.56, ry * 0.52), mix(ink, (0.85, 0.1, 0.3), 0.35), 0.95)


def _slit(x: float, y: float, a: float, b: float) -> Points:
    right = spline([(x, y - b), (x + a, y), (x, y + b)], 10)
    return np.vstack([right, (2 * x - right[:, 0])[:, None].repeat(2, 1) * (1, 0) + right * (0, 1)])


def _star(x: float, y: float, a: float, b: float) -> Points:
    angle = np.arange(10) * math.pi / 5
    r = np.where(np.arange(10) % 2 == 0, 1.0, 0.46)
    return np.stack([x + a * r * np.sin(angle), y - b * r * np.cos(angle)], 1)


def _heart(x: float, y: float, a: float, b: float) -> Points:
    half = [(0, -0.45), (0.35, -0.9), (0.85, -0.8), (0.95, -0.25), (0.55, 0.4), (0, 1.0)]
    right = spline(np.array(half), 8)
    both = np.vstack([right, right[::-1] * (-1, 1)])
    return both * (a, b) + (x, y)
