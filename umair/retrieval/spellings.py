"""A word as it is typed against everything that can be meant: exact, begun, in part, in Latin letters, with typos."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from umair.retrieval.written import fold, key, romanised

# How well a word is met, 1 at most. Within a kind of match the share of the spelling that was typed decides.
EXACT, SOUNDS, BEGINS, BEGINS_A_WORD, SOUNDS_BEGUN, WITHIN, TYPO, TYPO_BEGUN = 1.0, 0.95, 0.85, 0.8, 0.75, 0.6, 0.5, 0.4
SHARE = 0.04  # of the score that the share of the spelling adds
ONE_TYPO, TWO_TYPOS = 4, 8  # letters from which one typo, and two, are forgiven
NEAR = 55.0  # likeness (0-100) from which a spelling is worth showing for a word that nothing matches

Matches = dict[int, float]  # number of what is meant -> how well it is met


@dataclass(frozen=True)
class Spellings:
    """Texts and what each means: `means` (T,) numbers of groups, artists or whatever the caller counts."""

    texts: tuple[str, ...]
    means: tuple[int, ...]

    def exact(self, word: str) -> frozenset[int]:
        """What is spelled exactly so: in this kana if there is such a spelling, else in either."""
        return self._folded.get(fold(word).replace(" ", "")) or self._keyed.get(key(word), frozenset())

    def match(self, word: str, *, typos: bool = True) -> Matches:
        """Everything the word may be, with how well; typos only where nothing begins so."""
        wanted, sound = key(word), romanised(word)
        found: Matches = dict.fromkeys(self.exact(word), EXACT)
        latin = sound == wanted and len(sound) > 1  # typed in Latin letters: kana and characters may be meant
        for text, sounds, starts, meant in zip(self._keys, self._sounds, self._starts, self.means, strict=True):
            score = 0.0
            place = text.find(wanted)
            if place == 0:
                score = BEGINS
            elif place > 0:
                score = BEGINS_A_WORD if place in starts else WITHIN if len(wanted) > 2 or not latin else 0.0
            if latin and sounds and score < SOUNDS_BEGUN and sounds.startswith(sound):
                score = SOUNDS if sounds == sound else SOUNDS_BEGUN
            if score:
                score += SHARE * min(1.0, len(wanted) / len(text))
                found[meant] = max(found.get(meant, 0.0), score)
        if typos and max(found.values(), default=0.0) < SOUNDS_BEGUN:
            for meant, score in self._typos(wanted, sound if latin else "").items():
                found[meant] = max(found.get(meant, 0.0), score)
        return found

    def like(self, word: str, n: int) -> tuple[int, ...]:
        """What is spelled most like a word that nothing matches, best first; () if nothing is near."""
        near = process.extract(key(word), self._keys, scorer=fuzz.ratio, limit=4 * n, score_cutoff=NEAR)
        return tuple(dict.fromkeys(self.means[place] for _, _, place in near))[:n]

    def _typos(self, wanted: str, sound: str) -> Matches:
        allowed = (len(wanted) >= ONE_TYPO) + (len(wanted) >= TWO_TYPOS)
        found: Matches = {}
        if not allowed:
            return found
        units, of = self._units
        self._near(found, wanted, units, of, allowed, TYPO)
        begun = [u[: len(wanted)] for u in units]
        self._near(found, wanted, begun, of, min(allowed, 1), TYPO_BEGUN)
        if sound:
            self._near(found, sound, self._sounds, self.means, min(allowed, 1), TYPO_BEGUN)
        return found

    def _near(
        self, found: Matches, wanted: str, texts: Sequence[str], means: Sequence[int], allowed: int, score: float
    ) -> None:
        away = process.cdist([wanted], texts, scorer=OSA.distance, score_cutoff=allowed, dtype=np.uint8)[0]
        for place in np.flatnonzero(away <= allowed).tolist():
            told = score - 0.05 * (int(away[place]) - 1)
            found[means[place]] = max(found.get(means[place], 0.0), told)

    @cached_property
    def _keys(self) -> tuple[str, ...]:
        return tuple(map(key, self.texts))

    @cached_property
    def _sounds(self) -> tuple[str, ...]:
        """In Latin letters, where a text is not written in them."""
        return tuple("" if (sound := romanised(t)) == k else sound for t, k in zip(self.texts, self._keys, strict=True))

    @cached_property
    def _starts(self) -> tuple[frozenset[int], ...]:
        """Where in its key each word of a text begins, the first left out."""
        return tuple(frozenset(np.cumsum([len(w) for w in fold(t).split(" ")[:-1]]).tolist()) for t in self.texts)

    @cached_property
    def _units(self) -> tuple[tuple[str, ...], tuple[int, ...]]:
        """Whole texts and each of their words, once each, with what they mean."""
        found: dict[tuple[str, int], None] = {}
        for text, own, meant in zip(self.texts, self._keys, self.means, strict=True):
            found[own, meant] = None
            for word in fold(text).split(" "):
                if len(word) >= ONE_TYPO - 1:
                    found[word, meant] = None
        return tuple(w for w, _ in found), tuple(m for _, m in found)

    @cached_property
    def _folded(self) -> dict[str, frozenset[int]]:
        return self._by(tuple(fold(t).replace(" ", "") for t in self.texts))

    @cached_property
    def _keyed(self) -> dict[str, frozenset[int]]:
        return self._by(self._keys)

    def _by(self, written: Sequence[str]) -> dict[str, frozenset[int]]:
        found: dict[str, set[int]] = {}
        for text, meant in zip(written, self.means, strict=True):
            found.setdefault(text, set()).add(meant)
        return {text: frozenset(meant) for text, meant in found.items()}
