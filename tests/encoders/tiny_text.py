"""A text encoder trained in a second, for the tests of whatever reads one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from umair.encoders.pairs import TextPair, across, unique
from umair.encoders.text_training import TextTraining, train_text
from umair.library.runs import RunFolder

CONCEPTS = {
    "night": {"en": ["night", "nighttime"], "ja": ["夜", "よる"], "zh": ["夜晚", "晚上"]},
    "rain": {"en": ["rain", "rainy day"], "ja": ["雨", "あめ"], "zh": ["下雨", "雨天"]},
    "cat_ears": {"en": ["cat ears", "nekomimi"], "ja": ["猫耳", "ねこみみ"], "zh": ["猫耳朵", "貓耳"]},
    "sea": {"en": ["sea", "ocean"], "ja": ["海", "うみ"], "zh": ["大海", "海洋"]},
    "flower": {"en": ["flowers", "blossoms"], "ja": ["花", "お花"], "zh": ["花朵", "鲜花"]},
    "smile": {"en": ["smile", "smiling"], "ja": ["笑顔", "えがお"], "zh": ["微笑", "笑容"]},
    "sword": {"en": ["sword", "blade"], "ja": ["剣", "つるぎ"], "zh": ["长剑", "宝剑"]},
    "city": {"en": ["city", "town"], "ja": ["街", "都会"], "zh": ["城市", "都市"]},
}
CHOICES = TextTraining(dimension=32, vocabulary=600, epochs=40, batch=8, scale=10.0, held_out=0.0)


def tiny_pairs() -> list[TextPair]:
    """About a hundred pairs: eight concepts in three languages, and one of each further sub-type."""
    told = [pair for names in CONCEPTS.values() for pair in across(names, "test")]
    told += [
        TextPair("series-character", "Tidebound's character", "Mio", "en", "en", "test"),
        TextPair("character-character", "Mio's friend", "Suzu", "en", "en", "test"),
        TextPair("name-introduction", "Tidebound", "a city under the sea", "en", "en", "test"),
        TextPair("setting-meaning", "night", "the time when the sun is away", "en", "en", "test"),
    ]
    return unique(told)


@pytest.fixture(scope="session")
def tiny_static_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same of byte-pair pieces: a folder that sentence-transformers opens without us."""
    run = RunFolder.create(tmp_path_factory.mktemp("static"), "text", {})
    return train_text(tiny_pairs(), run, replace(CHOICES, form="bpe", learning_rate=0.02))


@pytest.fixture(scope="session")
def tiny_text_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a SentenceTransformer that knows the eight concepts."""
    run = RunFolder.create(tmp_path_factory.mktemp("text"), "text", {})
    return train_text(tiny_pairs(), run, CHOICES)
