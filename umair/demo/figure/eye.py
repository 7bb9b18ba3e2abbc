"""An anime eye, drawn in units of its own width, outer corner towards +x."""

import math
from dataclasses import dataclass

import numpy as np

from umair.demo.canvas.colours import Colour, gradient, hsv_shift, mix, rgb
from umair.demo.canvas.curves import Points, bez, ellipse, normals, path, pressure, ribbon, shape, shifted, spline
from umair.demo.canvas.pen import Pen
from umair.demo.figure.expressions import EyeKind
from umair.demo.figure.face_shape import Feature
from umair.demo.figure.model import EyeType
from umair.demo.figure.pupil import draw_pupil
from umair.demo.figure.view import View

WHITE = (1, 1, 1)


@dataclass(frozen=True)
class Iris:
    """Place and size of the iris in the eye's own units."""

    x: float
    y: float
    rx: float
    ry: float


def lash_colour(view: View) -> Colour:
    if view.char.lash:
        return rgb(view.char.lash)
    return mix(hsv_shift(view.hair, 0, 1.0, 0.32), rgb("#1c1018"), 0.55)


def draw_eye(pen: Pen, view: View, at: Feature, side: int, kind: EyeKind, look: tuple[float, float] = (0, 0)) -> None:
    """One eye. side: -1 the far one, 1 the near one; look: shift of the iris in eye widths."""
    char = view.char
    w = at.w * pen.style.eye * char.eye_size
    foreshortened = 1 + 0.24 * view.k if side < 0 else 1.0  # the far eye narrows, it does not shrink
    h = w * char.eye_open * foreshortened
    lash = lash_colour(view)
    pen.push(at.x, at.y, side * w, h, rot=-char.slant * side)
    if kind in ("closed", "smile"):
        _closed(pen, kind, lash)
    else:
        up, low = _upper_lid(char.eye_type, kind), _lower_lid(char.eye_type)
        _white(pen, view, up, low)
        color = rgb(char.eye2) if char.eye2 and side < 0 else rgb(char.eye)
        wide = kind == "wide"
        nudge = -0.012 if side > 0 else 0.015
        iris = Iris(
            0.005 + look[0] + nudge,
            (0.02 if wide else -0.008) + look[1],
            0.27 if wide else 0.352,
            0.36 if wide else 0.440,
        )
        _iris(pen, view, iris, color, up)
        _catchlights(pen, iris, side * view.light)
        _upper_lash(pen, view, up, lash, color)
        _lower_lash(pen, view, low, lash)
        _crease(pen, view, kind, lash)
    pen.pop()


def _upper_lid(eye_type: EyeType, kind: EyeKind) -> Points:
    up = spline(
        [(-0.46, 0.07), (-0.41, -0.14), (-0.26, -0.335), (0.02, -0.415), (0.28, -0.37), (0.44, -0.21), (0.525, 0.03)],
        12,
    )
    x = up[:, 0] + 0.5
    if eye_type == "tsuri":
        up[:, 1] += 0.05 - 0.13 * x
        up[:, 1] *= 0.93
    elif eye_type == "tare":
        up[:, 1] += -0.03 + 0.10 * x**2
    elif eye_type == "almond":
        up[:, 1] = up[:, 1] * 0.88 - 0.10 * x * (x - 0.55)
    elif eye_type == "sharp":
        up[:, 1] = up[:, 1] * 0.80 + 0.03 - 0.07 * x
    if kind == "half":
        up[:, 1] = up[:, 1] * 0.52 + 0.02
    return up


def _lower_lid(eye_type: EyeType) -> Points:
    low = spline([(0.465, 0.13), (0.36, 0.33), (0.12, 0.435), (-0.14, 0.425), (-0.32, 0.32), (-0.43, 0.17)], 10)
    if eye_type == "tare":
        low[:, 1] += 0.035 * (low[:, 0] + 0.5)
    elif eye_type == "almond":
        low[:, 1] = low[:, 1] * 0.90 - 0.06 * (low[:, 0] + 0.5)
    elif eye_type in ("tsuri", "sharp"):
        low[:, 1] += 0.02 - 0.07 * (low[:, 0] + 0.5)
    return low


def _closed(pen: Pen, kind: EyeKind, lash: Colour) -> None:
    """One arc (upwards for a smile) with two short lashes."""
    up = kind == "smile"
    arc = spline(
        [
            *[(-0.52, 0.08), (-0.25, -0.10 if up else 0.24), (0.05, -0.17 if up else 0.30)],
            *[(0.32, -0.06 if up else 0.22), (0.56, 0.16 if up else 0.04)],
        ],
        12,
    )
    weight = pressure(len(arc), 0.15, 0.12, 0.6) * 0.055 * (0.6 + 0.4 * pen.lw)
    pen.fill("line", ribbon(arc, weight), lash, clip=None)
    for t, reach in ((0.80, (0.14, 0.05)), (0.90, (0.12, 0.10))):
        p, d = arc[int(t * len(arc))], np.array(reach)
        pen.fill(
            "line", ribbon(bez(p, p + d * 0.3, p + d * 0.7, p + d, 8), np.linspace(0.025, 0.002, 8)), lash, clip=None
        )


def _white(pen: Pen, view: View, up: Points, low: Points) -> None:
    pen.part(shape(up, low), mix(rgb("#fdf8f6"), view.skin, 0.06), "eye", round_=0.02)
    pen.paint(shape(up, shifted(up[::-1], 0.02, 0.20)), mix(rgb("#b9b4d0"), view.skin, 0.25), 0.9)


def _iris(pen: Pen, view: View, i: Iris, color: Colour, up: Points) -> None:
    """Dark rim, gradient, spokes, pupil, glow below, and the shadow the lid throws."""
    dark = hsv_shift(color, -0.03, 1.15, 0.30)
    light = hsv_shift(mix(color, WHITE, 0.38), view.char.eye_hue, 1.0, 1.12)
    rim = ellipse(i.x, i.y, i.rx, i.ry)
    pen.paint(rim, dark)
    steps = [mix(dark, color, 0.18), mix(dark, color, 0.55), color, mix(color, light, 0.85)]
    shader = gradient((0, i.y - i.ry), (0, i.y + i.ry), steps, [0, 0.38, 0.62, 1])
    pen.paint(ellipse(i.x, i.y + 0.012, i.rx - 0.035, i.ry - 0.035), color, 1, shader=shader)
    spoke = np.array([0.002, 0.012, 0.014, 0.01, 0.002])
    for j in range(13):
        a = math.pi * (0.08 + 0.84 * j / 12)
        inner = np.array([i.x + i.rx * 0.42 * math.cos(a), i.y + 0.05 + i.ry * 0.40 * math.sin(a)])
        outer = np.array([i.x + i.rx * 0.82 * math.cos(a), i.y + 0.03 + i.ry * 0.84 * math.sin(a)])
        pen.paint(ribbon(np.linspace(inner, outer, 5), spoke), mix(light, WHITE, 0.25), 0.45)
    draw_pupil(pen, view.char.pupil, i.x, i.y - 0.02, i.rx, i.ry, dark, light)
    pen.paint(ellipse(i.x, i.y + i.ry * 0.56, i.rx * 0.66, i.ry * 0.30), light, 0.75, blur=0.05)
    pen.paint(ellipse(i.x + 0.01, i.y + i.ry * 0.70, i.rx * 0.50, i.ry * 0.15), mix(light, WHITE, 0.5), 0.8, blur=0.015)
    pen.fill("flat", shape(up, shifted(up[::-1], 0, 0.17)), mix(dark, rgb("#0c0614"), 0.5), 0.62, clip=path(rim))


def _catchlights(pen: Pen, i: Iris, s: int) -> None:
    """Lights towards s (the side of the key light, in the eye's own units)."""
    kind = pen.style.light
    if kind == 0:
        pen.glow(ellipse(i.x + 0.125 * s, i.y - 0.195, 0.118, 0.145, rot=0.35 * s), WHITE, 1, clip=pen.cur)
        pen.glow(ellipse(i.x - 0.165 * s, i.y + 0.20, 0.056, 0.066), WHITE, 0.92, clip=pen.cur)
        pen.glow(ellipse(i.x + 0.02 * s, i.y + 0.30, 0.028, 0.03), WHITE, 0.7, clip=pen.cur)
    elif kind == 1:
        pen.glow(ellipse(i.x + 0.12 * s, i.y - 0.17, 0.082, 0.092), WHITE, 1, clip=pen.cur)
    elif kind == 2:
        window = [(0.03 * s, -0.32), (0.22 * s, -0.30), (0.21 * s, -0.08), (0.04 * s, -0.11)]
        pen.glow(path(shifted(window, i.x, i.y)), WHITE, 1, clip=pen.cur)
        pen.glow(ellipse(i.x - 0.15 * s, i.y + 0.22, 0.07, 0.05, rot=-0.4 * s), WHITE, 0.8, clip=pen.cur)
    else:
        sparkles = [(0.14, -0.20, 0.125), (-0.15, 0.17, 0.07), (-0.17, -0.14, 0.035)]
        sparkles += [(0.12, 0.20, 0.04), (-0.02, 0.30, 0.03), (0.20, 0.02, 0.03)]
        for dx, dy, r in sparkles:
            pen.glow(ellipse(i.x + dx * s, i.y + dy, r, r * 1.15), WHITE, 1, clip=pen.cur)


def _upper_lash(pen: Pen, view: View, up: Points, lash: Colour, iris: Colour) -> None:
    """One thick tapered shape, thin at the inner corner, with a wing and two spikes outside."""
    n = len(up)
    t = np.linspace(0, 1, n)
    thick = 0.016 + 0.138 * np.sin(np.clip(t * 1.02, 0, 1) * math.pi * 0.60) ** 1.35
    thick *= (0.75 + 0.25 * pen.lw) * view.char.lash_w * pen.style.lash
    outward = normals(up)
    outward = outward * np.sign(-outward[:, 1:2] + 1e-9)
    top = up + outward * thick[:, None] + np.stack([0.03 * t, 0 * t], 1)
    inner = shifted(up, 0, 0.012)
    body = shape(inner[::-1], top[:-3], [(0.665, -0.075)], [(0.575, 0.15)])
    pen.fill("line", body, lash, clip=None)
    a, b = up[int(n * 0.8)], up[int(n * 0.68)]
    spikes = (
        (bez(a, shifted(a, 0.06, -0.10), (0.52, -0.27), (0.60, -0.31), 9), 0.035),
        (bez(b, shifted(b, 0.03, -0.10), (0.36, -0.44), (0.415, -0.50), 9), 0.030),
    )
    for curve, width in spikes:
        pen.fill("line", ribbon(curve, np.linspace(width, 0.003, 9)), lash, clip=None)
    warm = mix(lash, hsv_shift(iris, 0, 1, 0.8), 0.55)
    pen.fill("line", ellipse(-0.02, -0.43, 0.20, 0.045), warm, 0.7, clip=body, blur=0.02)


def _lower_lash(pen: Pen, view: View, low: Points, lash: Colour) -> None:
    """The lower lid: its outer two thirds, one short lash, a hint at the inner corner."""
    n = int(len(low) * 0.62)
    pen.fill(
        "line", ribbon(shifted(low[:n], 0, 0.008), pressure(n, 0.9, 0.05, 0.15) * 0.019 * pen.lw), lash, 0.95, clip=None
    )
    short = bez((0.45, 0.22), (0.49, 0.25), (0.52, 0.26), (0.56, 0.255), 7)
    pen.fill("line", ribbon(short, np.linspace(0.018, 0.002, 7)), lash, clip=None)
    inner = ribbon(low[-9:], pressure(9, 0.05, 0.4, 0.8) * 0.010 * pen.lw)
    pen.fill("line", inner, mix(lash, view.skin, 0.4), 0.8, clip=None)


def _crease(pen: Pen, view: View, kind: EyeKind, lash: Colour) -> None:
    crease = spline([(-0.33, -0.42), (-0.10, -0.60), (0.16, -0.61), (0.40, -0.46)], 10)
    if kind == "half":
        crease[:, 1] *= 0.7
    weight = pressure(len(crease), 0.05, 0.1, 0.6) * 0.013 * pen.lw
    pen.fill("line", ribbon(crease, weight), mix(lash, view.skin, 0.35), 0.9, clip=None)
