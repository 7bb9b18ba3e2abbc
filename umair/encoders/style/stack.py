"""The stack: every measured statistic of a picture's style in one row of 2,173 numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import cv2
import numpy as np
from PIL import Image

from umair.encoders.style.filters import filter_blocks
from umair.encoders.style.gradients import gradient_shares, orientation_shares
from umair.encoders.style.grain import laplacian_percentiles, ring_powers
from umair.encoders.style.lab_histograms import lab_palette, lightness_chroma_hue
from umair.encoders.style.lbp import neighbour_shares
from umair.encoders.style.palette import palette_numbers, rgb_palette
from umair.encoders.style.runs import colour_runs, dark_runs
from umair.encoders.style.sample import Sample, sample
from umair.encoders.style.shape import contour_shapes
from umair.encoders.style.strokes import corner_shares, depth_shares

VERSION = 2  # raise it when a statistic changes: weights trained on the old numbers are then refused
LARGEST = 50.0  # no statistic goes beyond; what overflows on a constant picture is cut here

FAMILIES: dict[str, Callable[[Sample], np.ndarray]] = {
    "rgb_palette": rgb_palette,
    "lab_palette": lab_palette,
    "lightness_chroma_hue": lightness_chroma_hue,
    "palette_numbers": palette_numbers,
    "gradient_shares": gradient_shares,
    "orientation_shares": orientation_shares,
    "neighbour_shares": neighbour_shares,
    "laplacian_percentiles": laplacian_percentiles,
    "ring_powers": ring_powers,
    "colour_runs": colour_runs,
    "dark_runs": dark_runs,
    "depth_shares": depth_shares,
    "corner_shares": corner_shares,
    "contour_shapes": contour_shapes,
}
SIZES: dict[str, int] = {
    "rgb_palette": 216,
    "lab_palette": 288,
    "lightness_chroma_hue": 35,
    "palette_numbers": 17,
    "gradient_shares": 63,
    "orientation_shares": 24,
    "neighbour_shares": 273,
    "laplacian_percentiles": 18,
    "ring_powers": 11,
    "colour_runs": 18,
    "dark_runs": 18,
    "depth_shares": 18,
    "corner_shares": 8,
    "contour_shapes": 122,
    "filter_strengths": 144,
    "filter_covariances": 900,
}
WIDTH = sum(SIZES.values())

cv2.setNumThreads(1)  # pictures run side by side; threads inside one of 256 px only wait for each other
np.empty(8 << 20, np.uint8)  # once freed, glibc keeps that much for the next picture instead of asking the system again


def statistics(rgb: np.ndarray) -> np.ndarray:
    """(2173,) float32 of one picture, rgb (H, W, 3) uint8; finite for every picture."""
    own = sample(rgb)
    blocks = {name: measure(own) for name, measure in FAMILIES.items()} | filter_blocks(own)
    row = np.concatenate([blocks[name] for name in SIZES])
    return np.clip(np.nan_to_num(row, posinf=LARGEST, neginf=-LARGEST), -LARGEST, LARGEST).astype(np.float32)


def stacked(pictures: Iterable[Image.Image | np.ndarray]) -> np.ndarray:
    """(B, 2173) of PIL pictures or RGB arrays."""
    rows = [statistics(np.asarray(p.convert("RGB")) if isinstance(p, Image.Image) else p) for p in pictures]
    return np.stack(rows) if rows else np.zeros((0, WIDTH), np.float32)


def block_slices() -> dict[str, slice]:
    """Where each family lies in a row."""
    ends = np.cumsum(list(SIZES.values()))
    return {name: slice(int(end) - size, int(end)) for (name, size), end in zip(SIZES.items(), ends, strict=True)}
