"""Small pictures and libraries that the tests of the encoders share."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image


@pytest.fixture
def pictures() -> list[Image.Image]:
    """Five pictures of different shapes, with areas, edges and noise."""
    rng = np.random.default_rng(3)
    made = []
    for height, width in ((40, 32), (32, 48), (64, 64), (33, 31), (48, 80)):
        pixels = np.full((height, width, 3), rng.integers(0, 255, 3), np.uint8)
        pixels[height // 4 : height // 2, width // 4 :] = rng.integers(0, 255, 3)
        pixels[height // 2 :] = np.clip(
            pixels[height // 2 :] + rng.normal(0, 20, (height - height // 2, width, 3)), 0, 255
        )
        made.append(Image.fromarray(pixels))
    return made
