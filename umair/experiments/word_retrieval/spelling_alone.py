"""What spelling alone can solve: two names that sound alike when written in Latin letters, or that share their hanzi.

Sound: Dice of the letter pairs of both names in Latin letters (anyascii: kana by sound, hanzi and kanji by pinyin; only
letters and digits count). Hanzi: the share of the longer name's hanzi that both have, when Japanese and traditional
forms are folded into simplified ones (opencc). A translated title, or kanji read the Japanese way, is not spellable.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from anyascii import anyascii
from opencc import OpenCC

from umair.experiments.word_retrieval.questions import Questions

HANZI_SHARED = 0.5
BY_CHANCE = 0.01  # share of random pairs that may pass for spellable
RANDOM_PAIRS = 20_000
STEP = 0.01
HANZI = ((0x3400, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))


@cache
def _steps() -> tuple[OpenCC, ...]:
    return OpenCC("jp2t"), OpenCC("t2s")


def folded_hanzi(text: str) -> str:
    """The hanzi and kanji of a text, in simplified forms."""
    kept = "".join(c for c in text if any(a <= ord(c) <= b for a, b in HANZI))
    for step in _steps():
        kept = step.convert(kept)
    return kept


def latin(text: str) -> str:
    """The letters and digits of a text in Latin script, in lower case."""
    return "".join(c for c in anyascii(text).lower() if c.isalnum())


def sound_alike(a: str, b: str) -> float:
    """Dice, 0 to 1, of the letter pairs of two texts in Latin letters; the ends of a text count as letters."""
    one, other = _pairs(latin(a)), _pairs(latin(b))
    whole = sum(one.values()) + sum(other.values())
    return 2 * sum((one & other).values()) / whole if whole else 0.0


def hanzi_shared(a: str, b: str) -> float:
    """Share of the hanzi of the text that has more of them; 0 where a text has none."""
    one, other = Counter(folded_hanzi(a)), Counter(folded_hanzi(b))
    longer = max(sum(one.values()), sum(other.values()))
    return sum((one & other).values()) / longer if longer else 0.0


@dataclass(frozen=True)
class Spelling:
    """When two names count as spellable. by_chance: how many random pairs of names pass."""

    sound: float
    by_chance: float
    hanzi: float = HANZI_SHARED

    def of(self, a: str, b: str) -> bool:
        return hanzi_shared(a, b) >= self.hanzi or sound_alike(a, b) >= self.sound

    def each(self, questions: Questions) -> np.ndarray:
        """(Q) whether the right candidate could be found by spelling."""
        right = [questions.candidates[n] for n in questions.right]
        return np.array([self.of(a, b) for a, b in zip(questions.queries, right, strict=True)], bool)


def calibrated(questions: Questions, pairs: int = RANDOM_PAIRS, seed: int = 0) -> Spelling:
    """The lowest threshold of sound (in steps of 0.01) at which less than 1 % of wrong random pairs pass."""
    rng = np.random.default_rng(seed)
    asked = rng.integers(0, len(questions.queries), pairs)
    told = rng.integers(0, len(questions.candidates), pairs)
    wrong = told != questions.right[asked]
    drawn = [(questions.queries[q], questions.candidates[c]) for q, c in zip(asked[wrong], told[wrong], strict=True)]
    return _threshold(drawn)


def _threshold(wrong: Sequence[tuple[str, str]]) -> Spelling:
    by_hanzi = np.array([hanzi_shared(a, b) >= HANZI_SHARED for a, b in wrong], bool)
    sound = np.array([sound_alike(a, b) for a, b in wrong])
    for threshold in np.arange(STEP, 1 + STEP, STEP):
        passed = float((by_hanzi | (sound >= threshold - 1e-9)).mean()) if len(wrong) else 0.0
        if passed < BY_CHANCE:
            return Spelling(round(float(threshold), 2), passed)
    return Spelling(1.0, passed)


def _pairs(text: str) -> Counter[str]:
    closed = f" {text} "
    return Counter(closed[n : n + 2] for n in range(len(closed) - 1)) if text else Counter()
