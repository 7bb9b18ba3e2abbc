"""How hard edges are, in lightness and in colour, and which way they run, at three scales."""

from __future__ import annotations

import cv2
import numpy as np

from umair.encoders.style.histograms import code_shares, folded, shares
from umair.encoders.style.sample import Sample, Scale

LIGHTNESS_EDGES = np.array([0, 0.05, 0.25, 0.5, 1, 2, 4, 7, 11, 16, 23, 32, 200], dtype=np.float32)
COLOUR_EDGES = np.array([0, 0.1, 0.5, 1, 2, 4, 8, 16, 32, 400], dtype=np.float32)
DIRECTIONS = 8


def gradient_shares(sample: Sample) -> np.ndarray:
    """(63,) for each scale sqrt shares of |grad L| in 12 bins and of |grad a| + |grad b| in 9; Sobel / 4, Lab units."""
    return np.concatenate([part for scale in sample.scales for part in _strengths(scale)])


def orientation_shares(sample: Sample) -> np.ndarray:
    """(24,) for each scale sqrt share of |grad L| in 8 directions mod pi, a direction and its mirror image averaged."""
    return np.concatenate([_directions(scale) for scale in sample.scales])


def _sobel(plane: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return cv2.Sobel(plane, cv2.CV_32F, 1, 0, scale=0.25), cv2.Sobel(plane, cv2.CV_32F, 0, 1, scale=0.25)


def _strengths(scale: Scale) -> tuple[np.ndarray, np.ndarray]:
    light = cv2.magnitude(*_sobel(scale.lightness))
    colour = cv2.magnitude(*_sobel(scale.a)) + cv2.magnitude(*_sobel(scale.b))
    return shares(scale.textured(light), LIGHTNESS_EDGES), shares(scale.textured(colour), COLOUR_EDGES)


def _directions(scale: Scale) -> np.ndarray:
    along_x, along_y = (scale.textured(part) for part in _sobel(scale.lightness))
    strength, angle = cv2.cartToPolar(along_x, along_y)
    code = np.floor(angle.ravel() * (DIRECTIONS / np.pi) + 0.5).astype(np.int64) % DIRECTIONS
    return folded(code_shares(code, DIRECTIONS, strength.ravel()))
