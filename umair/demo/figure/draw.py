"""One figure, from its description to the pen."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from umair.demo.canvas.colours import rgb
from umair.demo.canvas.curves import path
from umair.demo.canvas.pen import Pen
from umair.demo.figure.arms import Sleeve
from umair.demo.figure.back_hair import draw_back_hair
from umair.demo.figure.back_torso import back_torso
from umair.demo.figure.behind import behind
from umair.demo.figure.chibi import chibi, small
from umair.demo.figure.forearms import arms_before_chest, folded_arms, joined_arms
from umair.demo.figure.gestures import draw_reaches, reaches
from umair.demo.figure.head import draw_head
from umair.demo.figure.legs import draw_legs, ground_shadow, hem
from umair.demo.figure.model import Figure
from umair.demo.figure.outfits.wardrobe import OUTFITS
from umair.demo.figure.profile import draw_profile
from umair.demo.figure.profile_hair import profile_back_hair
from umair.demo.figure.torso import neck
from umair.demo.figure.view import View
from umair.demo.figure.worn.accessories import draw_accessories
from umair.demo.figure.worn.in_profile import draw_accessories_in_profile

_CHIN = 1.05  # the head tilts about the top of the neck
_LARGE = 0.30
_FINE = 0.86  # people are drawn with a finer line than the hand's usual one


def draw_figure(pen: Pen, figure: Figure, light_x: int, seed: int) -> None:
    """Draw one figure over what the pen holds.

    light_x: side the key light comes from (-1 left, 1 right). The same arguments give the same bytes.
    Heads are built facing left; a figure that looks right is drawn on a mirrored canvas.
    """
    mirror = -1 if figure.yaw > 0 else 1
    view = View(
        char=figure.char,
        k=1.0 if figure.pose == "profile" else abs(figure.yaw),
        light=light_x * mirror,
        rng=np.random.default_rng(seed),
        wind=figure.wind * mirror,
        pitch=figure.pitch + 0.9 * figure.camera,
    )
    scale, roll, usual = figure.scale, figure.roll * mirror, pen.lw
    pen.lw = usual * _FINE * max(1.0, (_LARGE / scale) ** 0.6)  # small people keep their outlines
    pen.push(figure.x, figure.y, scale * mirror, scale, rot=figure.lean, pivot=(0, scale * 0.6))
    if figure.pose == "chibi":
        kick = {"walk": -1, "leap": 1}.get(figure.stance, 0)
        chibi(pen, replace(view, char=small(figure.char)), figure.expr, roll, figure.arms, kick)
    elif figure.pose == "behind":
        behind(pen, view)
    elif figure.pose == "back":
        _over_the_shoulder(pen, view, figure, roll)
    else:
        _from_the_front(pen, view, figure, roll)
    pen.pop()
    pen.lw = usual


def _from_the_front(pen: Pen, view: View, figure: Figure, roll: float) -> None:
    outfit = OUTFITS[figure.char.outfit]
    over_the_body = _forearms(figure) if outfit.sleeve else None
    sleeve, later = outfit.sleeve, (-1, 1) if over_the_body else ()
    moving = reaches(figure.arms, whole=figure.pose == "full")
    if over_the_body is None and (outfit.gesture or sleeve) and moving:
        sleeve, later = outfit.gesture or sleeve, tuple(reach.side for reach in moving)
        over_the_body = lambda pen, view, sleeve: draw_reaches(pen, view, sleeve, moving)  # noqa: E731
    view = replace(view, arms_later=later, arm_raised=figure.arms == "raised")
    _tilt(pen, roll * 0.5)
    if figure.pose == "profile":
        profile_back_hair(pen, view)
    else:
        draw_back_hair(pen, view)
    pen.pop()
    _enter_body(pen, figure)
    if outfit.behind:
        outfit.behind(pen, view)
    if figure.pose == "full":
        ground_shadow(pen, figure.stance)
        draw_legs(pen, view, figure.stance)
        pen.clip(path([(-9, -9), (9, -9), (9, hem(view)), (-9, hem(view))]))
    neck(pen, view)
    outfit.draw(pen, view)
    if figure.pose == "full":
        pen.unclip()
    pen.pop()
    _head(pen, view, figure, roll)
    if over_the_body and sleeve:
        _enter_body(pen, figure)
        over_the_body(pen, view, sleeve(view))
        pen.pop()


def _forearms(figure: Figure) -> Callable[[Pen, View, Sleeve], None] | None:
    """How the forearms are drawn over the body; None where the arms hang. Holding goes before any pose."""
    if figure.hold:
        color = rgb(figure.hold_col)
        return lambda pen, view, sleeve: arms_before_chest(pen, view, sleeve, figure.hold, color)
    return {"joined": joined_arms, "folded": folded_arms}.get(figure.arms)


def _over_the_shoulder(pen: Pen, view: View, figure: Figure, roll: float) -> None:
    _enter_body(pen, figure)
    back_torso(pen, view)
    pen.pop()
    _tilt(pen, roll)
    draw_back_hair(pen, replace(view, from_outside=True))
    pen.pop()
    _head(pen, view, figure, roll)


def _head(pen: Pen, view: View, figure: Figure, roll: float) -> None:
    _tilt(pen, roll)
    if figure.pose == "profile":
        draw_profile(pen, view, figure.expr)
        draw_accessories_in_profile(pen, view)
    else:
        draw_accessories(pen, view, draw_head(pen, view, figure.expr, figure.look))
    pen.pop()


def _tilt(pen: Pen, roll: float) -> None:
    pen.push(rot=roll, pivot=(0, _CHIN))


def _enter_body(pen: Pen, figure: Figure) -> None:
    """Body space: a little smaller than the head's and raised, turned with the head unless told otherwise."""
    k, size = abs(figure.yaw), figure.char.body
    turn = 0.16 * k if figure.turn is None else figure.turn
    size *= 1 - 0.17 * figure.camera
    raised = 0.045 + 0.05 * max(0.0, figure.camera)
    pen.push(0.03 * k, 1 - raised - size, size, size, turn=turn)
