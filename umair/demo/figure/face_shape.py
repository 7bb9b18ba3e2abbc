"""The skull: contour of the face and where its features lie, from frontal to three-quarter.

Units: head heights; crown y = 0, chin y = 1, axis of the cranium x = 0; the head looks to the left.
"""

from dataclasses import dataclass

import numpy as np

from umair.demo.canvas.curves import Points
from umair.demo.figure.model import Character

# temple -> far cheek -> chin -> near jaw -> temple -> over the cranium
_FRONT = np.array(
    [
        *[(-0.385, 0.40), (-0.376, 0.55), (-0.352, 0.69), (-0.283, 0.83), (-0.165, 0.935), (-0.052, 0.992)],
        *[(0, 1.0), (0.052, 0.992), (0.165, 0.935), (0.283, 0.83), (0.352, 0.69), (0.376, 0.55)],
        *[(0.385, 0.40), (0.36, 0.22), (0.21, 0.05), (0, 0), (-0.21, 0.05), (-0.36, 0.22)],
    ]
)
_THREE_QUARTER = np.array(
    [
        *[(-0.372, 0.40), (-0.350, 0.535), (-0.368, 0.665), (-0.322, 0.805), (-0.240, 0.925)],
        *[(-0.165, 0.992), (-0.118, 1.003), (-0.045, 0.985), (0.085, 0.915), (0.222, 0.805), (0.295, 0.69)],
        *[(0.325, 0.55), (0.36, 0.40), (0.40, 0.22), (0.24, 0.05), (0.02, 0), (-0.18, 0.05), (-0.335, 0.22)],
    ]
)
_SHORT = 0.022  # how much a soft chin is above that of the skull
JAW = slice(0, 13)  # the points of the contour that are drawn as a line


def face_contour(char: Character, k: float, pitch: float = 0.0) -> Points:
    """(18, 2) control points. pitch > 0 looks down: the chin comes up and the cheeks round."""
    p = _FRONT * (1 - k) + _THREE_QUARTER * k
    y0 = p[:, 1].copy()
    low = np.clip((y0 - 0.5) / 0.5, 0, 1)
    if char.slim:
        p[:, 0] *= 1 - 0.05 * char.slim * low
        p[:, 1] += 0.050 * char.slim * low
    if pitch:
        m = np.clip((p[:, 1] - 0.55) / 0.45, 0, 1)
        p[:, 1] -= 0.030 * pitch * m
        p[:, 0] *= 1 + 0.03 * pitch * m * (1 - m) * 2
    axis = -0.118 * k  # of the chin
    p[:, 1] -= _SHORT * low
    p[:, 0] += (p[:, 0] - axis * low) * 0.080 * char.cheek * np.exp(-(((y0 - 0.70) / 0.11) ** 2))
    p[:, 0] += (p[:, 0] - axis) * 0.22 * char.jaw * np.exp(-(((y0 - 0.92) / 0.085) ** 2))
    p[:, 1] += 0.034 * char.age * low
    return p


@dataclass(frozen=True)
class Feature:
    """Centre and width of an eye."""

    x: float
    y: float
    w: float


@dataclass(frozen=True)
class Features:
    """Where the parts of a face lie."""

    near: Feature
    far: Feature
    nose: tuple[float, float]
    mouth: tuple[float, float]
    brow_near: tuple[float, float]
    brow_far: tuple[float, float]

    def eyes(self) -> tuple[tuple[int, Feature, tuple[float, float]], ...]:
        """(side, eye, brow), the far one first."""
        return (-1, self.far, self.brow_far), (1, self.near, self.brow_near)


def features(char: Character, k: float, pitch: float = 0.0) -> Features:
    """Features of this face at turn k (0 frontal, 1 three-quarter)."""

    def turned(front: float, three_quarter: float) -> float:
        return front * (1 - k) + three_quarter * k

    dy = 0.034 * pitch + 0.01 * char.slim
    eye_y = 0.646 + dy - 0.012 * char.slim - 0.020 * char.age
    narrow = (1 - 0.13 * char.slim) * (1 - 0.06 * char.age)
    brow = dy - 0.012 * char.age + 0.022 * char.slim
    return Features(
        near=Feature(turned(0.190, 0.088), eye_y, turned(0.264, 0.260) * narrow),
        far=Feature(turned(-0.190, -0.243), eye_y, turned(0.264, 0.206) * narrow),
        nose=(turned(0, -0.172), 0.790 + dy * 1.2 + 0.006 * char.age + 0.012 * char.slim),
        mouth=(turned(0, -0.128), 0.870 + dy * 0.55 + 0.016 * char.age + 0.022 * char.slim),
        brow_near=(turned(0.195, 0.10), 0.436 + brow),
        brow_far=(turned(-0.195, -0.235), 0.432 + brow),
    )
