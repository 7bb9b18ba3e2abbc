"""Inflated normals: each part of a drawing swells into a cushion, so that light can model it."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import skia
from numpy.typing import NDArray


@dataclass(frozen=True)
class Part:
    """One opaque region as drawn: its outline in pixels, its number, how far in it swells."""

    outline: skia.Path
    number: int
    radius: float | None  # fraction of the picture; None lets the whole part swell


def puff(parts: Sequence[Part], ids: NDArray[np.int32], size: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """x and y of the unit normals (size, size) of every visible part; 0 where nothing was drawn.

    The distance transform of a part's *whole* outline, also where another part hides it, becomes a half
    circle in section, is blurred by .16 of its radius and differentiated. ids: part number of each pixel.
    """
    nx, ny = np.zeros((size, size), np.float32), np.zeros((size, size), np.float32)
    for part in parts:
        box = part.outline.getBounds()
        x0, y0 = max(0, int(box.left()) - 2), max(0, int(box.top()) - 2)
        x1, y1 = min(size, int(box.right()) + 3), min(size, int(box.bottom()) + 3)
        if x1 - x0 < 3 or y1 - y0 < 3:
            continue
        visible = ids[y0:y1, x0:x1] == part.number
        if not visible.any():
            continue
        height = _swell(_mask(part.outline, x0, y0, x1, y1, size), part.radius, size)
        gy, gx = np.gradient(height, axis=0)[1:-1, 1:-1], np.gradient(height, axis=1)[1:-1, 1:-1]
        nz = 1 / np.sqrt(1 + gx**2 + gy**2)
        nx[y0:y1, x0:x1][visible] = (-gx * nz)[visible]
        ny[y0:y1, x0:x1][visible] = (-gy * nz)[visible]
    return nx, ny


def _mask(outline: skia.Path, x0: int, y0: int, x1: int, y1: int, size: int) -> NDArray[np.uint8]:
    """The outline filled, with a border of one pixel; an edge cut by the frame is no edge of the form."""
    surface = skia.Surface(x1 - x0, y1 - y0)
    canvas = surface.getCanvas()
    canvas.translate(-x0, -y0)
    canvas.drawPath(outline, skia.Paint(AntiAlias=False, Color=skia.ColorWHITE))
    mask = (surface.toarray()[..., 3] > 127).astype(np.uint8)
    mask = cv2.copyMakeBorder(mask, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
    if x0 == 0:
        mask[:, 0] = mask[:, 1]
    if y1 == size:
        mask[-1] = mask[-2]
    if x1 == size:
        mask[:, -1] = mask[:, -2]
    return mask


def _swell(mask: NDArray[np.uint8], radius: float | None, size: int) -> NDArray[np.float32]:
    distance = cv2.distanceTransform(mask, cv2.DIST_L2, 3)
    reach = max(float(distance.max()), 1.0)
    if radius is not None:
        reach = min(reach, radius * size)
    t = np.clip(distance / reach, 0, 1)
    height = reach * np.sqrt(np.clip(1 - (1 - t) ** 2, 0, 1))
    return cv2.GaussianBlur(height, (0, 0), max(1.0, reach * 0.16))
