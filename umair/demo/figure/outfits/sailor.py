"""Sailor blouse: broad striped collar, bow."""

import numpy as np

from umair.demo.canvas.colours import rgb
from umair.demo.canvas.curves import path, ribbon, shape, shifted, spline
from umair.demo.canvas.pen import Pen
from umair.demo.figure.arms import Sleeve, arms
from umair.demo.figure.bow import ribbon_bow
from umair.demo.figure.marks import arc, cast, fold, sided
from umair.demo.figure.outfits.outfit import Outfit
from umair.demo.figure.torso import body_shadow, bust_form, skin_shadow, torso_path
from umair.demo.figure.view import View


def sleeve(view: View) -> Sleeve:
    return Sleeve(view.cloth[0])


def sailor(pen: Pen, view: View) -> None:
    white = view.cloth[0]
    pen.outline(pen.part(torso_path(), white, "cloth", round_=0.16), 0.010)
    body_shadow(pen, view)
    bust_form(pen, view)
    fold(pen, (0.40, 2.30), (0.05, 2.42), 0.04, 0.06)
    fold(pen, (-0.38, 2.36), (-0.02, 2.52), -0.04, -0.06)
    fold(pen, (0.38, 2.5), (0.12, 2.62), 0.03, 0.06)
    arms(pen, view, sleeve(view))
    _neckline(pen, view)
    for side in (-1, 1):
        _collar(pen, view, side)
    ribbon_bow(pen, 0, 1.84, 0.20, view.accent, view.light)


def _neckline(pen: Pen, view: View) -> None:
    """Skin down to the collar's point, with the panel that closes it."""
    skin = shape([(-0.118, 1.06), (0.135, 1.06), (0.19, 1.22), (0.0, 1.80), (-0.18, 1.22)])
    pen.part(skin, view.skin, "skin", round_=0.05)
    skin_shadow(pen, view)
    for side in (-1, 1):
        bone = arc(side, [(0.03, 1.275), (0.08, 1.272), (0.12, 1.28), (0.15, 1.30)], 8)
        pen.stroke(bone, 0.007, 0.5, 0, 0.2)
    panel = pen.part(shape([(-0.115, 1.52), (0.115, 1.52), (0.0, 1.86)]), view.cloth[0], "cloth")
    pen.outline(panel, 0.007)


def _collar(pen: Pen, view: View, side: int) -> None:
    _, blue, trim = view.cloth
    out = spline(sided(side, [(0.135, 1.125), (0.32, 1.215), (0.56, 1.345), (0.585, 1.44)]), 8)
    low = spline(sided(side, [(0.585, 1.44), (0.40, 1.56), (0.18, 1.72), (0.015, 1.86)]), 8)
    inner = spline(sided(side, [(0.0, 1.74), (0.09, 1.50), (0.15, 1.30), (0.135, 1.125)]), 8)
    outline = path(np.vstack([out, low, inner]))
    cast(pen, outline, 0.012, 0.035)
    pen.part(outline, blue, "cloth", round_=0.05)
    stripe = rgb(view.char.stripe) if view.char.stripe else trim
    for d in (0.045, 0.082):
        pen.paint(ribbon(shifted(low, -side * d * 0.75, -d * 0.95), 0.0085), stripe)
    if not view.lit(side):
        pen.shade(shape(out, low[:8], [(side * 0.30, 1.35)]))
    pen.shade(shape(inner, shifted(inner[::-1], side * 0.05, 0.02)), 0.9)
    pen.outline(outline, 0.010)
    if view.lit(side):
        shine = sided(side, [(0.26, 1.225), (0.42, 1.295), (0.50, 1.345), (0.40, 1.31)])
        pen.high(shape(spline(shine, 5)), 0.5)


SAILOR = Outfit(draw=sailor, sleeve=sleeve)
