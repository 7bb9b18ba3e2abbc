"""What small waves a surface is made of, and which go together: responses of 5 x 5 cosine filters."""

from __future__ import annotations

import cv2
import numpy as np

from umair.encoders.style.sample import Sample, Scale, spread

SIZE = 5
ON_LIGHTNESS, ON_COLOUR = 14, 5
PLACES = 3_072  # about how many places are measured at a scale; a regular grid is laid over more
FARTHEST = 6.0  # pixels between two rows of it
BATCH = 448  # places that are multiplied at once: BLAS starts threads for more, and they wait for each other


def _waves() -> np.ndarray:
    """(5, 5) the orthonormal cosine waves c_u(x) = sqrt(2 / 5) cos(pi (2x + 1) u / 10), c_0 = sqrt(1 / 5)."""
    wave = np.array([[np.cos(np.pi * (2 * x + 1) * u / (2 * SIZE)) for x in range(SIZE)] for u in range(SIZE)])
    wave *= np.sqrt(2 / SIZE)
    wave[0] /= np.sqrt(2)
    return wave.astype(np.float32)


WAVES = _waves()
ORDERS = sorted(((u, v) for u in range(SIZE) for v in range(SIZE) if u + v), key=lambda p: p[0] + p[1])[:ON_LIGHTNESS]
BANK = np.stack([np.outer(WAVES[u], WAVES[v]) for u, v in ORDERS])  # (14, 5, 5) c_u(y) c_v(x), the lowest but the mean
UPPER = np.triu_indices(ON_LIGHTNESS + 2 * ON_COLOUR)


def filter_strengths(sample: Sample) -> np.ndarray:
    """(144,) for each scale mean and spread / (mean + 0.05) of log(1 + |r|), 14 filters on L and 5 each on a, b."""
    return filter_blocks(sample)["filter_strengths"]


def filter_covariances(sample: Sample) -> np.ndarray:
    """(900,) for each scale the covariances of log(1 + |r|) between the 24 filters: upper triangle, signed sqrt."""
    return filter_blocks(sample)["filter_covariances"]


def filter_blocks(sample: Sample) -> dict[str, np.ndarray]:
    """Both of the above from one pass."""
    pairs = [_moments(scale) for scale in sample.scales]
    return {
        "filter_strengths": np.concatenate([p[0] for p in pairs]),
        "filter_covariances": np.concatenate([p[1] for p in pairs]),
    }


def _moments(scale: Scale) -> tuple[np.ndarray, np.ndarray]:
    rows, places = _grid(scale.texture)
    strength = np.empty((ON_LIGHTNESS + 2 * ON_COLOUR, len(places)), dtype=np.float32)
    _respond(scale.lightness, rows, places, strength[:ON_LIGHTNESS])
    _respond(scale.a, rows, places, strength[ON_LIGHTNESS:-ON_COLOUR])
    _respond(scale.b, rows, places, strength[-ON_COLOUR:])
    np.abs(strength, out=strength)
    strength += np.float32(1)
    cv2.log(strength, strength)
    mean = strength.mean(axis=1)
    strength -= mean[:, None]
    covariance = _products(strength) / strength.shape[1]
    spread = np.sqrt(np.maximum(np.diag(covariance), 0.0)) / (mean + 0.05)
    upper = covariance[UPPER]
    return np.concatenate([mean, spread]), np.sign(upper) * np.sqrt(np.abs(upper))


def _products(strength: np.ndarray) -> np.ndarray:
    """strength (F, n) times its transpose, batch by batch."""
    whole = strength.shape[1] // BATCH * BATCH
    parts = strength[:, :whole].reshape(len(strength), -1, BATCH).swapaxes(0, 1)
    return (parts @ parts.swapaxes(1, 2)).sum(0) + strength[:, whole:] @ strength[:, whole:].T


def _grid(texture: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The rows that are measured (R,), and in them the places (n,) that lie in the texture.

    A place counts pixels as if each of these rows stood there five times, once for each wave.
    """
    times = cv2.countNonZero(texture.view(np.uint8)) / PLACES
    rows = spread(len(texture), min(times, FARTHEST))
    columns = spread(texture.shape[1], times * len(rows) / len(texture))
    inside = texture[rows[:, None], columns]
    if not inside.any():
        rows, columns, inside = np.arange(len(texture)), np.arange(texture.shape[1]), texture
    return rows, (np.arange(len(rows))[:, None] * (SIZE * texture.shape[1]) + columns)[inside]


def _respond(plane: np.ndarray, rows: np.ndarray, places: np.ndarray, answers: np.ndarray) -> None:
    """Writes the answers (filters, n) of the first filters of the bank at n places, mirrored at the border."""
    half, width = SIZE // 2, plane.shape[1]
    padded = cv2.copyMakeBorder(plane, half, half, 0, 0, cv2.BORDER_REFLECT_101)
    down = (WAVES @ padded[rows[:, None] + np.arange(SIZE)]).reshape(-1, width)  # (5 R, W): five waves a row
    used = ORDERS[: len(answers)]
    for v in range(used[-1][0] + 1):
        across = cv2.filter2D(down, -1, WAVES[v : v + 1]).ravel()
        for n, (u, along) in enumerate(used):
            if along == v:
                across[u * width :].take(places, out=answers[n], mode="clip")
