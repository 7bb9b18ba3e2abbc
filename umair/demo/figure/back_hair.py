"""Hair behind the head: which kind a character has, drawn before everything else."""

from collections.abc import Callable

from umair.demo.canvas.pen import Pen
from umair.demo.figure.curls import curls
from umair.demo.figure.long_hair import long_hair
from umair.demo.figure.model import Back
from umair.demo.figure.short_hair import short_hair
from umair.demo.figure.tails import buns, tails
from umair.demo.figure.view import View

_KINDS: dict[Back, tuple[Callable[[Pen, View], None], ...]] = {
    "long": (long_hair,),
    "xlong": (long_hair,),
    "mid": (long_hair,),
    "wavy": (long_hair,),
    "curls": (curls,),
    "bob": (short_hair,),
    "short": (short_hair,),
    "wolf": (short_hair,),
    "twin": (short_hair, tails),
    "pony": (short_hair, tails),
    "braid": (short_hair,),  # the plaits hang before the shoulders: see head.py
    "bun": (short_hair, buns),
}


def draw_back_hair(pen: Pen, view: View) -> None:
    for draw in _KINDS[view.char.back]:
        draw(pen, view)
