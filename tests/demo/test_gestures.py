"""Laws of gestures: arms that move show hands, stay in what a crop keeps, and follow the figure's side."""

from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("skia", reason="skia-python draws the demo library; it is a development dependency")

from umair.demo.canvas.pen import MATS, FigurePasses, Pen
from umair.demo.cast.registry import MEMBERS
from umair.demo.composing.extent import head_box
from umair.demo.composing.gestures import EXTENTS, FREE, LIKED, gesture_of
from umair.demo.content import Box
from umair.demo.figure.draw import draw_figure
from umair.demo.figure.gestures import GESTURES, reaches
from umair.demo.figure.limb import Limb, direction
from umair.demo.figure.model import Arms, Character, Figure, OutfitName

SIZE = 160
BASE = Figure(Character(outfit="blazer", back="bob"), yaw=-0.5, y=0.22, scale=0.29, wind=0.0)


def drawn(figure: Figure) -> FigurePasses:
    pen = Pen(SIZE)
    draw_figure(pen, figure, -1, 1)
    return pen.read()


def skin(figure: Figure) -> int:
    """Pixels of skin."""
    return int((drawn(figure)["mat"] == MATS["skin"]).sum())


@pytest.mark.parametrize("arms", GESTURES)
def test_every_gesture_shows_a_hand(arms: Arms) -> None:
    assert skin(replace(BASE, arms=arms)) > skin(BASE) + 20


@pytest.mark.parametrize("outfit", FREE)
def test_an_arm_that_waves_no_longer_hangs(outfit: OutfitName) -> None:
    """The near arm's place beside the waist is empty when it is up."""
    hanging = replace(BASE, char=replace(BASE.char, outfit=outfit))
    low = slice(int((BASE.y + 2.25 * BASE.scale) * SIZE), SIZE)
    beside = slice(int((BASE.x + 0.66 * BASE.scale) * SIZE), SIZE)
    down, up = (drawn(replace(hanging, arms=arms))["alpha"][low, beside].sum() for arms in ("down", "up"))
    assert up < 0.25 * down


@pytest.mark.parametrize("arms", GESTURES)
@pytest.mark.parametrize("yaw", (-0.5, 0.5))
def test_a_crop_keeps_the_arms(arms: Arms, yaw: float) -> None:
    """Nothing of the figure above the elbows' height lies beside its box."""
    figure = replace(BASE, arms=arms, yaw=yaw)
    box: Box = head_box(figure, "half")
    alpha = drawn(figure)["alpha"][: int((figure.y + 1.5 * figure.scale) * SIZE)]
    seen = np.where((alpha > 0.5).any(0))[0] / SIZE
    assert box.left <= seen.min() + 0.012 and seen.max() - 0.012 <= box.right


def test_extents_are_known_for_every_gesture() -> None:
    assert set(EXTENTS) == set(GESTURES)
    assert reaches("down") == reaches("down", whole=True) == ()
    assert [r.side for r in reaches("wave")] == [1] and {r.side for r in reaches("wave", whole=True)} == {-1, 1}


@pytest.mark.parametrize("camera", (-1.0, 1.0))
def test_the_camera_enlarges_the_nearer_end(camera: float) -> None:
    def shoulders(figure: Figure) -> int:
        row = int((figure.y + 1.9 * figure.scale) * SIZE)
        return int((drawn(figure)["alpha"][row] > 0.5).sum())

    assert (shoulders(replace(BASE, camera=camera)) - shoulders(BASE)) * -camera > 3


def test_nobody_gestures_under_a_cape() -> None:
    rng, ysolde = np.random.default_rng(0), MEMBERS["ysolde"]
    assert {gesture_of(rng, ysolde, ysolde.character) for _ in range(30)} == {"down"}
    suzu = MEMBERS["suzu"]
    assert {gesture_of(rng, suzu, suzu.character) for _ in range(300)} == set(LIKED["bright"])


def test_a_limb_holds_its_joints_at_any_angle() -> None:
    limb = Limb((0.0, 0.0), (0.5, 0.5), (0.5, -0.2), (0.1, 0.1, 0.08))
    outline = limb.outline()
    assert all(outline.contains(x, y) for x, y in ((0, 0), (0.25, 0.25), (0.55, 0.55), (0.5, -0.19)))
    assert not outline.contains(0.2, -0.1)
    assert direction((0, 0), (0, -1)) == 0 and direction((0, 0), (1, 0)) == pytest.approx(np.pi / 2)
