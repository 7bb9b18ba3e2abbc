"""Laws of the pen: what is drawn later hides what lies behind it, in every pass."""

import numpy as np
import pytest

pytest.importorskip("skia", reason="skia-python draws the demo library; it is a development dependency")

from umair.demo.canvas.colours import hexs, hsv_shift, mix, rgb
from umair.demo.canvas.curves import bez, ellipse, normals, path, pressure, ribbon, shape, shifted, spline
from umair.demo.canvas.noise import blur, fbm, smooth
from umair.demo.canvas.pen import MATS, Pen

SIZE = 96
SQUARE = [(0.25, 0.25), (0.75, 0.25), (0.75, 0.75), (0.25, 0.75)]
MIDDLE = (SIZE // 2, SIZE // 2)


def marked() -> Pen:
    """A red square that carries something in every pass."""
    pen = Pen(SIZE)
    pen.part(SQUARE, rgb("#ff0000"), "cloth")
    pen.shade(SQUARE)
    pen.ao(SQUARE)
    pen.high(SQUARE)
    pen.stroke(np.array([(0.25, 0.5), (0.75, 0.5)]), 0.2, 1, 1)
    pen.glow(ellipse(0.5, 0.5, 0.2, 0.2), (1, 1, 1))
    return pen


def test_a_mark_reaches_its_own_pass_and_its_own_place() -> None:
    passes = marked().read()
    for name in ("shade", "ao", "high", "alpha"):
        assert passes[name][MIDDLE] == 1, name
        assert passes[name][2, 2] == 0, name
    assert passes["line"][MIDDLE][3] == 1 and passes["spec"][MIDDLE][3] == 1
    assert passes["mat"][MIDDLE] == MATS["cloth"] and passes["mat"][2, 2] == MATS["none"]
    np.testing.assert_allclose(passes["albedo"][MIDDLE], (1, 0, 0), atol=1e-6)


def test_a_later_part_hides_every_pass_below_it() -> None:
    pen = marked()
    pen.part(ellipse(0.5, 0.5, 0.3, 0.3), rgb("#0000ff"), "skin")
    passes = pen.read()
    for name in ("shade", "ao", "high"):
        assert passes[name][MIDDLE] == 0, name
    assert passes["line"][MIDDLE][3] == 0 and passes["spec"][MIDDLE][3] == 0
    assert passes["mat"][MIDDLE] == MATS["skin"] and passes["part"][MIDDLE] == 2
    np.testing.assert_allclose(passes["albedo"][MIDDLE], (0, 0, 1), atol=1e-6)


def test_a_shade_stays_on_its_part_unless_let_go() -> None:
    everywhere = [(0, 0), (1, 0), (1, 1), (0, 1)]
    pen = Pen(SIZE)
    pen.part(everywhere, rgb("#808080"))
    pen.part(SQUARE, rgb("#ff0000"))
    pen.shade(everywhere)
    assert pen.read()["shade"][4, 4] == 0
    pen.shade(everywhere, clip=None)
    assert pen.read()["shade"][4, 4] == 1


def test_normals_point_outwards_and_the_frame_is_no_edge() -> None:
    pen = Pen(SIZE)
    pen.part(ellipse(0.5, 1.0, 0.4, 0.4), rgb("#808080"))
    passes = pen.read()
    row = int(0.9 * SIZE)
    assert passes["nx"][row, int(0.15 * SIZE)] < -0.2 < 0.2 < passes["nx"][row, int(0.85 * SIZE)]
    assert passes["ny"][int(0.65 * SIZE), SIZE // 2] < -0.2
    assert abs(passes["ny"][SIZE - 1, SIZE // 2]) < 0.2


def test_push_and_pop_leave_no_trace() -> None:
    pen = Pen(SIZE)
    before = pen.unit()
    pen.push(0.3, 0.2, 0.5, rot=0.4, turn=0.1)
    assert pen.unit() < before
    pen.clip(SQUARE)
    pen.unclip()
    pen.pop()
    pen.part(SQUARE, rgb("#ff0000"))
    assert pen.unit() == before
    assert pen.read()["alpha"][MIDDLE] == 1


def test_part_numbers_pass_the_limit_of_a_byte() -> None:
    pen = Pen(32)
    for _ in range(300):
        pen.part(SQUARE, rgb("#ff0000"))
    assert pen.read()["part"][16, 16] == 300


def test_colours_go_there_and_back() -> None:
    assert hexs(rgb("#3f8fd8")) == "#3f8fd8"
    np.testing.assert_allclose(mix(rgb("#000000"), rgb("#ffffff"), 0.25), 0.25)
    assert hsv_shift(rgb("#ff0000"), 1 / 3).argmax() == 1


def test_curves_pass_through_their_points() -> None:
    points = np.array([(0, 0), (1, 2), (3, 1), (4, 4)], float)
    curve = spline(points, 8)
    np.testing.assert_allclose(curve[::8], points)
    np.testing.assert_allclose(bez(*points)[[0, -1]], points[[0, 3]])
    assert len(spline(points, 8, closed=True)) == 32
    np.testing.assert_allclose(np.linalg.norm(normals(curve), axis=1), 1)


def test_a_ribbon_is_as_wide_as_asked_and_a_stroke_tapers() -> None:
    line = np.stack([np.linspace(0, 1, 5), np.zeros(5)], 1)
    assert np.ptp(ribbon(line, 0.1)[:, 1]) == pytest.approx(0.2)
    weight = pressure(21, 0.1, 0.3, 0.5)
    assert (weight[0], weight.max(), weight[-1]) == pytest.approx((0.1, 1, 0.3))
    assert path(line).countPoints() == 5 and shape(line, shifted(line, 0, 1)).countPoints() == 10


def test_noise_is_a_function_of_its_seed() -> None:
    a, b = fbm((40, 60), 12, 3), fbm((40, 60), 12, 4)
    np.testing.assert_array_equal(a, fbm((40, 60), 12, 3))
    assert a.shape == (40, 60) and 0 <= a.min() < a.max() <= 1 and not np.array_equal(a, b)


def test_filters() -> None:
    a = np.zeros((21, 21), np.float32)
    a[10, 10] = 1
    assert blur(a, 0) is a
    assert blur(a, 2).sum() == pytest.approx(1, abs=1e-3) and blur(a, 2)[10, 10] < 0.1
    np.testing.assert_allclose(smooth(np.array([-1.0, 0.5, 2.0]), 0, 1), [0, 0.5, 1], atol=1e-6)
