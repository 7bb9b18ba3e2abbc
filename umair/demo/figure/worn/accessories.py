"""Accessories by name."""

from collections.abc import Callable

from umair.demo.canvas.pen import Pen
from umair.demo.figure.face_shape import Features
from umair.demo.figure.model import Accessory
from umair.demo.figure.view import View
from umair.demo.figure.worn.cat_ears import cat_ears, cat_ears_behind
from umair.demo.figure.worn.fox_mask import fox_mask
from umair.demo.figure.worn.glasses import glasses
from umair.demo.figure.worn.headphones import headphones, headphones_behind
from umair.demo.figure.worn.ornaments import flower, flower_behind, hair_bow, hair_bow_behind, hairpin
from umair.demo.figure.worn.straw_hat import straw_hat, straw_hat_behind
from umair.demo.figure.worn.witch_hat import witch_hat, witch_hat_behind

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


_SEEN_FROM_BEHIND: dict[Accessory, Callable[[Pen, View], None]] = {
    "headphones": headphones_behind,
    "straw": straw_hat_behind,
    "witch": witch_hat_behind,
    "catears": cat_ears_behind,
    "flower": flower_behind,
    "bow": hair_bow_behind,
}


def draw_accessories_behind(pen: Pen, view: View) -> None:
    """What of them is seen from behind."""
    for name in view.char.accs:
        if name in _SEEN_FROM_BEHIND:
            _SEEN_FROM_BEHIND[name](pen, view)


def draw_accessories(pen: Pen, view: View, where: Features) -> None:
    """Everything this character wears on the head, in the order they name it."""
    for name in view.char.accs:
        _WORN[name](pen, view, where)
