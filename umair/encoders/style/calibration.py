"""From a CSLS score to the chance that two pictures are by the same hand: isotonic, on hands held out of training.

Held-out pairs are sorted by score and cut into parts with equally many pairs by one hand; the share of one hand in
each, weighted so that one pair in ten is by one hand (PRIOR, about what a library of a dozen hands holds), is made
rising by pooling neighbours that are not (pool adjacent violators). In between, the logit is straight. A logistic of
one slope was tried first: it told 0.74 where 0.96 was so. Below `threshold` nothing is called a match.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from umair.errors import EncoderError
from umair.library.atomic import write_json
from umair.settings import assets

FILE, METRICS = "calibration.json", "metrics.json"
PRIOR = 0.1
MATCH = 0.5  # more likely the same hand than not
PARTS = 40  # at most, each with as many pairs of one hand
FEWEST = 25  # pairs of one hand in a part
SURE = 0.99  # no more is ever told, nor less than 1 - SURE
RISE = 1e-3  # of the logit between two knots at least, so that a better score is never told the same


@dataclass(frozen=True)
class Calibration:
    """Knots of the curve: scores rising, chances rising. pairs, same: what it rests on; neighbours: k of the CSLS."""

    scores: Sequence[float]
    chances: Sequence[float]
    threshold: float
    neighbours: int
    pairs: int
    same: int

    @classmethod
    def load(cls, name_or_path: str | Path = "shipped") -> Calibration:
        """“shipped” or a folder with `calibration.json`; EncoderError if there is none."""
        folder = assets() / "models" / "style" if str(name_or_path) == "shipped" else Path(name_or_path)
        try:
            kept = json.loads((folder / FILE).read_text("utf-8"))
            return cls(**kept | {"scores": tuple(kept["scores"]), "chances": tuple(kept["chances"])})
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise EncoderError(
                f"{folder} has no readable {FILE} ({error}). Train the style encoder again with held-out hands."
            ) from error

    def save(self, folder: Path) -> None:
        write_json(folder / FILE, asdict(self))

    def probability(self, score: np.ndarray) -> np.ndarray:
        """Chance 0..1 of the same hand for each CSLS score, whatever its shape."""
        logit = np.interp(np.asarray(score), self.scores, _logit(np.array(self.chances)))
        return 1.0 / (1.0 + np.exp(-logit))

    def is_match(self, probability: np.ndarray) -> np.ndarray:
        return np.asarray(probability) >= self.threshold


def fit(same: np.ndarray, other: np.ndarray, neighbours: int) -> Calibration:
    """Fit to CSLS scores of held-out pairs, by the same hand (n,) and by two (m,); EncoderError if either lacks."""
    if not len(same) or not len(other):
        raise EncoderError("A calibration needs held-out pairs by the same hand and by different hands; one is absent.")
    parts = int(np.clip(len(same) // FEWEST, 1, PARTS))
    inner = np.quantile(same, np.linspace(0, 1, parts + 1)[1:-1])
    edges = np.unique(np.concatenate([[-np.inf], inner, [np.inf]]))
    alike, unlike = (np.histogram(s, edges)[0].astype(float) for s in (same, other))
    weight_alike, weight_unlike = alike * PRIOR / len(same), unlike * (1 - PRIOR) / len(other)
    total = np.maximum(weight_alike + weight_unlike, 1e-12)
    rising = _rising(weight_alike / total, total)
    middle = np.array([np.median(same[(same >= low) & (same <= high)]) for low, high in pairwise(edges)])
    logit = _logit(np.clip(rising, 1 - SURE, SURE)) + RISE * np.arange(len(rising))
    low = float(np.quantile(other, 0.02))
    if low < middle[0]:  # far below every right pair the chance goes on falling
        middle, logit = np.append(low, middle), np.append(_logit(np.array([1 - SURE]))[0] - RISE, logit)
    chances = 1.0 / (1.0 + np.exp(-logit))
    return Calibration(
        tuple(round(float(s), 5) for s in middle),
        tuple(round(float(c), 5) for c in chances),
        MATCH,
        neighbours,
        len(same) + len(other),
        len(same),
    )


@dataclass(frozen=True)
class ReliabilityBin:
    """One tenth of chance: pairs in it, their weight under PRIOR, the mean chance told, the share that was so."""

    pairs: int
    weight: float
    told: float
    was: float


def reliability(chance: np.ndarray, truth: np.ndarray, bins: int = 10) -> tuple[ReliabilityBin, ...]:
    """The tenths of chance that hold any pair; chance (n,) as told, truth (n,) bool: by one hand."""
    weight = np.where(truth, PRIOR / max(truth.sum(), 1), (1 - PRIOR) / max((~truth).sum(), 1))
    tenth = np.minimum((chance * bins).astype(int), bins - 1)
    rows = []
    for n in range(bins):
        own = tenth == n
        if own.any():
            total = float(weight[own].sum())
            told, was = (round(float((weight[own] * v[own]).sum() / total), 4) for v in (chance, truth))
            rows.append(ReliabilityBin(int(own.sum()), round(total, 5), told, was))
    return tuple(rows)


def read_reliability(folder: Path) -> tuple[ReliabilityBin, ...]:
    """What a style run kept of it in its metrics; () if it kept none."""
    try:
        kept = json.loads((folder / METRICS).read_text("utf-8")).get("reliability", [])
        return tuple(ReliabilityBin(**row) for row in kept)
    except (OSError, ValueError, TypeError):
        return ()


def _rising(share: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """The nearest sequence that never falls (weighted least squares): neighbours out of order are pooled."""
    blocks: list[list[float]] = []  # mean, weight, length
    for mean, own in zip(share, weight, strict=True):
        blocks.append([float(mean), float(own), 1])
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            mean_2, weight_2, length_2 = blocks.pop()
            mean_1, weight_1, length_1 = blocks.pop()
            both = weight_1 + weight_2
            blocks.append([(mean_1 * weight_1 + mean_2 * weight_2) / both, both, length_1 + length_2])
    return np.concatenate([np.full(int(length), mean) for mean, _, length in blocks])


def _logit(chance: np.ndarray) -> np.ndarray:
    return np.log(chance / (1 - chance))
