"""How fine and how strong the roughness of a surface is: percentiles of the Laplacian, and the spectrum by rings."""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np

from umair.encoders.style.histograms import byte_counts, floor_bytes
from umair.encoders.style.sample import Sample, Scale

PERCENTILES = np.array([10, 25, 50, 75, 90, 97]) / 100
FLOOR = 0.05  # L that is added to the Laplacian before its logarithm
STEPS = 28.0  # of the logarithm that are counted
TILE = 128
RINGS = np.array([0.02, 0.04, 0.07, 0.1, 0.14, 0.19, 0.25, 0.32, 0.4, 0.5, 0.71])  # cycles a pixel


def laplacian_percentiles(sample: Sample) -> np.ndarray:
    """(18,) for each scale log(0.05 + percentile of |Laplacian of L|) at 10, 25, 50, 75, 90, 97 %.

    Read from counts of the logarithm in steps of 1/28; of a large picture some rows are counted.
    """
    return np.concatenate([_percentiles(scale) for scale in sample.scales])


def ring_powers(sample: Sample) -> np.ndarray:
    """(11,) log power of L in 10 rings of frequency less their mean, and that mean.

    Power is summed over half overlapping tiles under a Hann window; a tile's side is 128 px or what of the shorter side
    divides into 2, 3, 5 (transforms of other sides are slow).
    """
    lightness = sample.scales[0].lightness
    side = _side(min(TILE, *lightness.shape))
    window, order, starts, weight, cells = _rings(side)
    power = np.zeros((side, side), dtype=np.float32)
    for top in _starts(lightness.shape[0], side):
        for left in _starts(lightness.shape[1], side):
            tile = lightness[top : top + side, left : left + side]
            cv2.accumulateSquare(cv2.dft((tile - cv2.mean(tile)[0]) * window), power)
    total = np.add.reduceat(np.append((power.ravel() * weight)[order], 0.0), starts)
    log_power = np.log(np.where(cells > 0, total / np.maximum(cells, 1), 1e-3) + 1e-3)
    return np.append(log_power - log_power.mean(), log_power.mean()).astype(np.float32)


def _percentiles(scale: Scale) -> np.ndarray:
    steepness = np.abs(scale.counted(cv2.Laplacian(scale.lightness, cv2.CV_32F)))
    steepness += np.float32(FLOOR)
    level = floor_bytes(cv2.log(steepness), STEPS, 0.5 - STEPS * float(np.log(FLOOR)))
    upto = np.cumsum(byte_counts([level], scale.counted(scale.texture), [256], [256]))
    places = np.floor((upto[-1] - 1) * PERCENTILES + 0.5)
    return (np.log(FLOOR) + np.searchsorted(upto, places, side="right") / STEPS).astype(np.float32)


def _side(longest: int) -> int:
    """The longest side up to `longest` that is a product of 2, 3 and 5."""
    return next(n for n in range(longest, 0, -1) if cv2.getOptimalDFTSize(n) == n)


@lru_cache(maxsize=TILE)
def _rings(side: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """For tiles of a side: window (side, side); order (n,) of the cells of OpenCV's packed real spectrum by ring; where
    each ring starts; how often a cell counts, for itself and its conjugate (side * side,); how many cells a ring has.

    Packed: column 0 (and the last of an even side) is one column of real and imaginary parts, the others are rows of
    such pairs; each number squared is half of a conjugate pair's power, except those that have no pair.
    """
    packed, plain = (np.arange(side) + 1) // 2 / side, np.abs(np.fft.fftfreq(side))
    down, right = np.repeat(plain[:, None], side, axis=1), np.repeat(packed[None], side, axis=0)
    weight = np.full((side, side), 2.0, dtype=np.float32)
    for column in {0, side - 1} if side % 2 == 0 else {0}:
        down[:, column] = packed
        weight[[0, side - 1] if side % 2 == 0 else [0], column] = 1.0
    ring = np.searchsorted(RINGS, np.hypot(down, right), side="right").ravel()
    inside = (ring > 0) & (ring < len(RINGS))
    order = np.flatnonzero(inside)[np.argsort(ring[inside], kind="stable")]
    starts = np.searchsorted(ring[order], np.arange(1, len(RINGS)))
    frequency = np.fft.fftfreq(side)
    full = np.searchsorted(RINGS, np.hypot(frequency[:, None], frequency), side="right").ravel()
    window = np.outer(np.hanning(side), np.hanning(side)).astype(np.float32)
    return window, order, starts, weight.ravel(), np.bincount(full, minlength=len(RINGS) + 1)[1 : len(RINGS)]


def _starts(length: int, side: int) -> list[int]:
    """Half overlapping tiles, laid from both ends so that a mirror image gives the same ones."""
    forward = range(0, length - side + 1, max(1, side // 2))
    return sorted({*forward, *(length - side - start for start in forward)})
