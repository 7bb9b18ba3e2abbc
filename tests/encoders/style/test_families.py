"""Each family of statistics against a picture whose answer is known, or against a naive loop."""

from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np
import pytest

from umair.encoders.style.filters import BANK, filter_strengths
from umair.encoders.style.gradients import orientation_shares
from umair.encoders.style.grain import RINGS, _rings, laplacian_percentiles, ring_powers
from umair.encoders.style.histograms import code_shares, floor_bytes, folded, log_bytes, log_places, shares
from umair.encoders.style.lab_histograms import lightness_chroma_hue
from umair.encoders.style.lbp import neighbour_shares
from umair.encoders.style.palette import palette_numbers, rgb_palette
from umair.encoders.style.runs import colour_runs, dark_runs
from umair.encoders.style.sample import sample, spread
from umair.encoders.style.shape import contour_shapes
from umair.encoders.style.strokes import depth_shares

RNG = np.random.default_rng(5)


def stripes(width: int, side: int = 64) -> np.ndarray:
    """Vertical stripes, black and white, `width` pixels each."""
    row = (np.arange(side) // width % 2 * 255).astype(np.uint8)
    return np.repeat(np.tile(row, (side, 1))[..., None], 3, axis=2)


def test_shares_agree_with_counting_one_by_one() -> None:
    values, edges, weights = RNG.uniform(0, 9, 200), np.array([0, 1, 2.5, 7]), RNG.uniform(0, 1, 200)
    for own in (None, weights):
        w = np.ones(200) if own is None else own
        naive = [sum(w[n] for n in range(200) if low <= values[n] < high) for low, high in pairwise(edges)]
        np.testing.assert_allclose(shares(values, edges, own) ** 2, np.array(naive) / w.sum(), atol=1e-6)
    assert not code_shares(np.zeros(0, np.int64), 4).any()


def test_bytes_are_cut_where_they_are_said_to_be() -> None:
    values = RNG.uniform(0, 20, (40, 40)).astype(np.float32)
    np.testing.assert_array_equal(floor_bytes(values, 3.0, 1.0), np.floor(values * 3 + 1))
    assert floor_bytes(np.full((1, 1), 99, np.float32), 5.0) == 255
    beyond = log_bytes(values) >= log_places(np.array([0.0, 7.0, 200.0]))[1]
    assert beyond[values > 7 * 1.02].all() and not beyond[values < 7 / 1.02].any()


@pytest.mark.parametrize(("side", "times"), [(256, 4.0), (255, 4.0), (240, 12.0), (60, 1.5), (8, 30.0)])
def test_rows_are_spread_over_all_phases_and_alike_in_a_mirror(side: int, times: float) -> None:
    rows = spread(side, times)
    np.testing.assert_array_equal(rows, side - 1 - rows[::-1])
    assert (np.diff(rows) > 0).all() and (len(rows) == side) == (times < 1.6)
    if len(rows) > 20:
        assert all(np.bincount(rows % cell, minlength=cell).min() > 0 for cell in (2, 3, 4, 5))


@pytest.mark.parametrize("side", [8, 15, 30])
def test_the_packed_spectrum_has_the_power_of_the_whole(side: int) -> None:
    tile = RNG.normal(size=(side, side)).astype(np.float32)
    _, order, starts, weight, cells = _rings(side)
    packed = (cv2.dft(tile).ravel() ** 2 * weight)[order]
    frequency = np.fft.fftfreq(side)
    ring = np.searchsorted(RINGS, np.hypot(frequency[:, None], frequency), side="right")
    whole = np.abs(np.fft.fft2(tile)) ** 2
    for n, own in enumerate(np.split(packed, starts[1:])):
        assert (ring == n + 1).sum() == cells[n]
        assert own.sum() == pytest.approx(whole[ring == n + 1].sum(), rel=1e-3, abs=1e-6)


def test_folding_makes_a_direction_and_its_mirror_one() -> None:
    own = RNG.random(8)
    mirrored = own[-np.arange(8)]
    np.testing.assert_allclose(folded(own), folded(mirrored))


def test_a_red_picture_has_one_colour_and_a_red_hue() -> None:
    picture = np.zeros((20, 20, 3), np.uint8)
    picture[..., 0] = 255
    assert rgb_palette(sample(picture)).nonzero()[0].tolist() == [5 * 36]
    numbers = palette_numbers(sample(picture))
    assert numbers[0] == pytest.approx(np.log(2)) and numbers[2] == pytest.approx(0, abs=1e-6) and numbers[3] == 1
    hue = lightness_chroma_hue(sample(picture))[-12:]
    assert hue.argmax() == 1  # atan2(b, a) of sRGB red is 40 degrees


def test_the_figure_is_what_differs_from_the_corners() -> None:
    picture = np.full((40, 60, 3), 255, np.uint8)
    picture[10:20, 30:50] = (200, 30, 30)
    own = sample(picture)
    assert own.rgb.shape == (10, 20, 3) and own.figure.all()


def test_vertical_stripes_have_one_direction() -> None:
    directions = orientation_shares(sample(stripes(4)))[:8] ** 2
    assert directions[0] > 0.95


def test_neighbours_are_counted_as_a_loop_counts_them() -> None:
    picture = RNG.integers(0, 256, (12, 14, 3), dtype=np.uint8)
    own = sample(picture)
    light = np.pad(own.scales[0].lightness, 1, mode="edge")
    counted = np.zeros((9, 9))
    for y in range(12):
        for x in range(14):
            if own.scales[0].texture[y, x]:
                around = [light[y + dy, x + dx] for dy in range(3) for dx in range(3) if (dy, dx) != (1, 1)]
                steps = np.array(around) - light[y + 1, x + 1]
                counted[(steps > 1.5).sum(), (steps < -1.5).sum()] += 1
    np.testing.assert_allclose(neighbour_shares(own)[:81] ** 2, counted.ravel() / counted.sum(), atol=1e-6)


def test_filters_are_orthonormal_and_answer_as_a_loop_does() -> None:
    flat = BANK.reshape(14, 25)
    np.testing.assert_allclose(flat @ flat.T, np.eye(14), atol=1e-5)
    own = sample(RNG.integers(0, 256, (16, 16, 3), dtype=np.uint8))
    light = np.pad(own.scales[0].lightness, 2, mode="reflect")
    for n in (0, 7):
        r = [abs((light[y : y + 5, x : x + 5] * BANK[n]).sum()) for y in range(16) for x in range(16)]
        mean = np.log1p(np.array(r)[own.scales[0].texture.ravel()]).mean()
        assert filter_strengths(own)[n] == pytest.approx(mean, rel=1e-3)


@pytest.mark.parametrize("width", [1, 4, 16])
def test_runs_are_as_long_as_stripes_are_wide(width: int) -> None:
    along = colour_runs(sample(stripes(width)))[:9] ** 2
    assert along[int(1.5 * np.log2(width))] > 0.9


def test_dark_runs_and_depths_are_zero_without_dark() -> None:
    white = sample(np.full((20, 20, 3), 250, np.uint8))
    assert not dark_runs(white).any() and not depth_shares(white)[:9].any()


def test_noise_is_rough_and_a_slope_is_smooth() -> None:
    slope = np.repeat(np.tile(np.linspace(0, 255, 64).astype(np.uint8), (64, 1))[..., None], 3, axis=2)
    noise = np.repeat(RNG.integers(0, 256, (64, 64, 1), dtype=np.uint8), 3, axis=2)
    assert laplacian_percentiles(sample(noise))[2] > laplacian_percentiles(sample(slope))[2] + 1
    assert ring_powers(sample(noise))[8] > ring_powers(sample(slope))[8] + 1


def test_a_diamond_has_longer_sides_than_a_circle() -> None:
    y, x = np.mgrid[0:100, 0:100]
    shapes = {"circle": np.hypot(x - 50, y - 50) < 40, "diamond": abs(x - 50) + abs(y - 50) < 40}
    found = {
        name: contour_shapes(sample(np.where(inside[..., None], 0, 255).astype(np.uint8).repeat(3, 2)))
        for name, inside in ((n, np.pad(i, 20)) for n, i in shapes.items())
    }
    longest = slice(20, 28)
    assert found["diamond"][longest].argmax() > found["circle"][longest].argmax()
