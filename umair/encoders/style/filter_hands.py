"""Filter hands: one random but fixed chain of pixel operations over anyone's pictures makes a new hand of them."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from umair.encoders.style.pixel_chain import random_chain

SIDE = 128
EAGER = 2.0  # how much more often a step is taken than by painters
DULL = 4.0  # spread of grey below which a crop shows nothing


def filtered(pictures: Sequence[np.ndarray], seed: int, count: int) -> list[np.ndarray]:
    """Up to `count` crops (128, 128, 3) uint8 of RGB pictures, all by the filter hand of this seed.

    Before the chain: channels in another order, inversion, thicker or thinner forms, another saturation.
    """
    chance = np.random.default_rng(seed)
    chain = random_chain(chance, EAGER)
    order = chance.permutation(3) if chance.random() < 0.6 else np.arange(3)
    inverted = chance.random() < 0.15
    thicken = int(chance.integers(-3, 4)) if chance.random() < 0.35 else 0
    saturation, bias = np.exp(chance.normal(0, 0.6)), chance.normal(0, 20, 3)
    made = []
    for n in chance.permutation(len(pictures))[:count]:
        crop = np.ascontiguousarray(_crop(pictures[n], chance)[..., order])
        crop = 255 - crop if inverted else crop
        if thicken:
            kernel = np.ones((abs(thicken), abs(thicken)), np.uint8)
            crop = cv2.erode(crop, kernel) if thicken < 0 else cv2.dilate(crop, kernel)
        grey = crop.mean(axis=2, keepdims=True)
        toned = np.clip(grey + (crop - grey) * saturation + bias, 0, 255).astype(np.uint8)
        if toned.std() >= DULL:
            made.append(chain(toned, chance))
    return made


def _crop(rgb: np.ndarray, chance: np.random.Generator) -> np.ndarray:
    """A 128 px square: half of the time nearly the whole picture, else at its own size if that is large enough."""
    least = SIDE / min(rgb.shape[:2])
    scale = max(least, 1.0) if chance.random() < 0.5 else least * chance.uniform(1, 1.3)
    height, width = (max(SIDE, round(s * scale)) for s in rgb.shape[:2])
    resized = cv2.resize(rgb, (width, height), interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    top, left = int(chance.integers(height - SIDE + 1)), int(chance.integers(width - SIDE + 1))
    return resized[top : top + SIDE, left : left + SIDE]
