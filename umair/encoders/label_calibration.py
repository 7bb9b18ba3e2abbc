"""From a score to the probability that a label is right: a Platt map, fitted on pictures kept out of the training.

`label_calibration.json` in a model's folder: {"slope": a, "offset": b, "pictures": n, "pairs": n, "right": n}.
Needs neither torch nor the encoders.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from umair.errors import EncoderError
from umair.library.atomic import write_json

FILE = "label_calibration.json"
STEPS, RIDGE = 50, 1e-3  # of Newton's method; the ridge keeps the slope finite where scores part right from wrong


@dataclass(frozen=True)
class LabelCalibration:
    """probability = sigmoid(slope * logit + offset), one map for all labels (Platt, 1999).

    One, since most labels are on a handful of kept-out pictures; two numbers, since isotonic regression on their few
    hundred right pairs came out worse at the sure end (demo, five folds: log loss 0.1335 against 0.1322). pictures,
    pairs and right say what it was fitted on. "Right" is what the artist has written: an artist who leaves out labels
    makes the chance too low, not too high.
    """

    slope: float
    offset: float
    pictures: int = 0
    pairs: int = 0
    right: int = 0

    def __call__(self, logits: np.ndarray) -> np.ndarray:
        """Logits of any shape to probabilities of the same shape, float32; a higher logit never gets a lower one."""
        return sigmoid(self.slope * np.asarray(logits, np.float64) + self.offset).astype(np.float32)


def fit_calibration(logits: np.ndarray, targets: np.ndarray) -> LabelCalibration | None:
    """The map of greatest likelihood for logits and targets, both (N, V); None if nothing, or all, is right.

    Newton's method on standardised logits, targets drawn in as Platt does so that a perfect order stays finite.
    """
    z, right = np.asarray(logits, np.float64).ravel(), np.asarray(targets).ravel() > 0
    count = int(right.sum())
    if not 0 < count < right.size or not np.isfinite(z).all():
        return None
    aim = np.where(right, (count + 1) / (count + 2), 1 / (right.size - count + 2))
    centre, spread = z.mean(), max(float(z.std()), 1e-9)
    seen = np.stack([(z - centre) / spread, np.ones_like(z)])
    weights = np.array([1.0, np.log(count / (right.size - count))])
    for _ in range(STEPS):
        p = sigmoid(weights @ seen)
        slope = seen @ (p - aim) + RIDGE * np.array([weights[0], 0.0])
        curve = (seen * (p * (1 - p))) @ seen.T + RIDGE * np.eye(2)
        step = np.linalg.solve(curve, slope)
        weights = weights - step
        if np.abs(step).max() < 1e-9:
            break
    a = max(float(weights[0]), 0.0) / spread  # never turned round
    return LabelCalibration(a, float(weights[1] - a * centre), len(targets), right.size, count)


def expected_calibration_error(probabilities: np.ndarray, targets: np.ndarray, bins: int = 15) -> float:
    """Mean distance of told probability and true share, over pairs in `bins` equal steps (Guo, arXiv:1706.04599).

    probabilities and targets of one shape; 0 is perfect, NaN without pairs.
    """
    p, right = np.asarray(probabilities, np.float64).ravel(), np.asarray(targets).ravel() > 0
    if not p.size:
        return float("nan")
    place = np.minimum((p * bins).astype(np.int64), bins - 1)
    gap = np.bincount(place, p, bins) - np.bincount(place, right, bins)
    return float(np.abs(gap).sum() / p.size)


def sigmoid(z: np.ndarray) -> np.ndarray:
    """1 / (1 + exp(-z)) without overflow."""
    return 0.5 * (1 + np.tanh(0.5 * z))


def save_calibration(folder: Path, calibration: LabelCalibration) -> None:
    write_json(folder / FILE, asdict(calibration))


def load_calibration(folder: Path) -> LabelCalibration | None:
    """The map in a model's folder, None if it has none; EncoderError if the file is damaged."""
    file = folder / FILE
    if not file.is_file():
        return None
    try:
        told = json.loads(file.read_text("utf-8"))
        return LabelCalibration(
            float(told["slope"]), float(told["offset"]), *(int(told.get(n, 0)) for n in ("pictures", "pairs", "right"))
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EncoderError(
            f"{file} is no calibration: expected slope and offset ({type(error).__name__}: {error}). "
            "Delete it to go on without, or train the encoder again."
        ) from error
