"""How well a head knows hands that it never saw, and the chance of one hand that follows from it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from umair.encoders.style.calibration import Calibration, fit, reliability
from umair.encoders.style.csls import NEIGHBOURS, csls, local_scale
from umair.encoders.style.encoder import StyleEncoder
from umair.encoders.style.retrieval import retrieval
from umair.errors import ImageError
from umair.library.images import load_picture

AT_ONCE = 64  # pictures in memory
FOLDS = 5  # of unseen hands: chances are checked on hands that their own curve has not seen either


@dataclass(frozen=True)
class Trial:
    """A gallery as a library would hold it: pictures (files, their bytes, or RGB arrays) with hand (N,), and those of
    its hands that were never trained."""

    name: str
    pictures: Sequence[Path | bytes | np.ndarray]
    hand: np.ndarray
    unseen: Sequence[str]

    def vectors(self, encoder: StyleEncoder) -> tuple[np.ndarray, np.ndarray]:
        """Rows (M, D) and hand (M,) of the pictures that can be decoded."""
        readings, kept = [], []
        for n, picture in enumerate(self.pictures):
            try:
                rgb = picture if isinstance(picture, np.ndarray) else np.asarray(load_picture(picture))
            except (ImageError, OSError):
                continue
            readings.append(encoder.read(rgb))
            kept.append(n)
        rows = [encoder.vectors(readings[n : n + AT_ONCE]) for n in range(0, len(readings), AT_ONCE)]
        return np.concatenate(rows), self.hand[kept]


@dataclass(frozen=True)
class _Pairs:
    """CSLS of pairs (P,), whether they are by one hand (P,), and the fold of each of their two hands (P, 2)."""

    score: np.ndarray
    same: np.ndarray
    folds: np.ndarray


def judge(encoder: StyleEncoder, trials: Sequence[Trial]) -> tuple[Calibration, dict[str, object]]:
    """The chance of one hand over all trials' pairs with an unseen hand in them, and figures of each trial.

    Figures: R@1, R@5, mAP over queries by unseen hands in the whole gallery, and the AUC of those pairs, by cosine
    and by CSLS; the local scale is that of the whole gallery. The reliability is cross-fitted: pairs with a hand of
    one fold are told by a curve fitted to pairs without any.
    """
    return judge_vectors([(t.name, *t.vectors(encoder), t.unseen) for t in trials])


def judge_vectors(
    galleries: Sequence[tuple[str, np.ndarray, np.ndarray, Sequence[str]]],
) -> tuple[Calibration, dict[str, object]]:
    """The same from a name, unit rows (N, D), hand (N,) and the unseen hands of each trial."""
    figures: dict[str, object] = {}
    found: list[_Pairs] = []
    for title, rows, hand, unseen_hands in galleries:
        cosine = rows @ rows.T
        scale = local_scale(rows, NEIGHBOURS)
        scaled = csls(cosine, scale, scale)
        unseen = np.isin(hand, list(unseen_hands))
        seen_pairs = ~(unseen[:, None] | unseen)
        for name, likeness in (("cosine", cosine), ("csls", scaled)):
            measured = retrieval(likeness, hand, seen_pairs, queries=unseen)
            figures |= {f"{title}_{figure}_{name}": round(value, 4) for figure, value in measured.items()}
        found.append(_pairs(scaled, hand, seen_pairs))
    pairs = _Pairs(*(np.concatenate([getattr(p, f) for p in found]) for f in ("score", "same", "folds")))
    calibration = fit(pairs.score[pairs.same], pairs.score[~pairs.same], NEIGHBOURS)
    checked = [asdict(row) for row in reliability(_told_apart(pairs, calibration), pairs.same)]
    return calibration, _over_all(figures) | figures | {"reliability": checked}


def _pairs(likeness: np.ndarray, hand: np.ndarray, excluded: np.ndarray) -> _Pairs:
    one, two = np.triu_indices(len(hand), 1)
    kept = ~excluded[one, two]
    one, two = one[kept], two[kept]
    names, code = np.unique(hand, return_inverse=True)
    fold = np.array([int(hashlib.sha256(name.encode()).hexdigest(), 16) % FOLDS for name in names])[code]
    return _Pairs(likeness[one, two], hand[one] == hand[two], np.stack([fold[one], fold[two]], 1))


def _told_apart(pairs: _Pairs, whole: Calibration) -> np.ndarray:
    """(P,) the chance of each pair by a curve that saw no pair with a hand of the first hand's fold.

    The whole curve where too few pairs are left to fit one.
    """
    chance = np.empty(len(pairs.score))
    for fold in range(FOLDS):
        apart = ~(pairs.folds == fold).any(1)
        same, other = pairs.score[apart & pairs.same], pairs.score[apart & ~pairs.same]
        curve = fit(same, other, NEIGHBOURS) if len(same) and len(other) else whole
        own = pairs.folds[:, 0] == fold
        chance[own] = curve.probability(pairs.score[own])
    return chance


def _over_all(figures: dict[str, object]) -> dict[str, object]:
    """The mean of each figure over the trials, under its own name: r1_csls, map_csls, auc_csls …"""
    endings = sorted({"_".join(name.split("_")[-2:]) for name in figures})
    values = {end: [float(str(v)) for name, v in figures.items() if name.endswith(f"_{end}")] for end in endings}
    return {end: round(float(np.mean(found)), 4) for end, found in values.items()}
