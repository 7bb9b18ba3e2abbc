"""Kuwahara filter: flat patches with crisp borders, as a painter simplifies."""

import cv2
import numpy as np

from umair.demo.canvas.colours import luma
from umair.demo.hands.picture import RGB


def kuwahara(picture: RGB, radius: float) -> RGB:
    """Every pixel takes the mean of that square corner around it whose light varies least.

    radius in pixels (at least 1). Kuwahara, Hachimura, Eiho, Kinoshita 1976.
    """
    r = max(1, int(radius))
    side = (r + 1, r + 1)
    light = luma(picture).astype(np.float32)
    squared = light * light
    best, out = None, picture
    for anchor in ((0, 0), (0, r), (r, 0), (r, r)):
        mean = cv2.boxFilter(picture, -1, side, anchor=anchor, borderType=cv2.BORDER_REFLECT)
        m1 = cv2.boxFilter(light, -1, side, anchor=anchor, borderType=cv2.BORDER_REFLECT)
        m2 = cv2.boxFilter(squared, -1, side, anchor=anchor, borderType=cv2.BORDER_REFLECT)
        spread = m2 - m1 * m1
        if best is None:
            best, out = spread, mean
        else:
            calmer = spread < best
            best = np.minimum(best, spread)
            cv2.copyTo(mean, calmer.astype(np.uint8), out)
    return out
