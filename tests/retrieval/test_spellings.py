"""A word as it is typed finds what it can be: exact, begun, in part, in Latin letters, with a typo."""

from __future__ import annotations

import pytest

from umair.retrieval.spellings import EXACT, Spellings

TEXTS = (("cherry blossoms", 0), ("sakura", 0), ("さくら", 0), ("樱花", 0), ("sea", 1), ("海", 1), ("うみ", 1))
TEXTS += (("season", 2), ("long hair", 3), ("クロ", 4), ("くろ", 5), ("boy", 6), ("umbrella", 7))
SPELLINGS = Spellings(tuple(t for t, _ in TEXTS), tuple(n for _, n in TEXTS))


def best(word: str) -> int | None:
    found = SPELLINGS.match(word)
    return max(found, key=lambda m: found[m]) if found else None


@pytest.mark.parametrize(
    ("word", "meant"),
    [("sakura", 0), ("saku", 0), ("sakrua", 0), ("SAKURA", 0), ("櫻花", 0), ("blossoms", 0), ("blosoms", 0)]
    + [("sea", 1), ("umi", 1), ("hai", 1), ("hair", 3), ("long_hair", 3), ("umbrela", 7), ("umbr", 7), ("boys", 6)],
)
def test_what_is_meant_comes_first(word: str, meant: int) -> None:
    assert best(word) == meant


def test_an_exact_spelling_is_met_best_and_kana_decide_where_they_can() -> None:
    found = SPELLINGS.match("sea")
    assert found[1] == EXACT and found[2] < EXACT
    assert SPELLINGS.exact("クロ") == {4} and SPELLINGS.exact("くろ") == {5} and SPELLINGS.exact("ｸﾛ") == {4}


def test_short_words_and_strangers_find_nothing_by_chance() -> None:
    assert SPELLINGS.match("bxy") == {} and SPELLINGS.match("zzzzzz") == {}
    assert SPELLINGS.like("zzzzzz", 3) == () and SPELLINGS.like("umbrrellla", 3)[0] == 7


def test_nothing_to_look_among_is_no_error() -> None:
    assert Spellings((), ()).match("sea") == {} and Spellings((), ()).like("sea", 3) == ()
