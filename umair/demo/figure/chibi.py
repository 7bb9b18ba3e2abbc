"""Chibi: two and a half heads tall, the same head with larger eyes, mitten hands, stub legs."""

from collections import defaultdict
from dataclasses import replace

import numpy as np

from umair.demo.canvas.colours import rgb
from umair.demo.canvas.curves import ellipse, path, ribbon, shape, shifted, spline
from umair.demo.canvas.pen import Pen
from umair.demo.figure.back_hair import draw_back_hair
from umair.demo.figure.doll import front, in_trousers, lower, trouser, upper
from umair.demo.figure.head import draw_head
from umair.demo.figure.marks import sided
from umair.demo.figure.model import Arms, Back, Character, Expression
from umair.demo.figure.view import View
from umair.demo.figure.worn.accessories import draw_accessories

_HAIR: dict[Back, float] = {
    **{"long": 1.40, "xlong": 1.60, "wavy": 1.40, "curls": 1.40, "mid": 1.25, "wolf": 1.20},
    **{"twin": 0.95, "pony": 0.95, "bob": 1.02, "short": 0.86, "bun": 0.95, "braid": 0.98},
}

_RAISED: defaultdict[Arms, tuple[int, ...]] = defaultdict(tuple, {"up": (-1, 1), "wave": (1,)})


def small(char: Character) -> Character:
    """The same person with the proportions of a chibi."""
    return replace(
        char,
        eye_open=1.12,
        lash_w=1.15,
        hair_len=_HAIR[char.back],
        tail_len=0.72 if char.back == "braid" else 1.05,
        side="mid" if char.side in ("long", "xlong") else char.side,
    )


def chibi(pen: Pen, view: View, expr: Expression, roll: float, arms: Arms = "down", kick: int = 0) -> None:
    """The whole figure; view.char must be `small`. roll tilts the head, not the back hair.

    arms: up (both), wave (one), else hanging; kick: the side (-1, 1) whose leg is flung out, 0 none.
    """
    draw_back_hair(pen, view)
    up = _RAISED[arms]
    for side in (-1, 1):
        _leg(pen, view, side, 0.30 if side == kick else 0.0)
    lower(pen, view)
    upper(pen, view)
    for side in (-1, 1):
        _arm(pen, view, side, side in up)
    front(pen, view)
    face = replace(view, k=view.k * 0.6, pitch=0.0)
    pen.push(rot=roll, pivot=(0, 1.05))
    draw_accessories(pen, face, draw_head(pen, face, expr))
    pen.pop()


def _leg(pen: Pen, view: View, side: int, kick: float) -> None:
    """A stub with sock and shoe; kick swings it outwards."""
    trousers = in_trousers(view)
    pen.push(rot=-side * kick, pivot=(side * 0.12, 1.56))
    inner = spline(sided(side, [(0.03, 1.58), (0.045, 1.85), (0.05, 1.98)]), 6)
    outer = spline(sided(side, [(0.19, 1.98), (0.20, 1.8), (0.22, 1.56)]), 6)
    color, material = (trouser(view), "cloth") if trousers else (view.skin, "skin")
    pen.part(shape(inner, outer), color, material, line=0.012, round_=0.05)
    pen.shade(path([(-1, 1.4), (1, 1.4), (1, 1.70), (-1, 1.70)]))
    if not trousers:
        sock_inner = spline(sided(side, [(0.035, 1.82), (0.04, 1.96)]), 4)
        sock_outer = spline(sided(side, [(0.20, 1.96), (0.20, 1.80)]), 4)
        pen.part(shape(sock_inner, sock_outer), rgb(view.char.sock), "cloth", line=0.011)
    shoe = sided(side, [(0.02, 1.95), (0.03, 2.06), (0.14, 2.08), (0.25, 2.05), (0.21, 1.95)])
    pen.part(path(spline(shoe, 6, closed=True)), rgb(view.char.shoe), "cloth", line=0.012)
    pen.pop()


def _arm(pen: Pen, view: View, side: int, up: bool) -> None:
    bare = view.char.outfit == "dress"
    wide = view.char.outfit == "kimono"
    reach = [(0.15, 1.10), (0.30, 1.13), (0.40, 1.02)] if up else [(0.15, 1.10), (0.30, 1.16), (0.40, 1.30)]
    points = sided(side, reach)
    x, y = points[2]
    mitten = ellipse(x + side * 0.03, y + (-0.05 if up else 0.04), 0.062, 0.066)
    pen.part(mitten, view.skin, "skin", line=0.012, round_=0.03)
    arm = spline(points, 8)
    width = np.linspace(0.055, 0.052, len(arm)) if bare else np.linspace(0.075, 0.125 if wide else 0.085, len(arm))
    cloth = view.cloth[1] if view.char.two_tone else view.cloth[0]
    pen.part(ribbon(arm, width), view.skin if bare else cloth, "skin" if bare else "cloth", line=0.013, round_=0.05)
    pen.shade(ribbon(shifted(arm, 0, 0.05), 0.03))
