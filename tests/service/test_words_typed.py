"""What a person types finds the same pictures in every spelling, with typos and in part; each word must be met."""

from __future__ import annotations

import unicodedata

import numpy as np
import pytest
from opencc import OpenCC

from umair.library.store import Library
from umair.service.browse import BrowseQuery, browse
from umair.service.find import search_words
from umair.service.label_groups import Labels, labels
from umair.service.words import has, scored, suggest_words, understood
from umair.settings import assets

DEMO = assets() / "demo"
pytestmark = pytest.mark.skipif(not (DEMO / "library.toml").is_file(), reason="no demo library in assets/")


@pytest.fixture(scope="module")
def demo() -> Library:
    return Library.open(DEMO)


@pytest.fixture(scope="module")
def known(demo: Library) -> Labels:
    return labels(demo)


def found(lib: Library, text: str) -> set[str]:
    return {hit.tile.item_id for hit in search_words(lib, text, 10_000).hits}


def test_a_filter_by_any_spelling_of_a_group_gives_its_pictures(demo: Library, known: Labels) -> None:
    for group in known.groups[::9]:
        for text in (*group.spellings, *(name for _, name in group.main)):
            assert np.flatnonzero(has(demo, text)).tolist() == group.rows.tolist(), text


def test_case_width_and_form_of_characters_never_matter(demo: Library, known: Labels) -> None:
    traditional = OpenCC("s2t")
    wide = {n: n + 0xFEE0 for n in range(0x21, 0x7F)}
    for group in known.groups[::11]:
        for text in group.spellings:
            others = {text.upper(), text.translate(wide), unicodedata.normalize("NFD", text)}
            others |= {"".join(map(traditional.convert, text))}
            for other in others:
                assert np.array_equal(has(demo, text), has(demo, other)), (text, other)


def test_what_is_no_label_is_as_blind_to_case_and_width(demo: Library) -> None:
    for one, other in (("snowstorm", "ＳＮＯＷＳＴＯＲＭ"), ("sakrua", "Sakrua"), ("孤独な夜空", "孤獨な夜空")):
        assert np.array_equal(scored(demo, understood(demo, one)), scored(demo, understood(demo, other)))


@pytest.mark.parametrize("typed", ["sea", "海", "うみ", "umi", "SEA", "大海", "ocean"])
def test_the_sea_is_found_in_every_language(demo: Library, typed: str) -> None:
    assert found(demo, typed) == found(demo, "sea") != set()
    assert suggest_words(demo, typed, "en")[0].name == "sea"


def test_a_typo_or_the_beginning_finds_the_label(demo: Library, known: Labels) -> None:
    """Two letters swapped, or all but the last two letters, of each third Latin label of six letters or more."""
    rng, met = np.random.default_rng(4), {"swapped": [], "begun": []}
    long = [(s, g) for g in known.groups for s in g.spellings if s.isascii() and s.isalpha() and len(s) >= 6]
    for text, group in long[::3]:
        at = int(rng.integers(1, len(text) - 2))
        typed = {"swapped": text[:at] + text[at + 1] + text[at] + text[at + 2 :], "begun": text[:-2]}
        for kind, word in typed.items():
            met[kind].append(group.name("en") in {one.name for one in suggest_words(demo, word, "en")})
    assert len(met["begun"]) > 30
    assert np.mean(met["swapped"]) > 0.95 and np.mean(met["begun"]) > 0.95


def test_each_word_must_be_met(demo: Library) -> None:
    both = found(demo, "girl night")
    assert both and both == found(demo, "girl") & found(demo, "night") == found(demo, "夜, 女の子")
    assert found(demo, "夜の海") == found(demo, "night sea")
    shown = {t.item_id for t in browse(demo, BrowseQuery(words=("girl", "night"))).tiles}
    assert shown == both == {t.item_id for t in browse(demo, BrowseQuery(words=("girl night",))).tiles}


def test_better_met_words_come_first(demo: Library) -> None:
    scores = [hit.score for hit in search_words(demo, "flo", 10_000).hits]
    assert len(scores) > 10 and scores == sorted(scores, reverse=True) and len(set(np.round(scores, 2))) > 1


def test_a_word_unknown_here_is_said_and_the_others_still_search(demo: Library) -> None:
    answer = search_words(demo, "zzqx night", 10_000)
    assert [(t.text, t.known) for t in answer.terms] == [("zzqx", False), ("night", True)]
    assert {h.tile.item_id for h in answer.hits} == found(demo, "night")
    (term,) = understood(demo, "hooooodieee", "en")
    assert not term.known and "hoodie" in term.nearest
    assert browse(demo, BrowseQuery(words=("zzqx night",))).tiles == ()


@pytest.mark.parametrize(
    "typed", ["", "  ", ",,,", "<script>alert(1)</script>", "🌸", "שלום עולם", "\u202e", "x" * 10_000]
)
def test_anything_may_be_typed(demo: Library, typed: str) -> None:
    assert search_words(demo, typed).hits == ()
    assert len(suggest_words(demo, typed, "en")) <= 8


def test_suggestions_complete_the_last_word_and_know_artists(demo: Library, known: Labels) -> None:
    offered = suggest_words(demo, "girl ni", "en")
    assert "girl, night" in {one.completes for one in offered}
    assert suggest_words(demo, "", "en")[0].pictures == known.groups[0].pictures
    artist = next(iter(known.artists))
    assert ("artist", artist) in {(one.kind, one.name) for one in suggest_words(demo, artist[:-1])}


def test_a_suggestion_that_is_taken_gives_as_many_pictures_as_it_said(demo: Library) -> None:
    for typed in ("sak", "夜", "hair", "よ"):
        for one in suggest_words(demo, typed, "zh"):
            assert has(demo, one.completes).sum() == one.pictures, one
