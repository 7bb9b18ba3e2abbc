"""Texture one pixel wide: how a pixel stands to its eight neighbours (LBP, Ojala 2002; LTP, Tan and Triggs 2010)."""

from __future__ import annotations

import cv2
import numpy as np

from umair.encoders.style.histograms import byte_counts, count_shares
from umair.encoders.style.sample import Sample, Scale

RING = ((0, 0), (0, 1), (0, 2), (1, 2), (2, 2), (2, 1), (2, 0), (1, 0))  # once around, as offsets of a padded plane
UNIT = 300  # whole steps an L unit
CLEARLY = int(1.5 * UNIT)  # from which on a neighbour counts as brighter or darker


def _kinds() -> np.ndarray:
    """(256,) the binary code 0..9 of each way the eight neighbours can be risen (one bit each)."""
    bits = np.arange(256)[:, None] >> np.arange(8) & 1
    changes = (bits != np.roll(bits, 1, axis=1)).sum(1)
    return np.where(changes <= 2, bits.sum(1), 9)


KINDS = _kinds()


def neighbour_shares(sample: Sample) -> np.ndarray:
    """(273,) for each scale sqrt shares of 81 ternary and 10 binary codes; both are the same for turned pictures.

    Ternary: (number of neighbours brighter by > 1.5 L, number darker by > 1.5 L) jointly, 9 x 9.
    Binary: number of neighbours >= the pixel if they change at most twice around the ring (0..8), else 9.
    L is taken in steps of 1/300; of a large picture some rows are counted.
    """
    return np.concatenate([part for scale in sample.scales for part in _codes(scale)])


def _codes(scale: Scale) -> tuple[np.ndarray, np.ndarray]:
    lightness = (scale.lightness * np.float32(UNIT)).astype(np.int16)
    padded = cv2.copyMakeBorder(lightness, 1, 1, 1, 1, cv2.BORDER_REPLICATE)
    rows = [padded[scale.rows + down] for down in range(3)]
    own = rows[1][:, 1:-1].copy()
    brighter, darker, risen = (np.zeros(own.shape, np.uint8) for _ in range(3))
    for bit, (down, right) in enumerate(RING):
        step = rows[down][:, right : right + own.shape[1]] - own
        brighter += (step > CLEARLY).view(np.uint8)
        darker += (step < -CLEARLY).view(np.uint8)
        risen |= (step >= 0).view(np.uint8) << np.uint8(bit)
    mask = scale.counted(scale.texture)
    ternary = byte_counts([brighter, darker], mask, [9, 9], [9, 9])
    binary = np.bincount(KINDS, weights=byte_counts([risen], mask, [256], [256]), minlength=10)
    return count_shares(ternary).ravel(), count_shares(binary)
