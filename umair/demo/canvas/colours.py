"""Colours as float32 RGB arrays in 0..1, and the gradients skia paints with."""

import colorsys
from collections.abc import Sequence

import numpy as np
import skia
from numpy.typing import ArrayLike, NDArray

Colour = NDArray[np.float32]
LUMA = (0.299, 0.587, 0.114)  # ITU-R BT.601


def rgb(text: str) -> Colour:
    """ "#rrggbb" -> (3,) float32 in 0..1."""
    digits = text.lstrip("#")
    return np.array([int(digits[i : i + 2], 16) for i in (0, 2, 4)], np.float32) / np.float32(255)


def hexs(color: ArrayLike) -> str:
    """(3,) in 0..1 -> "#rrggbb", values outside are clipped."""
    return "#" + "".join(f"{round(float(np.clip(v, 0, 1)) * 255):02x}" for v in np.asarray(color)[:3])


def mix(a: ArrayLike, b: ArrayLike, t: float) -> Colour:
    """a at t = 0, b at t = 1; arrays of any one shape."""
    return np.asarray(a, np.float32) * (1 - t) + np.asarray(b, np.float32) * t


def hsv_shift(color: ArrayLike, dh: float = 0.0, ds: float = 1.0, dv: float = 1.0) -> Colour:
    """Turn the hue by dh (of a full circle) and multiply saturation and value, each held at 1."""
    h, s, v = colorsys.rgb_to_hsv(*[float(x) for x in np.clip(color, 0, 1)])
    return np.array(colorsys.hsv_to_rgb((h + dh) % 1, min(1, s * ds), min(1, v * dv)), np.float32)


def c4(color: ArrayLike, a: float = 1.0) -> skia.Color4f:
    """skia's float colour."""
    c = np.asarray(color)
    return skia.Color4f(float(c[0]), float(c[1]), float(c[2]), float(a))


def col(color: ArrayLike, a: float = 1.0) -> int:
    """skia's packed 8-bit colour."""
    r, g, b = (round(float(np.clip(v, 0, 1)) * 255) for v in np.asarray(color)[:3])
    return skia.Color(r, g, b, round(a * 255))


def gradient(
    p0: ArrayLike, p1: ArrayLike, cols: Sequence[ArrayLike], pos: Sequence[float] | None = None
) -> skia.Shader:
    """A linear gradient from p0 to p1; colours are RGB or RGBA, pos their places in 0..1."""
    ends = [skia.Point(*map(float, np.asarray(p))) for p in (p0, p1)]
    return skia.GradientShader.MakeLinear(ends, _packed(cols), pos)


def radial(c: ArrayLike, r: float, cols: Sequence[ArrayLike], pos: Sequence[float] | None = None) -> skia.Shader:
    """A radial gradient round c with radius r; colours are RGB or RGBA, pos their places in 0..1."""
    return skia.GradientShader.MakeRadial(skia.Point(*map(float, np.asarray(c))), float(r), _packed(cols), pos)


def luma(a: NDArray[np.floating]) -> NDArray[np.floating]:
    """(..., 3) -> (...): how light a colour looks (Rec. 601)."""
    return a[..., 0] * LUMA[0] + a[..., 1] * LUMA[1] + a[..., 2] * LUMA[2]


def _packed(cols: Sequence[ArrayLike]) -> list[int]:
    return [col(c) if len(c) == 3 else col(c[:3], c[3]) for c in map(np.asarray, cols)]
