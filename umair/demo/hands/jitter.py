"""Drawing one artist's choices from a seeded generator."""

from collections.abc import Sequence
from typing import TypeVar

import numpy as np

from umair.demo.canvas.colours import Colour, rgb

T = TypeVar("T")


def between(rng: np.random.Generator, low: float, high: float) -> float:
    """Uniform."""
    return float(rng.uniform(low, high))


def one_of(rng: np.random.Generator, choices: Sequence[T]) -> T:
    """One of the choices, each as likely; write a choice twice to make it likelier."""
    return choices[int(rng.integers(0, len(choices)))]


def colour_of(rng: np.random.Generator, choices: Sequence[str]) -> Colour:
    """One of the "#rrggbb"."""
    return rgb(one_of(rng, choices))


def seed_of(rng: np.random.Generator) -> int:
    """A seed for the noise of one picture."""
    return int(rng.integers(1_000_000))
