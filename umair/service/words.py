"""What a person types, understood: which labels are meant, which pictures have them, and what to suggest meanwhile."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from umair.errors import EncoderError
from umair.library.store import Library
from umair.retrieval.spellings import EXACT, Matches
from umair.retrieval.words import spelled_like
from umair.retrieval.written import LONGEST, fold, language
from umair.service.label_groups import Labels, labels
from umair.service.memory import MEMORY, changed_at
from umair.service.spaces import label_vectors, meaning, words
from umair.service.tiles import Catalogue, catalogue

PARTS = re.compile(r"[,、，;；\n]+")
SMALL = frozenset(("a", "an", "and", "at", "by", "in", "of", "on", "or", "the", "to", "with"))  # unless a label is
BETWEEN = frozenset("のとやもでにをがはへ的和与在之")  # stand between two words of a phrase without spaces
WORDS_AT_MOST = 12
IN_TITLE = 0.65  # how well a word is met that stands in a title or an artist's name
MEANT = (0.3, 0.45)  # how well a label meets a word that it only means: at the threshold, and at cosine 1
NEAREST = 6
SURELY = 0.7  # a text that is met so well is one name that is being typed, not several words


@dataclass(frozen=True)
class Term:
    """One word (or phrase that is a label) of a query: what it may mean, with how well each is met (0..1).

    nearest: names to try instead, where nothing in the library is meant.
    """

    text: str
    meant: Matches
    in_titles: bool = False
    nearest: tuple[str, ...] = ()

    @property
    def known(self) -> bool:
        return bool(self.meant) or self.in_titles


@dataclass(frozen=True)
class Suggested:
    """Something to search for. name: as it is shown; kind: label or artist; pictures: how many; also: its other
    spellings; completes: the whole of what was typed, with this for its last word."""

    name: str
    kind: str
    pictures: int
    also: tuple[str, ...]
    completes: str


def understood(lib: Library, text: str, language: str = "") -> tuple[Term, ...]:
    """The terms of what was typed: parts between commas, the longest labels within them, then single words."""
    known = labels(lib)
    parts = [p.strip() for p in PARTS.split(text[:LONGEST]) if fold(p)]
    found = [term for part in parts for term in _split(known, part)]
    found = [t for t in found if t.casefold() not in SMALL or known.spellings.exact(t)] or found
    return tuple(_term(lib, known, one, language) for one in dict.fromkeys(found[:WORDS_AT_MOST]))


def met(lib: Library, term: Term) -> np.ndarray:
    """(N,) how well each picture meets a term, 0 where it does not."""
    known, pictures = labels(lib), catalogue(lib)
    best = np.zeros(len(pictures.tiles), np.float32)
    for meant, score in term.meant.items():
        rows = known.rows(meant)
        best[rows] = np.maximum(best[rows], score)
    if term.in_titles:
        best[_in_titles(lib, pictures, term.text) & (best < IN_TITLE)] = IN_TITLE
    return best


def has(lib: Library, text: str) -> np.ndarray:
    """(N,) bool: the picture meets every word of the text; a word that means nothing here is met by none."""
    keep = np.ones(len(catalogue(lib).tiles), dtype=bool)
    for term in understood(lib, text):
        keep &= met(lib, term) > 0
    return keep


def scored(lib: Library, terms: Sequence[Term]) -> np.ndarray:
    """(N,) how well a picture meets all terms that mean something here, their mean; 0 where one is not met."""
    each = [met(lib, term) for term in terms if term.known]
    if not each:
        return np.zeros(len(catalogue(lib).tiles), np.float32)
    together = np.stack(each)
    return np.where((together > 0).all(0), together.mean(0), 0).astype(np.float32)


def suggest_words(lib: Library, typed: str, language: str = "", n: int = 8) -> tuple[Suggested, ...]:
    """What to search for, best first: labels (a group as one) and artists; the commonest labels for an empty text.

    The text as a whole is completed, else its last word after the others.
    """
    known, typed = labels(lib), typed[:LONGEST]
    if not fold(typed):
        return tuple(_suggested(known, g.number, language, "") for g in known.groups[:n])
    *before, last = PARTS.split(typed)
    head = "".join(f"{part.strip()}, " for part in before if part.strip())
    if not fold(last):
        return ()
    found = _meant(lib, known, last)
    if " " in last.strip() and max(found.values(), default=0.0) < SURELY:
        start, word = last.strip().rsplit(" ", 1)
        by_last = _meant(lib, known, word)
        if by_last:
            head, found = f"{head}{start}, ", by_last
    order = sorted(found, key=lambda m: (-round(found[m], 1), -len(known.rows(m)), known.name(m)))
    return tuple(_suggested(known, m, language, head) for m in order[:n])


def _suggested(known: Labels, meant: int, language: str, head: str) -> Suggested:
    name = known.name(meant, language)
    label = meant < len(known.groups)
    also = known.groups[meant].others(language) if label else ()
    return Suggested(name, "label" if label else "artist", len(known.rows(meant)), also, head + name)


def _split(known: Labels, part: str) -> list[str]:
    """The longest runs of words that are spelled as something is, from the left; other words stand alone."""
    if known.spellings.exact(part):
        return [part]
    tokens, found = part.split(), []
    while tokens:
        length = next((n for n in range(len(tokens), 1, -1) if known.spellings.exact(" ".join(tokens[:n]))), 1)
        found += [" ".join(tokens[:length])] if length > 1 else _divided(known, tokens[0])
        tokens = tokens[length:]
    return found


def _divided(known: Labels, word: str) -> list[str]:
    """A phrase in characters or kana as the labels that it is made of, if it is nothing else; else itself."""
    if language(word) not in ("ja", "zh") or known.spellings.exact(word):
        return [word]
    found, rest = [], word
    while rest:
        length = next((n for n in range(len(rest), 0, -1) if known.spellings.exact(rest[:n])), 0)
        if length:
            found.append(rest[:length])
        elif rest[0] not in BETWEEN or not found:
            return [word]
        rest = rest[length or 1 :]
    return found


def _term(lib: Library, known: Labels, text: str, language: str) -> Term:
    exact = known.spellings.exact(text)
    if exact:
        return Term(text, dict.fromkeys(exact, EXACT))
    meant = _meant(lib, known, text)
    in_titles = bool(_in_titles(lib, catalogue(lib), text).any())
    if meant or in_titles:
        return Term(text, meant, in_titles)
    return Term(text, {}, nearest=_nearest(lib, known, text, language))


def _meant(lib: Library, known: Labels, text: str) -> Matches:
    """By spelling, and by meaning from the encoder's threshold on."""
    found = known.spellings.match(text)
    if EXACT in found.values():
        return found
    try:
        least = meaning(lib).same
        cosines = _cosines(lib, text)
    except EncoderError:  # no word encoder at hand: spelling alone
        return found
    for place in np.flatnonzero(cosines >= least):
        meant = known.of[label_vectors(lib).labels[place]]
        share = (float(cosines[place]) - least) / max(1.0 - least, 1e-6)
        found[meant] = max(found.get(meant, 0.0), MEANT[0] + (MEANT[1] - MEANT[0]) * share)
    return found


def _nearest(lib: Library, known: Labels, text: str, language: str) -> tuple[str, ...]:
    by_spelling = known.spellings.like(text, NEAREST // 2)
    try:
        cosines, least = _cosines(lib, text), meaning(lib).same / 2
        best = [place for place in np.argsort(-cosines)[: 4 * NEAREST] if cosines[place] >= least]
        by_meaning = [known.of[label_vectors(lib).labels[place]] for place in best]
    except EncoderError:
        by_meaning = []
    found = tuple(dict.fromkeys((*by_spelling, *(m for m in by_meaning if m not in by_spelling))))[:NEAREST]
    return tuple(known.name(meant, language) for meant in found)


def _cosines(lib: Library, text: str) -> np.ndarray:
    return label_vectors(lib).near(words(lib).encode([fold(text)])[0])


def _in_titles(lib: Library, known: Catalogue, text: str) -> np.ndarray:
    """(N,) bool: the text stands in the title or the artist's name."""
    token = changed_at(lib.path / "illustrations.parquet")

    def make() -> tuple[str, ...]:
        return tuple(f"{fold(t.title)}\n{fold(t.artist)}" for t in known.tiles)

    return spelled_like(fold(text), MEMORY.recall(lib.path, "titles", token, make))
