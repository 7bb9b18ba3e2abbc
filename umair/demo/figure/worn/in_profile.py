"""Accessories on a head in profile."""

from collections.abc import Callable

import numpy as np

from umair.demo.canvas.colours import mix, rgb
from umair.demo.canvas.curves import bez, ellipse, path, ribbon
from umair.demo.canvas.pen import Pen
from umair.demo.figure.face_shape import Feature, Features
from umair.demo.figure.model import Accessory
from umair.demo.figure.view import View
from umair.demo.figure.worn.cat_ears import cat_ears
from umair.demo.figure.worn.fox_mask import fox_mask
from umair.demo.figure.worn.ornaments import flower, hair_bow
from umair.demo.figure.worn.straw_hat import straw_hat
from umair.demo.figure.worn.witch_hat import witch_hat

_EYE = Feature(-0.300, 0.645, 0.185)
_WHERE = Features(_EYE, _EYE, (-0.46, 0.77), (-0.34, 0.87), (-0.33, 0.45), (-0.33, 0.45))


def draw_accessories_in_profile(pen: Pen, view: View) -> None:
    """Everything this character wears on the head, in the order they name it."""
    for name in view.char.accs:
        _WORN[name](pen, view)


def _moved(draw: Callable[[Pen, View, Features], None], dx: float, narrow: float = 1.0) -> Callable[[Pen, View], None]:
    """The same thing as on a turned head, moved by dx and seen from its side."""

    def placed(pen: Pen, view: View) -> None:
        pen.push(dx, 0, narrow, 1)
        draw(pen, view, _WHERE)
        pen.pop()

    return placed


def _headphones(pen: Pen, view: View) -> None:
    color, glow = rgb(view.char.acc_c or "#2b2b38"), view.cloth[2]
    band = bez((0.045, 0.50), (0.05, 0.30), (0.04, 0.06), (0.03, -0.125), 20)
    pen.part(ribbon(band, 0.036), color, "prop", line=0.010)
    pen.part(ellipse(0.05, 0.58, 0.125, 0.145), color, "prop", line=0.011, round_=0.03)
    pen.part(ellipse(0.05, 0.58, 0.088, 0.105), mix(color, glow, 0.25), "prop", line=0.008)
    pen.glow(ribbon(ellipse(0.05, 0.58, 0.064, 0.080, n=30), 0.008), glow, 0.9, clip=True)
    pen.high(ellipse(0.05 + view.light * 0.05, 0.50, 0.022, 0.03), 0.9)


def _glasses(pen: Pen, view: View) -> None:
    color = rgb(view.char.acc_c or "#7a2230")
    rim = ellipse(-0.335, 0.668, 0.078, 0.118)
    pen.glow(ribbon(np.array([(-0.37, 0.74), (-0.31, 0.60)]), 0.014), (1, 1, 1), 0.28, clip=path(rim))
    pen.stroke(np.vstack([rim, rim[:1]]), 0.012, 1, 1, 0.5, color)
    pen.stroke(np.array([(-0.258, 0.640), (-0.10, 0.625)]), 0.012, 1, 0.8, 0.5, color)


def _hairpin(pen: Pen, view: View) -> None:
    for j in (0, 1):
        pin = np.array([(-0.24 + 0.02 * j, 0.37 + 0.07 * j), (-0.14 + 0.02 * j, 0.34 + 0.07 * j)])
        pen.part(ribbon(pin, 0.015), view.accent, "metal", line=0.008)


_WORN: dict[Accessory, Callable[[Pen, View], None]] = {
    "headphones": _headphones,
    "straw": _moved(straw_hat, 0.02),
    "witch": _moved(witch_hat, 0.02),
    "glasses": _glasses,
    "flower": _moved(flower, -0.22),
    "hairpin": _hairpin,
    "catears": _moved(cat_ears, 0.03, 0.62),
    "bow": _moved(hair_bow, -0.20),
    "mask": _moved(fox_mask, -0.20),
}
