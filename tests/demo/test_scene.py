"""Laws of a scene's passes: complete, finite, repeatable, and ignorant of the hand beyond its line and habits."""

from dataclasses import fields, replace

import numpy as np
import pytest

pytest.importorskip("skia", reason="skia-python draws the demo library; it is a development dependency")

from umair.demo.cast.registry import MEMBERS
from umair.demo.content import Place, Scene
from umair.demo.figure.model import Figure
from umair.demo.passes import Passes
from umair.demo.scene import passes

SIZE = 128
MIO = Figure(MEMBERS["mio"].character, yaw=-0.8, x=0.5, y=0.14, scale=0.46)
SCENE = Scene("test", Place("rooftop"), (MIO,), -1, 3, "petals")


def planes(drawn: Passes) -> dict[str, np.ndarray]:
    found = {field.name: getattr(drawn, field.name) for field in fields(drawn)}
    return {name: value for name, value in found.items() if isinstance(value, np.ndarray)}


@pytest.fixture(scope="module")
def drawn() -> Passes:
    return passes(SCENE, SIZE)


def test_every_pass_has_the_size_of_the_picture(drawn: Passes) -> None:
    assert {plane.shape[:2] for plane in planes(drawn).values()} == {(SIZE, SIZE)}
    assert all(np.isfinite(plane).all() for plane in planes(drawn).values())


def test_the_same_scene_gives_the_same_bytes(drawn: Passes) -> None:
    again = passes(SCENE, SIZE)
    assert all(plane.tobytes() == planes(again)[name].tobytes() for name, plane in planes(drawn).items())


def test_the_line_weight_changes_lines_and_nothing_of_the_ground(drawn: Passes) -> None:
    heavy = passes(SCENE, SIZE, line_weight=2.0)
    assert heavy.line[..., 3].sum() > 1.3 * drawn.line[..., 3].sum()
    assert heavy.bg.tobytes() == drawn.bg.tobytes() and heavy.fore.tobytes() == drawn.fore.tobytes()


def test_focus_rests_on_the_face(drawn: Passes) -> None:
    y, x = np.unravel_index(drawn.focus.argmax(), drawn.focus.shape)
    assert abs(x / SIZE - MIO.x) < 0.02 and abs(y / SIZE - MIO.y - 0.66 * MIO.scale) < 0.02


def test_the_volume_bulges_outwards(drawn: Passes) -> None:
    """The silhouette's normals point left on its left and right on its right; the frame's foot is no edge."""
    inside = drawn.alpha > 0.9
    x = np.broadcast_to(np.arange(SIZE), inside.shape)
    assert np.corrcoef(drawn.vx[inside], x[inside])[0, 1] > 0.4
    assert abs(drawn.vy[-2][inside[-2]]).mean() < 0.3


def test_scenery_has_no_figure() -> None:
    empty = passes(replace(SCENE, figures=()), SIZE)
    assert empty.alpha.max() == 0 and empty.focus.max() == 0 and (empty.vx == 0).all()


def test_who_stands_last_stands_in_front() -> None:
    other = Figure(MEMBERS["suzu"].character, yaw=0.5, x=0.5, y=0.14, scale=0.46)
    suzu_behind, mio_behind = (passes(replace(SCENE, figures=pair), SIZE) for pair in ((other, MIO), (MIO, other)))
    face = (slice(int(0.38 * SIZE), int(0.5 * SIZE)), slice(int(0.47 * SIZE), int(0.52 * SIZE)))
    assert np.abs(suzu_behind.albedo[face] - mio_behind.albedo[face]).mean() > 0.005
