"""Kimono: printed flowers, wide sleeves, crossed collars, obi."""

import math

import numpy as np

from umair.demo.canvas.colours import Colour, mix, rgb
from umair.demo.canvas.curves import bez, ellipse, path, ribbon, shape, shifted, spline
from umair.demo.canvas.pen import Pen
from umair.demo.figure.arms import Sleeve
from umair.demo.figure.marks import cast, fold, sided
from umair.demo.figure.outfits.outfit import Outfit
from umair.demo.figure.torso import body_shadow, skin_shadow, torso_path
from umair.demo.figure.view import View

WHITE = (1, 1, 1)


def kimono(pen: Pen, view: View) -> None:
    cloth = view.cloth[0]
    trunk = pen.part(torso_path(neck_w=0.19), cloth, "cloth", round_=0.16)
    _pattern(pen, view, 3)
    body_shadow(pen, view)
    pen.outline(trunk, 0.010)
    fold(pen, (0.42, 1.72), (0.10, 1.92), 0.04, 0.08)
    fold(pen, (-0.42, 1.74), (-0.12, 1.90), -0.04, -0.08)
    for side in (1, -1):
        if side not in view.arms_later:
            _wide_sleeve(pen, view, side)
    right = spline([(0.15, 1.2), (0.10, 1.42), (0.0, 1.60)], 6)
    left = spline([(0.0, 1.60), (-0.10, 1.42), (-0.14, 1.2)], 6)
    pen.part(shape([(-0.13, 1.04), (0.145, 1.04)], right, left), view.skin, "skin", round_=0.05)
    skin_shadow(pen, view)
    for side in (1, -1):  # the right collar goes under, the left one over
        _collar(pen, view, side)
    if view.char.obi:
        _obi(pen, view)


def _flower(pen: Pen, x: float, y: float, s: float, color: Colour, rot: float = 0.0) -> None:
    for i in range(5):
        a = rot + i * 2 * math.pi / 5
        petal = ellipse(x + s * 0.58 * math.cos(a), y + s * 0.58 * math.sin(a), s * 0.52, s * 0.40, rot=a, n=14)
        pen.paint(petal, color)
    pen.paint(ellipse(x, y, s * 0.28, s * 0.28, n=12), mix(color, (1, 0.85, 0.4), 0.8))


def _pattern(pen: Pen, view: View, seed: int) -> None:
    """Scattered flowers over waves, on the part drawn last. The same cloth in every picture."""
    if not view.char.pattern:
        return
    cloth, flower, trim = view.cloth
    rng = np.random.default_rng(seed)
    colors = (flower, mix(flower, WHITE, 0.45), mix(flower, trim, 0.5))
    for j in range(26):
        x, y, s = rng.uniform(-0.9, 0.9), rng.uniform(1.25, 3.3), rng.uniform(0.045, 0.10)
        _flower(pen, x, y, s, colors[j % 3], rot=rng.uniform(0, 1))
    for j in range(5):
        y = 1.5 + j * 0.42
        wave = [(-0.9, y), (-0.4, y - 0.12), (0, y + 0.02), (0.4, y - 0.10), (0.9, y)]
        pen.paint(ribbon(spline(wave, 8), 0.008), mix(cloth, flower, 0.5), 0.8)


def _wide_sleeve(pen: Pen, view: View, side: int) -> None:
    outer = [(0.30, 1.275), (0.54, 1.365), (0.70, 1.56), (0.82, 1.95), (0.95, 2.45), (1.02, 3.4)]
    a = spline(sided(side, outer), 8)
    b = spline(sided(side, [(0.46, 3.4), (0.47, 2.4), (0.46, 1.85), (0.42, 1.62)]), 8)
    pen.part(shape(a, b), view.cloth[0], "cloth", round_=0.14)
    _pattern(pen, view, 5 + side)
    if not view.lit(side):
        pen.shade(shape(a[8:], sided(side, [(0.7, 3.4), (0.66, 2.4), (0.60, 1.8)])))
    folds = (((0.45, 1.72), (0.68, 1.68), 0.04), ((0.46, 1.86), (0.80, 2.02), 0.05), ((0.47, 2.2), (0.88, 2.55), 0.06))
    for start, end, w in folds:
        fold(pen, sided(side, start), sided(side, end), -w * side, -0.06 * side)
    pen.stroke(a[4:], 0.0125, 0.2, 0.8, 0.6)
    pen.stroke(b[:-3], 0.010, 0.8, 0, 0.3)


def _collar(pen: Pen, view: View, side: int) -> None:
    eri = rgb(view.char.eri) if view.char.eri else view.cloth[2]
    for width, color, off in ((0.060, rgb(view.char.juban), -0.035), (0.075, eri, 0.035)):
        band = bez(
            (side * (0.155 + off * 0.6), 1.10),
            (side * (0.235 + off), 1.30),
            (side * (0.14 + off), 1.58),
            (-side * (0.20 - off), 2.20),
            24,
        )
        outline = path(ribbon(band, width * 0.62))
        cast(pen, outline, -0.01 * view.light, 0.022, 0.9)
        pen.part(outline, color, "cloth", line=0.009)
        if not view.lit(side):
            pen.shade(ribbon(shifted(band, side * 0.02, 0.01), width * 0.35))


def _obi(pen: Pen, view: View) -> None:
    color, s = view.cloth[2], -view.light
    sash = shape([(-0.48, 2.16), (0.48, 2.16), (0.46, 2.78), (-0.46, 2.78)])
    pen.part(sash, color, "cloth", line=0.011, round_=0.16)
    for j in range(9):
        _flower(pen, -0.42 + j * 0.105, 2.30 + 0.12 * (j % 3), 0.03, mix(color, WHITE, 0.5))
    pen.shade(shape(spline(sided(s, [(0.12, 2.1), (0.5, 2.1), (0.5, 2.9), (0.2, 2.9)]), 4)))
    pen.shade(path([(-0.6, 2.1), (0.6, 2.1), (0.6, 2.20), (-0.6, 2.20)]))
    pen.part(ribbon(np.array([(-0.49, 2.44), (0.49, 2.44)]), 0.035), view.accent, "cloth", line=0.008)
    pen.part(ellipse(0, 2.44, 0.06, 0.055), mix(view.accent, WHITE, 0.4), "metal", line=0.008)


def wide(view: View) -> Sleeve:
    return Sleeve(view.cloth[0], drape=0.62)


KIMONO = Outfit(draw=kimono, gesture=wide)
