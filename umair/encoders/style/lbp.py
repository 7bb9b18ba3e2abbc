"""Texture one pixel wide: how a pixel stands to its eight neighbours (LBP, Ojala 2002; LTP, Tan and Triggs 2010)."""

from __future__ import annotations

import numpy as np

from umair.encoders.style.histograms import code_shares
from umair.encoders.style.sample import Sample, Scale

RING = ((0, 0), (0, 1), (0, 2), (1, 2), (2, 2), (2, 1), (2, 0), (1, 0))  # once around, as offsets of a padded plane
CLEARLY = 1.5  # L units from which a neighbour counts as brighter or darker


def neighbour_shares(sample: Sample) -> np.ndarray:
    """(273,) for each scale sqrt shares of 81 ternary and 10 binary codes; both are the same for turned pictures.

    Ternary: (number of neighbours brighter by > 1.5 L, number darker by > 1.5 L) jointly, 9 x 9.
    Binary: number of neighbours >= the pixel if they change at most twice around the ring (0..8), else 9.
    """
    return np.concatenate([part for scale in sample.scales for part in _codes(scale)])


def _codes(scale: Scale) -> tuple[np.ndarray, np.ndarray]:
    height, width = scale.lightness.shape
    padded = np.pad(scale.lightness, 1, mode="edge")
    brighter, darker, risen, changes = (np.zeros((height, width), np.uint8) for _ in range(4))
    rises = []
    for down, right in RING:
        step = padded[down : down + height, right : right + width] - scale.lightness
        brighter += step > CLEARLY
        darker += step < -CLEARLY
        rises.append(step >= 0)
        risen += rises[-1]
    for one, next_one in zip(rises, rises[1:] + rises[:1], strict=True):
        changes += one ^ next_one
    ternary = scale.textured(brighter * np.uint8(9) + darker)
    binary = scale.textured(np.where(changes <= 2, risen, np.uint8(9)))
    return code_shares(ternary, 81), code_shares(binary, 10)
