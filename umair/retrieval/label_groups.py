"""Labels that mean the same, in whatever language or spelling, as groups: a partition of a library's distinct labels.

First what a glossary says, then how labels are written, then what the text encoder finds: labels of different
languages, each other's nearest neighbours. What the glossary tells apart stays apart.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from umair.encoders.words import unit_rows
from umair.retrieval.written import fold, key, language

BIT = {"en": 1, "ja": 2, "zh": 4, "other": 8}
ENCODED_AT_MOST = 6_000  # groups that are compared by meaning, the first ones: it costs their number squared
BLOCK = 1_024  # rows of the comparison at once

Groups = tuple[tuple[str, ...], ...]
Encode = Callable[[Sequence[str]], np.ndarray]


def concepts_of(labels: Sequence[str], told: Mapping[str, str]) -> tuple[str | None, ...]:
    """Which concept of a glossary each label is, as written there or in another width, case or script; else None.

    told: spelling -> concept. A spelling that several concepts share once it is folded names none of them.
    """
    by_fold, by_key = _unambiguous(told, fold), _unambiguous(told, key)
    return tuple(told.get(one) or by_fold.get(fold(one)) or by_key.get(key(one)) for one in labels)


def written_groups(labels: Sequence[str], told: Mapping[str, str]) -> tuple[Groups, tuple[str | None, ...]]:
    """Groups by glossary and spelling, in the order of their first label, and the concept of each group (or None)."""
    found: dict[tuple[str, str], list[str]] = {}
    for label, concept in zip(labels, concepts_of(labels, told), strict=True):
        found.setdefault(("", concept) if concept else ("written", key(label)), []).append(label)
    return tuple(map(tuple, found.values())), tuple(name if not kind else None for kind, name in found)


def label_groups(
    labels: Sequence[str], told: Mapping[str, str], encode: Encode | None = None, least: float = 1.0
) -> tuple[Groups, tuple[str | None, ...]]:
    """The partition of distinct labels (give the most frequent first), and the concept of each group.

    encode: texts -> (B, D) unit rows; None: by glossary and spelling alone. least: the cosine from which groups of
    different languages that are each other's nearest are one.
    """
    groups, concepts = written_groups(labels, told)
    if encode is None or least >= 1.0 or all(concepts):
        return groups, concepts
    within = min(len(groups), ENCODED_AT_MOST)
    kept = [list(g) for g in groups[:within]]
    names: list[str | None] = list(concepts[:within])
    while True:
        pairs = _mutual(_means(kept, encode), _bits(kept), np.array([n is not None for n in names]), least)
        if not len(pairs):
            break
        for a, b in pairs:
            kept[a] += kept[b]
            names[a] = names[a] or names[b]
        gone = {int(b) for _, b in pairs}
        kept = [g for n, g in enumerate(kept) if n not in gone]
        names = [c for n, c in enumerate(names) if n not in gone]
    return (*map(tuple, kept), *groups[within:]), (*names, *concepts[within:])


def _unambiguous(told: Mapping[str, str], of: Callable[[str], str]) -> dict[str, str]:
    found: dict[str, set[str]] = {}
    for text, concept in told.items():
        found.setdefault(of(text), set()).add(concept)
    return {text: next(iter(concepts)) for text, concepts in found.items() if len(concepts) == 1}


def _means(groups: Sequence[Sequence[str]], encode: Encode) -> np.ndarray:
    """(G, D) unit rows: the mean of the vectors of each group's labels."""
    starts = np.cumsum([0, *(len(g) for g in groups[:-1])])
    vectors = encode([fold(label) for group in groups for label in group])
    return unit_rows(np.add.reduceat(vectors, starts, axis=0))


def _bits(groups: Sequence[Sequence[str]]) -> np.ndarray:
    return np.array([sum({BIT[language(label)] for label in group}) for group in groups])


def _mutual(means: np.ndarray, bits: np.ndarray, told: np.ndarray, least: float) -> np.ndarray:
    """(P, 2) pairs a < b, each other's nearest of those that share no language and are not both told, >= least."""
    nearest, cosine = np.zeros(len(means), np.int64), np.zeros(len(means), np.float32)
    for start in range(0, len(means), BLOCK):
        rows = slice(start, start + BLOCK)
        near = means[rows] @ means.T
        near[(bits[rows, None] & bits[None]) > 0] = -1
        near[told[rows, None] & told[None]] = -1
        nearest[rows] = near.argmax(1)
        cosine[rows] = near.max(1)
    here = np.arange(len(means))
    mutual = (nearest[nearest] == here) & (here < nearest) & (cosine >= least)
    return np.stack([here[mutual], nearest[mutual]], 1)
