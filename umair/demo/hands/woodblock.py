"""Woodblock: few pigments, graded bands of colour, wood grain, a dark keyline, a seal."""

import math
from dataclasses import dataclass

import cv2
import numpy as np

from umair.demo.canvas.colours import Colour, luma, mix, rgb
from umair.demo.canvas.noise import fbm, smooth
from umair.demo.hands.flow import smear_straight
from umair.demo.hands.jitter import between, seed_of
from umair.demo.hands.layers import material, over, put_fore
from umair.demo.hands.picture import RGB, deep, from_lab, grid, grown, lay, normal_noise, shifted, to_lab, unit
from umair.demo.hands.pigments import distances, palette_lab, planes
from umair.demo.hands.print_screen import xdog
from umair.demo.hands.surface import paper, warp
from umair.demo.passes import Passes, Plane

EDO = (
    "#f3e6c8 #e8cfa0 #d9a566 #c8502e #a83226 #7a2a2a #2a4a7a #1c2f58 #5f86a8 #a9c2c4 "
    "#5a7a5a #8a9a62 #3a4a44 #d8b84a #7a5a7a #e0a898 #33282c #efd9c4 #b8907a"
)
KEYLINE, SEAL, RICE = rgb("#1e2436"), rgb("#b8302a"), rgb("#efe2c6")


@dataclass(frozen=True)
class Woodblock:
    """One artist of this hand."""

    sky: Colour  # of the graded band at the top
    foot: Colour  # of the band at the bottom
    grain: float
    shift: float  # misregistration of the keyline, pixels


def artist(rng: np.random.Generator) -> Woodblock:
    """One artist's choices."""
    return Woodblock(
        sky=rgb("#23406e") if rng.random() < 0.7 else rgb("#8a2a2a"),
        foot=rgb("#2a4a7a"),
        grain=between(rng, 0.7, 1.5),
        shift=between(rng, 0.3, 1.4),
    )


def paint(passes: Passes, look: Woodblock, rng: np.random.Generator) -> RGB:
    """The scene as a colour print."""
    S, seed, a = passes.S, seed_of(rng), passes.alpha
    x, y = grid(S)
    pigments = np.stack([rgb(c) for c in EDO.split()])
    ground = _ground(passes)
    picture = over(_figure(passes, pigments), passes, pigmented(ground, pigments, 0.82))
    uneven = fbm((S, S), S * 0.25, seed, 3) - 0.5
    top = (1 - smooth(y + uneven * 0.05, 0.0, 0.34)) * (1 - a)
    foot = smooth(y + uneven * 0.05, 0.80, 1.02) * (1 - a)
    picture = lay(picture, picture * look.sky, top * 0.74)
    picture = lay(picture, picture * look.foot, foot * 0.6)
    fibre = warp(smear_straight(normal_noise(S, np.random.default_rng(seed)), 0.0, 22, 1.4), 0.02, 0.25, seed)
    rings = y * S + 9 * np.sin(x * 5 + uneven * 6) + 55 * uneven
    rings = np.sin(rings * (2 * math.pi / (5.2 * S / 640)) + 5 * fbm((S, S), S * 0.5, seed + 2, 2))
    wood = (0.35 * rings + 0.65 * fibre) * (0.085 - 0.050 * a) * look.grain
    density = (1 - picture) * deep((1 - wood) * (0.90 + 0.2 * fbm((S, S), S * 0.05, seed + 4, 4)))
    picture = shifted(1 - density, look.shift, -look.shift * 0.6)
    picture = lay(picture, KEYLINE, _keyline(passes, ground) * (1 - 0.18 * smooth(fibre, 0.7, 2.0)))
    picture = lay(picture, passes.spec[..., :3] * 0.4 + rgb("#fbf3e0") * 0.6, passes.spec[..., 3] * 0.85)
    picture = put_fore(picture, passes, 0.9)
    return unit(_sheet(picture, fibre, seed))


def pigmented(picture: RGB, pigments: np.ndarray, amount: float) -> RGB:
    """Every colour drawn towards the nearest pigments (K, 3); soft, so that no border shows."""
    S = picture.shape[0]
    lab, palette = to_lab(picture), palette_lab(pigments)
    d = distances(lab[::2, ::2].reshape(-1, 3), palette, (0.8, 1, 1))
    w = np.exp((d.min(1, keepdims=True) - d) / 90.0)
    w /= w.sum(1, keepdims=True)
    near = cv2.resize((w @ palette).reshape(S // 2, S // 2, 3), (S, S), interpolation=cv2.INTER_LINEAR)
    return from_lab(lab * (1 - amount) + near * amount)


def _ground(passes: Passes) -> RGB:
    """The ground in planes, lifted out of darkness."""
    lab = to_lab(planes(passes, 0.003, 0.012, 0.007))
    middle = float(np.median(lab[..., 0]))
    lab[..., 0] = np.clip(lab[..., 0] + max(0, 46 - middle) * 0.55, 0, 100)
    lab[..., 0] = np.round(lab[..., 0] / 13) * 13
    lab[..., 1:] *= 1.12
    return from_lab(lab)


def _figure(passes: Passes, pigments: np.ndarray) -> RGB:
    """Flat pigments, hardly any shadow."""
    light = passes.light
    figure = passes.albedo * (1 - deep(passes.shade) * (0.17 * np.array([0.9, 1, 0.8], np.float32)))
    figure = figure * mix((1, 1, 1), light.amb, light.tint * 0.6)
    figure = lay(figure, rgb("#f6e4cc"), 0.60 * material(passes, "skin"))
    lab = to_lab(figure)
    lab[..., 0] = 14 + lab[..., 0] * 0.88
    lab[..., 1:] *= 1.15
    figure = pigmented(from_lab(lab), pigments, 0.72)
    return np.where(
        deep((passes.high > 0.5) & (material(passes, "hair") > 0)), figure * 0.78 + 0.2 * pigments[0], figure
    )


def _keyline(passes: Passes, ground: RGB) -> Plane:
    """The block that is cut first: lines, an outer contour, contours of the ground."""
    a = passes.alpha
    line = unit(passes.line[..., 3] * 1.15)
    outer = unit(grown(a > 0.5, int(passes.S * 0.0016)) - a)
    behind = np.maximum(passes.bgline[..., 3] * 0.9, (1 - xdog(luma(ground), 0.0018, 14, 0.50)) * 0.7) * (1 - a)
    return unit(np.maximum(np.maximum(line, outer), behind)) * (1 - passes.spec[..., 3] * 0.9)


def _sheet(picture: RGB, fibre: Plane, seed: int) -> RGB:
    """Rice paper with a border, a ruled frame and a red seal."""
    S = picture.shape[0]
    tooth = paper(S, seed + 9, 2.2, 0.10)
    picture = picture * mix((1, 1, 1), rgb("#f4e6c8"), 0.5) * (1 + 0.020 * deep(tooth))
    m = int(S * 0.028)
    inside = np.zeros((S, S), np.float32)
    inside[m:-m, m:-m] = 1
    picture = lay(RICE * (1 + 0.02 * deep(tooth)), picture, inside)
    frame = np.zeros((S, S), np.float32)
    cv2.rectangle(frame, (m, m), (S - m, S - m), 1, max(1, int(S * 0.003)), cv2.LINE_AA)
    picture = lay(picture, KEYLINE, frame)
    return lay(picture, SEAL, _seal(S, seed) * (1 - 0.35 * smooth(fibre, 0.5, 1.5)))


def _seal(S: int, seed: int) -> Plane:
    x0, y0, w = int(S * 0.905), int(S * 0.86), int(S * 0.046)
    h = int(w * 1.5)
    seal = np.zeros((S, S), np.float32)
    seal[y0 : y0 + h, x0 : x0 + w] = 1
    cut = (np.random.default_rng(seed + 1).random((6, 4)) > 0.5).astype(np.float32)
    b = max(1, round(4 * S / 640))
    cut = cv2.resize(cut, (w - 2 * b, h - 2 * b), interpolation=cv2.INTER_NEAREST)
    seal[y0 + b : y0 + h - b, x0 + b : x0 + w - b] -= cut * 0.85
    return seal
