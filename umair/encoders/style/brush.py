"""A small canvas for made painters: polygons, lines and marks in OpenCV, drawn three times too large and reduced."""

from __future__ import annotations

import cv2
import numpy as np

from umair.encoders.style.painter_hand import Colour

OVER = 3  # how many times larger the canvas is than the picture
FIXED = 4  # bits after the point of OpenCV's coordinates


class Canvas:
    """A square picture of `side` pixels; all lengths and places are in its pixels."""

    def __init__(self, side: int, ground: Colour) -> None:
        self.side = side
        self.pixels = np.empty((side * OVER, side * OVER, 3), np.float32)
        self.pixels[:] = ground

    def mask_of(self, outline: np.ndarray) -> np.ndarray:
        """(S, S) uint8 inside of a closed outline (n, 2)."""
        mask = np.zeros(self.pixels.shape[:2], np.uint8)
        cv2.fillPoly(mask, [_fixed(outline)], 255, cv2.LINE_AA, FIXED)
        return mask

    def lay(self, mask: np.ndarray, colour: Colour | np.ndarray, opacity: float = 1.0) -> None:
        """Colour, one for all or one for each pixel, where the mask (S, S) uint8 is."""
        x, y, width, height = cv2.boundingRect(mask)
        if not width:
            return
        box = np.s_[y : y + height, x : x + width]
        share = mask[box].astype(np.float32)[..., None] * (opacity / 255.0)
        own = colour[box] if isinstance(colour, np.ndarray) else np.array(colour, np.float32)
        self.pixels[box] += (own - self.pixels[box]) * share

    def strokes(self, lines: np.ndarray, widths: np.ndarray) -> np.ndarray:
        """(S, S) uint8 mask of straight strokes, lines (n, 2, 2), widths (n,)."""
        mask = np.zeros(self.pixels.shape[:2], np.uint8)
        for ends, width in zip(_fixed(lines), widths, strict=True):
            cv2.line(mask, ends[0], ends[1], 255, max(1, round(float(width) * OVER)), cv2.LINE_AA, FIXED)
        return mask

    def outline(self, places: np.ndarray, closed: bool, width: float) -> np.ndarray:
        """(S, S) uint8 mask of one line of even width through places (n, 2)."""
        mask = np.zeros(self.pixels.shape[:2], np.uint8)
        thickness = max(1, round(width * OVER))
        cv2.polylines(mask, [_fixed(places)], closed, 255, thickness, cv2.LINE_AA, FIXED)
        return mask

    def dots(self, centres: np.ndarray, radius: float) -> np.ndarray:
        """(S, S) uint8 mask of discs."""
        mask = np.zeros(self.pixels.shape[:2], np.uint8)
        for centre in _fixed(centres):
            cv2.circle(mask, centre, max(1, round(radius * OVER * 2**FIXED)), 255, -1, cv2.LINE_AA, FIXED)
        return mask

    def finished(self, smooth_edges: bool) -> np.ndarray:
        """(side, side, 3) uint8; without smooth edges every pixel is one of the canvas."""
        kind = cv2.INTER_AREA if smooth_edges else cv2.INTER_NEAREST
        small = cv2.resize(self.pixels, (self.side, self.side), interpolation=kind)
        return (np.clip(small, 0, 1) * 255).astype(np.uint8)


def _fixed(places: np.ndarray) -> np.ndarray:
    scaled = np.clip(np.nan_to_num(places), -2_000, 4_000) * OVER
    return np.round(scaled * 2**FIXED).astype(np.int32)
