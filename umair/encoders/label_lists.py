"""A list of labels as one vector, the TSEM of an illustration (paper eq. 5): how its labels are weighed.

What a label counts may depend on how many illustrations of the library carry it. Those counts are kept beside the
vectors, so that pictures that come later are weighed as the earlier ones were, and their hash is in the fingerprint.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from umair.encoders.vectors import Catalogue, active_fingerprint
from umair.errors import EncoderError
from umair.library.atomic import write_json

Lists = Sequence[Sequence[str]]
KEPT = "label_lists.json"  # in the library's folder of vectors
DEFAULT = "idf"  # measured: `python -m umair words weighting`
SMOOTHING = 1e-2  # a of a/(a + p)
GROWN = 2  # the library has grown so many times since the labels were counted: they are counted anew


class Words(Protocol):
    """What of a TextEncoder matters here."""

    @property
    def fingerprint(self) -> str: ...

    def encode(self, texts: Sequence[str]) -> np.ndarray: ...

    def encode_labels(self, labels: Lists, weights: Mapping[str, float] | None = None) -> np.ndarray: ...


@dataclass(frozen=True)
class Carriers:
    """How many of so many illustrations carry each label."""

    illustrations: int
    counts: Mapping[str, int]

    @classmethod
    def of(cls, lists: Lists) -> Carriers:
        return cls(len(lists), Counter(label for own in lists for label in set(own)))

    def rarity(self, labels: Iterable[str]) -> dict[str, float]:
        """log((1 + N) / (1 + carriers)) + 1, as in tf-idf; a label that was not counted is as rare as can be."""
        return {x: math.log((1 + self.illustrations) / (1 + self.counts.get(x, 0))) + 1.0 for x in labels}

    def smooth(self, labels: Iterable[str], a: float = SMOOTHING) -> dict[str, float]:
        """a / (a + p), p the label's share of all labels written (Arora, Liang and Ma, ICLR 2017)."""
        written = max(sum(self.counts.values()), 1)
        return {x: a / (a + self.counts.get(x, 0) / written) for x in labels}


Weighting = Callable[[Words, Lists, Carriers], np.ndarray]


def mean(words: Words, lists: Lists, carriers: Carriers) -> np.ndarray:
    """(N, D) unit rows: every label counts the same."""
    return words.encode_labels(lists)


def idf(words: Words, lists: Lists, carriers: Carriers) -> np.ndarray:
    """(N, D) unit rows: a label counts by its rarity, up to log(N) more than one that all carry."""
    return words.encode_labels(lists, carriers.rarity(_distinct(lists)))


def smooth(words: Words, lists: Lists, carriers: Carriers) -> np.ndarray:
    """(N, D) unit rows: what many carry counts next to nothing, what few carry counts nearly one."""
    return words.encode_labels(lists, carriers.smooth(_distinct(lists)))


def joined(words: Words, lists: Lists, carriers: Carriers) -> np.ndarray:
    """(N, D) unit rows: the labels as one text, a space between them; a long label counts more than a short one."""
    return words.encode([" ".join(dict.fromkeys(own)) for own in lists])


WEIGHTINGS: dict[str, Weighting] = {"mean": mean, "idf": idf, "smooth": smooth, "joined": joined}
COUNTING = ("idf", "smooth")  # those that look at the carriers


@dataclass(frozen=True)
class LabelLists:
    """How the label lists of one library become vectors."""

    words: Words
    weighting: str
    carriers: Carriers

    def __post_init__(self) -> None:
        if self.weighting not in WEIGHTINGS:
            raise EncoderError(f"Labels can be weighed by {', '.join(WEIGHTINGS)}, not by {self.weighting!r}.")

    @classmethod
    def of(cls, library: Catalogue, words: Words, weighting: str = "") -> LabelLists:
        """For encoding a library: as asked for, else as its vectors were made last, else DEFAULT.

        Labels are counted when that was never done, or when the library has more than doubled since.
        """
        last, kept = _last(library.path, words)
        frame = library.illustrations()
        if kept is None or len(frame) > GROWN * kept.illustrations:
            kept = Carriers.of([own or [] for own in frame["labels"].to_list()])
        return cls(words, weighting or last, kept)

    @classmethod
    def in_use(cls, library: Catalogue, words: Words) -> LabelLists:
        """For single pictures between two encodings: as the library's vectors were made last."""
        last, kept = _last(library.path, words)
        return cls(words, last, kept or Carriers(0, {}))

    @property
    def fingerprint(self) -> str:
        """Of the encoder, the weighting and the counts that it looks at: other numbers have another fingerprint."""
        if self.weighting == "mean":
            return self.words.fingerprint
        counted = sorted(self.carriers.counts.items()) if self.weighting in COUNTING else []
        said = [self.words.fingerprint, self.weighting, self.carriers.illustrations if counted else 0, counted]
        return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()

    def encode(self, lists: Lists) -> np.ndarray:
        """(N, D) unit rows; zeros for an empty list."""
        return WEIGHTINGS[self.weighting](self.words, lists, self.carriers)

    def keep(self, library_path: Path) -> None:
        """So that what is encoded later is weighed the same."""
        (library_path / "vectors").mkdir(parents=True, exist_ok=True)
        said = {"weighting": self.weighting, "illustrations": self.carriers.illustrations}
        write_json(library_path / "vectors" / KEPT, {**said, "carriers": dict(sorted(self.carriers.counts.items()))})


def _distinct(lists: Lists) -> list[str]:
    return list(dict.fromkeys(label for own in lists for label in own))


def _last(library_path: Path, words: Words) -> tuple[str, Carriers | None]:
    """How it was done last, and the counts; vectors of these words beside which nothing is kept are means."""
    file = library_path / "vectors" / KEPT
    try:
        said = json.loads(file.read_text(encoding="utf-8"))
        counts = {str(k): int(v) for k, v in said["carriers"].items()}
        return str(said["weighting"]), Carriers(int(said["illustrations"]), counts)
    except FileNotFoundError:
        means = active_fingerprint(library_path, "label_text") == words.fingerprint
        return ("mean" if means else DEFAULT), None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise EncoderError(f"{file} cannot be read ({error}). Delete it and encode again.") from error
