"""The sheet a colour print is pulled on: rice paper, border, seal, title slip."""

from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np

from umair.demo.canvas.colours import Colour, mix, rgb
from umair.demo.canvas.noise import smooth
from umair.demo.hands.framed import Framed
from umair.demo.hands.jitter import between, colour_of, one_of
from umair.demo.hands.picture import RGB, deep, lay
from umair.demo.hands.surface import paper
from umair.demo.passes import Plane

Frame = Literal["rule", "double", "none", "tinted"]
Seal = Literal["tall", "square", "round"]
CREAM = rgb("#fbf3e0")


@dataclass(frozen=True)
class Sheet:
    """One artist's way to mount a print. Lengths are fractions of the side."""

    rice: Colour  # of the bare paper
    tint: Colour  # of a tinted frame and the title slip
    margin: float
    frame: Frame
    seal: Seal
    red: Colour
    left: bool  # seal on the left
    upper: bool  # seal at the top
    slip: bool  # a title slip in the opposite upper corner


def sheet_of(rng: np.random.Generator) -> Sheet:
    """One artist's sheet."""
    return Sheet(
        rice=colour_of(rng, ("#efe2c6", "#efe2c6", "#f4efe2", "#e6d2ac", "#e9e6dc")),
        tint=colour_of(rng, ("#c8502e", "#2a4a7a", "#d8b84a", "#5a7a5a", "#7a5a7a")),
        margin=one_of(rng, (0.0, 0.022, 0.028, 0.045, 0.060)),
        frame=one_of(rng, ("rule", "rule", "double", "none", "tinted")),
        seal=one_of(rng, ("tall", "square", "round")),
        red=colour_of(rng, ("#b8302a", "#b8302a", "#8a2a3a", "#c8502e")),
        left=bool(rng.random() < 0.4),
        upper=bool(rng.random() < 0.2),
        slip=bool(between(rng, 0, 1) < 0.4),
    )


def mounted(picture: RGB, passes: Framed, sheet: Sheet, keyline: Colour, fibre: Plane, seed: int) -> RGB:
    """The print on its sheet; fibre (mean 0, deviation 1) breaks the seal as it breaks the ink."""
    tooth = deep(paper(passes.S, seed + 9, 2.2, 0.10))
    picture = picture * mix((1, 1, 1), rgb("#f4e6c8"), 0.5) * (1 + 0.020 * tooth)
    left, top, right, bottom = passes.box.pixels(passes.S)
    seen = slice(top, bottom), slice(left, right)
    picture[seen] = _framed(picture[seen], passes.S, tooth[seen], sheet, keyline, fibre[seen], seed)
    return picture


def _framed(picture: RGB, S: int, tooth: Plane, sheet: Sheet, keyline: Colour, fibre: Plane, seed: int) -> RGB:
    """The same for the part that is shown, (h, w, 3); S is the side of the square, which sizes refer to."""
    m = int(S * sheet.margin)
    if m:
        inner = np.zeros(picture.shape[:2], np.float32)
        inner[m:-m, m:-m] = 1
        bare = sheet.tint * 0.55 + sheet.rice * 0.45 if sheet.frame == "tinted" else sheet.rice
        picture = lay(bare * (1 + 0.02 * tooth), picture, inner)
    picture = _ruled(picture, S, sheet, keyline, m)
    if sheet.slip:
        picture = _slip(picture, S, sheet, keyline, m, seed)
    seal = _seal(picture.shape[:2], S, sheet, m, seed)
    return lay(picture, sheet.red, seal * (1 - 0.35 * smooth(fibre, 0.5, 1.5)))


def _ruled(picture: RGB, S: int, sheet: Sheet, keyline: Colour, m: int) -> RGB:
    if sheet.frame == "none":
        return picture
    h, w = picture.shape[:2]
    lines = np.zeros((h, w), np.float32)
    cv2.rectangle(lines, (m, m), (w - m, h - m), 1, max(1, int(S * 0.003)), cv2.LINE_AA)
    if sheet.frame == "double":
        n = m + int(S * 0.010)
        cv2.rectangle(lines, (n, n), (w - n, h - n), 1, max(1, int(S * 0.0016)), cv2.LINE_AA)
    return lay(picture, keyline, lines)


def _seal(shape: tuple[int, int], S: int, sheet: Sheet, m: int, seed: int) -> Plane:
    """A carved stamp: its strokes are random, they say nothing."""
    w = int(S * 0.046)
    h = int(w * 1.5) if sheet.seal == "tall" else w
    x0 = m + int(S * 0.022) if sheet.left else shape[1] - m - int(S * 0.022) - w
    y0 = m + int(S * 0.030) if sheet.upper else shape[0] - m - int(S * 0.035) - h
    seal = np.zeros(shape, np.float32)
    if sheet.seal == "round":
        cv2.circle(seal, (x0 + w // 2, y0 + h // 2), w // 2, 1, -1, cv2.LINE_AA)
    else:
        seal[y0 : y0 + h, x0 : x0 + w] = 1
    b = max(1, round((7 if sheet.seal == "round" else 4) * S / 640))
    cut = (np.random.default_rng(seed + 1).random((6, 4)) > 0.5).astype(np.float32)
    cut = cv2.resize(cut, (w - 2 * b, h - 2 * b), interpolation=cv2.INTER_NEAREST)
    seal[y0 + b : y0 + h - b, x0 + b : x0 + w - b] -= cut * 0.85
    return seal


def _slip(picture: RGB, S: int, sheet: Sheet, keyline: Colour, m: int, seed: int) -> RGB:
    """A coloured slip with brush marks where a title would stand."""
    rng = np.random.default_rng(seed + 2)
    w, h = int(S * 0.052), int(S * 0.20)
    x0 = picture.shape[1] - m - int(S * 0.025) - w if sheet.left else m + int(S * 0.025)
    y0 = m + int(S * 0.025)
    area, edge, marks = (np.zeros(picture.shape[:2], np.float32) for _ in range(3))
    area[y0 : y0 + h, x0 : x0 + w] = 1
    cv2.rectangle(edge, (x0, y0), (x0 + w, y0 + h), 1, max(1, int(S * 0.0026)), cv2.LINE_AA)
    for i in range(4):
        cx, cy = x0 + w / 2, y0 + h * (i + 0.5) / 4
        for _ in range(4):
            dx, dy = rng.uniform(-0.30, 0.30, 2) * w
            ex, ey = (rng.uniform(0.15, 0.30) * w, 0) if rng.random() < 0.55 else (0.04 * w, rng.uniform(0.15, 0.3) * w)
            a, b = (int(cx + dx - ex), int(cy + dy - ey)), (int(cx + dx + ex), int(cy + dy + ey))
            cv2.line(marks, a, b, 1, max(1, int(S * 0.0035)), cv2.LINE_AA)
    picture = lay(picture, sheet.tint * 0.5 + CREAM * 0.5, area * 0.95)
    return lay(picture, keyline, np.maximum(edge, marks * 0.9))
