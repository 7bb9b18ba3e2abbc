"""How hard edges are, in lightness and in colour, and which way they run, at three scales."""

from __future__ import annotations

import cv2
import numpy as np

from umair.encoders.style.histograms import (
    LOG_FINE,
    LOG_LOWEST,
    byte_counts,
    count_shares,
    folded,
    grouped,
    log_bytes,
    log_places,
)
from umair.encoders.style.sample import Sample, Scale, slopes

LIGHTNESS_PLACES = log_places(np.array([0, 0.05, 0.25, 0.5, 1, 2, 4, 7, 11, 16, 23, 32, 200]))
COLOUR_PLACES = log_places(np.array([0, 0.1, 0.5, 1, 2, 4, 8, 16, 32, 400]))
DIRECTIONS = 8
STRENGTHS = LOG_LOWEST * np.exp((np.arange(256) + 0.5) / LOG_FINE)  # of each byte
STRENGTHS[0] = 0.0


def gradient_shares(sample: Sample) -> np.ndarray:
    """(63,) for each scale sqrt shares of |grad L| in 12 bins and of |grad a| + |grad b| in 9; Sobel / 4, Lab units.

    Edges between bins are met within 2 %; of a large picture some rows are counted.
    """
    return np.concatenate([part for scale in sample.scales for part in _strengths(scale)])


def orientation_shares(sample: Sample) -> np.ndarray:
    """(24,) for each scale sqrt share of |grad L| in 8 directions mod pi, a direction and its mirror image averaged."""
    return np.concatenate([_directions(scale) for scale in sample.scales])


def _strengths(scale: Scale) -> tuple[np.ndarray, np.ndarray]:
    light = _strength(scale, scale.slopes)
    colour = cv2.add(_strength(scale, slopes(scale.a)), _strength(scale, slopes(scale.b)))
    return _shares(light, scale, LIGHTNESS_PLACES), _shares(colour, scale, COLOUR_PLACES)


def _strength(scale: Scale, along: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    return cv2.magnitude(scale.counted(along[0]), scale.counted(along[1]))


def _shares(strength: np.ndarray, scale: Scale, places: np.ndarray) -> np.ndarray:
    counts = byte_counts([log_bytes(strength)], scale.counted(scale.texture), [256], [256])
    return count_shares(grouped(counts, places))


def _directions(scale: Scale) -> np.ndarray:
    strength, angle = cv2.cartToPolar(*(scale.counted(along) for along in scale.slopes))
    code = cv2.convertScaleAbs(angle, alpha=DIRECTIONS / np.pi) & np.uint8(DIRECTIONS - 1)
    counts = byte_counts(
        [code, log_bytes(strength)], scale.counted(scale.texture), [DIRECTIONS, 256], [DIRECTIONS, 256]
    )
    return folded(count_shares(counts @ STRENGTHS))
