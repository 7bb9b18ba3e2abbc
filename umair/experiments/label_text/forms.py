"""The forms that are compared: each makes vectors of label lists."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from umair.encoders.label_lists import Carriers, Lists, Weighting, Words, idf, joined, mean, smooth
from umair.encoders.words import unit_rows

WRITTEN = "no encoder: labels in common, by rarity"
STRONGER = 1e-3  # a of the second smooth form: what many carry counts ten times less
SLOTS = 2048  # of labels as they are written
Rows = Callable[[Lists], np.ndarray]  # label lists -> (N, D) unit rows


@dataclass(frozen=True)
class Form:
    """A weighting; its first common direction may be taken off. `product`: it can be chosen for a library."""

    name: str
    weighting: Weighting
    direction_off: bool = False
    product: bool = False

    def fitted(self, words: Words, lists: Lists) -> Rows:
        """What makes vectors as this form does in a library with these lists."""
        carriers = Carriers.of(lists)
        if not self.direction_off:
            return lambda own: self.weighting(words, own, carriers)
        direction = first_direction(self.weighting(words, lists, carriers))
        return lambda own: without(self.weighting(words, own, carriers), direction)


def stronger(words: Words, lists: Lists, carriers: Carriers) -> np.ndarray:
    """(N, D) unit rows, smooth with a = STRONGER."""
    return words.encode_labels(lists, carriers.smooth({x for own in lists for x in own}, STRONGER))


def largest(words: Words, lists: Lists, carriers: Carriers) -> np.ndarray:
    """(N, D) unit rows: of each dimension the largest number among the labels (max pooling)."""
    names = list(dict.fromkeys(label for own in lists for label in own))
    vectors, place = words.encode(names or [""]), {label: n for n, label in enumerate(names)}
    rows = np.zeros((len(lists), vectors.shape[1]), np.float32)
    for n, own in enumerate(lists):
        if own:
            rows[n] = vectors[[place[label] for label in own]].max(0)
    return unit_rows(rows)


def written(words: Words, lists: Lists, carriers: Carriers) -> np.ndarray:
    """(N, SLOTS) unit rows without any meaning: labels as hashed names weighed by rarity; likeness is labels in common.

    Different labels may share a slot.
    """
    weight = carriers.rarity({label for own in lists for label in own})
    rows = np.zeros((len(lists), SLOTS), np.float32)
    for n, own in enumerate(lists):
        for label in set(own):
            rows[n, zlib.crc32(label.encode()) % SLOTS] += weight[label]
    return unit_rows(rows)


def first_direction(rows: np.ndarray) -> np.ndarray:
    """(N, D) -> (D,) the unit vector along which the rows, not centred, are longest."""
    return np.linalg.eigh(rows.T.astype(np.float64) @ rows)[1][:, -1].astype(np.float32)


def without(rows: np.ndarray, direction: np.ndarray) -> np.ndarray:
    """Unit rows at right angles to the direction."""
    return unit_rows(rows - np.outer(rows @ direction, direction))


FORMS = (
    Form("mean", mean, product=True),
    Form("idf", idf, product=True),
    Form("smooth", smooth, product=True),
    Form("smooth, stronger", stronger),
    Form("joined", joined, product=True),
    Form("max", largest),
    Form("mean, first direction off", mean, direction_off=True),
    Form("idf, first direction off", idf, direction_off=True),
    Form("smooth, first direction off", smooth, direction_off=True),
    Form(WRITTEN, written),
)
