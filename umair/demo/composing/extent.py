"""How far a figure reaches: what a crop must keep."""

from umair.demo.content import Box, Kind
from umair.demo.figure.model import Accessory, Character, Figure

CHIN = 1.06  # head heights below the crown, with room for a tilt
ABOVE: dict[Accessory, float] = {"witch": 0.82, "straw": 0.34, "catears": 0.38, "headphones": 0.16, "mask": 0.16}
BESIDE: dict[Accessory, float] = {"witch": 0.95, "straw": 0.84}
USUAL_ABOVE, USUAL_BESIDE = 0.14, 0.52
HANDS_AT = 2.45  # the foot of what is held before the chest
CHIBI_FOOT = 2.12


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
    """Where the head is, hat and all; in a close-up the frame may take the crown, but nothing below the brows."""
    s, w = figure.scale, beside(figure.char) * figure.scale
    top = figure.y + 0.34 * s if kind == "close" else figure.y - above(figure.char) * s
    w = 0.42 * s if kind == "close" else w
    low = {"chibi": CHIBI_FOOT, "half": HANDS_AT if figure.hold or figure.arms != "down" else 1.3}.get(kind, CHIN)
    return Box(figure.x - w, top, figure.x + w, figure.y + low * s)


def union(boxes: list[Box]) -> Box:
    """The smallest box that holds them all."""
    return Box(
        min(b.left for b in boxes),
        min(b.top for b in boxes),
        max(b.right for b in boxes),
        max(b.bottom for b in boxes),
    )
