"""The head: face, dome of hair, side locks, fringe, brows, in the order they hide each other."""

import numpy as np
import skia

from umair.demo.canvas.colours import gradient, mix
from umair.demo.canvas.curves import bez, shape, spline
from umair.demo.canvas.pen import Pen
from umair.demo.figure.brow import draw_brow
from umair.demo.figure.clump import Clump, Halo, Treatment, draw_clump
from umair.demo.figure.curls import front_ringlet
from umair.demo.figure.dome import dome, room_for_locks
from umair.demo.figure.expressions import FACES
from umair.demo.figure.face import draw_face
from umair.demo.figure.face_shape import Features
from umair.demo.figure.fringe import draw_fringe, make_fringe
from umair.demo.figure.model import Expression
from umair.demo.figure.side_locks import draw_side_locks
from umair.demo.figure.tails import braid
from umair.demo.figure.view import View

_CROWN = {"side": 0.17, "sweep": -0.06, "spiky": 0.05}  # where the hair flows from


def draw_head(pen: Pen, view: View, expr: Expression, look: tuple[float, float] = (0, 0)) -> Features:
    """The whole head except back hair and accessories; returns where the features lie."""
    k, pitch = view.k, view.pitch
    fringe = make_fringe(view)
    where = draw_face(pen, view, expr, fringe, look)
    outline = dome(k)
    cap = _cap(pen, view)
    halo = Halo(0.185 + 0.05 * pitch, 0.62 - 0.5 * min(0, pitch), -0.05 * k, 0.036)
    if view.char.back == "braid":
        for side, x in ((1, 0.385), (-1, -0.365 + 0.02 * k)):
            braid(pen, view, side, x, y0=0.84, y1=0.84 + 0.845 * view.char.tail_len)
    elif view.char.back == "curls":
        for side in (1, -1):
            front_ringlet(pen, view, side)
    pen.clip(room_for_locks(k))
    draw_side_locks(pen, view, halo)
    draw_fringe(pen, view, fringe, halo)
    pen.unclip()
    pen.curcol = view.hair
    pen.stroke(outline[12:-12], 0.0120, 0, 0, 0.5)
    if view.char.bangs == "spiky":
        tufts(pen, view)
    pen.cur, pen.curcol = cap, view.hair
    crown = _CROWN.get(view.char.bangs, 0) - 0.07 * k
    _flow_lines(pen, view, crown)
    for side, eye, brow in where.eyes():
        draw_brow(pen, view, *brow, eye.w, side, FACES[expr])
    if view.char.ahoge:
        ahoge(pen, view, crown)
    _flyaways(pen, view)
    return where


def _cap(pen: Pen, view: View) -> skia.Path:
    """The dome with the face cut out."""
    k = view.k
    if view.char.bangs == "parted":
        right = [(0.40 + 0.02 * k, 0.66), (0.385, 0.45), (0.33, 0.27), (0.18, 0.15), (-0.07 * k + 0.005, 0.015)]
        left = [(-0.07 * k - 0.005, 0.015), (-0.20, 0.15), (-0.33, 0.27), (-0.375, 0.45), (-0.385, 0.62)]
        inner = np.vstack([spline(right, 8), spline(left, 8)])
    else:
        hairline = [(0.40 + 0.02 * k, 0.66), (0.385, 0.45), (0.30, 0.26), (0.10, 0.16)]
        hairline += [(-0.12, 0.16), (-0.30, 0.26), (-0.375, 0.45), (-0.385, 0.62)]
        inner = spline(hairline, 8)
    shader = gradient((0, -0.1), (0, 0.7), [view.hair, view.hair, mix(view.hair, view.hair_tip, 0.6)])
    cap = pen.part(shape(dome(k), inner), view.hair, "hair", shader=shader)
    if view.light < 0:
        dark = [(0.26, -0.06), (0.36, 0.12), (0.385, 0.35), (0.38, 0.7), (0.65, 0.7), (0.65, -0.1)]
    else:
        dark = [(-0.24, -0.05), (-0.35, 0.12), (-0.375, 0.35), (-0.37, 0.7), (-0.65, 0.7), (-0.65, -0.1)]
    pen.shade(shape(spline(dark, 8)))
    return cap


def tufts(pen: Pen, view: View) -> None:
    """Spiky hair breaks the dome."""
    for x, dx, dy, w in (
        *((-0.30, -0.13, 0.02, 0.060), (-0.14, -0.10, -0.075, 0.055), (0.10, 0.05, -0.090, 0.060)),
        *((0.27, 0.13, -0.055, 0.062), (0.41, 0.15, 0.04, 0.055)),
    ):
        at = x + 0.05 * view.k
        y = -0.055 + 1.05 * abs(at) ** 2.2
        clump = Clump(
            (at * 0.55, y + 0.16),
            (at * 0.8, y + 0.04),
            (at + dx * 0.3, y + dy * 0.3),
            (at + dx + view.wind * 0.04, y + dy),
            w,
            r0=0.5,
            peak=0.35,
            sharp=1.5,
        )
        draw_clump(pen, view, clump, view.hair, view.hair_tip, Treatment(lines=0, cast=None, fade=0.40))


def _flow_lines(pen: Pen, view: View, crown: float) -> None:
    """Thin lines out of the parting."""
    for j in range(6):
        a = -1.30 + 2.6 * j / 5 + view.rng.uniform(-0.12, 0.12)
        bend = (crown + 0.24 * a, -0.03 + 0.05 * abs(a))
        line = bez((crown, -0.072), (crown + 0.10 * a, -0.070), bend, (crown + 0.33 * a, 0.04 + 0.12 * abs(a)), 12)
        pen.stroke(line, 0.0055, 0.1, 0, 0.45, pen.linecol(view.hair), 0.6)


def ahoge(pen: Pen, view: View, x: float) -> None:
    """The lock that stands up."""
    clump = Clump((x, -0.055), (x - 0.02, -0.22), (x + 0.12, -0.30), (x + 0.20, -0.17), 0.024, r0=0.7, peak=0.4)
    draw_clump(pen, view, clump, view.hair, view.hair_tip, Treatment(lines=0, cast=None, fade=0))


def _flyaways(pen: Pen, view: View) -> None:
    """Single hairs that leave the dome."""
    for j in range(5):
        side = 1 if j % 2 else -1
        y = view.rng.uniform(0.0, 0.3)
        x = side * (0.36 + 0.08 * y) + (0.05 * view.k if side > 0 else 0.02 * view.k)
        hair = bez(
            (x * 0.8, y - 0.06), (x * 1.1, y - 0.05), (x * 1.2, y + 0.1), (x * 1.25 + view.wind * 0.1, y + 0.25), 12
        )
        pen.stroke(hair, 0.006, 0.2, 0, 0.3, pen.linecol(view.hair))
