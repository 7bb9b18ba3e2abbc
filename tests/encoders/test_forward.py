"""Bytes become the numbers of the preprocessing, in either order of channels and without touching the picture."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from umair.encoders.forward import pixels_of
from umair.encoders.preprocess import Preprocess


@pytest.mark.parametrize("channels", ["rgb", "bgr"])
def test_pixels_are_those_of_the_preprocessing_to_the_bit(channels: str) -> None:
    own = Preprocess(size=16, mean=(0.485, 0.456, 0.406), std=(0.229, 0.224, 0.225), channels=channels)
    squares = np.random.default_rng(0).integers(0, 256, (3, 16, 16, 3), dtype=np.uint8)
    before = squares.copy()
    squares.setflags(write=False)
    found = pixels_of(squares, own, torch.device("cpu"))
    assert found.shape == (3, 3, 16, 16) and found.is_contiguous(memory_format=torch.channels_last)
    np.testing.assert_array_equal(found.numpy(), own.normalise(squares))
    np.testing.assert_array_equal(squares, before)
