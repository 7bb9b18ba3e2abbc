"""What counts as spellable: names whose sound or hanzi are shared, and none that are translated."""

from __future__ import annotations

import numpy as np
import pytest

from umair.experiments.word_retrieval.questions import Questions
from umair.experiments.word_retrieval.spelling_alone import (
    BY_CHANCE,
    Spelling,
    calibrated,
    hanzi_shared,
    latin,
    sound_alike,
)

USUAL = Spelling(0.3, 0.0)


@pytest.mark.parametrize(
    ("a", "b"),
    [("Rozen Maiden", "ローゼンメイデン"), ("Charlotte", "夏洛特"), ("accordion", "アコーディオン"), ("LOHEN", "洛恩")],
)
def test_what_sounds_alike_is_spellable(a: str, b: str) -> None:
    assert USUAL.of(a, b) and USUAL.of(b, a)


@pytest.mark.parametrize(("a", "b"), [("red hair", "赤毛"), ("Ninja Slayer", "忍者杀手"), ("君と僕。", "少年同盟")])
def test_what_is_translated_is_not(a: str, b: str) -> None:
    assert not USUAL.of(a, b)


def test_hanzi_agree_in_all_three_forms() -> None:
    assert hanzi_shared("図鑑", "图鉴") == hanzi_shared("圖鑑", "图鉴") == 1.0
    assert hanzi_shared("国際学", "国文") == pytest.approx(1 / 3)


def test_sound_is_a_dice_of_letter_pairs() -> None:
    assert latin("ピカ 1!") == "pika1"
    assert sound_alike("ab", "ac") == pytest.approx(2 * 1 / 6)
    assert sound_alike("ab", "ab") == 1.0 and sound_alike("!", "!") == 0.0
    assert hanzi_shared("abc", "かな") == 0.0


def test_the_threshold_lets_less_than_one_wrong_pair_in_a_hundred_pass() -> None:
    rng = np.random.default_rng(0)
    texts = ["".join(rng.choice(list("abcdef"), 6)) for _ in range(400)]
    questions = Questions("", "en-ja", tuple(texts), tuple(texts), tuple(texts), np.arange(400))
    found = calibrated(questions, pairs=4000)
    assert 0 < found.by_chance < BY_CHANCE
    wrong = [(texts[n], texts[m]) for n, m in rng.integers(0, 400, (4000, 2)) if n != m]
    assert np.mean([found.of(a, b) for a, b in wrong]) < 2 * BY_CHANCE
    lower = Spelling(found.sound - 0.05, 0.0)
    assert np.mean([lower.of(a, b) for a, b in wrong]) > BY_CHANCE / 2
    assert found.each(questions).all()
