"""The face in profile, facing left: the line of forehead, nose and lips, and one eye."""

import numpy as np

from umair.demo.canvas.colours import gradient, hsv_shift, mix, rgb
from umair.demo.canvas.curves import Points, bez, ellipse, normals, path, pressure, ribbon, shape, spline
from umair.demo.canvas.pen import Pen
from umair.demo.figure.expressions import FACES
from umair.demo.figure.eye import lash_colour
from umair.demo.figure.model import Expression
from umair.demo.figure.profile_hair import profile_hair
from umair.demo.figure.view import View

WHITE = (1, 1, 1)
_FACE = [
    *[(-0.395, 0.28), (-0.412, 0.40), (-0.404, 0.50), (-0.384, 0.595), (-0.408, 0.68), (-0.462, 0.768)],
    *[(-0.440, 0.798), (-0.392, 0.806), (-0.396, 0.838), (-0.402, 0.852), (-0.380, 0.870), (-0.392, 0.892)],
    *[(-0.378, 0.918), (-0.372, 0.960), (-0.335, 1.003), (-0.265, 1.005), (-0.10, 0.945), (0.06, 0.860)],
]
EYE = (-0.300, 0.645, 0.185)  # x, y, width


def draw_profile(pen: Pen, view: View, expr: Expression) -> None:
    """The head; `profile_back_hair` is drawn before the body."""
    face = [(x, y) for x, y in _FACE]
    outline = spline(face, 8)
    skin = pen.part(shape(outline, [(0.20, 0.72), (0.20, 0.25)]), view.skin, "skin", round_=0.22)
    _colour(pen, view, outline)
    _eye(pen, view, expr)
    pen.cur, pen.curcol = skin, view.skin
    _mouth(pen, view, expr)
    pen.stroke(outline, 0.0125, 0.2, 0.2, 0.55, view.skin_line)
    profile_hair(pen, view)
    _brow(pen, view, expr)


def _colour(pen: Pen, view: View, outline: Points) -> None:
    rose = mix(view.skin, rgb("#f2828a"), 0.55)
    pen.paint(ellipse(-0.255, 0.80, 0.095, 0.055), rose, 0.5 * view.char.blush, blur=0.03)
    if view.light > 0:  # the light comes from behind the head
        edge = [(-0.36, 0.30), (-0.345, 0.55), (-0.36, 0.72), (-0.345, 0.84), (-0.33, 0.95), (-0.25, 1.02)]
        pen.shade(shape(spline([*edge, (-0.6, 1.0), (-0.6, 0.3)], 8)))
    else:
        edge = [(-0.02, 0.45), (-0.06, 0.62), (-0.13, 0.78), (-0.22, 0.93), (-0.25, 1.02), (0.3, 1.0), (0.3, 0.4)]
        pen.shade(shape(spline(edge, 8)))
    fringe = [(-0.6, 0.1), (-0.6, 0.50), (-0.36, 0.56), (-0.28, 0.52), (-0.18, 0.60), (0, 0.62), (0.1, 0.1)]
    pen.shade(path(fringe))


def _eye(pen: Pen, view: View, expr: Expression) -> None:
    kind = FACES[expr].eyes
    x, y, w = EYE
    char = view.char
    w = w * pen.style.eye * char.eye_size
    lash = lash_colour(view)
    pen.push(x, y, w, w * 1.32 * char.eye_open)
    if kind in ("smile", "closed"):
        arc = spline([(-0.50, 0.06), (-0.25, -0.13), (0.10, -0.14), (0.50, 0.12)], 10)
        pen.fill("line", ribbon(arc, pressure(len(arc), 0.3, 0.12, 0.4) * 0.06), lash, clip=None)
        pen.pop()
        return
    up = spline([(-0.46, -0.26), (-0.22, -0.40), (0.12, -0.34), (0.38, -0.10), (0.50, 0.14)], 10)
    if kind == "half":
        up[:, 1] = up[:, 1] * 0.5 + 0.02
    front = spline([(-0.30, 0.40), (-0.47, 0.18), (-0.50, -0.04), (-0.46, up[0, 1])], 8)
    low = spline([(0.50, 0.14), (0.20, 0.36), (-0.08, 0.42), (-0.30, 0.40)], 8)
    white = shape(up, low, front)
    pen.part(white, mix(rgb("#fdf8f6"), view.skin, 0.06), "eye", round_=0.02)
    pen.paint(shape(up, up[::-1] + np.array((0, 0.18))), mix(rgb("#b9b4d0"), view.skin, 0.25), 0.9)
    _iris(pen, view, -0.245, 0.03)
    t = np.linspace(0, 1, len(up))
    thick = (0.085 - 0.03 * t) * char.lash_w * pen.style.lash
    out = normals(up)
    out = out * np.sign(-out[:, 1:2] + 1e-9)
    lid = shape(up[::-1], [(-0.60, up[0, 1] - 0.02)], up + out * thick[:, None], [(0.66, 0.12)])
    pen.fill("line", lid, lash, clip=None)
    for a, b in (((-0.40, -0.34), (-0.66, -0.44)), ((-0.46, -0.24), (-0.70, -0.24))):
        p, q = np.array(a), np.array(b)
        hair = bez(p, p + (q - p) * 0.4, p + (q - p) * 0.7, q, 8)
        pen.fill("line", ribbon(hair, np.linspace(0.035, 0.003, 8)), lash, clip=None)
    pen.fill("line", ribbon(low, pressure(len(low), 0.6, 0.2, 0.2) * 0.016 * pen.lw), lash, 0.9, clip=None)
    crease = spline([(-0.30, -0.54), (0.0, -0.56), (0.34, -0.34)], 8)
    weight = pressure(len(crease), 0.05, 0.1, 0.5) * 0.014
    pen.fill("line", ribbon(crease, weight), mix(lash, view.skin, 0.35), clip=None)
    pen.pop()


def _iris(pen: Pen, view: View, x: float, y: float) -> None:
    color = rgb(view.char.eye)
    dark = hsv_shift(color, -0.03, 1.15, 0.30)
    light = hsv_shift(mix(color, WHITE, 0.38), view.char.eye_hue, 1.0, 1.12)
    rx, ry = 0.275, 0.405
    pen.paint(ellipse(x, y, rx, ry), dark)
    steps = [mix(dark, color, 0.18), mix(dark, color, 0.55), color, mix(color, light, 0.85)]
    shader = gradient((0, y - ry), (0, y + ry), steps, [0, 0.38, 0.62, 1])
    pen.paint(ellipse(x, y + 0.01, rx - 0.035, ry - 0.035), color, shader=shader)
    pen.paint(ellipse(x - 0.03, y - 0.02, rx * 0.40, ry * 0.46), mix(dark, (0, 0, 0), 0.35), 0.95)
    pen.paint(ellipse(x, y + ry * 0.6, rx * 0.6, ry * 0.26), light, 0.75, blur=0.05)
    pen.glow(ellipse(x - 0.02, y - 0.17, 0.075, 0.11), WHITE, 1, clip=True)
    pen.glow(ellipse(x + 0.06, y + 0.20, 0.036, 0.05), WHITE, 0.9, clip=True)


def _mouth(pen: Pen, view: View, expr: Expression) -> None:
    kind = FACES[expr].mouth
    if kind in ("open", "laugh"):
        opening = [(-0.385, 0.858), (-0.33, 0.850), (-0.275, 0.842), (-0.29, 0.895), (-0.335, 0.925), (-0.378, 0.912)]
        inside = pen.part(shape(spline(opening, 6, closed=True)), rgb("#8c2f3c"), "lip", round_=0.005)
        pen.paint(ellipse(-0.335, 0.915, 0.04, 0.022), rgb("#e8737a"))
        pen.outline(inside, 0.009, view.feature_line)
        return
    drop = {"smile": -0.022, "grin": -0.03, "pout": 0.014}.get(kind, -0.004)
    line = bez((-0.384, 0.868), (-0.35, 0.874), (-0.31, 0.870 + 0.3 * drop), (-0.285, 0.866 + drop), 12)
    pen.stroke(line, 0.0105, 0.5, 0.4, 0.4, view.feature_line)


def _brow(pen: Pen, view: View, expr: Expression) -> None:
    face = FACES[expr]
    y = 0.455 + face.brow_drop
    inner, outer = (-0.405, y - face.brow_inner * 0.6), (-0.22, y + 0.020 - 0.4 * face.brow_outer)
    line = spline([inner, (-0.33, y - 0.022), outer], 10)
    color = mix(hsv_shift(view.hair, 0, 1.1, 0.55), rgb("#2a1820"), 0.25)
    weight = pressure(len(line), 0.5, 0.05, 0.3) * 0.0105 * view.char.brow_w * pen.style.brow
    pen.fill("line", ribbon(line, weight), color, 0.95, clip=None)
