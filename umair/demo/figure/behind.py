"""Seen from behind: no face, the hair is the subject."""

from dataclasses import replace

from umair.demo.canvas.colours import rgb
from umair.demo.canvas.pen import Pen
from umair.demo.figure.back_torso import back_torso
from umair.demo.figure.behind_hair import hair_from_behind
from umair.demo.figure.bow import ribbon_bow
from umair.demo.figure.view import View
from umair.demo.figure.worn.accessories import draw_accessories_behind


def behind(pen: Pen, view: View) -> None:
    """The whole figure from behind, head and body square to the viewer."""
    view = replace(view, k=0.0)
    back_torso(pen, view)
    hair_from_behind(pen, view)
    if view.char.ribbon_back:
        ribbon_bow(pen, 0, 0.46, 0.22, rgb(view.char.ribbon_back), view.light)
    draw_accessories_behind(pen, view)
