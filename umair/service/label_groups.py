"""The labels of a library as groups: what means the same in other languages or spellings is one. Labels as their
artists wrote them are never changed; a group knows all its spellings, one name to show, and its pictures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from umair.errors import EncoderError
from umair.library.store import Library
from umair.retrieval.label_groups import label_groups
from umair.retrieval.spellings import Spellings
from umair.retrieval.words import carriers
from umair.retrieval.written import language as language_of
from umair.service.memory import MEMORY, changed_at
from umair.service.names import Names, glossary_file, names
from umair.service.spaces import meaning, words, words_name
from umair.service.tiles import Catalogue, catalogue

NEAR_LANGUAGE = {"ja": ("ja", "zh"), "zh": ("zh",), "en": ("en",)}  # characters alone may be either


@dataclass(frozen=True)
class LabelGroup:
    """Labels that mean the same: spellings as on the pictures, the most frequent first; rows of its pictures."""

    number: int
    spellings: tuple[str, ...]
    rows: np.ndarray
    concept: str | None = None
    main: tuple[tuple[str, str], ...] = ()  # (language, name) as the glossary has it

    @property
    def pictures(self) -> int:
        return len(self.rows)

    def name(self, language: str = "") -> str:
        """What to call it: the glossary's name in that language, else the commonest spelling in it, else of all."""
        told = dict(self.main).get(language)
        if told:
            return told
        for one in NEAR_LANGUAGE.get(language, ()):
            for spelling in self.spellings:
                if language_of(spelling) == one:
                    return spelling
        return self.spellings[0]

    def others(self, language: str = "") -> tuple[str, ...]:
        """Its spellings on pictures, without the name itself."""
        shown = self.name(language)
        return tuple(s for s in self.spellings if s != shown)


@dataclass(frozen=True)
class Labels:
    """All groups of a library, the group with most pictures first, and what a person may type for each.

    artists: names, and the rows of their pictures; they count on after the groups in `spellings`.
    """

    groups: tuple[LabelGroup, ...]
    of: dict[str, int]
    artists: dict[str, np.ndarray]
    also: tuple[tuple[str, ...], ...]  # what the glossary calls each group besides

    def group(self, label: str) -> LabelGroup:
        """The group of a label of the library. KeyError for another text."""
        return self.groups[self.of[label]]

    def grouped(self, labels: Iterable[str]) -> tuple[LabelGroup, ...]:
        """The groups of some labels, each once, in their order."""
        return tuple(self.groups[n] for n in dict.fromkeys(self.of[one] for one in labels if one in self.of))

    def rows(self, meant: int) -> np.ndarray:
        """Rows of the pictures of a number of `spellings`."""
        return self.groups[meant].rows if meant < len(self.groups) else self._by_artist[meant - len(self.groups)][1]

    def name(self, meant: int, language: str = "") -> str:
        if meant < len(self.groups):
            return self.groups[meant].name(language)
        return self._by_artist[meant - len(self.groups)][0]

    @cached_property
    def spellings(self) -> Spellings:
        """Everything that can be typed for a group (label, or another name in the glossary) or an artist."""
        told = [
            (text, group.number)
            for group, more in zip(self.groups, self.also, strict=True)
            for text in dict.fromkeys((*group.spellings, *(name for _, name in group.main), *more))
        ]
        told += [(name, len(self.groups) + n) for n, name in enumerate(self.artists)]
        return Spellings(tuple(t for t, _ in told), tuple(n for _, n in told))

    @cached_property
    def _by_artist(self) -> tuple[tuple[str, np.ndarray], ...]:
        return tuple(self.artists.items())


def labels(lib: Library) -> Labels:
    """The library's labels in groups; made again only when its labels, its glossary or its encoder change."""
    token = (
        changed_at(lib.path / "illustrations.parquet"),
        changed_at(glossary_file(lib)),
        words_name(lib),
    )
    return MEMORY.recall(lib.path, "label groups", token, lambda: _made(lib, catalogue(lib), names(lib)))


def _made(lib: Library, known: Catalogue, told: Names) -> Labels:
    carried = carriers([t.labels for t in known.tiles])
    frequent = sorted(carried, key=lambda label: -len(carried[label]))
    parts, concepts = _parts(lib, frequent, told)
    also: dict[str, list[str]] = {}
    for text, concept in told.told().items():
        also.setdefault(concept, []).append(text)
    main: dict[str, list[tuple[str, str]]] = {}
    for (concept, language), name in told.main.items():
        main.setdefault(concept, []).append((language, name))
    rows = [np.unique(np.concatenate([carried[label] for label in part])) for part in parts]
    order = sorted(range(len(parts)), key=lambda n: -len(rows[n]))
    groups = tuple(
        LabelGroup(number, parts[n], rows[n], concepts[n], tuple(main.get(concepts[n] or "", ())))
        for number, n in enumerate(order)
    )
    artists = carriers([(t.artist,) if t.artist else () for t in known.tiles])
    return Labels(
        groups,
        {label: g.number for g in groups for label in g.spellings},
        artists,
        tuple(tuple(also.get(g.concept or "", ())) for g in groups),
    )


def _parts(
    lib: Library, frequent: Sequence[str], told: Names
) -> tuple[tuple[tuple[str, ...], ...], tuple[str | None, ...]]:
    """The partition; by glossary and spelling alone where no word encoder can be had, or none is needed."""
    concepts = told.told()
    by_writing = label_groups(frequent, concepts)
    if all(by_writing[1]):
        return by_writing
    try:
        encoder, least = words(lib), meaning(lib).grouped
    except EncoderError:
        return by_writing
    place = {label: n for n, label in enumerate(frequent)}
    parts, names_ = label_groups(frequent, concepts, encoder.encode, least)
    return tuple(tuple(sorted(part, key=place.__getitem__)) for part in parts), names_
