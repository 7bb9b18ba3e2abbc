"""A festival fox mask pushed to the side of the head."""

from umair.demo.canvas.colours import rgb
from umair.demo.canvas.curves import ellipse, ribbon, shape, spline
from umair.demo.canvas.pen import Pen
from umair.demo.figure.face_shape import Features
from umair.demo.figure.marks import arc, sided
from umair.demo.figure.view import View

RED, INK = rgb("#c8283c"), rgb("#2a1a22")
_EDGE = [
    *[(-0.8, -0.2), (-0.78, -0.85), (-0.55, -1.05), (-0.30, -0.62), (0, -0.66), (0.30, -0.62)],
    *[(0.55, -1.05), (0.78, -0.85), (0.8, -0.2), (0.55, 0.45), (0.15, 0.95), (-0.15, 0.95), (-0.55, 0.45)],
]


def fox_mask(pen: Pen, view: View, where: Features) -> None:
    pen.push(0.40 + 0.04 * view.k, 0.16, 0.28, 0.28, rot=0.35)
    pen.part(shape(spline(_EDGE, 6, closed=True)), rgb("#fbf7f0"), "prop", round_=0.04, line=0.05)
    dark = [(0.1, -1), (0.35, 0), (0.1, 1.1), (1, 1), (1, -1)]
    pen.shade(shape(spline(sided(-view.light, dark), 5)))
    for side in (-1, 1):
        lid = sided(side, [(0.15, -0.02), (0.35, -0.22), (0.62, -0.22), (0.40, -0.02)])
        pen.paint(shape(spline(lid, 5)), RED)
        slit = arc(side, [(0.16, 0.0), (0.3, -0.13), (0.42, -0.15), (0.58, -0.2)], 8)
        pen.paint(ribbon(slit, 0.03), INK)
        pen.paint(shape(sided(side, [(0.62, -0.72), (0.5, -0.92), (0.40, -0.66)])), RED)
        for j in range(2):
            whisker = sided(side, [(0.35, 0.35 + j * 0.12), (0.6, 0.28 + j * 0.12)])
            pen.paint(ribbon(whisker, 0.03), RED)
    pen.paint(ellipse(0, -0.38, 0.09, 0.16), RED)
    pen.paint(ellipse(0, 0.62, 0.10, 0.07), INK)
    pen.pop()
