"""How well a head knows hands that it never saw, and the chance of one hand that follows from it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np

from umair.encoders.style.calibration import Calibration, fit, reliability
from umair.encoders.style.csls import NEIGHBOURS, csls, local_scale
from umair.encoders.style.hand_table import HandTable
from umair.encoders.style.head import StyleHead
from umair.encoders.style.retrieval import retrieval

FOLDS = 5  # of unseen hands: chances are checked on hands that their own curve has not seen either


@dataclass(frozen=True)
class Trial:
    """A gallery as a library would hold it, and those of its hands that were never trained."""

    name: str
    gallery: HandTable
    unseen: Sequence[str]


@dataclass(frozen=True)
class _Pairs:
    """CSLS of pairs (P,), whether they are by one hand (P,), and the fold of each of their two hands (P, 2)."""

    score: np.ndarray
    same: np.ndarray
    folds: np.ndarray


def judge(head: StyleHead, trials: Sequence[Trial]) -> tuple[Calibration, dict[str, object]]:
    """The chance of one hand over all trials' pairs with an unseen hand in them, and figures of each trial.

    Figures: R@1, R@5, mAP over queries by unseen hands in the whole gallery, and the AUC of those pairs, by cosine
    and by CSLS; the local scale is that of the whole gallery. The reliability is cross-fitted: pairs with a hand of
    one fold are told by a curve fitted to pairs without any.
    """
    return judge_vectors([head.vectors(trial.gallery.statistics) for trial in trials], trials)


def judge_vectors(vectors: Sequence[np.ndarray], trials: Sequence[Trial]) -> tuple[Calibration, dict[str, object]]:
    """The same from the unit rows (N, D) of each trial's gallery."""
    figures: dict[str, object] = {}
    found: list[_Pairs] = []
    for rows, trial in zip(vectors, trials, strict=True):
        cosine = rows @ rows.T
        scale = local_scale(rows, NEIGHBOURS)
        scaled = csls(cosine, scale, scale)
        unseen = np.isin(trial.gallery.hand, list(trial.unseen))
        seen_pairs = ~(unseen[:, None] | unseen)
        for name, likeness in (("cosine", cosine), ("csls", scaled)):
            measured = retrieval(likeness, trial.gallery.hand, seen_pairs, queries=unseen)
            figures |= {f"{trial.name}_{figure}_{name}": round(value, 4) for figure, value in measured.items()}
        found.append(_pairs(scaled, trial.gallery.hand, seen_pairs))
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
