"""Laws of the stack: finite for every picture, blind to mirrors, close for a resized picture, apart for two hands."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from umair.encoders.style.filters import filter_blocks
from umair.encoders.style.hand_table import HandTable
from umair.encoders.style.sample import sample
from umair.encoders.style.stack import FAMILIES, SIZES, WIDTH, block_slices, stacked, statistics

RNG = np.random.default_rng(0)


def test_every_family_has_the_size_that_is_stated(painted: list[np.ndarray]) -> None:
    own = sample(painted[0])
    found = {name: measure(own) for name, measure in FAMILIES.items()} | filter_blocks(own)
    assert {name: block.shape for name, block in found.items()} == {name: (size,) for name, size in SIZES.items()}
    assert WIDTH == 2173 and block_slices()["filter_covariances"] == slice(1273, 2173)


@pytest.mark.parametrize(
    "picture",
    [
        np.zeros((1, 1, 3), np.uint8),
        np.full((40, 50, 3), 255, np.uint8),
        np.zeros((3, 400, 3), np.uint8),
        RNG.integers(0, 256, (64, 9, 3), dtype=np.uint8),
        RNG.integers(0, 256, (300, 500, 3), dtype=np.uint8),
        np.kron(RNG.integers(0, 2, (20, 20, 1)), np.full((4, 4, 3), 255)).astype(np.uint8),
    ],
    ids=["one pixel", "white", "thin and black", "noise", "large noise", "checks"],
)
def test_every_picture_has_finite_statistics(picture: np.ndarray) -> None:
    row = statistics(picture)
    assert row.shape == (WIDTH,) and row.dtype == np.float32
    assert np.isfinite(row).all() and np.abs(row).max() <= 50


def test_a_mirror_image_has_the_same_style(painted: list[np.ndarray], painted_table: HandTable) -> None:
    spread = painted_table.statistics.std(0) + 1e-3
    for axis, most in ((1, 0.08), (0, 0.12)):
        mirrored = stacked([np.flip(p, axis).copy() for p in painted[::4]])
        assert np.abs((mirrored - painted_table.statistics[::4]) / spread).mean() < most


def test_a_picture_has_the_same_row_in_any_batch(painted: list[np.ndarray]) -> None:
    together = stacked(painted[:3])
    np.testing.assert_array_equal(together[1], stacked([painted[1]])[0])
    np.testing.assert_array_equal(together[1], stacked([Image.fromarray(painted[1])])[0])


def test_larger_pictures_are_measured_at_256_px(painted: list[np.ndarray]) -> None:
    large = np.kron(painted[0], np.ones((8, 8, 1), np.uint8))
    assert max(sample(large).rgb.shape) <= 256


def test_one_hand_is_nearer_to_itself_than_to_others(painted_table: HandTable) -> None:
    z = (painted_table.statistics - painted_table.statistics.mean(0)) / (painted_table.statistics.std(0) + 1e-3)
    z /= np.linalg.norm(z, axis=1, keepdims=True)
    cosine, hand = z @ z.T, painted_table.hand
    np.fill_diagonal(cosine, -1)
    assert (hand[cosine.argmax(1)] == hand).mean() > 0.7
