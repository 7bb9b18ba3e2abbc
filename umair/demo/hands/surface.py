"""What pictures are made on: paper, and the wobble of a hand."""

import cv2
import numpy as np
from numpy.typing import NDArray

from umair.demo.canvas.noise import fbm
from umair.demo.hands.picture import grid
from umair.demo.passes import Plane


def paper(S: int, seed: int, coarse: float = 2.2, fibre: float = 0.0) -> Plane:
    """Height of a sheet of paper, mean 0, deviation about .5; fibre adds long horizontal ones."""
    fine = fbm((S, S), coarse * S / 640 * 2, seed, 3, 0.7)
    broad = fbm((S, S), 40 * S / 640, seed + 1, 2)
    height = (fine - fine.mean()) / fine.std() * 0.5 + (broad - broad.mean()) / broad.std() * 0.12
    if fibre:
        specks = np.random.default_rng(seed + 3).random((S, S)).astype(np.float32)
        height += fibre * (cv2.GaussianBlur(specks, (0, 0), sigmaX=9 * S / 640, sigmaY=0.7) - 0.5) * 20
    return height


def warp(
    picture: NDArray[np.float32], amplitude: float, scale: float, seed: int, octaves: int = 3
) -> NDArray[np.float32]:
    """Shaken by smooth noise; amplitude and scale are fractions of the side."""
    S = picture.shape[0]
    x, y = grid(S)
    dx = (fbm((S, S), scale * S, seed, octaves) - 0.5) * (2 * amplitude * S)
    dy = (fbm((S, S), scale * S, seed + 7, octaves) - 0.5) * (2 * amplitude * S)
    return cv2.remap(picture, x * S + dx, y * S + dy, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
