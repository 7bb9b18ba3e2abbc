"""Groups are a partition of the labels; what the glossary joins is one, what it tells apart stays apart."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from umair.retrieval.label_groups import label_groups, written_groups
from umair.retrieval.written import key, language

GLOSSARY = {"sea": "sea", "海": "sea", "うみ": "sea", "night": "night", "夜": "night"}
MEANINGS = {"rain": 0, "雨": 0, "あめ": 0, "moon": 1, "月亮": 1, "ドレス": 2, "dress": 2, "cat": 3}


def encode(texts: Sequence[str]) -> np.ndarray:
    """Vectors that know MEANINGS and a direction of its own for every other text."""
    rows = np.zeros((len(texts), 64), np.float32)
    for row, text in zip(rows, texts, strict=True):
        row[MEANINGS.get(text, 8 + sum(text.encode()) % 56)] = 1
    return rows


def test_the_glossary_comes_first_then_spelling_then_meaning() -> None:
    labels = ["sea", "rain", "海", "SEA", "雨", "あめ", "moon", "月亮", "dress", "ドレス", "cat", "Ｃａｔ"]
    groups, concepts = label_groups(labels, GLOSSARY, encode, 0.9)
    assert {frozenset(g) for g in groups} == {
        frozenset({"sea", "海", "SEA"}),
        frozenset({"rain", "雨", "あめ"}),
        frozenset({"moon", "月亮"}),
        frozenset({"dress", "ドレス"}),
        frozenset({"cat", "Ｃａｔ"}),
    }
    assert concepts[0] == "sea" and set(concepts[1:]) == {None}


LABELS = st.lists(
    st.one_of(st.sampled_from([*GLOSSARY, *MEANINGS, "Sea", "ＲＡＩＮ"]), st.text(min_size=1, max_size=6)), unique=True
)


@given(LABELS, st.sampled_from([0.0, 0.5, 0.9, 1.0]))
def test_every_label_is_in_one_group_and_no_concept_is_torn_or_joined_with_another(
    labels: list[str], least: float
) -> None:
    groups, concepts = label_groups(labels, GLOSSARY, encode, least)
    assert sorted(label for group in groups for label in group) == sorted(labels)
    assert len(concepts) == len(groups)
    for group in groups:
        assert len({GLOSSARY[label] for label in group if label in GLOSSARY}) <= 1
    for concept in set(GLOSSARY.values()):
        assert sum(any(GLOSSARY.get(label) == concept for label in g) for g in groups) <= 1


@given(LABELS)
def test_meaning_joins_only_labels_of_different_languages(labels: list[str]) -> None:
    written = {frozenset(g) for g in written_groups(labels, {})[0]}
    for group in label_groups(labels, {}, encode, 0.5)[0]:
        parts = [w for w in written if w <= set(group)]
        spoken = [{language(label) for label in part} for part in parts]
        assert sum(len(s) for s in spoken) == len(set().union(*spoken))


def test_a_spelling_of_two_concepts_names_neither_for_a_third_one() -> None:
    told = {"クロ": "character/kuro", "くろ": "black"}
    assert label_groups(["クロ", "くろ"], told)[1] == ("character/kuro", "black")
    assert key("ｸﾛ") == key("くろ") and label_groups(["ｸﾛ"], told)[1] == ("character/kuro",)
