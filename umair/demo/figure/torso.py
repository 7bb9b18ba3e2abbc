"""Neck and torso, and the shadows that lie on every outfit. Same space as the head, chin y = 1."""

import numpy as np
import skia

from umair.demo.canvas.curves import bez, ellipse, shape, spline
from umair.demo.canvas.pen import Pen
from umair.demo.figure.marks import arc, fold, sided
from umair.demo.figure.view import View


def neck(pen: Pen, view: View) -> None:
    """Neck, collar bones and the skin down to the chest, with the shadow of the chin."""
    nx, w = 0.035 * view.k, 0.128 + 0.03 * view.char.slim
    left = [(-w + nx, 0.80), (-w + nx * 0.9, 1.02), (-w - 0.015 + nx * 0.5, 1.14), (-0.24, 1.235), (-0.42, 1.30)]
    right = [(0.44, 1.30), (0.25, 1.235), (w + 0.02 + nx * 0.5, 1.14), (w + nx * 0.9, 1.02), (w + nx, 0.80)]
    a, b = spline(left, 8), spline(right, 8)
    pen.part(shape(a, [(-0.42, 1.9), (0.44, 1.9)], b), view.skin, "skin", round_=0.09)
    _chin_shadow(pen, view)
    line = view.skin_line
    pen.stroke(a[4:], 0.010, 0.1, 0, 0.3, line)
    pen.stroke(b[:-4], 0.010, 0, 0.1, 0.7, line)
    tendon = bez((0.10 + nx, 1.06), (0.08, 1.14), (0.05, 1.19), (0.03, 1.245), 12)
    pen.stroke(tendon, 0.006, 0, 0.5, 0.7, line, 0.7)
    for side in (-1, 1):
        bone = arc(side, [(0.035, 1.262), (0.12, 1.262), (0.22, 1.262), (0.33, 1.315)], 12)
        pen.stroke(bone, 0.0075, 0.5, 0, 0.2, line, 0.8)
        hollow = sided(side, [(0.04, 1.27), (0.15, 1.28), (0.25, 1.282), (0.14, 1.305)])
        pen.shade(shape(spline(hollow, 5)), 0.55)


def _chin_shadow(pen: Pen, view: View) -> None:
    k, left_light = view.k, view.light < 0
    edge = [(-0.5, 0.7), (-0.20, 1.03 + 0.02 * left_light), (-0.03 - 0.05 * k, 1.115)]
    edge += [(0.10, 1.10 + 0.05 * left_light), (0.18, 1.22 if left_light else 1.08), (0.5, 1.2), (0.5, 0.7)]
    pen.shade(shape(spline(edge, 8)))
    if not left_light:
        side = [(-0.3, 1.0), (-0.10, 1.05), (-0.085, 1.16), (-0.16, 1.24), (-0.3, 1.22)]
        pen.shade(shape(spline(side, 6)))
    pen.ao(ellipse(-0.02 - 0.05 * k, 0.95, 0.17, 0.07), 0.8, blur=0.03)


def torso_path(bw: float = 1.0, neck_w: float = 0.16, neck_y: float = 1.19) -> skia.Path:
    """Outline of the trunk without arms; bw broadens it, neck_w and neck_y say where it meets the neck."""
    right = [(neck_w, neck_y), (0.30 * bw, 1.275), (0.52 * bw, 1.350), (0.60 * bw, 1.46), (0.545 * bw, 1.75)]
    right += [(0.50 * bw, 1.98), (0.40 * bw, 2.45), (0.42 * bw, 2.75), (0.55 * bw, 3.2), (0.58 * bw, 3.4)]
    curve = spline(right, 8)
    return shape(curve, curve[::-1] * (-1, 1))


def body_shadow(pen: Pen, view: View) -> None:
    """Shadow of the head and the form shadow of the chest."""
    s = -view.light
    chest = [(0.20, 1.1), (0.62, 1.2), (0.9, 1.7), (0.9, 3.5), (0.30, 3.5), (0.20, 2.6), (0.34, 2.1)]
    chest += [(0.28, 1.75), (0.10, 1.45)]
    pen.shade(shape(spline(sided(s, chest), 8)), 0.9)
    head = [(-0.20, 1.0), (-0.19, 1.24), (s * 0.06, 1.36), (0.19, 1.28), (0.22, 1.0)]
    pen.shade(shape(spline(head, 8)))


def bust_form(pen: Pen, view: View) -> None:
    """Shadow, line and folds under the chest; nothing on a man."""
    if view.char.slim > 0.5:
        return
    b = view.char.bust
    for side in (-1, 1):
        under = [(0.03, 2.02), (0.20, 2.06 + 0.02 * b), (0.40, 1.98), (0.44, 1.86), (0.50, 2.0)]
        under += [(0.42, 2.16), (0.2, 2.15)]
        pen.shade(shape(spline(sided(side, under), 8)), 0.9 * b)
        line = arc(side, [(0.44, 1.80), (0.47, 1.92), (0.40, 2.02), (0.26, 2.05)], 14)
        pen.stroke(line, 0.009, 0, 0, 0.45, alpha=0.7)
        fold(pen, (side * 0.43, 1.74), (side * 0.20, 1.80), 0.025 * side, 0.1 * side, 0.4)


def skin_shadow(pen: Pen, view: View, peak: float = 1.30) -> None:
    """The chin's shadow on skin seen in a neckline."""
    edge = [(-0.3, 1.0), (-0.15, 1.20), (-view.light * 0.05, peak), (0.14, 1.24), (0.3, 1.0)]
    pen.shade(shape(spline(np.array(edge), 6)))
