"""Labels as artists write them: few enough, in three languages, mostly true, and never the same text twice."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from umair.demo.artists import EACH, Artist, artists
from umair.demo.facts import TECHNIQUES, colour_word, eye_word, facts
from umair.demo.glossary import LANGUAGES, glossary
from umair.demo.hands.model import KINDS
from umair.demo.labels import FEWEST, GENERAL, MOST, THEMES, Written, write_labels
from umair.demo.scenes import ScenePlan, catalogue

Page = tuple[ScenePlan, Artist, tuple[Written, ...]]


@pytest.fixture(scope="module")
def plans() -> list[ScenePlan]:
    return catalogue(seed=1, count=60)


@pytest.fixture(scope="module")
def everyone() -> tuple[Artist, ...]:
    return artists(1, THEMES)


@pytest.fixture(scope="module")
def written(
    plans: list[ScenePlan], everyone: tuple[Artist, ...]
) -> list[tuple[ScenePlan, Artist, tuple[Written, ...]]]:
    rng = np.random.default_rng(0)
    return [(p, a, write_labels(p, a.hand, a.habit, rng)) for n, p in enumerate(plans) for a in everyone[n % 5 :: 5]]


def test_every_fact_is_in_the_glossary(plans: list[ScenePlan]) -> None:
    told = {f.concept for p in plans for hand in KINDS for f in facts(p, hand)} | set(THEMES) | {c for c, _ in GENERAL}
    assert told <= set(glossary())


def test_three_to_twelve_labels_and_none_twice(written: list[Page]) -> None:
    for _, _, labels in written:
        texts = [w.text.casefold() for w in labels]
        assert len(texts) == len(set(texts)) <= MOST
    counts = [len(labels) for _, _, labels in written]
    assert min(counts) >= FEWEST - 1 and np.mean(counts) > 5  # two spellings may fall together
    assert len(set(counts)) > 6


def test_each_label_spells_its_concept_and_all_languages_occur(written: list[Page]) -> None:
    languages = Counter()
    for _, _, labels in written:
        for w in labels:
            own = [lang for lang in LANGUAGES if w.text in glossary()[w.concept].names[lang]]
            assert own
            languages[own[0]] += 1
    assert min(languages[lang] for lang in LANGUAGES) > 0.15 * sum(languages.values())


def test_most_labels_are_true_some_are_wrong_and_no_list_is_complete(written: list[Page]) -> None:
    wrong, incomplete, drawn = 0, 0, 0
    for plan, artist, labels in written:
        true = {f.concept for f in facts(plan, artist.hand)}
        about_it = [w for w in labels if w.concept not in THEMES and w.concept not in dict(GENERAL)]
        wrong += sum(w.concept not in true for w in about_it)
        drawn += len(about_it)
        incomplete += not true <= {w.concept for w in labels}
    assert 0.005 < wrong / drawn < 0.1
    assert incomplete > 0.95 * len(written)


def test_the_technique_is_rarely_given_away(written: list[Page]) -> None:
    names = {c for own in TECHNIQUES.values() for c in own}
    told = sum(any(w.concept in names for w in labels) for _, _, labels in written)
    assert told < 0.6 * len(written)


def test_the_same_seed_writes_the_same(plans: list[ScenePlan], everyone: tuple[Artist, ...]) -> None:
    first, second = (
        [write_labels(plans[0], a.hand, a.habit, np.random.default_rng(7)) for a in everyone] for _ in range(2)
    )
    assert first == second


def test_there_are_three_artists_a_hand_with_names_of_their_own(everyone: tuple[Artist, ...]) -> None:
    assert Counter(a.hand for a in everyone) == dict.fromkeys(KINDS, EACH)
    assert len({a.name for a in everyone}) == len({a.artist_id for a in everyone}) == len(everyone)
    assert {a.lang for a in everyone} == set(LANGUAGES)
    assert all(abs(sum(a.habit.themes) - 1) < 1e-9 and abs(sum(a.habit.languages) - 1) < 1e-9 for a in everyone)


@pytest.mark.parametrize(
    ("colour", "word"),
    [("#342a3c", "black"), ("#dfe2f0", "white"), ("#c4c8d8", "silver"), ("#d9a441", "blonde"), ("#4f68b8", "blue")],
)
def test_hair_has_the_word_that_people_use(colour: str, word: str) -> None:
    assert colour_word(colour) == word


def test_eyes_have_the_word_that_people_use() -> None:
    assert [eye_word(c) for c in ("#3f8fd8", "#e0a030", "#3f9d6a", "#d8343f")] == ["blue", "golden", "green", "red"]


def test_an_unusual_camera_is_a_fact_of_the_picture(plans: list[ScenePlan]) -> None:
    told = {p.key: {f.concept for f in facts(p, "cel")} for p in plans if p.scene.figures}
    high = {p.key for p in plans if p.scene.figures and p.scene.figures[0].camera > 0.6}
    low = {p.key for p in plans if p.scene.figures and p.scene.figures[0].camera < -0.6}
    level = {p.key for p in plans if p.scene.figures and p.scene.figures[0].camera == 0}
    assert high and low and level
    assert all("from_above" in told[k] and "from_below" not in told[k] for k in high)
    assert all("from_below" in told[k] for k in low)
    assert not any({"from_above", "from_below"} & told[k] for k in level)
