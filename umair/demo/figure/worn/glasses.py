"""Round glasses with a slanting reflection."""

import numpy as np

from umair.demo.canvas.colours import rgb
from umair.demo.canvas.curves import bez, ellipse, path, ribbon
from umair.demo.canvas.pen import Pen
from umair.demo.figure.face_shape import Features
from umair.demo.figure.view import View


def glasses(pen: Pen, view: View, where: Features) -> None:
    color = rgb(view.char.acc_c or "#7a2230")
    for side, eye, _ in where.eyes():
        rim = ellipse(eye.x, eye.y + 0.025, eye.w * 0.62, eye.w * (0.50 if side > 0 else 0.64))
        shine = np.array([(eye.x - eye.w * 0.30, eye.y + 0.11), (eye.x + eye.w * 0.05, eye.y - 0.05)])
        pen.glow(ribbon(shine, 0.018), (1, 1, 1), 0.28, clip=path(rim))
        pen.stroke(np.vstack([rim, rim[:1]]), 0.012, 1, 1, 0.5, color)
    far, near = where.far, where.near
    bridge = bez(
        (far.x + far.w * 0.6, far.y),
        (far.x + far.w * 0.7, far.y - 0.02),
        (near.x - near.w * 0.7, near.y - 0.02),
        (near.x - near.w * 0.6, near.y),
        10,
    )
    pen.stroke(bridge, 0.012, 1, 1, 0.5, color)
