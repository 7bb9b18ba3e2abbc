"""The same picture seen a little otherwise, so that the encoder learns what is in it and not where."""

from __future__ import annotations

import cv2
import numpy as np

LEAST_AREA = 0.5  # of the square, that a crop keeps
TONE = 0.15  # how far brightness, contrast and the balance of channels may move


def augmented(square: np.ndarray, side: int, chance: np.random.Generator) -> np.ndarray:
    """square (S, S, 3) uint8 -> (side, side, 3) uint8: a crop, perhaps mirrored, in a slightly other light."""
    size = square.shape[0]
    kept = max(8, round(size * np.sqrt(chance.uniform(LEAST_AREA, 1))))
    top, left = (int(v) for v in chance.integers(0, size - kept + 1, 2))
    crop = square[top : top + kept, left : left + kept]
    crop = cv2.resize(crop, (side, side), interpolation=cv2.INTER_AREA if kept > side else cv2.INTER_LINEAR)
    crop = crop[:, ::-1] if chance.random() < 0.5 else crop
    gain = 1 + chance.uniform(-TONE, TONE) + chance.uniform(-TONE / 2, TONE / 2, 3)
    toned = (crop.astype(np.float32) - 128) * gain + 128 + 255 * chance.uniform(-TONE, TONE) / 2
    return np.clip(toned, 0, 255).astype(np.uint8)
