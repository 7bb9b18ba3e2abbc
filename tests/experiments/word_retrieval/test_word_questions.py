"""Who is asked for what: planted tables with known answers, and naive loops beside the fast forms."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from planted_words import Dictionary, planted_names

from umair.encoders.names import measurable
from umair.errors import TrainingError
from umair.experiments.word_retrieval.questions import (
    CHARACTERS,
    DIRECTIONS,
    GROUPS,
    NAMES,
    OTHER,
    WORDS,
    ask,
    every_question,
    group_of,
    spelled,
)
from umair.experiments.word_retrieval.ranks import Ranked, apart, intervals, ranked, ranks_of, sums, values_of


def _things(*rows: tuple[str, str | None, str | None, str | None]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=["entity_id", "en", "ja", "zh"], orient="row").with_columns(
        pl.lit("tags").alias("group")
    )


def test_kinds_have_their_groups() -> None:
    asked = ["genshin_character", "pokemon", "pokemon_move", "genshin_food", "scripts", "word_verb", "never heard of"]
    assert [group_of(k) for k in asked] == [CHARACTERS, CHARACTERS, OTHER, OTHER, OTHER, WORDS, OTHER]


def test_machine_translations_and_side_names_are_never_asked() -> None:
    names = planted_names(12)
    worse = names.with_columns(
        pl.when((pl.col("entity_id") == "thing:0") & (pl.col("lang") == "ja"))
        .then(pl.lit("machine"))
        .otherwise("quality")
        .alias("quality"),
        ((pl.col("entity_id") != "thing:1") | (pl.col("lang") != "zh")).alias("is_main"),
    )
    things = spelled(measurable(worse))
    row = {r["entity_id"]: r for r in things.iter_rows(named=True)}
    assert row["thing:0"]["ja"] is None and row["thing:0"]["zh"]
    assert row["thing:1"]["zh"] is None and row["thing:1"]["ja"]
    assert "thing:0" not in ask(things, NAMES, "en-ja").things


def test_things_of_the_same_name_share_a_candidate_and_the_lonely_are_candidates_only() -> None:
    things = _things(
        ("a", "Cat", "猫", None), ("b", "kitten", "猫", None), ("c", "sea", "ＳＥＡ", None), ("d", None, "sea", None)
    )
    questions = ask(things, "tags", "en-ja")
    assert questions.things == ("a", "b", "c")
    assert questions.candidates == ("猫", "ＳＥＡ")
    assert questions.right.tolist() == [0, 0, 1]


def test_the_names_together_are_all_but_words() -> None:
    things = spelled(planted_names(60))
    found = {(q.group, q.direction): q for q in every_question(things)}
    assert set(found) == {(g, d) for g in (NAMES, *GROUPS) for d in DIRECTIONS}
    assert len(found[NAMES, "en-ja"].candidates) == 50
    assert sum(len(found[g, "en-ja"].candidates) for g in GROUPS) == 60


def test_nothing_to_ask_is_said() -> None:
    with pytest.raises(TrainingError, match="names in two languages"):
        list(every_question(spelled(planted_names(5).filter(pl.col("lang") == "en"))))


def test_ties_are_told_against_us() -> None:
    scores = np.array([[0.2, 0.9, 0.9, 0.1], [0.0, 0.0, 0.0, 0.0], [0.5, np.nan, 0.1, 0.4]])
    assert ranks_of(scores, np.array([1, 2, 0])).tolist() == [2, 4, 1]


def test_ranks_are_those_of_a_loop() -> None:
    rng = np.random.default_rng(0)
    scores, right = rng.integers(0, 6, (40, 9)).astype(float), rng.integers(0, 9, 40)
    by_hand = [1 + sum(s >= row[r] for c, s in enumerate(row) if c != r) for row, r in zip(scores, right, strict=True)]
    assert ranks_of(scores, right).tolist() == by_hand


def test_means_are_over_directions_and_not_over_questions() -> None:
    names = planted_names(30)
    things = spelled(names)
    left = things.with_columns(pl.when(pl.int_range(pl.len()) < 20).then(None).otherwise("zh").alias("zh"))
    asked = [ask(left, NAMES, d) for d in ("en-ja", "en-zh")]
    answers = [
        Ranked("", asked[0], np.ones(len(asked[0].things), np.int64)),
        Ranked("", asked[1], np.full(len(asked[1].things), 4)),
    ]
    assert len(asked[0].things) != len(asked[1].things)
    own = sums(answers, sorted({t for q in asked for t in q.things}))
    mean = intervals(own)
    assert mean["R@1"].mean == pytest.approx(0.5) and mean["R@10"].mean == pytest.approx(1.0)
    assert mean["MRR"].mean == pytest.approx((1 + 1 / 4) / 2)
    assert mean["R@1"].low == mean["R@1"].high == pytest.approx(0.5)


def test_resampled_means_are_those_of_a_loop() -> None:
    things = spelled(planted_names(24))
    rng = np.random.default_rng(1)
    answers = [Ranked("", q, rng.integers(1, 20, len(q.things))) for q in (ask(things, NAMES, d) for d in DIRECTIONS)]
    ids = sorted({t for a in answers for t in a.questions.things})
    weights = rng.multinomial(len(ids), np.full(len(ids), 1 / len(ids)), size=3).astype(np.float32)
    fast = sums(answers, ids).means(weights)
    for b in range(3):
        by_direction = []
        for a in answers:
            drawn = np.array([weights[b, ids.index(t)] for t in a.questions.things])
            by_direction.append((values_of(a.ranks) * drawn).sum(1) / drawn.sum())
        np.testing.assert_allclose(fast[b], np.mean(by_direction, axis=0), rtol=1e-5)


def test_what_is_known_is_found_and_the_rest_stands_last() -> None:
    names = planted_names(120)
    things = spelled(names)
    known = {f"thing:{n}" for n in range(0, 120, 2)}
    questions = ask(things, NAMES, "ja-zh")
    found = ranked(Dictionary("half", names, known), questions)
    for thing, rank in zip(questions.things, found.ranks.tolist(), strict=True):
        assert rank == (1 if thing in known else len(questions.candidates))


def test_a_difference_is_paired() -> None:
    """Two contenders that differ by one rank at every thing are surely apart, however much things differ."""
    things = spelled(planted_names(60))
    asked = [ask(things, NAMES, d) for d in DIRECTIONS]
    ids = sorted({t for q in asked for t in q.things})
    hard = [Ranked("", q, np.random.default_rng(2).permutation(len(q.things)) + 2) for q in asked]
    easier = [Ranked("", a.questions, a.ranks - 1) for a in hard]
    gap = apart(sums(easier, ids), sums(hard, ids))
    assert gap["MRR"].low > 0
    assert intervals(sums(easier, ids))["MRR"].low < intervals(sums(hard, ids))["MRR"].high
