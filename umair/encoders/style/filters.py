"""What small waves a surface is made of, and which go together: responses of 5 x 5 cosine filters."""

from __future__ import annotations

import cv2
import numpy as np

from umair.encoders.style.sample import Sample, Scale

SIZE = 5
ON_LIGHTNESS, ON_COLOUR = 14, 5
PIXELS = 16_384  # about how many places are measured at a scale; a regular grid is laid over more


def _bank() -> np.ndarray:
    """(14, 5, 5) the lowest cosine filters c_u(y) c_v(x) but the mean, by u + v; c_u(x) = cos(pi (2x + 1) u / 10)."""
    wave = np.array([[np.cos(np.pi * (2 * x + 1) * u / (2 * SIZE)) for x in range(SIZE)] for u in range(SIZE)])
    wave *= np.sqrt(2 / SIZE)
    wave[0] /= np.sqrt(2)
    pairs = sorted(((u, v) for u in range(SIZE) for v in range(SIZE) if u + v), key=lambda p: p[0] + p[1])
    return np.stack([np.outer(wave[u], wave[v]) for u, v in pairs[:ON_LIGHTNESS]]).astype(np.float32)


BANK = _bank()
UPPER = np.triu_indices(ON_LIGHTNESS + 2 * ON_COLOUR)


def filter_strengths(sample: Sample) -> np.ndarray:
    """(144,) for each scale mean and spread / (mean + 0.05) of log(1 + |r|), 14 filters on L and 5 each on a, b."""
    return np.concatenate([_moments(scale)[0] for scale in sample.scales])


def filter_covariances(sample: Sample) -> np.ndarray:
    """(900,) for each scale the covariances of log(1 + |r|) between the 24 filters: upper triangle, signed sqrt."""
    return np.concatenate([_moments(scale)[1] for scale in sample.scales])


def filter_blocks(sample: Sample) -> dict[str, np.ndarray]:
    """Both of the above from one pass."""
    pairs = [_moments(scale) for scale in sample.scales]
    return {
        "filter_strengths": np.concatenate([p[0] for p in pairs]),
        "filter_covariances": np.concatenate([p[1] for p in pairs]),
    }


def _moments(scale: Scale) -> tuple[np.ndarray, np.ndarray]:
    step = max(1, int(np.sqrt(scale.texture.sum() / PIXELS) + 0.5))
    kept = np.flatnonzero(scale.texture[::step, ::step])
    if not len(kept):
        step, kept = 1, np.flatnonzero(scale.texture)
    strength = np.concatenate(
        [
            BANK.reshape(ON_LIGHTNESS, -1) @ _windows(scale.lightness, step),
            BANK[:ON_COLOUR].reshape(ON_COLOUR, -1) @ _windows(scale.a, step),
            BANK[:ON_COLOUR].reshape(ON_COLOUR, -1) @ _windows(scale.b, step),
        ]
    )
    if len(kept) < strength.shape[1]:
        strength = strength.take(kept, axis=1)
    np.abs(strength, out=strength)
    strength += 1.0
    np.log(strength, out=strength)
    mean = strength.mean(axis=1)
    strength -= mean[:, None]
    covariance = strength @ strength.T / strength.shape[1]
    spread = np.sqrt(np.maximum(np.diag(covariance), 0.0)) / (mean + 0.05)
    upper = covariance[UPPER]
    return np.concatenate([mean, spread]), np.sign(upper) * np.sqrt(np.abs(upper))


def _windows(plane: np.ndarray, step: int) -> np.ndarray:
    """(25, n) the 5 x 5 surroundings of every `step`-th pixel, mirrored at the border."""
    half = SIZE // 2
    padded = cv2.copyMakeBorder(plane, half, half, half, half, cv2.BORDER_REFLECT_101)
    height, width = plane.shape
    shape = (SIZE * SIZE, -(-height // step), -(-width // step))
    gathered = np.empty(shape, dtype=np.float32)
    for n in range(SIZE * SIZE):
        down, right = divmod(n, SIZE)
        gathered[n] = padded[down : down + height : step, right : right + width : step]
    return gathered.reshape(SIZE * SIZE, -1)
