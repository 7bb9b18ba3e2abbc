"""What arms do: waving, a sign, a hand at the chin, reaching out. Drawn over everything else of the figure."""

from dataclasses import dataclass

from umair.demo.canvas.colours import mix
from umair.demo.canvas.curves import shape, spline
from umair.demo.canvas.pen import Pen
from umair.demo.figure.arms import Sleeve
from umair.demo.figure.fingers import Grip, draw_hand
from umair.demo.figure.limb import Limb, Point, direction, draw_limb
from umair.demo.figure.marks import cast
from umair.demo.figure.model import Arms
from umair.demo.figure.view import View

BLACK = (0, 0, 0)


@dataclass(frozen=True)
class Reach:
    """One arm, given for the +x side: elbow, wrist, the way the hand points (radians from upright), how it is held.

    near: how much larger wrist and hand are because they come towards the viewer. thumb -1 turns the hand over.
    """

    side: int
    elbow: Point
    wrist: Point
    grip: Grip = "open"
    turn: float | None = None  # None: on in the direction of the forearm
    near: float = 1.0
    thumb: int = -1
    hidden: bool = False  # the hand lies behind something


GESTURES: dict[Arms, tuple[Reach, ...]] = {
    "wave": (Reach(1, (0.98, 1.98), (0.98, 1.34), "open", 0.22),),
    "peace": (Reach(1, (0.93, 2.06), (0.70, 1.42), "peace", 0.10),),
    "chin": (
        Reach(-1, (0.70, 2.16), (-0.30, 2.12), "flat", hidden=True),
        Reach(1, (0.56, 2.20), (0.16, 1.42), "curled", -0.30),
    ),
    "cheeks": (
        Reach(-1, (0.70, 2.12), (0.43, 1.30), "flat", -0.16),
        Reach(1, (0.72, 2.12), (0.42, 1.30), "flat", -0.12),
    ),
    "reach": (Reach(1, (0.78, 1.98), (0.50, 1.84), "open", -0.05, near=1.65),),
    "hair": (Reach(1, (1.04, 0.98), (0.70, 0.42), "flat", -0.85),),
    "up": (
        Reach(-1, (0.98, 1.16), (1.02, 0.52), "open", 0.10),
        Reach(1, (1.00, 1.16), (1.06, 0.50), "open", 0.10),
    ),
    "spread": (
        Reach(-1, (0.92, 1.76), (1.20, 1.34), "open", 0.62),
        Reach(1, (0.94, 1.76), (1.24, 1.36), "open", 0.62),
    ),
    "out": (
        Reach(-1, (0.92, 1.92), (1.22, 2.36), "flat", 2.2),
        Reach(1, (0.94, 1.92), (1.26, 2.36), "flat", 2.2),
    ),
    "hang": (
        Reach(-1, (0.70, 2.14), (0.66, 2.74), "flat", 3.3),
        Reach(1, (0.72, 2.14), (0.70, 2.74), "flat", 3.3),
    ),
}
_SHOULDER = (0.555, 1.49)
_HAND = 0.46  # wrist to fingertip


def reaches(arms: Arms, whole: bool = False) -> tuple[Reach, ...]:
    """The arms that a gesture moves; whole: where the other one is seen to its hand, it hangs."""
    moving = GESTURES.get(arms, ())
    others = tuple(r for r in GESTURES["hang"] if r.side not in {m.side for m in moving})
    return (*others, *moving) if whole and moving else moving


def draw_reaches(pen: Pen, view: View, sleeve: Sleeve, arms: tuple[Reach, ...]) -> None:
    """Sleeves and hands, in the space of the body."""
    for reach in arms:
        pen.push(sx=reach.side, sy=1)
        _arm(pen, view if reach.side > 0 else view.mirrored(), sleeve, reach)
        pen.pop()


def _arm(pen: Pen, view: View, sleeve: Sleeve, reach: Reach) -> None:
    """An arm of the +x side."""
    fat = 0.35 * sleeve.fat
    widths = (0.115, 0.085, 0.066) if sleeve.bare else (0.150 + fat, 0.132 + fat, 0.112 + fat)
    a, b, c = widths
    root = (_SHOULDER[0] * sleeve.bw - (0.03 if sleeve.bare else 0), _SHOULDER[1])
    limb = Limb(root, reach.elbow, reach.wrist, (a, b * (1 + 0.3 * (reach.near - 1)), c * reach.near))
    turn = direction(reach.elbow, reach.wrist) if reach.turn is None else reach.turn

    def hand() -> None:
        if not reach.hidden:
            pen.push(*reach.wrist, rot=turn)
            pen.push(sx=reach.thumb, sy=1)
            draw_hand(pen, view if reach.thumb > 0 else view.mirrored(), reach.grip, _HAND * reach.near)
            pen.pop()
            pen.pop()

    hand()
    if sleeve.bare:
        draw_limb(pen, view, limb, view.skin, "skin")
        return
    if sleeve.drape:
        _drape(pen, view, sleeve, limb)
    draw_limb(pen, view, limb, sleeve.color)
    if not sleeve.drape:
        pen.part(limb.cuff(), mix(sleeve.color, BLACK, 0.10), "cloth", line=0.0105)


def _drape(pen: Pen, view: View, sleeve: Sleeve, limb: Limb) -> None:
    """The wide sleeve of a kimono, which hangs from the forearm."""
    (ex, ey), (wx, wy), w = limb.joint, limb.end, limb.widths[2]
    low = max(ey, wy) + sleeve.drape
    edge = spline([(wx + w, wy), (wx + 0.10, (wy + low) / 2), (wx * 0.6 + ex * 0.4 + 0.06, low)], 8)
    back = spline([(ex * 0.7 + wx * 0.3 + 0.02, low + 0.03), (ex * 0.8, ey + 0.45), (ex * 0.75, ey)], 8)
    outline = shape(edge, back, [(ex, ey), (wx - w, wy)])
    cast(pen, outline, -0.02 * view.light, 0.04, 0.9)
    pen.part(outline, sleeve.color, "cloth", line=0.0115, round_=0.1)
    pen.shade(shape(back, [(ex, ey), (0.5 * (ex + wx), low)]))
