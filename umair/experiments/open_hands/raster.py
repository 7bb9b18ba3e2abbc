"""Raster pictures to a common size: cut to what is drawn, sheets into tiles, pixel art enlarged in whole steps."""

from __future__ import annotations

import io
from collections.abc import Iterator

import numpy as np
from PIL import Image, UnidentifiedImageError

from umair.errors import ImageError

SMALLEST, LARGEST = 96, 224  # longer side in pixels
MOST_PIXELS = 60_000_000


def open_raster(data: bytes) -> np.ndarray:
    """A file's bytes -> (H, W, 4) uint8; ImageError where it cannot be decoded or is too large."""
    try:
        with Image.open(io.BytesIO(data)) as image:
            if image.width * image.height > MOST_PIXELS:
                raise ImageError(
                    f"the picture has {image.width} x {image.height} pixels; at most {MOST_PIXELS} are read"
                )
            if image.format == "JPEG":
                image.draft("RGB", (LARGEST * 2, LARGEST * 2))
            return np.asarray(image.convert("RGBA"))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise ImageError(f"the file is no picture that can be read ({error})") from error


def tiles(rgba: np.ndarray, side: int) -> Iterator[np.ndarray]:
    """Every whole tile of a sheet, row by row."""
    for top in range(0, rgba.shape[0] - side + 1, side):
        for left in range(0, rgba.shape[1] - side + 1, side):
            yield rgba[top : top + side, left : left + side]


def cut_to_drawn(rgba: np.ndarray, margin: float = 0.04) -> np.ndarray:
    """Without the transparent border, but for a margin of the longer side."""
    rows, columns = (np.flatnonzero((rgba[..., 3] > 8).any(axis=axis)) for axis in (1, 0))
    if not len(rows):
        return rgba
    rgba = rgba[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    edge = round(margin * max(rgba.shape[:2]))
    return np.pad(rgba, ((edge, edge), (edge, edge), (0, 0)))


def to_size(rgba: np.ndarray, pixels: bool) -> np.ndarray:
    """Longer side between 96 and 224: pixel art by a whole factor where it is small, all else smoothly."""
    height, width = rgba.shape[:2]
    longer = max(height, width)
    if pixels and longer < SMALLEST:
        factor = -(-SMALLEST // longer)
        return rgba.repeat(factor, axis=0).repeat(factor, axis=1)
    if SMALLEST <= longer <= LARGEST:
        return rgba
    scale = (LARGEST if longer > LARGEST else SMALLEST) / longer
    size = max(1, round(width * scale)), max(1, round(height * scale))
    premultiplied = Image.fromarray(rgba).convert("RGBa")
    return np.asarray(premultiplied.resize(size, Image.Resampling.LANCZOS).convert("RGBA"))
