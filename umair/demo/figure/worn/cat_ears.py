"""Cat ears with tufts."""

from umair.demo.canvas.colours import gradient, mix, rgb
from umair.demo.canvas.curves import shape, shifted, spline
from umair.demo.canvas.pen import Pen
from umair.demo.figure.clump import Clump, Treatment, draw_clump
from umair.demo.figure.face_shape import Features
from umair.demo.figure.marks import sided
from umair.demo.figure.view import View

WHITE = (1, 1, 1)


def cat_ears(pen: Pen, view: View, where: Features) -> None:
    tip = view.hair_tip
    cat_ears_behind(pen, view)
    for side in (-1, 1):
        x = side * 0.30 + 0.02 * view.k
        inner = spline(shifted(sided(side, [(-0.05, 0.0), (0.04, -0.14), (0.115, -0.25)]), x, 0), 6)
        inner_back = spline(shifted(sided(side, [(0.125, -0.10), (0.10, 0.08)]), x, 0), 6)
        pink = mix(view.skin, rgb("#f08a92"), 0.5)
        pen.shade(pen.part(shape(inner, inner_back), pink, "skin", line=0.007), 0.5)
        for j in range(3):
            tuft = Clump(
                (x - side * 0.06 + 0.03 * j * side, 0.06),
                (x, -0.02),
                (x + side * 0.03, -0.06),
                (x + side * (0.03 + 0.03 * j), -0.13 + 0.03 * j),
                0.025,
                r0=0.8,
                peak=0.3,
            )
            how = Treatment(lines=0, cast=None, fade=0.1)
            draw_clump(pen, view, tuft, mix(tip, WHITE, 0.4), mix(tip, WHITE, 0.6), how)


def cat_ears_behind(pen: Pen, view: View) -> None:
    """Their backs: fur without the pink inside."""
    root, tip = view.hair, view.hair_tip
    for side in (-1, 1):
        x = side * 0.30 + 0.02 * view.k
        outer = spline(shifted(sided(side, [(-0.15, 0.02), (0.02, -0.20), (0.13, -0.34)]), x, 0), 6)
        back = spline(shifted(sided(side, [(0.15, -0.30), (0.17, -0.10), (0.135, 0.14)]), x, 0), 6)
        shader = gradient((x, -0.3), (x, 0.1), [tip, root])
        pen.part(shape(outer, back), root, "hair", line=0.012, shader=shader)
