"""Things that have kin in the train part: a sequel, another of the same series, a flag among flags.

A question has kin when one thing of the train part shares a run of letters with both its names, each in its language:
such a question asks less than one of a thing that stands alone.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import polars as pl

from umair.encoders.names import LANGUAGES, fold
from umair.experiments.word_retrieval.questions import Questions

RUN = {"en": 8, "ja": 3, "zh": 3}  # letters that are shared


class Kin:
    """Finds the things of some names that share runs of letters with a text."""

    def __init__(self, names: pl.DataFrame) -> None:
        """names: entity_id, lang, text."""
        self._things: dict[str, dict[str, set[str]]] = {lang: defaultdict(set) for lang in LANGUAGES}
        for thing, lang, text in names.select("entity_id", "lang", "text").iter_rows():
            for run in runs(text, lang):
                self._things[lang][run].add(thing)

    def of(self, text: str, lang: str) -> set[str]:
        """Ids of the things that share a run with the text."""
        known = self._things[lang]
        return set().union(*(known[run] for run in runs(text, lang) if run in known))

    def each(self, questions: Questions) -> np.ndarray:
        """(Q) whether a question has kin."""
        source, target = questions.direction.split("-")
        right = [questions.candidates[n] for n in questions.right]
        pairs = zip(questions.queries, right, strict=True)
        return np.array([bool(self.of(a, source) & self.of(b, target)) for a, b in pairs], bool)


def runs(text: str, lang: str) -> set[str]:
    """All runs of RUN letters of a text."""
    folded, length = fold(text), RUN[lang]
    return {folded[n : n + length] for n in range(len(folded) - length + 1)}
