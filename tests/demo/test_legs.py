"""Laws of whole figures: they reach the ground where the crop expects it, in every stance and in all clothes."""

from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("skia", reason="skia-python draws the demo library; it is a development dependency")

from umair.demo.canvas.pen import MATS, Pen
from umair.demo.cast.registry import MEMBERS
from umair.demo.composing.extent import FOOT
from umair.demo.composing.standing import STANCES, standing
from umair.demo.figure.draw import draw_figure
from umair.demo.figure.model import OUTFIT_NAMES, Character, Figure, OutfitName, Stance

SIZE = 200
WHOLE = Figure(Character(back="bob"), yaw=-0.5, y=0.1, scale=0.14, wind=0.0, pose="full", arms="hang")


def materials(figure: Figure) -> np.ndarray:
    pen = Pen(SIZE)
    draw_figure(pen, figure, -1, 1)
    return pen.read()["mat"]


def lowest(mat: np.ndarray) -> float:
    """The lowest row that is not the shadow on the ground, fraction of the side."""
    return float(np.where(((mat > 0) & (mat != MATS["dark"])).any(1))[0].max() / SIZE)


@pytest.mark.parametrize("outfit", OUTFIT_NAMES)
@pytest.mark.parametrize("slim", (0.0, 1.0))
def test_feet_stand_where_the_crop_ends_in_all_clothes(outfit: OutfitName, slim: float) -> None:
    mat = materials(replace(WHOLE, char=replace(WHOLE.char, outfit=outfit, slim=slim)))
    assert lowest(mat) == pytest.approx(WHOLE.y + FOOT["full"] * WHOLE.scale, abs=0.025)


@pytest.mark.parametrize("stance", STANCES[1:])
def test_every_stance_moves_the_legs_and_nothing_above(stance: Stance) -> None:
    still, other = materials(WHOLE), materials(replace(WHOLE, stance=stance))
    hip = int((WHOLE.y + 2.3 * WHOLE.scale) * SIZE)
    assert (still[:hip] == other[:hip]).all()
    assert (still[hip:] != other[hip:]).sum() > 20


def test_people_stand_inside_the_picture_small_or_filling_it() -> None:
    rng, scales = np.random.default_rng(0), []
    for member in MEMBERS.values():
        figure = standing(rng, Figure(member.character, yaw=-0.5), -1)
        foot = figure.y + FOOT["full"] * figure.scale
        assert figure.y > 0 and foot < 0.99
        assert 0.1 < figure.x < 0.9
        scales.append(figure.scale)
    assert min(scales) < 0.11 and max(scales) > 0.13
