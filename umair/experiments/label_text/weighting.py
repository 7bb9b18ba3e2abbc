"""How label lists become vectors, chosen by measurement: `python -m umair words weighting --library L`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from umair.encoders.label_lists import Words
from umair.errors import TrainingError
from umair.experiments.comparison import bootstrap
from umair.experiments.comparison.bootstrap import Difference, Interval
from umair.experiments.label_text.forms import FORMS, Form
from umair.experiments.label_text.likes import Judges, found_again
from umair.experiments.label_text.neighbours import Measure, Pictures, hidden_labels, same_content
from umair.features.split import LEAST
from umair.library.store import Library
from umair.library.tables import BOOKMARK

PLAIN = FORMS[0].name  # the mean, beside which all others stand
RESAMPLES = 1000


@dataclass(frozen=True)
class Measured:
    """One measure on one library. units: how many pictures or people; chance: what no form would get.

    value: of each form; drawn (B): the same with units drawn anew, the same ones for all forms.
    """

    library: str
    name: str
    unit: str
    units: int
    chance: float
    value: dict[str, float]
    drawn: dict[str, np.ndarray]

    @classmethod
    def of(cls, library: str, m: Measure) -> Measured:
        units = len(next(iter(m.values.values())))
        weights, whole = bootstrap.user_weights(units, RESAMPLES), np.ones((1, units))
        drawn = {form: bootstrap.ratios(own[None], whole, weights)[:, 0] for form, own in m.values.items()}
        value = {form: float(own.mean()) for form, own in m.values.items()}
        return cls(library, m.name, m.unit, units, m.chance, value, drawn)

    def interval(self, form: str) -> Interval:
        return bootstrap.interval(np.array([self.value[form]]), self.drawn[form])

    def less(self, form: str, other: str) -> Difference:
        """A form less another, on the same pictures or people."""
        points = (np.array([self.value[form]]), np.array([self.value[other]]))
        return bootstrap.difference(*points, self.drawn[form], self.drawn[other])


@dataclass(frozen=True)
class Balance:
    """A form beside each other one that can be chosen, measure by measure: how often certainly better, and worse.

    gain: over PLAIN, in parts of PLAIN's value, the mean over measures.
    """

    form: str
    better: int
    worse: int
    gain: float


@dataclass(frozen=True)
class Weighed:
    """What was measured, and the balance of each form that a library can be given, the one to be taken first."""

    measures: tuple[Measured, ...]
    balances: tuple[Balance, ...]

    @property
    def chosen(self) -> str:
        return self.balances[0].form


def weigh(
    libraries: Sequence[Library], words: Words, told: Callable[[str], None], forms: Sequence[Form] = FORMS
) -> Weighed:
    """Every form on every library; people are asked where a log has enough bookmarks. TrainingError if nothing can be
    measured."""
    found: list[Measured] = []
    for library in libraries:
        pictures = Pictures.of(library)
        fitted = {form.name: form.fitted(words, pictures.lists) for form in forms}
        measures = [*hidden_labels(pictures, fitted), *same_content(pictures, fitted)]
        if measures:
            told(f"{library.info.name}: neighbours done")
        if (library.interactions()["kind"] == BOOKMARK).sum() >= LEAST:
            judges = Judges.of(library)
            measures += found_again(judges, {name: rows(pictures.lists) for name, rows in fitted.items()})
            told(f"{library.info.name}: later bookmarks done")
        found += [Measured.of(library.info.name, m) for m in measures]
    if not found:
        names = ", ".join(f"“{library.info.name}”" for library in libraries)
        raise TrainingError(f"{names}: no picture has two labels and no log has {LEAST} bookmarks; nothing to measure.")
    return Weighed(tuple(found), balances(found, [form.name for form in forms if form.product]))


def balances(measures: Sequence[Measured], able: Sequence[str]) -> tuple[Balance, ...]:
    """Of each form, the best first: by certainly better less certainly worse, then by gain."""
    found = []
    for form in able:
        apart = [m.less(form, other) for m in measures for other in able if other != form]
        gains = [m.value[form] / m.value[PLAIN] - 1 for m in measures if m.value[PLAIN] > 0]
        better, worse = sum(d.low > 0 for d in apart), sum(d.high < 0 for d in apart)
        found.append(Balance(form, better, worse, float(np.mean(gains)) if gains else 0.0))
    return tuple(sorted(found, key=lambda b: (b.worse - b.better, -b.gain)))
