"""Directions: where strokes go, and noise smeared along them."""

import math
from collections.abc import Sequence

import cv2
import numpy as np

from umair.demo.canvas.colours import luma
from umair.demo.canvas.noise import blur, fbm
from umair.demo.hands.picture import RGB, grid
from umair.demo.passes import Passes, Plane


def flow(passes: Passes, picture: RGB, scale: float = 0.008) -> Plane:
    """Angle of the strokes in radians: along the form in the figure, along edges elsewhere.

    From the structure tensor of the picture, smoothed over `scale` (fraction of the side), with a weak
    drift so that flat places are brushed too.
    """
    S = passes.S
    light = blur(luma(picture).astype(np.float32), S * 0.003)
    gx, gy = cv2.Sobel(light, cv2.CV_32F, 1, 0, ksize=3), cv2.Sobel(light, cv2.CV_32F, 0, 1, ksize=3)
    w = passes.alpha * 0.18
    ax, ay = gx + passes.nx * w, gy + passes.ny * w
    xx = blur(ax * ax + gx * gx, S * scale)
    xy = blur(ax * ay + gx * gy, S * scale)
    yy = blur(ay * ay + gy * gy, S * scale)
    drift = (fbm((S, S), S * 0.22, passes.seed + 90, 2) - 0.5) * 2.2 + 0.35
    s, c, weak = np.sin(drift), np.cos(drift), 1e-4
    return 0.5 * np.arctan2(2 * (xy - weak * s * c), (xx + weak * s * s) - (yy + weak * c * c)) + math.pi / 2


def smear(noises: Sequence[Plane], angle: Plane, steps: int, step: float = 1.0) -> list[Plane]:
    """Line integral convolution: the mean of each noise along the stroke through each pixel.

    steps to either side, each of `step` pixels; several noises share one walk along the strokes.
    Mean 0, deviation 1. Cabral and Leedom 1993.
    """
    S = angle.shape[0]
    gx, gy = grid(S)
    field = np.dstack([np.cos(2 * angle), np.sin(2 * angle)]).astype(np.float32)
    stack = np.dstack(noises)
    dx, dy = np.cos(angle).astype(np.float32), np.sin(angle).astype(np.float32)
    total = stack.copy()
    for way in (1, -1):
        x, y, px, py = gx * S, gy * S, dx * way, dy * way
        for _ in range(steps):
            x += px * step
            y += py * step
            here = cv2.remap(field, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
            cv2.accumulate(cv2.remap(stack, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT), total)
            px, py = _forward(here[..., 0], here[..., 1], px, py)
    return [_standard(n) for n in cv2.split(total)]


def smear_straight(noise: Plane, angle: float, steps: int, step: float = 1.0) -> Plane:
    """The same with one angle for the whole picture: one filter instead of many look-ups."""
    reach = steps * step
    n = 2 * math.ceil(reach) + 1
    kernel = np.zeros((n, n), np.float32)
    middle, fine = n // 2, 16
    a = (middle - reach * math.cos(angle), middle - reach * math.sin(angle))
    b = (middle + reach * math.cos(angle), middle + reach * math.sin(angle))
    ends = [tuple(round(v * fine) for v in p) for p in (a, b)]
    cv2.line(kernel, ends[0], ends[1], 1.0, 1, cv2.LINE_AA, 4)
    return _standard(cv2.filter2D(noise, -1, kernel / kernel.sum(), borderType=cv2.BORDER_REFLECT))


def _forward(c: Plane, s: Plane, px: Plane, py: Plane) -> tuple[Plane, Plane]:
    """Unit direction of a doubled angle's (cos, sin), turned to go on as (px, py) went."""
    half = c / (cv2.magnitude(np.ascontiguousarray(c), np.ascontiguousarray(s)) + 1e-6) * 0.5
    nx = cv2.sqrt(np.maximum(0.5 + half, 0))
    ny = np.copysign(cv2.sqrt(np.maximum(0.5 - half, 0)), s)
    way = np.copysign(np.float32(1), nx * px + ny * py)
    return nx * way, ny * way


def _standard(a: Plane) -> Plane:
    return (a - a.mean()) / (a.std() + 1e-6)
