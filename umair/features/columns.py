"""Rows for training as typed columns on disk, memory-mapped and read in whole blocks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np


class Columns:
    """Named arrays of one length in a folder, one .npy file each; rows in groups: a positive, then its negatives."""

    def __init__(self, folder: Path, group: int) -> None:
        self.group = group
        self._arrays = {p.stem: np.load(p, mmap_mode="r") for p in sorted(folder.glob("*.npy"))}

    @classmethod
    def write(cls, folder: Path, arrays: Mapping[str, np.ndarray], group: int, seed: int) -> Columns:
        """Write the arrays with their groups in one seeded random order: a block on disk is a fair sample."""
        folder.mkdir(parents=True, exist_ok=True)
        rows = len(next(iter(arrays.values())))
        order = np.random.default_rng(seed).permutation(rows // group)
        rows_in_order = (order[:, None] * group + np.arange(group)).reshape(-1)
        for name, values in arrays.items():
            np.save(folder / f"{name}.npy", values[rows_in_order])
        return cls(folder, group)

    def __len__(self) -> int:
        return len(next(iter(self._arrays.values()))) if self._arrays else 0

    def block(self, start: int, stop: int) -> dict[str, np.ndarray]:
        """Rows start..stop of every column, read from disk in one piece each."""
        return {name: np.array(values[start:stop]) for name, values in self._arrays.items()}

    def blocks(self, rows: int) -> list[tuple[int, int]]:
        """(start, stop) of blocks of about so many rows; a block never cuts a group."""
        step = max(rows // self.group, 1) * self.group
        return [(s, min(s + step, len(self))) for s in range(0, len(self), step)]

    def shuffled(self, rows: int, seed: int, skip: int = 0) -> Iterator[dict[str, np.ndarray]]:
        """Every block once, in the seed's order; `skip` leaves out the first so many (after a resume)."""
        bounds = self.blocks(rows)
        for n in np.random.default_rng(seed).permutation(len(bounds))[skip:]:
            yield self.block(*bounds[n])
