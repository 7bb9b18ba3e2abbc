"""What each family of statistics, each part and each source of hands is worth: fitted without it, by several seeds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from umair.encoders.style.encoder import StyleEncoder
from umair.encoders.style.hand_table import HandTable
from umair.encoders.style.head import Perceptron, StyleHead
from umair.encoders.style.stack import SIZES, block_slices
from umair.experiments.style_retrieval.galleries import Gallery
from umair.experiments.style_retrieval.protocols import Protocol
from umair.experiments.style_retrieval.refits import Workshop
from umair.experiments.style_retrieval.scores import score
from umair.experiments.style_retrieval.tables import table
from umair.experiments.style_retrieval.vectors import Readings, head_width, likenesses, stack_alone, unit

Form = Callable[[Gallery], np.ndarray]  # rows (N, D) of length 1
PROJECTIONS = ("LDA", "components")  # the order in which a head is fitted


@dataclass(frozen=True)
class Judged:
    """A gallery that none of the ablation's sources has pictures of."""

    name: str
    gallery: Gallery
    protocol: Protocol


@dataclass(frozen=True)
class Outcome:
    """One variation: for each test and seed mAP and AUC by CSLS, (T, S, 2)."""

    name: str
    figures: np.ndarray


class Ablation:
    """Variations of one base: all sources that know nothing of the tests."""

    def __init__(
        self,
        workshop: Workshop,
        readings: Readings,
        base: dict[str, HandTable],
        tests: Sequence[Judged],
        seeds: Sequence[int],
    ) -> None:
        self.tests, self.seeds = tests, seeds
        self._workshop, self._readings, self._base = workshop, readings, base

    def sources(self) -> Iterator[Outcome]:
        """Everything, then without each source."""
        yield self._fitted("everything", self._base)
        for name in self._base:
            yield self._fitted(f"without {name}", {n: t for n, t in self._base.items() if n != name})

    def parts(self) -> Iterator[Outcome]:
        """Each kind of part alone and left out, of the base's heads."""
        heads = [self._workshop.head(self._base, seed) for seed in self.seeds]
        forms = [(columns(head), self._rows(head)) for head in heads]
        for kind in forms[0][0]:
            yield self._measured(f"{kind} alone", [_some(rows, of[kind]) for of, rows in forms])
        for kind in forms[0][0]:
            yield self._measured(f"without {kind}", [_some(rows, ~of[kind]) for of, rows in forms])

    def encoder_parts(self, encoder: StyleEncoder) -> Iterator[Outcome]:
        """The same of a whole encoder, its network among the parts."""
        of, rows = columns(encoder.head), partial(self._readings.style, encoder=encoder)
        if encoder.network is not None:
            width = rows(self.tests[0].gallery).shape[1]
            of = {kind: np.pad(mask, (0, width - len(mask))) for kind, mask in of.items()}
            of["network"] = np.arange(width) >= head_width(encoder.head)
        yield self._measured("everything", [rows])
        for kind in of:
            yield self._measured(f"{kind} alone", [_some(rows, of[kind])])
        for kind in of:
            yield self._measured(f"without {kind}", [_some(rows, ~of[kind])])

    def families_unlearnt(self) -> Iterator[Outcome]:
        """The stack without learning, and without each family; there is no chance in it."""
        for family in ("", *SIZES):

            def rows(gallery: Gallery, family: str = family) -> np.ndarray:
                return stack_alone(self._readings.statistics(gallery), family)

            yield self._measured(f"without {family}" if family else "everything", [rows])

    def families(self) -> Iterator[Outcome]:
        """The learnt form fitted without each family of statistics."""
        for family in SIZES:
            sources = {name: replace(t, statistics=blanked(t.statistics, family)) for name, t in self._base.items()}
            heads = [self._workshop.head(sources, seed) for seed in self.seeds]
            yield self._measured(f"without {family}", [self._rows(head, family) for head in heads])

    def _fitted(self, name: str, sources: dict[str, HandTable]) -> Outcome:
        return self._measured(name, [self._rows(self._workshop.head(sources, seed)) for seed in self.seeds])

    def _rows(self, head: StyleHead, without: str = "") -> Form:
        def rows(gallery: Gallery) -> np.ndarray:
            statistics = self._readings.statistics(gallery)
            return head.vectors(blanked(statistics, without) if without else statistics)

        return rows

    def _measured(self, name: str, forms: Sequence[Form]) -> Outcome:
        figures = np.zeros((len(self.tests), len(forms), 2))
        for n, test in enumerate(self.tests):
            for seed, form in enumerate(forms):
                found = score(likenesses(form(test.gallery))["CSLS"], test.protocol).figures
                figures[n, seed] = found["map"], found["auc"]
        return Outcome(name, figures)


def blanked(statistics: np.ndarray, family: str) -> np.ndarray:
    """A family set to zero in every picture, so that nothing can be learnt from it or read in it."""
    rows = statistics.copy()
    rows[:, block_slices()[family]] = 0
    return rows


def columns(head: StyleHead) -> dict[str, np.ndarray]:
    """By kind of part (LDA, components, MLPs): which numbers (D,) bool of a head's vector it gives."""
    widths = [part.rows(head.mean[None]).shape[1] for part in head.parts]
    kinds = ["MLPs" if isinstance(part, Perceptron) else PROJECTIONS[n] for n, part in enumerate(head.parts)]
    of_column = np.repeat(kinds, widths)
    return {kind: of_column == kind for kind in dict.fromkeys(kinds)}


def ablation_table(outcomes: Sequence[Outcome], tests: Sequence[Judged]) -> str:
    """Markdown: mean of the seeds and, in brackets, the least and the most of them."""
    head = ["variation", *(f"{t.name} {figure}" for t in tests for figure in ("mAP", "AUC"))]
    return table(
        head,
        [[o.name, *(_told(o.figures[n, :, f]) for n in range(len(tests)) for f in range(2))] for o in outcomes],
    )


def _some(rows: Form, chosen: np.ndarray) -> Form:
    """Some of the numbers, at length 1 again: their parts keep their shares in the same relation."""
    return lambda gallery: unit(rows(gallery)[:, chosen])


def _told(values: np.ndarray) -> str:
    spread = f" [{values.min():.3f} {values.max():.3f}]" if len(values) > 1 else ""
    return f"{values.mean():.3f}{spread}"
