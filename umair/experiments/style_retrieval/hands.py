"""Hand by hand: how well each is found, which other hand is nearest, and whether it is nearer than the hand itself."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from umair.experiments.style_retrieval.galleries import Gallery
from umair.experiments.style_retrieval.measure import Measured
from umair.experiments.style_retrieval.protocols import Protocol
from umair.experiments.style_retrieval.tables import table
from umair.experiments.style_retrieval.vectors import Vector, likenesses


@dataclass(frozen=True)
class HandRow:
    """mAP of a hand's queries by the vector and by the histogram; mean CSLS to itself and to the nearest other hand."""

    hand: str
    pictures: int
    own: float
    histogram: float
    within: float
    nearest: str
    across: float

    @property
    def confused(self) -> bool:
        """Nearer to another hand than to itself."""
        return self.within < self.across


def hand_rows(gallery: Gallery, protocol: Protocol, vector: Vector, found: Measured) -> list[HandRow]:
    """Every hand that asks, the best found first. `found` holds the vector's rows and, first, the histogram's."""
    likeness = likenesses(vector.rows(gallery))["CSLS"]
    compared = ~protocol.never
    names = sorted(set(protocol.hand.tolist()))
    mine, histogram = found.row(vector.name).scores, found.row(found.rows[0].vector).scores
    rows = []
    for hand in [mine.names[code] for code in np.unique(mine.asker)]:
        own = protocol.hand == hand
        means = {}
        for other in names:
            pairs = np.ix_(own, protocol.hand == other)
            if compared[pairs].any():
                means[other] = float(likeness[pairs][compared[pairs]].mean())
        within = means.pop(hand)
        nearest = max(means, key=lambda name: means[name])
        rows.append(
            HandRow(hand, int(own.sum()), mine.of_hand(hand), histogram.of_hand(hand), within, nearest, means[nearest])
        )
    return sorted(rows, key=lambda r: -r.own)


def hands_table(rows: list[HandRow]) -> str:
    """Markdown, and the names of the hands that are nearer to another than to themselves."""
    head = ["hand", "pictures", "mAP", "histogram's mAP", "mean CSLS, itself", "nearest other hand", "mean CSLS, to it"]
    shown = [
        [
            r.hand,
            str(r.pictures),
            f"{r.own:.3f}",
            f"{r.histogram:.3f}",
            f"{r.within:.3f}",
            r.nearest,
            f"{r.across:.3f}{' (nearer)' if r.confused else ''}",
        ]
        for r in rows
    ]
    confused = [f"{r.hand} (to {r.nearest})" for r in rows if r.confused]
    told = f"Nearer to another hand than to itself: {', '.join(confused) or 'none'} ({len(confused)} of {len(rows)})."
    return f"{table(head, shown)}\n\n{told}"
