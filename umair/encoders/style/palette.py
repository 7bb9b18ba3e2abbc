"""Which colours a hand uses, and how many: an RGB palette and seventeen numbers about it."""

from __future__ import annotations

import cv2
import numpy as np

from umair.encoders.style.histograms import code_shares
from umair.encoders.style.sample import Sample

CUBE = 6


def rgb_palette(sample: Sample) -> np.ndarray:
    """(216,) sqrt share of each cell of the RGB cube, 6 a side: cell = floor(6 value / 256)."""
    red, green, blue = cv2.split(((sample.rgb.astype(np.uint16) * CUBE) >> 8).astype(np.uint8))
    return code_shares(sample.inside(red * np.uint8(CUBE * CUBE) + green * np.uint8(CUBE) + blue), CUBE**3)


def palette_numbers(sample: Sample) -> np.ndarray:
    """(17,) numbers over the figure's pixels.

    log(1 + distinct colours) at 5 and 4 bits; entropy -sum p log p and the share of the 1, 3 and 8 commonest at 4 bits;
    log of the box's filled share; corner white, corner black; mean and spread of L and of chroma; log(1 + pixels);
    shares of L < 15, L > 95, chroma < 4.
    """
    lightness, chroma = sample.inside(sample.scales[0].lightness), sample.inside(sample.chroma)
    fine, coarse = (np.bincount(sample.inside(sample.colour_codes(bits))) for bits in (5, 4))
    p = np.sort(coarse[coarse > 0] / len(lightness))[::-1]
    return np.array(
        [
            np.log1p(np.count_nonzero(fine)),
            np.log1p(len(p)),
            -(p * np.log(p)).sum(),
            p[0],
            p[:3].sum(),
            p[:8].sum(),
            np.log(sample.figure.mean() + 1e-3),
            float((sample.corner > 245).all()),
            float((sample.corner < 10).all()),
            lightness.mean() / 30,
            lightness.std() / 15,
            chroma.mean() / 20,
            chroma.std() / 15,
            np.log1p(len(lightness)),
            (lightness < 15).mean() * 4,
            (lightness > 95).mean() * 4,
            (chroma < 4).mean() * 2,
        ],
        dtype=np.float32,
    )
