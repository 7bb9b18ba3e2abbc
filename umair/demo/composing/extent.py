"""How far a figure reaches: what a crop must keep."""

from umair.demo.composing.gestures import extent_of
from umair.demo.content import Box, Kind
from umair.demo.figure.model import Accessory, Character, Figure

FOOT: dict[Kind, float] = {  # head heights below the crown that a crop keeps; the chin is at 1
    "bust": 1.34,
    "close": 1.06,
    "half": 1.45,
    "behind": 1.45,
    "duo": 1.55,
    "chibi": 2.12,
    "scenery": 1.0,
    "shoulder": 1.5,
    "action": 1.7,
    "full": 5.55,
}
HANDS = 2.45  # the foot of hands before the chest
CROWN_CUT = 0.10  # what a close-up may cut off
ABOVE: dict[Accessory, float] = {"witch": 0.82, "straw": 0.34, "catears": 0.38, "headphones": 0.16, "mask": 0.16}
BESIDE: dict[Accessory, float] = {"witch": 0.95, "straw": 0.84}
USUAL_ABOVE, USUAL_BESIDE = 0.14, 0.52


def above(char: Character) -> float:
    """Head heights from the crown of the skull up to the top of hair, ears or hat."""
    hair = 0.32 if char.ahoge else 0.24 if char.back == "bun" else 0.18 if char.bangs == "spiky" else USUAL_ABOVE
    return max([hair, *(ABOVE.get(a, 0.0) for a in char.accs)])


def beside(char: Character) -> float:
    """Head heights from the axis to the side of the head or the brim."""
    return max([USUAL_BESIDE, *(BESIDE.get(a, 0.0) for a in char.accs)])


def hair_beside(char: Character) -> float:
    """Head heights from the axis to the tip of tails and ringlets, which a crop may cut but better not."""
    return {"twin": 1.05, "pony": 1.0, "curls": 0.9, "wavy": 0.85}.get(char.back, 0.7)


def head_box(figure: Figure, kind: Kind) -> Box:
    """What of a figure must be seen: the head with all it wears, the shoulders, hands that do something.

    In a close-up the frame may take a little of the crown and the sides of the hair.
    """
    s, half = figure.scale, beside(figure.char) * figure.scale
    gesture = None if figure.hold else extent_of(figure.char, figure.arms)
    busy = figure.hold or figure.arms in ("joined", "folded")
    foot = HANDS if kind == "half" and busy else FOOT[kind]
    if kind == "close":
        tall = "catears" in figure.char.accs or figure.char.back == "bun"
        ears = above(figure.char) if tall else -CROWN_CUT
        return Box(figure.x - 0.42 * s, figure.y - ears * s, figure.x + 0.42 * s, figure.y + foot * s)
    near, far = half, half
    if gesture and figure.pose in ("front", "full"):
        near, far, foot = max(half, gesture.near * s), max(half, gesture.far * s), max(foot, gesture.foot)
    left, right = (near, far) if figure.yaw > 0 else (far, near)
    return Box(figure.x - left, figure.y - above(figure.char) * s, figure.x + right, figure.y + foot * s)


def union(boxes: list[Box]) -> Box:
    """The smallest box that holds them all."""
    return Box(
        min(b.left for b in boxes),
        min(b.top for b in boxes),
        max(b.right for b in boxes),
        max(b.bottom for b in boxes),
    )
