"""How well a head knows hands that it never saw, and the chance of one hand that follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from umair.encoders.style.calibration import Calibration, fit, reliability
from umair.encoders.style.csls import NEIGHBOURS, csls, local_scale
from umair.encoders.style.hand_table import HandTable
from umair.encoders.style.head import StyleHead
from umair.encoders.style.retrieval import pair_scores, retrieval


@dataclass(frozen=True)
class Trial:
    """A gallery as a library would hold it, and those of its hands that were never trained."""

    name: str
    gallery: HandTable
    unseen: Sequence[str]


def judge(head: StyleHead, trials: Sequence[Trial]) -> tuple[Calibration, dict[str, object]]:
    """The chance of one hand over all trials' pairs with an unseen hand in them, and figures of each trial.

    Figures: R@1, R@5, mAP over queries by unseen hands in the whole gallery, and the AUC of those pairs, by cosine
    and by CSLS; the local scale is that of the whole gallery.
    """
    figures: dict[str, object] = {}
    all_same, all_other = [], []
    for trial in trials:
        rows = head.vectors(trial.gallery.statistics)
        cosine = rows @ rows.T
        scale = local_scale(rows, NEIGHBOURS)
        scaled = csls(cosine, scale, scale)
        unseen = np.isin(trial.gallery.hand, list(trial.unseen))
        seen_pairs = ~(unseen[:, None] | unseen)
        for name, likeness in (("cosine", cosine), ("csls", scaled)):
            found = retrieval(likeness, trial.gallery.hand, seen_pairs, queries=unseen)
            figures |= {f"{trial.name}_{figure}_{name}": round(value, 4) for figure, value in found.items()}
        same, other = pair_scores(scaled, trial.gallery.hand, seen_pairs)
        all_same.append(same)
        all_other.append(other)
    same, other = np.concatenate(all_same), np.concatenate(all_other)
    found_fit = fit(same, other, NEIGHBOURS)
    score, truth = np.concatenate([same, other]), np.repeat([True, False], [len(same), len(other)])
    return found_fit, _over_all(figures) | figures | {"reliability": reliability(found_fit, score, truth)}


def _over_all(figures: dict[str, object]) -> dict[str, object]:
    """The mean of each figure over the trials, under its own name: r1_csls, map_csls, auc_csls …"""
    endings = sorted({"_".join(name.split("_")[-2:]) for name in figures})
    values = {end: [float(str(v)) for name, v in figures.items() if name.endswith(f"_{end}")] for end in endings}
    return {end: round(float(np.mean(found)), 4) for end, found in values.items()}
