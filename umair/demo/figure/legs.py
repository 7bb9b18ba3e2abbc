"""Below the waist: skirt, trousers or robe, legs and shoes. In the space of the body."""

from dataclasses import dataclass

from umair.demo.canvas.colours import Colour, mix, rgb
from umair.demo.canvas.curves import ellipse, path, shape, spline
from umair.demo.canvas.pen import Pen
from umair.demo.figure.limb import Limb, Point, draw_limb
from umair.demo.figure.marks import fold, sided
from umair.demo.figure.model import OutfitName, Stance
from umair.demo.figure.view import View

WAIST = 2.70  # where the upper clothes end
SOLE = 5.72  # how far down a figure reaches that stands
_DARK = rgb("#2b2a3c")


@dataclass(frozen=True)
class Leg:
    """Knee and ankle, given for the +x side."""

    knee: Point
    ankle: Point


STANCES: dict[Stance, tuple[Leg, Leg]] = {  # far leg, near leg
    "stand": (Leg((0.20, 4.22), (0.20, 5.45)), Leg((0.20, 4.22), (0.22, 5.45))),
    "walk": (Leg((0.12, 4.20), (-0.02, 5.34)), Leg((0.30, 4.20), (0.42, 5.42))),
    "leap": (Leg((0.40, 3.86), (0.16, 4.86)), Leg((0.34, 4.12), (0.62, 5.22))),
    "cross": (Leg((0.14, 4.22), (-0.06, 5.43)), Leg((0.18, 4.22), (0.16, 5.45))),
}
_HEM: dict[OutfitName, float] = {"dress": 3.95, "coat": 3.75, "cape": 3.85, "kimono": 5.25, "sailor": 3.55}


def draw_legs(pen: Pen, view: View, stance: Stance) -> None:
    """Legs first, then what falls over them from the waist."""
    trousers = view.char.slim > 0.3 or view.char.outfit == "cyber"
    for side, leg in zip((-1, 1), STANCES[stance], strict=True):
        pen.push(sx=side, sy=1)
        _leg(pen, view if side > 0 else view.mirrored(), leg, trousers)
        pen.pop()
    if view.char.outfit in ("kimono", "dress", "coat", "cape") or not trousers:
        _skirt(pen, view, _HEM.get(view.char.outfit, 3.5))
    else:
        hips = [(-0.43, WAIST - 0.2), (0.43, WAIST - 0.2), (0.44, 3.0), (0.0, 3.22), (-0.44, 3.0)]
        pen.part(shape(hips), _trouser(view), "cloth", round_=0.1)


def ground_shadow(pen: Pen, stance: Stance) -> None:
    """A thin dark pool under the feet; lower and paler in a leap."""
    leap = stance == "leap"
    pen.part(ellipse(0.1, SOLE + (0.30 if leap else 0.02), 0.62, 0.085), _DARK, "dark", alpha=0.22 if leap else 0.36)


def hem(view: View) -> float:
    """Where the drawing of the upper clothes ends."""
    return 3.0 if view.char.outfit in ("coat", "cape", "hoodie") else WAIST


def _trouser(view: View) -> Colour:
    return view.cloth[0] if view.char.outfit == "cyber" else mix(_DARK, view.cloth[1], 0.25)


def _leg(pen: Pen, view: View, leg: Leg, trousers: bool) -> None:
    x, y = leg.ankle
    toe = [(-0.10, -0.10), (-0.13, 0.10), (-0.06, 0.26), (0.08, 0.26), (0.14, 0.10), (0.10, -0.10)]
    shoe = spline(toe, 6, closed=True)
    pen.push(x, y)
    pen.part(path(shoe), rgb(view.char.shoe), "cloth", line=0.011, round_=0.04)
    pen.pop()
    limb = Limb((0.21, 2.92), leg.knee, leg.ankle, (0.20, 0.14, 0.095))
    if trousers:
        draw_limb(pen, view, Limb(limb.root, leg.knee, leg.ankle, (0.225, 0.17, 0.135)), _trouser(view))
        return
    draw_limb(pen, view, limb, view.skin, "skin")
    top = (leg.knee[0] * 0.75 + x * 0.25, leg.knee[1] * 0.75 + y * 0.25)
    sock = Limb(top, (0.5 * (top[0] + x), 0.5 * (top[1] + y)), leg.ankle, (0.132, 0.125, 0.10))
    draw_limb(pen, view, sock, rgb(view.char.sock))


def _skirt(pen: Pen, view: View, low: float) -> None:
    """A skirt that flares and swings with the wind; a kimono falls straight."""
    own = view.char.outfit in ("dress", "coat", "cape", "kimono", "hoodie")
    color = rgb(view.char.skirt) if view.char.skirt else view.cloth[0] if own else view.cloth[1]
    straight = view.char.outfit == "kimono"
    wide = 0.50 if straight else 0.44 + 0.30 * (low - WAIST)
    swing = view.wind * (0.05 if straight else 0.28 * (low - WAIST))
    right = spline([(0.38, 2.42), (0.46, 2.85), (wide + swing, low)], 8)
    foot = spline(
        [(wide + swing, low), (0.25 + swing, low + 0.07), (-0.25 + swing, low + 0.07), (swing - wide, low)], 8
    )
    left = spline([(swing - wide, low), (-0.46, 2.85), (-0.38, 2.42)], 8)
    pen.shade(ellipse(swing, low + 0.12, wide, 0.14), clip=None)
    pen.part(shape(right, foot, left), color, "cloth", line=0.0115, round_=0.12)
    dark = sided(-view.light, [(0.10, 2.6), (0.7, 2.6), (1.3, low + 0.2), (0.25, low + 0.2)])
    pen.shade(shape(spline(dark, 6)))
    if straight:
        fold(pen, (-0.10, 2.8), (0.12, low), 0.07, 0.05)
        return
    for j in range(7):
        t = (j - 3) / 3
        fold(pen, (0.34 * t, 2.75), (0.88 * wide * t + swing, low + 0.03), -0.05 * view.light, 0.03)
