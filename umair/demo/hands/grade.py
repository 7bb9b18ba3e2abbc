"""The artist's eye for colour: a fixed grade in Lab, laid over every picture."""

from dataclasses import dataclass

import numpy as np

from umair.demo.hands.jitter import between
from umair.demo.hands.picture import RGB, deep, from_lab, to_lab, unit


@dataclass(frozen=True)
class Grade:
    """a, b shift the middle tones (Lab); the rest are factors about 1, lift in L."""

    a: float
    b: float
    chroma: float
    contrast: float
    lift: float
    gamma: float


def grade_of(rng: np.random.Generator) -> Grade:
    """One artist's grade."""
    return Grade(
        a=between(rng, -3.5, 4.5),
        b=between(rng, -7, 7),
        chroma=between(rng, 0.80, 1.18),
        contrast=between(rng, 0.90, 1.10),
        lift=between(rng, 0, 7),
        gamma=between(rng, 0.90, 1.12),
    )


def graded(picture: RGB, grade: Grade, amount: float) -> RGB:
    """The picture under the grade; amount < 1 where paper or black ink must stay itself."""
    lab = to_lab(picture)
    light = unit(lab[..., 0] / 100) ** (1 + (grade.gamma - 1) * amount)
    light = 0.5 + (light - 0.5) * (1 + (grade.contrast - 1) * amount)
    lift = grade.lift * amount * 0.6
    lab[..., 0] = np.clip(lift + light * (100 - lift), 0, 100)
    middle = deep(1 - np.abs(lab[..., 0] / 50 - 1) ** 3)
    shift = np.array([grade.a, grade.b], np.float32) * amount
    lab[..., 1:] = lab[..., 1:] * (1 + (grade.chroma - 1) * amount) + middle * shift
    return from_lab(lab)
