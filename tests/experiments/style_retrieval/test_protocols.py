"""Who asks whom: own content excluded, own hand excluded, kinds, merged hands, folds."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from umair.experiments.style_retrieval.galleries import Gallery
from umair.experiments.style_retrieval.protocols import (
    across_contents,
    content_across_hands,
    merged_hands,
    of_fold,
    same_hand,
    within_kind,
)

Make = Callable[..., Gallery]


def test_across_contents_leaves_out_what_shares_a_content(made_gallery: Make) -> None:
    asked = across_contents(made_gallery(["a", "a", "b", "a"], ["cat", "cat dog", "dog", ""], asked=["a"]))
    assert asked.never.tolist() == [
        [True, True, False, False],
        [True, True, True, False],
        [False, True, True, False],
        [False, False, False, True],
    ]
    assert asked.queries.tolist() == [True, True, False, True] and asked.right[0, 3] and not asked.right[0, 2]


def test_content_across_hands_leaves_out_the_own_hand_and_the_unknown(made_gallery: Make) -> None:
    asked = content_across_hands(made_gallery(["a", "a", "b", "b"], ["cat", "dog", "cat", ""], asked=["a"]))
    assert asked.right[0, 2] and not asked.right[0, 1]
    assert asked.never[0].tolist() == [True, True, False, True]
    assert asked.queries.tolist() == [True, True, True, False], "every hand asks: content was never its secret"


def test_within_kind_compares_icons_with_icons(made_gallery: Make) -> None:
    asked = within_kind(made_gallery(["a", "a", "b"], kinds=["icon", "sprite", "icon"]))
    assert asked.never.tolist() == [[True, True, False], [True, True, True], [False, True, True]]


def test_merged_hands_are_one(made_gallery: Make) -> None:
    names = ["pixel-boy-western", "pixel-boy-prehistoric", "pixel-boy-backgrounds"]
    asked = merged_hands(made_gallery(names))
    assert asked.right[0, 1] and not asked.right[0, 2]
    assert not same_hand(made_gallery(names)).right[0, 1]


def test_a_fold_asks_alone_and_strictly_answers_alone(made_gallery: Make) -> None:
    gallery = made_gallery(["deji", "deji", "egon-icon", "heiyi-damo"])
    loose, strict = (of_fold(same_hand(gallery), gallery, 1, strict=s) for s in (False, True))
    assert loose.queries.tolist() == strict.queries.tolist() == [False, False, True, True]
    assert not loose.never[2, 0] and strict.never[2, 0] and not strict.never[2, 3]
    assert np.array_equal(strict.never, strict.never.T)
