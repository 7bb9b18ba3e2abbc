"""The twelve hands, their artists, and the way from a scene to a finished picture."""

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

from umair.demo.canvas.habits import Habits
from umair.demo.content import Box, Scene
from umair.demo.hands import (
    cel,
    gouache,
    ink,
    neon,
    oil,
    pastel,
    pencil,
    pixel,
    riso,
    sticker,
    watercolour,
    woodblock,
)
from umair.demo.hands.framed import Framed, framed
from umair.demo.hands.grade import grade_of, graded
from umair.demo.hands.jitter import between
from umair.demo.hands.model import Hand, Kind, Look
from umair.demo.hands.picture import RGB, unit
from umair.demo.passes import Passes
from umair.demo.scene import passes as passes_of

cv2.setNumThreads(1)  # bytes must not depend on the number of cores
WHOLE = Box()
LIGHTS = (0, 0, 0, 1, 2, 3)  # most artists draw the usual catchlights and halo


@dataclass(frozen=True)
class Craft:
    """A kind of hand: how its artists differ and how they paint."""

    artist: Callable[[np.random.Generator], Look]
    paint: Callable[[Framed, Any, np.random.Generator], RGB]  # Any: the Look its own `artist` makes
    line_weight: tuple[float, float]
    graded: float = 1.0  # how far the artist's grade goes; less where paper or black must stay itself


HANDS: dict[Kind, Craft] = {
    "cel": Craft(cel.artist, cel.paint, (0.55, 1.45)),
    "watercolour": Craft(watercolour.artist, watercolour.paint, (0.45, 1.0), graded=0.8),
    "ink": Craft(ink.artist, ink.paint, (0.8, 1.8), graded=0.12),
    "oil": Craft(oil.artist, oil.paint, (1.0, 1.3)),
    "gouache": Craft(gouache.artist, gouache.paint, (0.8, 1.1)),
    "pixel": Craft(pixel.artist, pixel.paint, (1.3, 1.6)),
    "neon": Craft(neon.artist, neon.paint, (0.9, 1.3)),
    "pastel": Craft(pastel.artist, pastel.paint, (0.7, 1.0)),
    "pencil": Craft(pencil.artist, pencil.paint, (0.8, 1.1), graded=0.25),
    "riso": Craft(riso.artist, riso.paint, (1.0, 1.4), graded=0.35),
    "woodblock": Craft(woodblock.artist, woodblock.paint, (1.05, 1.45), graded=0.6),
    "sticker": Craft(sticker.artist, sticker.paint, (1.35, 1.75)),
}


def hand(kind: Kind, seed: int) -> Hand:
    """One artist: kind and seed fix every choice."""
    rng = np.random.default_rng([zlib.crc32(kind.encode()), seed])
    look = HANDS[kind].artist(rng)
    return Hand(
        kind=kind,
        seed=seed,
        look=look,
        line_weight=between(rng, *HANDS[kind].line_weight),
        habits=_habits(rng),
        grade=grade_of(rng),
    )


def paint(passes: Passes, hand: Hand, box: Box = WHOLE) -> RGB:
    """The passes in this hand, (S, S, 3) float32 in 0..1; a pixel hand answers at its own small size.

    The whole square is painted, but borders, badges and seals keep within the box that will be shown.

    The passes must have been drawn with the hand's line weight and habits.
    """
    craft = HANDS[hand.kind]
    rng = np.random.default_rng([hand.seed, passes.seed])
    return graded(craft.paint(framed(passes, box), hand.look, rng), hand.grade, craft.graded)


def render(scene: Scene, hand: Hand, size_draw: int = 640, size: int = 384) -> RGB:
    """The scene painted by one artist, (size, size, 3) float32 in 0..1.

    Drawn at size_draw pixels, then reduced: below 512 the faces lose their drawing. The same scene, hand
    and sizes give the same bytes.
    """
    return finish(paint(passes_of(scene, size_draw, hand.line_weight, hand.habits), hand), hand, size)


def finish(picture: RGB, hand: Hand, size: int) -> RGB:
    """At the size asked for: averaged, but by nearest neighbour where single pixels are drawn."""
    how = cv2.INTER_NEAREST if hand.kind == "pixel" else cv2.INTER_AREA
    return unit(cv2.resize(picture.astype(np.float32), (size, size), interpolation=how))


def _habits(rng: np.random.Generator) -> Habits:
    return Habits(
        eye=between(rng, 0.90, 1.08),
        halo=int(rng.choice(LIGHTS)),
        light=int(rng.choice(LIGHTS)),
        strands=between(rng, 0.3, 2.2),
        lash=between(rng, 0.75, 1.25),
        sliver=between(rng, 0.5, 1.2),
        brow=between(rng, 0.7, 1.5),
    )
