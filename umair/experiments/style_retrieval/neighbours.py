"""How many neighbours CSLS takes, and whether each vector is first averaged with its nearest: chosen without the test.

Neighbour averaging: a vector becomes itself (weight 1) plus its nearest (weight cos^3), length 1 again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from umair.experiments.style_retrieval.galleries import Gallery
from umair.experiments.style_retrieval.protocols import Protocol
from umair.experiments.style_retrieval.scores import score
from umair.experiments.style_retrieval.tables import table
from umair.experiments.style_retrieval.vectors import Vector, likenesses, unit

SIZES = (5, 10, 20, 30, 50)
AVERAGED = 5
POWER = 3


@dataclass(frozen=True)
class Setting:
    """k of CSLS, and whether neighbours are averaged first."""

    k: int
    averaging: bool


@dataclass(frozen=True)
class Trial:
    """A gallery with its protocol and vector; `training_side`: nothing of the tested sets, so it may choose."""

    name: str
    gallery: Gallery
    protocol: Protocol
    vector: Vector
    training_side: bool


def settings() -> list[Setting]:
    return [Setting(k, averaging) for averaging in (False, True) for k in SIZES]


def averaged(rows: np.ndarray, among: int = AVERAGED) -> np.ndarray:
    """rows (N, D) of length 1 -> the same shape, each drawn towards its nearest."""
    cosine = rows @ rows.T
    np.fill_diagonal(cosine, -np.inf)
    among = min(among, len(rows) - 1)
    nearest = np.argpartition(-cosine, among - 1, axis=1)[:, :among]
    weight = np.clip(np.take_along_axis(cosine, nearest, axis=1), 0, None) ** POWER
    return unit(rows + np.einsum("nk,nkd->nd", weight, rows[nearest]))


def tried(trial: Trial) -> dict[Setting, tuple[float, float]]:
    """mAP and AUC under each setting."""
    plain = trial.vector.rows(trial.gallery)
    shown = {False: plain, True: averaged(plain)}
    found = {}
    for setting in settings():
        figures = score(likenesses(shown[setting.averaging], setting.k)["CSLS"], trial.protocol).figures
        found[setting] = figures["map"], figures["auc"]
    return found


def chosen(found: Sequence[dict[Setting, tuple[float, float]]]) -> Setting:
    """The setting with the largest mean of mAP and AUC over the training-side trials; of equals the first."""
    return max(settings(), key=lambda setting: float(np.mean([trial[setting] for trial in found])))


def settings_table(trials: Sequence[Trial]) -> str:
    """Markdown: mAP / AUC of every trial under every setting, and which one the training side chooses."""
    found = {trial.name: tried(trial) for trial in trials}
    best = chosen([found[t.name] for t in trials if t.training_side])
    head = ["k", "averaging", *(f"{t.name}{'' if t.training_side else ' (test, for the record)'}" for t in trials)]
    rows = [
        [
            str(s.k),
            "5 nearest" if s.averaging else "none",
            *("{:.3f} / {:.3f}".format(*found[t.name][s]) for t in trials),
        ]
        for s in settings()
    ]
    told = f"k {best.k}, {'with' if best.averaging else 'without'} averaging"
    return (
        f"{table(head, rows)}\n\nmAP / pair AUC. Chosen by the training side (largest mean of all its figures): {told}."
    )
