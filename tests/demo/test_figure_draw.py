"""Laws of the figure: it draws whatever a character can be, stays in the frame, and repeats itself exactly."""

from dataclasses import replace
from typing import get_args

import numpy as np
import pytest

pytest.importorskip("skia", reason="skia-python draws the demo library; it is a development dependency")

from umair.demo.canvas.habits import Habits
from umair.demo.canvas.pen import MATS, FigurePasses, Pen
from umair.demo.figure import model
from umair.demo.figure.draw import draw_figure
from umair.demo.figure.model import Character, Figure

SIZE = 160


def drawn(figure: Figure, seed: int = 1, light: int = -1, habits: Habits | None = None) -> FigurePasses:
    pen = Pen(SIZE, style=habits)
    draw_figure(pen, figure, light, seed)
    return pen.read()


def seen(char: Character, **how: object) -> FigurePasses:
    return drawn(replace(Figure(char, yaw=-0.7), **how))


def share(passes: FigurePasses, material: str) -> float:
    """How much of the picture this material covers."""
    return float((passes["mat"] == MATS[material]).mean())


def check(passes: FigurePasses) -> None:
    for name, plane in passes.items():
        assert np.isfinite(plane).all(), name
    assert passes["alpha"].min() >= 0 and passes["alpha"].max() <= 1
    assert 0.1 < passes["alpha"].mean() < 0.95
    assert (passes["alpha"][:3, :3] == 0).all()


def test_the_same_figure_gives_the_same_bytes() -> None:
    figure = Figure(Character(back="wavy", accs=("flower",)), yaw=0.6)
    a, b, c = drawn(figure), drawn(figure), drawn(figure, seed=2)
    for name in a:
        assert a[name].tobytes() == b[name].tobytes(), name
    assert a["alpha"].tobytes() != c["alpha"].tobytes()


def test_looking_right_is_looking_left_in_a_mirror() -> None:
    """Down to anti-aliasing: the canvas is mirrored, light and wind with it."""
    left = drawn(Figure(Character(), yaw=-0.8, wind=0.2), light=-1)
    right = drawn(Figure(Character(), yaw=0.8, wind=-0.2), light=1)
    assert np.abs(left["albedo"] - right["albedo"][:, ::-1]).mean() < 0.01


@pytest.mark.parametrize("expr", model.EXPRESSIONS)
def test_every_expression(expr: model.Expression) -> None:
    passes = seen(Character(), expr=expr)
    check(passes)
    closed = share(seen(Character(), expr="joy"), "eye")
    if expr != "joy":
        assert share(passes, "eye") > closed


def test_expressions_differ() -> None:
    faces = {expr: seen(Character(), expr=expr) for expr in model.EXPRESSIONS}
    bytes_ = {(p["line"].tobytes(), p["albedo"].tobytes()) for p in faces.values()}
    assert len(bytes_) == len(faces)


@pytest.mark.parametrize("outfit", model.OUTFIT_NAMES)
def test_every_outfit(outfit: model.OutfitName) -> None:
    passes = seen(Character(outfit=outfit, back="bob"), scale=0.4)
    check(passes)
    assert share(passes, "cloth") > 0.05


@pytest.mark.parametrize("outfit", model.OUTFIT_NAMES)
def test_every_outfit_with_something_to_hold(outfit: model.OutfitName) -> None:
    check(seen(Character(outfit=outfit, back="bob"), scale=0.38, hold="book"))


@pytest.mark.parametrize("arms", model.ARMS[1:])
def test_every_pose_of_the_arms_differs_from_arms_that_hang(arms: model.Arms) -> None:
    char = Character(outfit="blazer", back="bob")
    passes = seen(char, y=0.1, scale=0.38, arms=arms)
    check(passes)
    assert np.abs(passes["shade"] - seen(char, y=0.1, scale=0.38)["shade"]).mean() > 0.01


@pytest.mark.parametrize("prop", model.PROPS[1:])
def test_every_prop_is_held_in_view(prop: model.Prop) -> None:
    passes = seen(Character(outfit="coat", back="bob"), y=0.1, scale=0.38, hold=prop)
    assert share(passes, "prop") > 0.005


@pytest.mark.parametrize("back", model.BACKS)
def test_every_kind_of_back_hair(back: model.Back) -> None:
    passes = seen(Character(back=back))
    check(passes)
    assert share(passes, "hair") > 0.12


@pytest.mark.parametrize("back", model.BACKS)
def test_every_kind_of_hair_from_behind(back: model.Back) -> None:
    passes = seen(Character(back=back, outfit="coat"), pose="behind", y=0.3, scale=0.3)
    check(passes)
    assert share(passes, "hair") > 0.04


@pytest.mark.parametrize("wind", (-1.0, 1.0))
def test_a_strong_wind_carries_long_hair_to_its_lee(wind: float) -> None:
    columns = np.arange(SIZE)

    def middle(passes: FigurePasses) -> float:
        hair = passes["mat"] == MATS["hair"]
        return float((hair.sum(0) * columns).sum() / hair.sum())

    char = Character(outfit="coat")
    calm, stormy = (seen(char, wind=w, y=0.1, scale=0.35, yaw=0.0) for w in (0.0, wind))
    assert (middle(stormy) - middle(calm)) * wind > 3


@pytest.mark.parametrize(
    ("bangs", "side"),
    [*((bangs, "mid") for bangs in model.FRINGES), *(("sweep", side) for side in model.SIDES)],
)
def test_every_fringe_leaves_the_face_free(bangs: model.Fringe, side: model.Side) -> None:
    passes = seen(Character(bangs=bangs, side=side, back="short"))
    check(passes)
    assert share(passes, "skin") > 0.05 and share(passes, "eye") > 0.005


@pytest.mark.parametrize("name", model.ACCESSORIES)
def test_every_accessory_changes_the_picture(name: model.Accessory) -> None:
    plain, with_it = seen(Character(back="bob")), seen(Character(back="bob", accs=(name,)))
    check(with_it)
    marked = np.abs(plain["albedo"] - with_it["albedo"]).max(-1) + np.abs(plain["line"] - with_it["line"]).max(-1)
    assert (marked > 0.1).mean() > 0.002


@pytest.mark.parametrize("name", model.ACCESSORIES)
@pytest.mark.parametrize("pose", ("profile", "behind"))
def test_every_accessory_from_other_sides(name: model.Accessory, pose: model.Pose) -> None:
    check(seen(Character(back="bob", accs=(name,)), pose=pose, y=0.3, scale=0.3))


@pytest.mark.parametrize("back", model.BACKS)
def test_nothing_hangs_before_a_face_in_profile(back: model.Back) -> None:
    """Left of the nose there is no hair: locks of the far side would float in the air."""
    passes = seen(Character(back=back, bangs="parted", side="short"), pose="profile", y=0.2, scale=0.45, wind=0.0)
    tip = int((0.5 - 0.50 * 0.45) * SIZE)
    assert not (passes["mat"][: int(0.62 * SIZE), :tip] == MATS["hair"]).any()
    assert share(passes, "eye") > 0.001


@pytest.mark.parametrize("pose", model.POSES)
def test_every_pose(pose: model.Pose) -> None:
    passes = seen(Character(), pose=pose, y=0.3, scale=0.3)
    check(passes)
    assert (share(passes, "eye") > 0) == (pose != "behind")


FACE_FIELDS = {
    "eye_type": model.EYE_TYPES[1:],
    "pupil": get_args(model.Pupil)[1:],
    "nose": get_args(model.Nose)[1:],
    "mouth": get_args(model.Mouth)[1:],
    "lips": get_args(model.Lips)[1:],
    "brow": get_args(model.Brows)[1:],
    "mole": ("eye", "mouth"),
    "freckles": (True,),
    "cheek": (-1.0, 1.0),
    "jaw": (-1.0, 1.0),
    "age": (-1.0, 1.0),
    "slim": (1.0,),
    "eye2": ("#d8a83a",),
}


@pytest.mark.parametrize(("field", "value"), [(f, v) for f, values in FACE_FIELDS.items() for v in values])
def test_every_trait_of_a_face_can_be_seen(field: str, value: object) -> None:
    """A close face, so that a mole is more than a pixel."""
    close = {"y": -0.1, "scale": 1.0}
    plain, other = seen(Character(), **close), seen(replace(Character(), **{field: value}), **close)
    check_inside = np.isfinite(other["albedo"]).all()
    moved = np.abs(plain["albedo"] - other["albedo"]).max(-1) + np.abs(plain["line"] - other["line"]).max(-1)
    assert check_inside and (moved > 0.1).any()


@pytest.mark.parametrize(("halo", "light"), [(1, 1), (2, 2), (3, 3)])
def test_a_hand_s_habits_change_lights_but_not_who_is_drawn(halo: int, light: int) -> None:
    figure = Figure(Character(), yaw=-0.7)
    plain, other = drawn(figure), drawn(figure, habits=Habits(halo=halo, light=light))
    assert np.abs(plain["alpha"] - other["alpha"]).mean() < 0.02
    assert abs(share(plain, "hair") - share(other, "hair")) < 0.02
