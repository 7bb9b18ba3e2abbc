"""Accessories by name."""

from collections.abc import Callable

from umair.demo.canvas.pen import Pen
from umair.demo.figure.face_shape import Features
from umair.demo.figure.model import Accessory
from umair.demo.figure.view import View
from umair.demo.figure.worn.cat_ears import cat_ears
from umair.demo.figure.worn.fox_mask import fox_mask
from umair.demo.figure.worn.glasses import glasses
from umair.demo.figure.worn.headphones import headphones
from umair.demo.figure.worn.ornaments import flower, hair_bow, hairpin
from umair.demo.figure.worn.straw_hat import straw_hat
from umair.demo.figure.worn.witch_hat import witch_hat

_WORN: dict[Accessory, Callable[[Pen, View, Features], None]] = {
    "headphones": headphones,
    "straw": straw_hat,
    "witch": witch_hat,
    "glasses": glasses,
    "flower": flower,
    "hairpin": hairpin,
    "catears": cat_ears,
    "bow": hair_bow,
    "mask": fox_mask,
}


def draw_accessories(pen: Pen, view: View, where: Features) -> None:
    """Everything this character wears on the head, in the order they name it."""
    for name in view.char.accs:
        _WORN[name](pen, view, where)
