"""A picture made ready for measuring: one size rule, the figure cut out, lightness and colour at three scales."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np

from umair.encoders.style.histograms import byte_counts, floor_bytes

LONGEST = 256  # pixels: larger pictures are reduced, smaller ones are left as they are
SCALES = 3
DIFFERS = 12  # of 255: how far a pixel must be from the ground to belong to the figure
SMALLEST = 8  # pixels below which a side is mirrored outwards
FEWEST = 20  # pixels below which a mask says nothing
ENOUGH = 12_288  # pixels that a share is told from; of more only some rows are counted
GOLDEN = (5**0.5 - 1) / 2
LEVELS, STEP = 252, 100.1 / 252  # of lightness: 21 for each of twelve bins
HUES, CHROMAS = 12, 128  # chroma is counted by whole units, the last one open
UNITS = (np.arange(256, dtype=np.float32) / 255.0).reshape(1, 256)


@dataclass(frozen=True)
class Scale:
    """CIE Lab of one scale: lightness 0..100, a, b (H, W) float32; texture (H, W) bool, figure and
    its surroundings; rows, those that are counted."""

    lightness: np.ndarray
    a: np.ndarray
    b: np.ndarray
    texture: np.ndarray
    rows: np.ndarray

    def counted(self, plane: np.ndarray) -> np.ndarray:
        """(R, W) of a plane (H, W) the rows that are counted."""
        return plane if len(self.rows) == len(plane) else plane[self.rows]

    @cached_property
    def slopes(self) -> tuple[np.ndarray, np.ndarray]:
        """Of lightness along x and along y, (H, W) each: Sobel / 4, in L a pixel."""
        return slopes(self.lightness)


@dataclass(frozen=True)
class Sample:
    """What a picture is measured by.

    rgb (H, W, 3) uint8, cut to the figure's box; figure (H, W) bool; corner (3,) the ground's colour;
    chroma (H, W) sqrt(a^2 + b^2); rows, those that shares of colours are counted in; scales 1, 1/2, 1/4.
    """

    rgb: np.ndarray
    figure: np.ndarray
    corner: np.ndarray
    chroma: np.ndarray
    rows: np.ndarray
    scales: tuple[Scale, ...]

    def inside(self, plane: np.ndarray) -> np.ndarray:
        """(n,) the values of a plane (H, W) in the figure."""
        return plane.ravel() if self.figure.all() else plane[self.figure]

    def counted(self, plane: np.ndarray) -> np.ndarray:
        """(R, W, ...) of a plane (H, W, ...) the rows that shares of colours are counted in."""
        return plane if len(self.rows) == len(plane) else plane[self.rows]

    @cached_property
    def colour_codes(self) -> np.ndarray:
        """(H, W) uint16: the five high bits of each channel, 0 r r r r r g g g g g b b b b b with any order of r, b."""
        return cv2.cvtColor(self.rgb, cv2.COLOR_BGR2BGR555).view(np.uint16)[..., 0]

    @cached_property
    def lightness_counts(self) -> np.ndarray:
        """(252,) how many pixels of the figure have lightness floor(L / 0.397)."""
        levels = floor_bytes(self.counted(self.scales[0].lightness), 1 / STEP)
        return byte_counts([levels], self.counted(self.figure), [LEVELS], [LEVELS])

    @cached_property
    def hue_chroma_counts(self) -> np.ndarray:
        """(12, 128) how many pixels of the figure have hue atan2(b, a) / 30 degrees and chroma by whole units."""
        own, turn = self.scales[0], HUES / (2 * np.pi) * (1 - 1e-6)
        hue = floor_bytes(cv2.phase(self.counted(own.a), self.counted(own.b)), turn)
        chroma = floor_bytes(self.counted(self.chroma), 2.0)
        return byte_counts([hue, chroma], self.counted(self.figure), [HUES, CHROMAS], [HUES, 256])


def slopes(plane: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Sobel / 4 of a plane along x and along y, in its units a pixel."""
    return cv2.Sobel(plane, cv2.CV_32F, 1, 0, scale=0.25), cv2.Sobel(plane, cv2.CV_32F, 0, 1, scale=0.25)


def spread(side: int, times: float) -> np.ndarray:
    """(n,) numbers of rows, of `side` about one in `times`, the same for a mirror image.

    They lie 1.618, 2.618 ... apart, rounded: no pattern of few pixels, no art of coarse ones, falls in step with them.
    """
    step = np.floor(times - GOLDEN) + GOLDEN
    if step < 1:
        return np.arange(side)
    above = np.floor(side / 2 - np.arange(step / 2, side / 2, step)).astype(np.int64)
    return np.concatenate([above[::-1], side - 1 - above])


def counted_rows(mask: np.ndarray) -> np.ndarray:
    """Of a mask (H, W) the rows that shares are counted in: all, or so many that about 12,288 pixels remain."""
    return spread(len(mask), cv2.countNonZero(mask.view(np.uint8)) / ENOUGH)


def reduced(picture: np.ndarray, width: int, height: int) -> np.ndarray:
    """A picture at a smaller size: means of 2 x 2 pixels while it is more than twice too large, then linear."""
    while picture.shape[1] >= 2 * width and picture.shape[0] >= 2 * height and min(picture.shape[:2]) > 1:
        halves = (picture.shape[1] // 2, picture.shape[0] // 2)
        even = picture[: halves[1] * 2, : halves[0] * 2]
        picture = cv2.resize(even, halves, interpolation=cv2.INTER_AREA)
    return cv2.resize(picture, (width, height), interpolation=cv2.INTER_LINEAR)


def sample(rgb: np.ndarray) -> Sample:
    """rgb (H, W, 3) uint8 of any size."""
    rgb = _at_most_longest(rgb)
    corner = np.median([rgb[0, 0], rgb[0, -1], rgb[-1, 0], rgb[-1, -1]], axis=0)
    ground = corner.astype(np.uint8).astype(np.float64)
    figure = cv2.inRange(rgb, ground - DIFFERS, ground + DIFFERS) == 0
    if figure.mean() < 0.005:
        figure[:] = True
    rows, columns = np.flatnonzero(figure.any(1)), np.flatnonzero(figure.any(0))
    box = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    rgb, figure = np.ascontiguousarray(rgb[box]), np.ascontiguousarray(figure[box])
    if min(figure.shape) < SMALLEST:
        rgb = cv2.copyMakeBorder(rgb, 4, 4, 4, 4, cv2.BORDER_REFLECT)
        figure = np.ones(rgb.shape[:2], dtype=bool)
    scales = _scales(rgb, figure)
    chroma = cv2.magnitude(scales[0].a, scales[0].b)
    return Sample(rgb, figure, corner, chroma, counted_rows(figure), scales)


def _at_most_longest(rgb: np.ndarray) -> np.ndarray:
    longest = max(rgb.shape[:2])
    if longest <= LONGEST:
        return rgb
    height, width = (max(1, round(side * LONGEST / longest)) for side in rgb.shape[:2])
    return reduced(rgb, width, height)


def _scales(rgb: np.ndarray, figure: np.ndarray) -> tuple[Scale, ...]:
    planes = list(cv2.split(cv2.cvtColor(cv2.LUT(rgb, UNITS), cv2.COLOR_RGB2LAB)))
    texture = cv2.dilate(figure.view(np.uint8), np.ones((5, 5), np.uint8))
    made = []
    for number in range(SCALES):
        if number and min(texture.shape) >= 2 * SMALLEST:
            planes = [cv2.resize(p, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA) for p in planes]
            texture = cv2.resize(texture, planes[0].shape[::-1], interpolation=cv2.INTER_NEAREST)
        mask = texture.view(bool)
        mask = mask if cv2.countNonZero(texture) >= FEWEST else np.ones_like(mask)
        made.append(Scale(*planes, mask, counted_rows(mask)))
    return tuple(made)
