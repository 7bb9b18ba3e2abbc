"""Which colours a hand uses, and how many: an RGB palette and seventeen numbers about it."""

from __future__ import annotations

import cv2
import numpy as np

from umair.encoders.style.histograms import byte_counts, count_shares
from umair.encoders.style.sample import CHROMAS, LEVELS, STEP, Sample

CUBE = 6
LIGHTNESSES = (np.arange(LEVELS) + 0.5) * STEP  # the middle of each level that is counted
CHROMA_UNITS = np.arange(CHROMAS) + 0.5


def rgb_palette(sample: Sample) -> np.ndarray:
    """(216,) sqrt share of each cell of the RGB cube, 6 a side: cell = floor(6 value / 256)."""
    planes = cv2.split(sample.counted(sample.rgb))
    return count_shares(byte_counts(planes, sample.counted(sample.figure), [CUBE] * 3, [256] * 3)).ravel()


def palette_numbers(sample: Sample) -> np.ndarray:
    """(17,) numbers over the figure's pixels.

    log(1 + distinct colours) at 5 and 4 bits; entropy -sum p log p and the share of the 1, 3 and 8 commonest at 4 bits;
    log of the box's filled share; corner white, corner black; mean and spread of L and of chroma; log(1 + pixels);
    shares of L < 15, L > 95, chroma < 4. Those of L and chroma are told from counts, of a large picture in some rows.
    """
    pixels = cv2.countNonZero(sample.figure.view(np.uint8))
    fine = np.bincount(sample.inside(sample.colour_codes), minlength=1)
    used = np.flatnonzero(fine)
    coarse = np.bincount((used >> 11 << 8) | (used >> 6 & 15) << 4 | (used >> 1 & 15), weights=fine[used])
    p = np.sort(coarse[coarse > 0] / pixels)[::-1]
    lightness, chroma = _shares(sample.lightness_counts), _shares(sample.hue_chroma_counts.sum(0))
    light, light_spread = _moments(lightness, LIGHTNESSES)
    colour, colour_spread = _moments(chroma, CHROMA_UNITS)
    return np.array(
        [
            np.log1p(len(used)),
            np.log1p(len(p)),
            -(p * np.log(p)).sum(),
            p[0],
            p[:3].sum(),
            p[:8].sum(),
            np.log(pixels / sample.figure.size + 1e-3),
            float((sample.corner > 245).all()),
            float((sample.corner < 10).all()),
            light / 30,
            light_spread / 15,
            colour / 20,
            colour_spread / 15,
            np.log1p(pixels),
            lightness[LIGHTNESSES < 15].sum() * 4,
            lightness[LIGHTNESSES > 95].sum() * 4,
            chroma[:4].sum() * 2,
        ],
        dtype=np.float32,
    )


def _shares(counts: np.ndarray) -> np.ndarray:
    return counts / max(float(counts.sum()), 1.0)


def _moments(p: np.ndarray, values: np.ndarray) -> tuple[float, float]:
    """Mean and spread of values (n) with shares p (n)."""
    mean = float(p @ values)
    return mean, float(np.sqrt(max(float(p @ (values - mean) ** 2), 0.0)))
