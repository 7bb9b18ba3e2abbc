"""A painter's hand as data: what one artist is, whatever the scene."""

from dataclasses import dataclass
from typing import Literal, get_args

from umair.demo.canvas.habits import Habits
from umair.demo.hands.cel import Cel
from umair.demo.hands.gouache import Gouache
from umair.demo.hands.grade import Grade
from umair.demo.hands.ink import Ink
from umair.demo.hands.neon import Neon
from umair.demo.hands.oil import Oil
from umair.demo.hands.pastel import Pastel
from umair.demo.hands.pencil import Pencil
from umair.demo.hands.pixel import Pixel
from umair.demo.hands.riso import Riso
from umair.demo.hands.sticker import Sticker
from umair.demo.hands.watercolour import Watercolour
from umair.demo.hands.woodblock import Woodblock

Kind = Literal[
    "cel",
    "watercolour",
    "ink",
    "oil",
    "gouache",
    "pixel",
    "neon",
    "pastel",
    "pencil",
    "riso",
    "woodblock",
    "sticker",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
Look = Cel | Watercolour | Ink | Oil | Gouache | Pixel | Neon | Pastel | Pencil | Riso | Woodblock | Sticker


@dataclass(frozen=True)
class Hand:
    """One artist: the kind of hand and everything that stays the same from picture to picture."""

    kind: Kind
    seed: int
    line_weight: float  # times every line's width
    habits: Habits  # how things are drawn
    grade: Grade  # eye for colour
    look: Look  # the kind's own choices
