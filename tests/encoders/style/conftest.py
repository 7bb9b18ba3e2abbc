"""Made painters' pictures for the tests of style: few, small, always the same."""

from __future__ import annotations

import numpy as np
import pytest

from umair.encoders.style.hand_table import HandTable
from umair.encoders.style.painter_hand import painter_hand
from umair.encoders.style.painters import paint
from umair.encoders.style.stack import stacked

HANDS, EACH = 8, 4


@pytest.fixture(scope="session")
def painted() -> list[np.ndarray]:
    """Thirty-two pictures of 64 px: four each by eight hands, in this order."""
    return [paint(painter_hand(h), np.random.default_rng((h, n)), side=64) for h in range(HANDS) for n in range(EACH)]


@pytest.fixture(scope="session")
def painted_table(painted: list[np.ndarray]) -> HandTable:
    hand = np.repeat([f"hand {h}" for h in range(HANDS)], EACH)
    contents = tuple((f"subject {n % 3}",) for n in range(len(painted)))
    return HandTable(stacked(painted), hand, contents)
