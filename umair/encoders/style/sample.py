"""A picture made ready for measuring: one size rule, the figure cut out, lightness and colour at three scales."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

LONGEST = 256  # pixels: larger pictures are reduced, smaller ones are left as they are
SCALES = 3
DIFFERS = 12  # of 255: how far a pixel must be from the ground to belong to the figure
SMALLEST = 8  # pixels below which a side is mirrored outwards
FEWEST = 20  # pixels below which a mask says nothing


@dataclass(frozen=True)
class Scale:
    """CIE Lab of one scale: lightness 0..100, a, b (H, W) float32; texture (H, W) bool, figure and
    its surroundings; places (n,) its pixels in reading order."""

    lightness: np.ndarray
    a: np.ndarray
    b: np.ndarray
    texture: np.ndarray
    places: np.ndarray

    def textured(self, plane: np.ndarray) -> np.ndarray:
        """(n,) the values of a plane (H, W) in the texture."""
        return plane.ravel()[self.places]


@dataclass(frozen=True)
class Sample:
    """What a picture is measured by.

    rgb (H, W, 3) uint8, cut to the figure's box; figure (H, W) bool; places (n,) its pixels in reading order;
    corner (3,) the ground's colour; chroma (H, W) sqrt(a^2 + b^2); scales 1, 1/2, 1/4.
    """

    rgb: np.ndarray
    figure: np.ndarray
    places: np.ndarray
    corner: np.ndarray
    chroma: np.ndarray
    scales: tuple[Scale, ...]

    def inside(self, plane: np.ndarray) -> np.ndarray:
        """(n,) the values of a plane (H, W) in the figure."""
        return plane.ravel()[self.places]

    def colour_codes(self, bits: int) -> np.ndarray:
        """(H, W) int32, one number for each colour at `bits` bits a channel."""
        red, green, blue = (plane.astype(np.int32) for plane in cv2.split(self.rgb >> np.uint8(8 - bits)))
        return (red << (2 * bits)) | (green << bits) | blue


def sample(rgb: np.ndarray) -> Sample:
    """rgb (H, W, 3) uint8 of any size."""
    rgb = _reduced(rgb)
    corner = np.median([rgb[0, 0], rgb[0, -1], rgb[-1, 0], rgb[-1, -1]], axis=0)
    apart = cv2.split(cv2.absdiff(rgb, np.broadcast_to(corner.astype(np.uint8), rgb.shape)))
    figure = cv2.max(cv2.max(apart[0], apart[1]), apart[2]) > DIFFERS
    if figure.mean() < 0.005:
        figure[:] = True
    rows, columns = np.flatnonzero(figure.any(1)), np.flatnonzero(figure.any(0))
    box = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    rgb, figure = np.ascontiguousarray(rgb[box]), np.ascontiguousarray(figure[box])
    if min(figure.shape) < SMALLEST:
        rgb = cv2.copyMakeBorder(rgb, 4, 4, 4, 4, cv2.BORDER_REFLECT)
        figure = np.ones(rgb.shape[:2], dtype=bool)
    scales = _scales(rgb, figure)
    return Sample(rgb, figure, np.flatnonzero(figure), corner, cv2.magnitude(scales[0].a, scales[0].b), scales)


def _reduced(rgb: np.ndarray) -> np.ndarray:
    longest = max(rgb.shape[:2])
    if longest <= LONGEST:
        return rgb
    height, width = (max(1, round(side * LONGEST / longest)) for side in rgb.shape[:2])
    return cv2.resize(rgb, (width, height), interpolation=cv2.INTER_AREA)


def _scales(rgb: np.ndarray, figure: np.ndarray) -> tuple[Scale, ...]:
    lab = cv2.cvtColor(rgb.astype(np.float32) / 255.0, cv2.COLOR_RGB2LAB)
    planes = list(cv2.split(lab))
    texture = cv2.dilate(figure.astype(np.uint8), np.ones((5, 5), np.uint8))
    made = []
    for number in range(SCALES):
        if number and min(texture.shape) >= 2 * SMALLEST:
            planes = [cv2.resize(p, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA) for p in planes]
            texture = cv2.resize(texture, planes[0].shape[::-1], interpolation=cv2.INTER_NEAREST)
        mask = texture.astype(bool)
        lightness, a, b = planes
        mask = mask if mask.sum() >= FEWEST else np.ones_like(mask)
        made.append(Scale(lightness, a, b, mask, np.flatnonzero(mask)))
    return tuple(made)
