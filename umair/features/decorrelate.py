"""The vectors of a catalogue brought to one scale, and freed of what modalities have in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from umair.features.coherence import chance_spread

WIDTH = 128  # principal components kept of an encoder's vector
RIDGE = 0.3


@dataclass(frozen=True)
class Prepared:
    """One catalogue prepared: nothing here is learnt.

    items: modality -> x (N, D_j), centred, mean square 1: the item side.
    bases: space -> (D, D_j) principal axes, kept with a model so that another library is seen through the same eyes.
    mixing (sum D, sum D): y = x @ mixing.
    spreads (J): the chance spread of y_j. metadata_scale: the factor of the metadata, for those of another time.
    """

    items: dict[str, np.ndarray]
    bases: dict[str, np.ndarray]
    mixing: np.ndarray
    spreads: np.ndarray
    metadata_scale: float = 1.0

    @property
    def widths(self) -> dict[str, int]:
        return {m: x.shape[1] for m, x in self.items.items()}

    def interests(self, items: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
        """x of each modality (B, D_j) -> y (B, D_j), the vectors that a person's interest is the mean of."""
        return self._parted(np.concatenate([items[m] for m in self.items], axis=1) @ self.mixing)

    def loads(self, modality: str) -> dict[str, np.ndarray]:
        """What x of one modality adds to y of each: modality -> (D_it, D_j), no rows if it is not there."""
        rows = np.repeat(np.array(list(self.items)), list(self.widths.values())) == modality
        return self._parted(self.mixing[rows])

    def _parted(self, y: np.ndarray) -> dict[str, np.ndarray]:
        cuts = np.cumsum(list(self.widths.values()))[:-1]
        return {m: part.astype(np.float32) for m, part in zip(self.items, np.split(y, cuts, axis=1), strict=True)}


def prepare(
    vectors: Mapping[str, np.ndarray],
    present: Mapping[str, np.ndarray],
    metadata: np.ndarray | None,
    bases: Mapping[str, np.ndarray] | None = None,
    width: int = WIDTH,
) -> Prepared:
    """Centre each space, keep its first `width` principal components, scale to mean square 1, decorrelate.

    vectors: space -> (N, D) in the order of modalities; metadata (N, M) or None to leave it out. An illustration
    without a vector stands at the centre. `bases` are those of a trained model.
    """
    kept: dict[str, np.ndarray] = {}
    items: dict[str, np.ndarray] = {}
    for space, matrix in vectors.items():
        have = present[space]
        centred = (matrix - matrix[have].mean(0)) * have[:, None]
        kept[space] = bases[space] if bases is not None else principal_axes(centred, width)
        items[space] = _unit_mean_square(centred @ kept[space])
    scale = 1.0
    if metadata is not None:
        items["metadata"] = _unit_mean_square(metadata)  # its mean is 0 already, at every time
        scale = float(np.sqrt((metadata.astype(np.float64) ** 2).mean())) or 1.0
    mixing = decorrelation(items)
    y = np.concatenate(list(items.values()), axis=1) @ mixing
    mixing = (mixing / max(float(np.sqrt((y**2).mean())), 1e-12)).astype(np.float32)
    prepared = Prepared(items, kept, mixing, np.ones(len(items)), scale)
    spread = np.array([chance_spread(own) for own in prepared.interests(items).values()])
    return replace(prepared, spreads=spread)


def principal_axes(centred: np.ndarray, width: int) -> np.ndarray:
    """(D, min(width, D)) axes of greatest variance; signs fixed, so that two machines agree."""
    _, vectors = np.linalg.eigh(np.asarray(centred.T @ centred, dtype=np.float64))
    axes = vectors[:, ::-1][:, : min(width, len(vectors))]
    lead = np.take_along_axis(axes, np.abs(axes).argmax(0)[None], axis=0)
    return np.ascontiguousarray(axes * np.sign(lead), dtype=np.float32)


def decorrelation(items: Mapping[str, np.ndarray], ridge: float = RIDGE) -> np.ndarray:
    """(sum D, sum D) so that x @ it = blockdiag(S_jj^1/2) (S + ridge I)^-1 x: style no longer echoes content."""
    x = np.concatenate(list(items.values()), axis=1).astype(np.float64)
    covariance = np.cov(x, rowvar=False, bias=True).reshape(x.shape[1], -1)
    blocks = np.zeros_like(covariance)
    start = 0
    for own in items.values():
        end = start + own.shape[1]
        value, vector = np.linalg.eigh(covariance[start:end, start:end])
        blocks[start:end, start:end] = (vector * np.sqrt(np.maximum(value, 0.0))) @ vector.T
        start = end
    return np.linalg.solve(covariance + ridge * np.eye(len(covariance)), blocks)


def _unit_mean_square(matrix: np.ndarray) -> np.ndarray:
    return (matrix / max(float(np.sqrt((matrix.astype(np.float64) ** 2).mean())), 1e-12)).astype(np.float32)
