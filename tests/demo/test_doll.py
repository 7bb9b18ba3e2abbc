"""Laws of chibis: everyone's own clothes, boys in trousers, arms and legs that move."""

from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("skia", reason="skia-python draws the demo library; it is a development dependency")

from umair.demo.canvas.pen import MATS, FigurePasses, Pen
from umair.demo.figure.draw import draw_figure
from umair.demo.figure.model import OUTFIT_NAMES, Character, Figure, OutfitName

SIZE = 160
SMALL = Figure(Character(back="short", side="none"), yaw=-0.3, y=0.14, scale=0.37, wind=0.0, pose="chibi")
LEGS = slice(int((0.14 + 1.66 * 0.37) * SIZE), int((0.14 + 1.95 * 0.37) * SIZE))


def drawn(figure: Figure) -> FigurePasses:
    pen = Pen(SIZE)
    draw_figure(pen, figure, -1, 1)
    return pen.read()


def dressed(outfit: OutfitName, slim: float = 0.0) -> FigurePasses:
    return drawn(replace(SMALL, char=replace(SMALL.char, outfit=outfit, slim=slim)))


def test_no_two_outfits_look_alike() -> None:
    pictures = {outfit: dressed(outfit)["albedo"].tobytes() for outfit in OUTFIT_NAMES}
    assert len(set(pictures.values())) == len(OUTFIT_NAMES)


@pytest.mark.parametrize("outfit", ("blazer", "hoodie", "coat"))
def test_boys_legs_are_not_bare(outfit: OutfitName) -> None:
    girl, boy = ((dressed(outfit, slim)["mat"][LEGS] == MATS["skin"]).sum() for slim in (0.0, 1.0))
    assert girl > 5 and boy == 0


def test_arms_and_legs_move() -> None:
    beside = slice(0, int((0.5 - 0.36 * 0.37) * SIZE))  # the mirrored figure's far side
    high = slice(int((0.14 + 0.80 * 0.37) * SIZE), int((0.14 + 1.02 * 0.37) * SIZE))
    down, wave, up = (
        (drawn(replace(SMALL, arms=arms))["mat"][high] == MATS["skin"]) for arms in ("down", "wave", "up")
    )
    assert up[:, beside].sum() > down[:, beside].sum()
    assert wave[:, ::-1][:, beside].sum() > down[:, ::-1][:, beside].sum()
    assert (drawn(SMALL)["mat"] != drawn(replace(SMALL, stance="leap"))["mat"])[LEGS.start :].sum() > 10


def test_a_chibi_stands_in_its_crop_with_plaits_above_the_ground() -> None:
    mat = drawn(replace(SMALL, char=replace(SMALL.char, back="braid", outfit="dress")))["mat"]
    hair = np.where((mat == MATS["hair"]).any(1))[0].max()
    assert hair < np.where((mat > 0).any(1))[0].max()
