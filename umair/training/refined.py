"""Illustrations as their vectors and those who bookmark them tell together: what a person's taste is measured in.

An encoder sees part of what people follow, and the counts of bookmarks part of what is popular. Who bookmarked a
picture tells more of both. It is learnt in refining.py, stored beside a ranker, and read here.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load_file, save_file

from umair.errors import TrainingError
from umair.features.metadata import by_column
from umair.features.schema import MODALITIES
from umair.library.atomic import replacing, write_json
from umair.training.directions import People, follow, left_out
from umair.training.lens import Lens, Liked
from umair.training.regression import Prior

TENSORS, ITEMS = "refined.safetensors", "refined.json"
LEAST_LENGTH = 1e-3
# The regression knows nothing of what vectors and directions miss. By how much 90 % intervals of the shares had to be
# wider to hold 90 % of what was planted, in a world with other people than the demo's (docs/results/recovery.md).
WIDER = ((80, 1.7), (0, 1.4))


@dataclass(frozen=True)
class Refined:
    """What refining learnt of N illustrations (item_ids) and of people's directions among them.

    keys: space -> (N, r). axes (D, r), middles (r): modality -> the same from a picture's vector alone, for those not
    among them; metadata has these only. standing (N): how popular a picture is, what it is like apart; slope: what
    the count of bookmarks alone tells of it. prior: of the per-user regression on the affinities found so.
    """

    item_ids: tuple[str, ...]
    keys: dict[str, np.ndarray]
    axes: dict[str, np.ndarray]
    middles: dict[str, np.ndarray]
    standing: np.ndarray
    slope: float
    people: People
    prior: Prior

    @property
    def modalities(self) -> tuple[str, ...]:
        return tuple(m for m in MODALITIES if m in self.axes)

    def save(self, folder: Path) -> None:
        tensors = {"standing": self.standing, "slope": np.array([self.slope])}
        tensors |= {"prior.mean": self.prior.mean, "prior.covariance": self.prior.covariance}
        tensors["constant"] = np.array(self.people.constant)
        tensors |= {f"keys.{m}": k.astype(np.float32) for m, k in self.keys.items()}
        for m, mean, covariance in zip(self.modalities, self.people.means, self.people.covariances, strict=True):
            tensors |= {f"axes.{m}": self.axes[m], f"middles.{m}": self.middles[m]}
            tensors |= {f"means.{m}": mean, f"covariances.{m}": covariance}
        with replacing(folder / TENSORS) as aside:
            save_file({k: np.ascontiguousarray(v) for k, v in tensors.items()}, aside)
        write_json(folder / ITEMS, {"item_ids": list(self.item_ids)})

    @classmethod
    def load(cls, folder: Path) -> Refined | None:
        """None where a run has none: few people, or another ranker than `umair`. TrainingError if it is damaged."""
        if not (folder / TENSORS).is_file() or not (folder / ITEMS).is_file():
            return None
        try:
            kept = load_file(folder / TENSORS)
            ids = tuple(json.loads((folder / ITEMS).read_text(encoding="utf-8"))["item_ids"])
            own = [m for m in MODALITIES if f"axes.{m}" in kept]
            return cls(
                item_ids=ids,
                keys={m: kept[f"keys.{m}"].astype(np.float64) for m in own if f"keys.{m}" in kept},
                axes={m: kept[f"axes.{m}"] for m in own},
                middles={m: kept[f"middles.{m}"] for m in own},
                standing=kept["standing"],
                slope=float(kept["slope"][0]),
                people=People(
                    tuple(kept[f"means.{m}"] for m in own),
                    tuple(kept[f"covariances.{m}"] for m in own),
                    (float(kept["constant"][0]), float(kept["constant"][1])),
                ),
                prior=Prior(kept["prior.mean"], kept["prior.covariance"]),
            )
        except (SafetensorError, ValueError, KeyError, TypeError) as error:
            raise TrainingError(f"{TENSORS} in {folder} is damaged ({error}). Train again.") from error


class Sight:
    """A library's N illustrations as `refined` tells of them; the evidence of one person's taste among them."""

    def __init__(self, refined: Refined, lens: Lens, item_ids: Sequence[str]) -> None:
        self._refined, self._lens = refined, lens
        place = {item: n for n, item in enumerate(refined.item_ids)}
        known = np.array([place.get(item, -1) for item in item_ids], dtype=np.int64)
        every, now = np.arange(len(lens)), np.full(len(lens), lens.now)
        self._keys = {}
        for space, kept in refined.keys.items():
            alone = lens.pictures(space, every, now) @ refined.axes[space] + refined.middles[space]
            self._keys[space] = np.where(known[:, None] >= 0, kept[known], alone)
        self._standing = np.where(known >= 0, refined.standing[known], refined.slope * popularity(lens))
        catalogue = self.features(every, now)
        self._spread = [
            np.cov(catalogue[:, own], rowvar=False).reshape(-1, own.stop - own.start) for own in self.blocks
        ]

    @property
    def blocks(self) -> list[slice]:
        return self._refined.people.blocks

    def features(self, rows: np.ndarray, at: np.ndarray) -> np.ndarray:
        """(B, D) illustrations as they were then, in the vectors of all modalities."""
        found = [self._keys[m][rows] for m in self._refined.modalities if m in self._keys]
        if "metadata" in self._refined.modalities:
            numbers = self._lens.pictures("metadata", rows, at) @ self._refined.axes["metadata"]
            found += [numbers + self._refined.middles["metadata"], self._standing[rows, None]]
        return np.concatenate(found, axis=1)

    @property
    def prior(self) -> Prior:
        return self._refined.prior

    def wider(self, bookmarks: int) -> float:
        """How much wider than the regression says an interval is."""
        return next(factor for least, factor in WIDER if bookmarks >= least)

    def person_rows(self, liked: Liked, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
        """Rows of the per-user regression: z (R, J) and label (R).

        z is the affinity by the person's directions, spread 1 over the catalogue; each row by directions without it.
        """
        choices = self._lens.choices(liked, seed)
        x = self.features(choices.items, choices.at)
        found = follow(x, choices.label, self._refined.people)
        z = left_out(x, choices.label, found, self.blocks)
        length = [
            np.sqrt(found.theta[own] @ c @ found.theta[own]) for own, c in zip(self.blocks, self._spread, strict=True)
        ]
        return z / np.maximum(length, LEAST_LENGTH), choices.label


def popularity(lens: Lens) -> np.ndarray:
    """(N) how often each illustration is bookmarked by now, mean 0 and spread 1; zeros without metadata."""
    if "metadata" not in lens.modalities:
        return np.zeros(len(lens))
    every = np.arange(len(lens))
    counts = by_column(lens.pictures("metadata", every, np.full(len(lens), lens.now)), "bookmarks").astype(np.float64)
    return (counts - counts.mean()) / max(float(counts.std()), 1e-9)
