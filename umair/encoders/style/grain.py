"""How fine and how strong the roughness of a surface is: percentiles of the Laplacian, and the spectrum by rings."""

from __future__ import annotations

import cv2
import numpy as np

from umair.encoders.style.sample import Sample

PERCENTILES = (10, 25, 50, 75, 90, 97)
ENOUGH = 16_384  # pixels that percentiles are taken over
TILE = 128
RINGS = np.array([0.02, 0.04, 0.07, 0.1, 0.14, 0.19, 0.25, 0.32, 0.4, 0.5, 0.71])  # cycles a pixel


def laplacian_percentiles(sample: Sample) -> np.ndarray:
    """(18,) for each scale log(0.05 + percentile of |Laplacian of L|) at 10, 25, 50, 75, 90, 97 %."""
    found = []
    for scale in sample.scales:
        steepness = np.abs(scale.textured(cv2.Laplacian(scale.lightness, cv2.CV_32F)))
        steepness = np.sort(steepness[:: max(1, len(steepness) // ENOUGH)])
        found.append(steepness[[int((len(steepness) - 1) * p / 100 + 0.5) for p in PERCENTILES]])
    return np.log(np.concatenate(found) + 0.05)


def ring_powers(sample: Sample) -> np.ndarray:
    """(11,) log power of L in 10 rings of frequency less their mean, and that mean.

    Power is summed over half overlapping tiles (128 px or the shorter side) under a Hann window.
    """
    lightness = sample.scales[0].lightness
    side = min(TILE, *lightness.shape)
    window = np.outer(np.hanning(side), np.hanning(side)).astype(np.float32)
    power = np.zeros((side, side), dtype=np.float32)
    for top in _starts(lightness.shape[0], side):
        for left in _starts(lightness.shape[1], side):
            tile = lightness[top : top + side, left : left + side]
            real, imaginary = cv2.split(cv2.dft((tile - tile.mean()) * window, flags=cv2.DFT_COMPLEX_OUTPUT))
            power += real * real + imaginary * imaginary
    frequency = np.fft.fftfreq(side)
    ring = np.searchsorted(RINGS, np.hypot(frequency[:, None], frequency), side="right").ravel()
    total = np.bincount(ring, weights=power.ravel(), minlength=len(RINGS) + 1)[1 : len(RINGS)]
    cells = np.bincount(ring, minlength=len(RINGS) + 1)[1 : len(RINGS)]
    log_power = np.log(np.where(cells > 0, total / np.maximum(cells, 1), 1e-3) + 1e-3)
    return np.append(log_power - log_power.mean(), log_power.mean()).astype(np.float32)


def _starts(length: int, side: int) -> list[int]:
    """Half overlapping tiles, laid from both ends so that a mirror image gives the same ones."""
    forward = range(0, length - side + 1, max(1, side // 2))
    return sorted({*forward, *(length - side - start for start in forward)})
