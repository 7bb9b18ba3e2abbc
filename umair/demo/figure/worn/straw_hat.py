"""Straw hat with a ribbon."""

from umair.demo.canvas.colours import rgb
from umair.demo.canvas.curves import ellipse, path, shape, spline
from umair.demo.canvas.pen import Pen
from umair.demo.figure.bow import ribbon_bow
from umair.demo.figure.face_shape import Features
from umair.demo.figure.marks import cast, sided
from umair.demo.figure.view import View

STRAW = "#ecd08a"


def straw_hat(pen: Pen, view: View, where: Features) -> None:
    color, x, s = rgb(view.char.acc_c or STRAW), 0.02 * view.k, -view.light
    brim = path(ellipse(x, 0.125, 0.80, 0.205, rot=-0.05))
    cast(pen, brim, 0, 0.10)
    pen.part(brim, color, "prop", line=0.012, round_=0.05)
    for j in range(1, 6):
        braid = ellipse(x, 0.115, 0.80 - j * 0.07, 0.195 - j * 0.022, rot=-0.05)
        pen.stroke(braid, 0.005, 1, 1, 0.5, alpha=0.55)
    dark = [(s * 0.1, 0.2), (s * 0.5, 0.12), (s * 0.9, 0.1), (s * 0.9, 0.4), (0, 0.4)]
    pen.shade(shape(spline(dark, 5)))
    top = [(-0.40, 0.11), (-0.39, -0.10), (-0.26, -0.255), (0.02, -0.30), (0.30, -0.255), (0.42, -0.10)]
    foot = spline([(0.30, 0.165), (0.02, 0.185), (-0.27, 0.165)], 6)
    pen.part(shape(spline([*top, (0.44, 0.11)], 8), foot), color, "prop", line=0.012, round_=0.15)
    shade = [(0.12, -0.4), (0.22, -0.1), (0.20, 0.3), (0.7, 0.3), (0.7, -0.4)]
    pen.shade(shape(spline(sided(s, shade), 5)))
    for j in range(6):
        line = [(-0.40, -0.16 + j * 0.05), (0.02, -0.12 + j * 0.055), (0.43, -0.16 + j * 0.05)]
        pen.stroke(spline(line, 8), 0.004, 0, 0, 0.5, alpha=0.5)
    upper = spline([(-0.405, 0.03), (0.02, 0.10), (0.445, 0.03)], 8)
    lower = spline([(0.445, 0.115), (0.02, 0.185), (-0.405, 0.115)], 8)
    pen.part(shape(upper, lower), view.accent, "cloth", line=0.009)
    pen.shade(shape(sided(s, [(0.15, 0), (0.6, 0), (0.6, 0.2), (0.15, 0.2)])))
    ribbon_bow(pen, 0.36, 0.10, 0.11, view.accent, view.light, rot=0.3)


def straw_hat_behind(pen: Pen, view: View) -> None:
    """The same hat seen from behind."""
    color, s = rgb(view.char.acc_c or STRAW), -view.light
    brim = path(ellipse(0, 0.16, 0.80, 0.20))
    cast(pen, brim, 0, 0.10)
    pen.part(brim, color, "prop", line=0.012, round_=0.05)
    for j in range(1, 5):
        braid = ellipse(0, 0.15, 0.80 - j * 0.08, 0.19 - j * 0.025)
        pen.stroke(braid, 0.005, 1, 1, 0.5, alpha=0.5)
    top = [(-0.41, 0.13), (-0.40, -0.10), (-0.26, -0.26), (0, -0.30), (0.26, -0.26), (0.40, -0.10)]
    foot = spline([(0.28, 0.19), (0, 0.21), (-0.28, 0.19)], 6)
    pen.part(shape(spline([*top, (0.41, 0.13)], 8), foot), color, "prop", line=0.012, round_=0.15)
    shade = [(0.1, -0.4), (0.2, 0), (0.2, 0.3), (0.7, 0.3), (0.7, -0.4)]
    pen.shade(shape(spline(sided(s, shade), 5)))
    upper = spline([(-0.41, 0.04), (0, 0.12), (0.41, 0.04)], 8)
    lower = spline([(0.41, 0.13), (0, 0.21), (-0.41, 0.13)], 8)
    pen.part(shape(upper, lower), view.accent, "cloth", line=0.009)
