"""Limited colours: the nearest of a palette, and grounds in few steps of lightness."""

import numpy as np
from numpy.typing import NDArray

from umair.demo.canvas.noise import blur
from umair.demo.hands.kuwahara import kuwahara
from umair.demo.hands.picture import RGB, from_lab, to_lab
from umair.demo.passes import Passes


def palette_lab(colours: NDArray[np.float32]) -> NDArray[np.float32]:
    """(K, 3) RGB -> (K, 3) Lab."""
    return to_lab(colours[None])[0]


def distances(
    lab: NDArray[np.float32], palette: NDArray[np.float32], weight: tuple[float, float, float]
) -> NDArray[np.float32]:
    """Squared distance of every pixel to every colour: (N, 3), (K, 3) -> (N, K), weighted by axis."""
    w = np.sqrt(np.asarray(weight, np.float32))
    x, y = lab * w, palette * w
    return np.maximum((x * x).sum(1)[:, None] - 2 * (x @ y.T) + (y * y).sum(1), 0)


def planes(passes: Passes, softness: float = 0.003, first: float = 0.010, second: float = 0.006) -> RGB:
    """The ground in a few calm planes; sizes are fractions of the side."""
    S = passes.S
    return kuwahara(kuwahara(blur(passes.bg, S * softness), S * first), S * second)


def stepped(picture: RGB, step: float) -> RGB:
    """Lightness in steps."""
    lab = to_lab(picture)
    lab[..., 0] = np.round(lab[..., 0] / step) * step
    return from_lab(lab)
