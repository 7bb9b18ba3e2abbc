"""Names that are not unique: one text that claims to be the main name of several texts of another language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from umair.encoders.names import fold
from umair.encoders.pairs.pair import AMBIGUOUS, MULTILINGUAL, TextPair, noted


@dataclass(frozen=True)
class Conflict:
    """`text` (in `lang`) stands in pairs of main names with each of `others` (in `lang_of_others`)."""

    text: str
    lang: str
    lang_of_others: str
    others: tuple[str, ...]


def find_conflicts(pairs: Sequence[TextPair]) -> tuple[list[TextPair], list[Conflict]]:
    """(the pairs, those of a conflict noted as ambiguous; the conflicts in the order of the pairs).

    They are kept: a cat is a tag and an emoji, and both are true. Width, case and spaces make no other text.
    """
    folded = cache(fold)
    met: dict[tuple[str, str, str], dict[str, str]] = defaultdict(dict)
    spelled: dict[tuple[str, str, str], str] = {}
    for pair in pairs:
        for side, text, other in _sides(pair):
            key = (side[0], side[1], folded(text))
            spelled.setdefault(key, text)
            met[key].setdefault(folded(other), other)
    several = {key for key, others in met.items() if len(others) > 1}
    marked = [
        noted(pair, AMBIGUOUS) if any((s[0], s[1], folded(t)) in several for s, t, _ in _sides(pair)) else pair
        for pair in pairs
    ]
    return marked, [Conflict(spelled[k], k[0], k[1], tuple(met[k].values())) for k in met if k in several]


def _sides(pair: TextPair) -> tuple[tuple[tuple[str, str], str, str], ...]:
    """((language, language of the other), text, other) from both sides of a pair of main names."""
    if not pair.note or pair.sub_type not in MULTILINGUAL:
        return ()
    return ((pair.lang_a, pair.lang_b), pair.a, pair.b), ((pair.lang_b, pair.lang_a), pair.b, pair.a)
