"""Eyebrows, drawn over the fringe."""

from umair.demo.canvas.colours import hsv_shift, mix, rgb
from umair.demo.canvas.curves import pressure, ribbon, spline
from umair.demo.canvas.pen import Pen
from umair.demo.figure.expressions import Face
from umair.demo.figure.view import View

_WEIGHT = {"soft": 1.0, "straight": 1.05, "thick": 1.4, "short": 1.55}
_LENGTH = {"soft": 1.0, "straight": 0.96, "thick": 1.0, "short": 0.62}


def draw_brow(pen: Pen, view: View, x: float, y: float, w: float, side: int, face: Face) -> None:
    """A brow over an eye of width w; its inner end points to the nose."""
    kind = view.char.brow
    inner, outer, dy = face.brow_inner, face.brow_outer, face.brow_drop
    w *= _LENGTH[kind]
    arch = 0.45 if kind == "straight" else 1.0
    line = spline(
        [
            (x - side * w * 0.46, y - 0.004 - inner + dy),
            (x - side * w * 0.12, y - 0.020 * arch + dy - 0.4 * inner),
            (x + side * w * 0.25, y - 0.012 * arch + dy + 0.2 * outer),
            (x + side * w * 0.54, y + 0.034 * arch + outer * -0.4 + dy),
        ],
        10,
    )
    color = mix(hsv_shift(view.hair, 0, 1.1, 0.55), rgb("#2a1820"), 0.25)
    weight = 0.0105 * view.char.brow_w * _WEIGHT[kind] * pen.style.brow
    pen.fill("line", ribbon(line, pressure(len(line), 0.30, 0.05, 0.30) * weight), color, 0.95, clip=None)
