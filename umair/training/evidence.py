"""What a person's weights are read from: rows of affinities, what is known of all people, how sure that is."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from umair.training.lens import Lens, Liked
from umair.training.regression import Fit, Prior, fit_person

# As refined.WIDER, where the interest is the plain mean of the likes: it takes chance for taste, and all the more so
# the more likes make the regression sure.
WIDER = ((80, 2.3), (0, 1.9))


class Evidence(Protocol):
    @property
    def prior(self) -> Prior: ...

    def person_rows(self, liked: Liked, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
        """Affinities z (R, J) and label (R) of pictures that the person met."""

    def wider(self, bookmarks: int) -> float:
        """How much wider than the regression's own an interval is, for all that it cannot know of."""


class Likeness:
    """Affinities to the mean of the other likes: with a ranker that nothing was refined for, or with none."""

    def __init__(self, lens: Lens, prior: Prior) -> None:
        self._lens, self.prior = lens, prior

    def person_rows(self, liked: Liked, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
        return self._lens.person_rows(liked, seed)

    def wider(self, bookmarks: int) -> float:
        return next(factor for least, factor in WIDER if bookmarks >= least)


def weigh(evidence: Evidence, liked: Liked) -> Fit:
    """A person's coefficients; their shares and intervals are the fit's."""
    return fit_person(*evidence.person_rows(liked), evidence.prior).widened(evidence.wider(len(liked)))
