"""The face: skin, blush, shadows, nose, mouth, eyes and the line of the jaw."""

from collections.abc import Sequence

import numpy as np
import skia

from umair.demo.canvas.colours import hsv_shift, mix, rgb
from umair.demo.canvas.curves import ellipse, moved, path, shape, spline
from umair.demo.canvas.pen import Pen
from umair.demo.figure.clump import Clump
from umair.demo.figure.expressions import FACES, Face
from umair.demo.figure.eye import draw_eye
from umair.demo.figure.face_shape import JAW, Features, face_contour, features
from umair.demo.figure.marks import sided
from umair.demo.figure.model import Expression
from umair.demo.figure.mouth import draw_mouth
from umair.demo.figure.nose import draw_nose
from umair.demo.figure.view import View


def draw_face(pen: Pen, view: View, expr: Expression, fringe: Sequence[Clump], look: tuple[float, float]) -> Features:
    """Draw the face under a fringe (which casts its shadow here) and say where its features lie."""
    char, k, face = view.char, view.k, FACES[expr]
    contour, where = face_contour(char, k, view.pitch), features(char, k, view.pitch)
    if not char.hide_ear:
        _ear(pen, view, 0.34 + 0.01 * k, 0.66, 1)
        if k < 0.5:
            _ear(pen, view, -0.345, 0.66, -1)
    skin = pen.part(spline(contour, 10, closed=True), view.skin, "skin", round_=0.30)
    _warmth(pen, view, where)
    _shadows(pen, view, fringe)
    draw_nose(pen, view, *where.nose)
    _marks(pen, view, where)
    draw_mouth(pen, view, *where.mouth, face.mouth)
    pen.cur, pen.curcol = skin, view.skin
    for side, eye, _ in where.eyes():
        socket = ellipse(eye.x, eye.y - 0.10, eye.w * 0.55, 0.04)
        pen.paint(socket, hsv_shift(view.skin, -0.02, 1.5, 0.86), 0.55, clip=skin, blur=0.022)
        kind = (face.near_eye or face.eyes) if side > 0 else face.eyes
        draw_eye(pen, view, eye, side, kind, look)
        pen.cur, pen.curcol = skin, view.skin
        _hatching(pen, view, face, eye.x + side * 0.02, eye.y + 0.165)
    pen.stroke(spline(contour[JAW], 10), 0.0125, 0.25, 0.2, 0.52, view.skin_line)
    return where


def _ear(pen: Pen, view: View, x: float, y: float, side: int) -> None:
    at = np.array((x, y))
    rim = [(0, -0.075), (0.06, -0.11), (0.085, -0.04), (0.055, 0.05), (0.02, 0.105), (-0.01, 0.06)]
    pen.part(shape(spline(at + sided(side, rim), 8)), view.skin, "skin", round_=0.03, line=0.0085)
    bowl = [(0.01, -0.05), (0.05, -0.07), (0.055, -0.01), (0.025, 0.03), (0.005, 0.02)]
    pen.shade(shape(spline(at + sided(side, bowl), 6)), 0.9)
    fold = spline(at + sided(side, [(0.015, -0.06), (0.055, -0.075), (0.06, -0.01)]), 8)
    pen.stroke(fold, 0.006, 0, 0, 0.5)


def _warmth(pen: Pen, view: View, where: Features) -> None:
    """Warm cheeks and nose."""
    rose = mix(view.skin, rgb("#f2828a"), 0.55)
    for side, eye, _ in reversed(where.eyes()):
        cheek = ellipse(eye.x + (0.03 if side > 0 else -0.01), eye.y + 0.165, eye.w * 0.52, 0.062)
        pen.paint(cheek, rose, 0.50 * view.char.blush, blur=0.030)
    pen.paint(ellipse(where.nose[0] + 0.01, where.nose[1], 0.045, 0.035), rose, 0.35, blur=0.02)


def _shadows(pen: Pen, view: View, fringe: Sequence[Clump]) -> None:
    """The side plane away from the light, the fringe's cast shadow, and the dark under the hairline."""
    k = view.k
    if view.light < 0:
        edge = [(0.345 - 0.02 * k, 0.50), (0.285 - 0.035 * k, 0.64), (0.245 - 0.04 * k, 0.76)]
        edge += [(0.13 - 0.06 * k, 0.90), (-0.01 - 0.11 * k, 0.988), (0.10, 1.06), (0.5, 0.9), (0.5, 0.5)]
    else:
        edge = [(-0.372, 0.46), (-0.318, 0.60), (-0.322, 0.70), (-0.262 - 0.02 * k, 0.82)]
        edge += [(-0.13 - 0.06 * k, 0.94), (-0.05 - 0.08 * k, 1.02), (-0.5, 1.0), (-0.5, 0.5)]
    pen.shade(shape(spline(edge, 8)))
    union = skia.Path()
    for clump in fringe:
        shadow = moved(clump.outline(), -0.012 * view.light, 0.042)
        joined = shadow if union.isEmpty() else skia.Op(union, shadow, skia.PathOp.kUnion_PathOp)
        union = joined or union
    pen.shade(union)
    hairline = 0.08 if view.char.bangs == "parted" else 0.33
    pen.shade(path([(-0.6, -0.2), (0.6, -0.2), (0.6, hairline), (-0.6, hairline)]))


def _marks(pen: Pen, view: View, where: Features) -> None:
    """Freckles and moles: what makes one face of many."""
    brown = mix(view.skin, rgb("#9a5a3a"), 0.55)
    if view.char.freckles:
        for side, eye, _ in where.eyes():
            for dx, dy in ((-0.035, 0.150), (0.0, 0.165), (0.035, 0.148), (-0.015, 0.182), (0.022, 0.186)):
                pen.paint(ellipse(eye.x + side * dx, eye.y + dy, 0.0062, 0.0058, n=10), brown, 0.8)
    if view.char.mole:
        near, (mx, my) = where.near, where.mouth
        x, y = (near.x + 0.075, near.y + 0.165) if view.char.mole == "eye" else (mx + 0.10, my + 0.035)
        pen.fill("line", ellipse(x, y, 0.0085, 0.0085, n=12), mix(brown, rgb("#2a1218"), 0.6))


def _hatching(pen: Pen, view: View, face: Face, x: float, y: float) -> None:
    if not (face.hatched and view.char.blush_lines):
        return
    red = mix(view.skin, rgb("#d8455a"), 0.75)
    for j in range(3):
        bx = x + (j - 1) * 0.030
        line = np.array([(bx + 0.010, y - 0.018), (bx, y), (bx - 0.010, y + 0.018)])
        pen.stroke(line, 0.006, 0, 0, 0.5, red, 0.9)
