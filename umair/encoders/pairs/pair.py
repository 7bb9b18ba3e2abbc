"""A pair of texts that training brings together, and its seven sub-types (the paper's Table 1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import combinations

from umair.encoders.names import LANGUAGES
from umair.errors import TrainingError

MULTILINGUAL = ("zh-en", "en-ja", "ja-zh")
RELATIONS = ("series-character", "character-character")
EXPLANATIONS = ("name-introduction", "setting-meaning")
SUB_TYPES = (*MULTILINGUAL, *RELATIONS, *EXPLANATIONS)

MAIN, AMBIGUOUS = "main", "ambiguous"
NOTES = ("", MAIN, AMBIGUOUS)


@dataclass(frozen=True, slots=True)
class TextPair:
    """Two texts that training brings together. `source` says where the pair comes from, for the model card.

    `note` is "main" where both texts claim to be the main names of one thing, "ambiguous" where another pair claims
    the same of another text (a name that two things share, or sources that disagree), else empty.
    """

    sub_type: str
    a: str
    b: str
    lang_a: str
    lang_b: str
    source: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        if self.sub_type not in SUB_TYPES:
            raise TrainingError(f"{self.sub_type!r} is no sub-type of pairs. Expected one of {', '.join(SUB_TYPES)}.")
        if not self.a.strip() or not self.b.strip():
            raise TrainingError(
                f"A {self.sub_type} pair has an empty text: {self.a!r}, {self.b!r}. Fill in or drop it."
            )


COLUMNS = tuple(f.name for f in fields(TextPair))


@dataclass(frozen=True)
class Tidied:
    """Pairs without repeats, and what was dropped: pairs of two equal texts, and pairs that were there already."""

    pairs: list[TextPair]
    equal: int
    repeated: int


def tidy(pairs: Iterable[TextPair]) -> Tidied:
    """Drop pairs of two equal texts and repeats (in either direction; case does not matter), keeping the order.

    Of two that repeat each other the first stays; it counts as main names if either does.
    """
    place: dict[tuple[str, str], int] = {}
    kept: list[TextPair] = []
    equal = repeated = 0
    for pair in pairs:
        a, b = pair.a.casefold(), pair.b.casefold()
        if a == b:
            equal += 1
            continue
        texts = (a, b) if a < b else (b, a)
        before = place.setdefault(texts, len(kept))
        if before == len(kept):
            kept.append(pair)
            continue
        repeated += 1
        if pair.note and not kept[before].note and pair.sub_type == kept[before].sub_type:
            kept[before] = noted(kept[before], pair.note)
    return Tidied(kept, equal, repeated)


def unique(pairs: Iterable[TextPair]) -> list[TextPair]:
    """The pairs without those of two equal texts and without repeats (in either direction), in their order."""
    return tidy(pairs).pairs


def noted(pair: TextPair, note: str) -> TextPair:
    """The pair with another note."""
    return TextPair(pair.sub_type, pair.a, pair.b, pair.lang_a, pair.lang_b, pair.source, note)


def across(names: Mapping[str, Sequence[str]], source: str, claims: bool = True) -> Iterator[TextPair]:
    """Multilingual pairs of one thing: `names` gives its spellings by language, the main one first.

    Each spelling meets the main one of each other language; two side spellings do not meet. `claims`: the first
    spellings are main names, not merely the first of a list.
    """
    for first, second in combinations(LANGUAGES, 2):
        for n, a in enumerate(names.get(first, ())):
            for m, b in enumerate(names.get(second, ())):
                if n == 0 or m == 0:
                    yield multilingual(a, first, b, second, source, MAIN if claims and n == m == 0 else "")


def multilingual(a: str, lang_a: str, b: str, lang_b: str, source: str, note: str = "") -> TextPair:
    """The pair under the sub-type of its two languages, whichever way round they are given."""
    if f"{lang_a}-{lang_b}" in MULTILINGUAL:
        return TextPair(f"{lang_a}-{lang_b}", a, b, lang_a, lang_b, source, note)
    if f"{lang_b}-{lang_a}" in MULTILINGUAL:
        return TextPair(f"{lang_b}-{lang_a}", b, a, lang_b, lang_a, source, note)
    raise TrainingError(f"No pairs between {lang_a!r} and {lang_b!r}; there are {', '.join(MULTILINGUAL)}.")
