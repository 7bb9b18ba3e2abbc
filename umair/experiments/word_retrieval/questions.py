"""What is asked: a thing's name in one language, to be found among all names of another language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np
import polars as pl

from umair.encoders.names import LANGUAGES, fold
from umair.errors import TrainingError

TITLES, CHARACTERS, TAGS, EMOJI, OTHER, WORDS = "titles", "characters", "tags", "emoji", "other names", "words"
GROUPS = (TITLES, CHARACTERS, TAGS, EMOJI, OTHER, WORDS)
NAMES = "names"  # all groups but words in one pool a language: the headline, and the hardest
KINDS = {
    "anime_title": TITLES,
    "tag_character": CHARACTERS,
    "genshin_character": CHARACTERS,
    "pokemon": CHARACTERS,
    "tag_general": TAGS,
    "tag_copyright": TAGS,
    "emoji": EMOJI,
}
WORD = "word_"
DIRECTIONS = tuple(f"{a}-{b}" for a, b in permutations(LANGUAGES, 2))


@dataclass(frozen=True)
class Questions:
    """One direction in one group.

    things (Q): who is asked for; queries (Q) and candidates (C, no two equal when folded): texts as they are written;
    right (Q): the candidate that is the thing's name, which things of the same name share.
    """

    group: str
    direction: str
    things: tuple[str, ...]
    queries: tuple[str, ...]
    candidates: tuple[str, ...]
    right: np.ndarray


def group_of(kind: str) -> str:
    """The group that a kind of thing is told in; kinds without one of their own are other names."""
    return WORDS if kind.startswith(WORD) else KINDS.get(kind, OTHER)


def spelled(names: pl.DataFrame) -> pl.DataFrame:
    """One row a thing (entity_id, group, en, ja, zh) from rows of one text a thing and language (`measurable`)."""
    wide = names.pivot("lang", index=["entity_id", "kind"], values="text", aggregate_function="first")
    absent = [pl.lit(None, pl.String).alias(lang) for lang in LANGUAGES if lang not in wide.columns]
    group = pl.col("kind").map_elements(group_of, return_dtype=pl.String).alias("group")
    return wide.with_columns(*absent, group).select("entity_id", "group", *LANGUAGES).sort("entity_id")


def every_question(things: pl.DataFrame) -> Iterator[Questions]:
    """All directions of all groups, and of the names together. TrainingError if nothing has names in two languages."""
    found = False
    for group in (NAMES, *GROUPS):
        own = things.filter(pl.col("group") != WORDS if group == NAMES else pl.col("group") == group)
        for direction in DIRECTIONS:
            questions = ask(own, group, direction)
            if questions.queries:
                found = True
                yield questions
    if not found:
        raise TrainingError(
            "No thing here has names in two languages that may measure. A table of names has rows of the same "
            "entity_id with lang en, ja or zh, is_main true, and a quality other than machine."
        )


def ask(things: pl.DataFrame, group: str, direction: str) -> Questions:
    """The questions of one direction: who has both names; the candidates are all names of the language asked for."""
    source, target = direction.split("-")
    named = things.filter(pl.col(target).is_not_null())
    candidates: dict[str, str] = {}
    for text in named[target]:
        candidates.setdefault(fold(text), text)
    place = {folded: n for n, folded in enumerate(candidates)}
    both = named.filter(pl.col(source).is_not_null())
    right = np.array([place[fold(text)] for text in both[target]], np.int64)
    return Questions(group, direction, tuple(both["entity_id"]), tuple(both[source]), tuple(candidates.values()), right)


def texts_of(asked: Sequence[Questions]) -> list[str]:
    """Every text that occurs, once."""
    return list(dict.fromkeys(t for q in asked for t in (*q.queries, *q.candidates)))
