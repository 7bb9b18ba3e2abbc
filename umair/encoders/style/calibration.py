"""From a CSLS score to the chance that two pictures are by the same hand: a logistic fit on hands held out of training.

p = 1 / (1 + exp(-(slope score + intercept))), fitted so that one pair in ten is by the same hand (PRIOR), which is
about what a library of a dozen hands holds. Below `threshold` nothing is called a match.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from umair.errors import EncoderError
from umair.library.atomic import write_json
from umair.settings import assets

FILE = "calibration.json"
PRIOR = 0.1
MATCH = 0.5  # more likely the same hand than not
NEWTON_STEPS = 50


@dataclass(frozen=True)
class Calibration:
    """A fitted chance. pairs, same: how many held-out pairs it rests on; neighbours: k of the CSLS."""

    slope: float
    intercept: float
    threshold: float
    neighbours: int
    pairs: int
    same: int

    @classmethod
    def load(cls, name_or_path: str | Path = "shipped") -> Calibration:
        """“shipped” or a folder with `calibration.json`; EncoderError if there is none."""
        folder = assets() / "models" / "style" if str(name_or_path) == "shipped" else Path(name_or_path)
        try:
            return cls(**json.loads((folder / FILE).read_text("utf-8")))
        except (OSError, ValueError, TypeError) as error:
            raise EncoderError(
                f"{folder} has no readable {FILE} ({error}). Train the style encoder again with held-out hands."
            ) from error

    def save(self, folder: Path) -> None:
        write_json(folder / FILE, asdict(self))

    def probability(self, score: np.ndarray) -> np.ndarray:
        """Chance 0..1 of the same hand for each CSLS score, whatever its shape."""
        return 1.0 / (1.0 + np.exp(-np.clip(self.slope * np.asarray(score) + self.intercept, -30, 30)))

    def is_match(self, probability: np.ndarray) -> np.ndarray:
        return np.asarray(probability) >= self.threshold


def fit(same: np.ndarray, other: np.ndarray, neighbours: int) -> Calibration:
    """Fit to CSLS scores of held-out pairs, by the same hand (n,) and by two (m,); EncoderError if either lacks."""
    if not len(same) or not len(other):
        raise EncoderError(
            "A calibration needs held-out pairs by the same hand and by different hands; one kind is absent."
        )
    score = np.concatenate([same, other]).astype(np.float64)
    truth = np.concatenate([np.ones(len(same)), np.zeros(len(other))])
    weight = np.where(truth > 0, PRIOR / len(same), (1 - PRIOR) / len(other))
    design = np.stack([score, np.ones_like(score)], axis=1)
    found = np.array([1.0, float(np.log(PRIOR / (1 - PRIOR)))])
    for _ in range(NEWTON_STEPS):
        chance = 1 / (1 + np.exp(-np.clip(design @ found, -30, 30)))
        slope = design.T @ (weight * (truth - chance)) - 1e-6 * found
        curve = (design * (weight * chance * (1 - chance))[:, None]).T @ design + 1e-6 * np.eye(2)
        step = np.linalg.solve(curve, slope)
        found += step * min(1.0, 4.0 / max(np.abs(step).max(), 1e-9))
        if np.abs(step).max() < 1e-9:
            break
    return Calibration(float(found[0]), float(found[1]), MATCH, neighbours, len(score), len(same))


def reliability(
    calibration: Calibration, score: np.ndarray, truth: np.ndarray, bins: int = 10
) -> list[dict[str, float]]:
    """For each tenth of chance: pairs, their weight under PRIOR, the mean chance told, the share that was so."""
    chance = calibration.probability(score)
    weight = np.where(truth, PRIOR / max(truth.sum(), 1), (1 - PRIOR) / max((~truth).sum(), 1))
    tenth = np.minimum((chance * bins).astype(int), bins - 1)
    rows = []
    for n in range(bins):
        own = tenth == n
        if own.any():
            total = float(weight[own].sum())
            told, was = (float((weight[own] * v[own]).sum() / total) for v in (chance, truth))
            rows.append({"pairs": int(own.sum()), "weight": total, "told": told, "was": was})
    return rows
