"""The few operations on pictures that every hand is written in.

RGB is (S, S, 3) float32 in 0..1, Plane (S, S) float32; `amount` is 0 (nothing) to 1 (all).
"""

from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import ArrayLike, NDArray

from umair.demo.canvas.colours import luma
from umair.demo.canvas.noise import blur
from umair.demo.passes import Plane

RGB = NDArray[np.float32]
WIDE = 6.0  # sigma in pixels above which a blur at a quarter of the size looks the same


def deep(plane: Plane) -> Plane:
    """(S, S) -> (S, S, 1), so that a plane multiplies colours."""
    return plane[..., None]


def lay(under: RGB, colour: ArrayLike, amount: Plane) -> RGB:
    """Opaque paint of one colour (3,) or one picture (S, S, 3), `amount` (S, S) of it."""
    a = amount[..., None]
    return under * (1 - a) + np.asarray(colour, np.float32) * a


def screen(under: RGB, light: RGB) -> RGB:
    """Add light as a projector does: never beyond white."""
    return 1 - (1 - under) * (1 - light)


def unit(plane: NDArray[np.floating]) -> Plane:
    """Held within 0..1."""
    return np.clip(plane, 0, 1)


@lru_cache(maxsize=4)
def grid(S: int) -> tuple[Plane, Plane]:
    """x and y of every pixel in 0..1 (read only)."""
    y, x = np.mgrid[0:S, 0:S].astype(np.float32) / S
    x.setflags(write=False)
    y.setflags(write=False)
    return x, y


def normal_noise(S: int, rng: np.random.Generator) -> Plane:
    """White noise, mean 0, deviation 1."""
    return rng.standard_normal((S, S), dtype=np.float32)


def soft(a: NDArray[np.float32], sigma: float) -> NDArray[np.float32]:
    """Gaussian blur for glows: wide ones are made at a quarter of the size, ten times as fast."""
    if sigma < WIDE:
        return blur(a, sigma)
    h, w = a.shape[:2]
    small = cv2.resize(a, (w // 4, h // 4), interpolation=cv2.INTER_AREA)
    return cv2.resize(blur(small, sigma / 4), (w, h), interpolation=cv2.INTER_LINEAR)


def saturate(picture: RGB, k: float) -> RGB:
    """Chroma about its own grey, times k."""
    grey = luma(picture)[..., None]
    return unit(grey + (picture - grey) * k)


def saturation(picture: RGB) -> Plane:
    """HSV saturation of every pixel."""
    top, low = picture.max(-1), picture.min(-1)
    return (top - low) / np.maximum(top, 1e-3)


def to_lab(picture: RGB) -> RGB:
    """RGB -> CIE L (0..100), a, b."""
    return cv2.cvtColor(unit(picture).astype(np.float32), cv2.COLOR_RGB2LAB)


def from_lab(lab: RGB) -> RGB:
    """CIE Lab -> RGB in 0..1."""
    return unit(cv2.cvtColor(lab.astype(np.float32), cv2.COLOR_LAB2RGB))


def shifted(a: NDArray[np.float32], dx: float, dy: float) -> NDArray[np.float32]:
    """Moved by (dx, dy) pixels; the border is stretched into the gap."""
    matrix = np.array([[1, 0, dx], [0, 1, dy]], np.float32)
    return cv2.warpAffine(np.ascontiguousarray(a, np.float32), matrix, a.shape[1::-1], borderMode=cv2.BORDER_REPLICATE)


def grown(mask: NDArray[np.bool_], pixels: int) -> Plane:
    """The mask widened by square steps of one pixel."""
    return cv2.dilate(mask.astype(np.float32), np.ones((3, 3)), iterations=max(1, pixels))


def grown_round(mask: NDArray[np.bool_], pixels: int) -> Plane:
    """The mask widened by a disk."""
    disk = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * pixels + 1, 2 * pixels + 1))
    return cv2.dilate(mask.astype(np.uint8), disk).astype(np.float32)
