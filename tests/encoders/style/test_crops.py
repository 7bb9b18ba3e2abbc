"""Squares of a picture: the same every time, the fullest first, small pictures whole, large ones reduced."""

from __future__ import annotations

import numpy as np

from umair.encoders.style.crops import COUNTS, SIDE, fullest, padded, views

RNG = np.random.default_rng(5)


def noise(height: int, width: int) -> np.ndarray:
    return RNG.integers(0, 256, (height, width, 3), dtype=np.uint8)


def test_a_picture_gives_the_same_squares_every_time() -> None:
    rgb = noise(300, 220)
    once, again = views(rgb), views(rgb.copy())
    assert [v.shape for v in once] == [(n, SIDE, SIDE, 3) for n in COUNTS]
    for one, other in zip(once, again, strict=True):
        np.testing.assert_array_equal(one, other)


def test_the_grain_of_a_picture_up_to_256_px_is_its_own_pixels() -> None:
    rgb = noise(200, 256)
    grain = views(rgb)[1][0]
    places = [(t, u) for t in range(200 - SIDE + 1) for u in range(256 - SIDE + 1) if (rgb[t, u] == grain[0, 0]).all()]
    assert any((rgb[t : t + SIDE, u : u + SIDE] == grain).all() for t, u in places)


def test_a_larger_picture_is_reduced_so_that_its_resolution_is_no_cue() -> None:
    rgb = noise(128, 256)
    large = rgb.repeat(3, axis=0).repeat(3, axis=1)
    for one, other in zip(views(rgb), views(large), strict=True):
        np.testing.assert_allclose(one.astype(int), other.astype(int), atol=1)


def test_the_square_with_most_in_it_comes_first() -> None:
    rgb = np.full((256, 256, 3), 200, np.uint8)
    rgb[176:240, 170:230] = noise(64, 60)
    first = fullest(rgb, 3)[0]
    assert first.std() == max(s.std() for s in fullest(rgb, 99))
    assert (first != 200).any(axis=2).sum() > 0.95 * 64 * 60


def test_a_small_picture_stands_whole_in_one_square_and_its_rim_is_carried_outwards() -> None:
    rgb = noise(20, 30)
    square = views(rgb)[1]
    assert square.shape == (1, SIDE, SIDE, 3)
    np.testing.assert_array_equal(square[0, 38:58, 33:63], rgb)
    np.testing.assert_array_equal(square[0, 0, 33:63], rgb[0])
    assert padded(noise(96, 200)).shape == (96, 200, 3)


def test_a_picture_of_one_pixel_or_one_line_is_read() -> None:
    for rgb in (noise(1, 1), noise(2, 900)):
        assert all(v.shape[1:] == (SIDE, SIDE, 3) and len(v) >= 1 for v in views(rgb))
