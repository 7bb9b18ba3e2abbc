"""What a chibi wears: its own clothes, made simple."""

import numpy as np

from umair.demo.canvas.colours import Colour, mix, rgb
from umair.demo.canvas.curves import ellipse, path, ribbon, shape, spline
from umair.demo.canvas.pen import Pen
from umair.demo.figure.bow import ribbon_bow
from umair.demo.figure.marks import fold, sided
from umair.demo.figure.view import View

_DARK = rgb("#2b2a3c")


def in_trousers(view: View) -> bool:
    """Boys, men and pilots; a robe, a cape or a dress hides the legs anyway."""
    return view.char.outfit == "cyber" or (view.char.slim > 0.3 and view.char.outfit not in ("kimono", "dress"))


def trouser(view: View) -> Colour:
    return view.cloth[0] if view.char.outfit == "cyber" else mix(_DARK, view.cloth[1], 0.3)


def lower(pen: Pen, view: View) -> None:
    """Skirt, robe, the tails of a coat, or nothing over trousers."""
    outfit = view.char.outfit
    if outfit == "kimono":
        _flared(pen, view, view.cloth[0], 0.26, 1.96, pleats=2)
    elif outfit in ("coat", "cape", "dress"):
        _flared(pen, view, view.cloth[0], 0.38 if outfit == "cape" else 0.35, 1.74, pleats=3)
    elif in_trousers(view):
        hips = spline([(-0.20, 1.34), (0.20, 1.34), (0.225, 1.56), (0.0, 1.64), (-0.225, 1.56)], 6, closed=True)
        pen.part(path(hips), trouser(view), "cloth", line=0.012, round_=0.06)
    else:
        color = rgb(view.char.skirt) if view.char.skirt else view.cloth[1]
        _flared(pen, view, color, 0.36, 1.70, pleats=5)


def upper(pen: Pen, view: View) -> None:
    """The trunk."""
    left = spline([(-0.10, 1.0), (-0.20, 1.08), (-0.21, 1.25), (-0.19, 1.43)], 6)
    right = spline([(0.19, 1.43), (0.21, 1.25), (0.20, 1.08), (0.10, 1.0)], 6)
    skin = view.char.outfit == "dress"
    pen.part(
        shape(left, right), view.skin if skin else view.cloth[0], "skin" if skin else "cloth", line=0.013, round_=0.1
    )
    pen.shade(ellipse(0, 1.0, 0.26, 0.15))
    if skin:
        bodice = [(-0.205, 1.15), (0.0, 1.19), (0.205, 1.15), (0.20, 1.44), (-0.20, 1.44)]
        pen.part(path(bodice), view.cloth[0], "cloth", line=0.011, round_=0.06)
        for side in (-1, 1):
            pen.part(ribbon(sided(side, [(0.12, 1.03), (0.12, 1.17)]), 0.020), view.cloth[0], "cloth", line=0.008)


def front(pen: Pen, view: View) -> None:
    """Collar, tie, scarf or hood: by these an outfit is known."""
    _FRONTS[view.char.outfit](pen, view)


def _flared(pen: Pen, view: View, color: Colour, wide: float, low: float, pleats: int) -> None:
    swing = 0.12 * view.wind
    right = spline([(0.17, 1.36), (0.20 + 0.2 * (wide - 0.2), 1.52), (wide + swing, low)], 6)
    foot = spline([(wide + swing, low), (swing, low + 0.055), (swing - wide, low)], 6)
    left = spline([(swing - wide, low), (-0.20 - 0.2 * (wide - 0.2), 1.52), (-0.17, 1.36)], 6)
    pen.part(shape(right, foot, left), color, "cloth", line=0.013, round_=0.1)
    for x in np.linspace(-0.16, 0.16, pleats):
        fold(pen, (x * 0.7, 1.44), (x * wide / 0.19 + swing, low), -0.028 * view.light, 0.03)


def _sailor(pen: Pen, view: View) -> None:
    _, second, trim = view.cloth
    for side in (-1, 1):
        flap = sided(side, [(0.02, 1.0), (0.21, 1.04), (0.22, 1.12), (0, 1.26)])
        pen.part(shape(flap), second, "cloth", line=0.011)
        pen.paint(ribbon(sided(side, [(0.20, 1.10), (0.0, 1.225)]), 0.009), trim)
    ribbon_bow(pen, 0, 1.25, 0.11, view.accent, view.light)


def _blazer(pen: Pen, view: View) -> None:
    pen.part(path([(-0.09, 1.0), (0.09, 1.0), (0.0, 1.30)]), rgb("#fbfaf8"), "cloth", line=0.009)
    pen.part(
        path([(-0.03, 1.05), (0.03, 1.05), (0.04, 1.20), (0.0, 1.27), (-0.04, 1.20)]),
        view.cloth[2],
        "cloth",
        line=0.009,
    )
    for side in (-1, 1):
        lapel = sided(side, [(0.08, 1.0), (0.16, 1.06), (0.12, 1.16), (0.0, 1.31)])
        pen.part(path(lapel), mix(view.cloth[0], (0, 0, 0), 0.12), "cloth", line=0.010)
    pen.part(ellipse(0, 1.37, 0.02, 0.02), view.accent, "metal", line=0.008)


def _hoodie(pen: Pen, view: View) -> None:
    hood = spline(
        [(-0.24, 1.10), (-0.10, 1.18), (0.0, 1.20), (0.10, 1.18), (0.24, 1.10), (0.16, 0.98), (-0.16, 0.98)], 6
    )
    pen.part(path(hood), mix(view.cloth[0], (1, 1, 1), 0.12), "cloth", line=0.011, round_=0.04)
    for side in (-1, 1):
        pen.part(ribbon(sided(side, [(0.05, 1.18), (0.06, 1.31)]), 0.012), view.cloth[2], "cloth", line=0.007)
    pocket = [(-0.12, 1.32), (0.12, 1.32), (0.15, 1.42), (-0.15, 1.42)]
    pen.part(path(pocket), mix(view.cloth[0], (0, 0, 0), 0.06), "cloth", line=0.009)


def _kimono(pen: Pen, view: View) -> None:
    eri = rgb(view.char.eri) if view.char.eri else view.cloth[2]
    for side in (1, -1):
        band = np.array([(side * 0.13, 1.0), (side * 0.05, 1.14), (-side * 0.07, 1.27)])
        pen.part(ribbon(spline(band, 6), 0.034), eri, "cloth", line=0.010)
    pen.part(path([(-0.20, 1.26), (0.20, 1.26), (0.195, 1.44), (-0.195, 1.44)]), view.cloth[2], "cloth", line=0.011)
    pen.part(ribbon(np.array([(-0.20, 1.35), (0.20, 1.35)]), 0.018), view.accent, "cloth", line=0.007)


def _scarf(pen: Pen, view: View) -> None:
    _, wool, stripe = view.cloth
    tail = [(0.04, 1.12), (0.14, 1.12), (0.15, 1.40), (0.06, 1.41)]
    pen.part(path(tail), wool, "cloth", line=0.011)
    pen.paint(ribbon(np.array([(0.05, 1.33), (0.16, 1.33)]), 0.016), stripe)
    roll = spline([(-0.23, 1.05), (0, 1.16), (0.23, 1.05), (0.20, 0.96), (-0.20, 0.96)], 8, closed=True)
    pen.part(path(roll), wool, "cloth", line=0.011, round_=0.05)
    pen.paint(ribbon(np.array([(-0.10, 0.98), (-0.08, 1.13)]), 0.016), stripe)


def _cape(pen: Pen, view: View) -> None:
    cloth, _, trim = view.cloth
    for side in (-1, 1):
        half = spline(
            sided(side, [(0.06, 1.0), (0.22, 1.06), (0.34, 1.40), (0.36, 1.52), (0.12, 1.54), (0.03, 1.12)]), 6
        )
        pen.part(path(half), cloth, "cloth", line=0.012, round_=0.07)
        pen.paint(ribbon(sided(side, [(0.05, 1.12), (0.13, 1.52)]), 0.012), trim)
    pen.part(ellipse(0, 1.10, 0.045, 0.045), trim, "metal", line=0.009)
    pen.part(ellipse(0, 1.10, 0.026, 0.026), view.accent, "prop", line=0.006)


def _cyber(pen: Pen, view: View) -> None:
    _, plate, glow = view.cloth
    collar = spline([(-0.19, 0.98), (-0.20, 1.10), (0.0, 1.20), (0.20, 1.10), (0.19, 0.98)], 6)
    pen.part(path(collar), plate, "cloth", line=0.011)
    pen.glow(ribbon(spline([(-0.19, 1.08), (0.0, 1.175), (0.19, 1.08)], 6), 0.009), glow)
    pen.glow(ribbon(np.array([(0, 1.20), (0, 1.44)]), 0.009), glow)


def _dress(pen: Pen, view: View) -> None:
    ribbon_bow(pen, 0, 1.21, 0.09, view.accent, view.light)


_FRONTS = {
    "sailor": _sailor,
    "blazer": _blazer,
    "hoodie": _hoodie,
    "kimono": _kimono,
    "coat": _scarf,
    "cape": _cape,
    "cyber": _cyber,
    "dress": _dress,
}
