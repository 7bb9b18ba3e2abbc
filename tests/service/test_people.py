"""People: weights are weights, who follows the hand is told from who follows the subject, bookmarks stay out."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from umair.errors import SearchError
from umair.features.schema import MODALITIES
from umair.library.store import Library
from umair.service.browse import dislike, like
from umair.service.people import people, person, person_from_picks, pick_from, recommend, tellers
from umair.service.you import YOU

BY_SUBJECT, BY_HAND = "u00", "u01"  # users 0, 2, 4 … bookmark a subject, users 1, 3, 5 … a hand


def _bookmarks(lib: Library, user: str) -> set[str]:
    log = lib.interactions()
    return set(log.filter(pl.col("user_id") == user)["item_id"].to_list())


def test_everyone_with_bookmarks_is_listed_and_can_be_searched(encoded_library: Library) -> None:
    assert len(people(encoded_library)) == 30
    assert [p.user_id for p in people(encoded_library, "user 7")] == ["u07"]
    assert people(encoded_library)[0].bookmarks == 10


def test_weights_sum_to_one_and_lie_within_their_interval(encoded_library: Library) -> None:
    found = person(encoded_library, BY_HAND)
    assert set(found.weights) == set(MODALITIES)
    assert sum(found.weights.values()) == pytest.approx(1)
    for modality in MODALITIES:
        assert found.low[modality] <= found.weights[modality] <= found.high[modality]


def test_who_follows_a_hand_has_more_style_than_who_follows_a_subject(encoded_library: Library) -> None:
    style = {
        u: np.mean([person(encoded_library, f"u{n:02d}").weights["style"] for n in range(u, 12, 2)]) for u in (0, 1)
    }
    assert style[1] > style[0] + 0.05


def test_ten_bookmarks_are_too_few_to_be_sure_and_it_is_said(encoded_library: Library) -> None:
    found = person(encoded_library, BY_HAND)
    assert not found.known
    assert found.main is None
    assert found.sentence.startswith("Not known yet")


def test_every_bookmark_has_its_own_weights_and_a_place_among_the_telling(encoded_library: Library) -> None:
    found = person(encoded_library, BY_HAND)
    assert found.pair_weights.shape == (10, 4)
    np.testing.assert_allclose(found.pair_weights.sum(1), 1, atol=1e-5)
    own = {t.item_id for t in found.bookmarked}
    assert own == _bookmarks(encoded_library, BY_HAND)
    assert all(len(told) == 3 for told in found.telling.values())
    assert {t.item_id for told in found.telling.values() for t, _ in told} <= own


def test_a_library_without_planted_truth_shows_none(encoded_library: Library) -> None:
    assert person(encoded_library, BY_HAND).planted is None


def test_planted_truth_is_shown_where_there_is_one(encoded_library: Library) -> None:
    (encoded_library.path / "truth").mkdir()
    truth = {"user_id": [BY_HAND], "label_text": [0.1], "semantic": [0.2], "style": [0.6], "metadata": [0.1]}
    pl.DataFrame(truth).write_parquet(encoded_library.path / "truth" / "users.parquet")
    assert person(encoded_library, BY_HAND).planted["style"] == 0.6


def test_nothing_already_bookmarked_is_recommended(encoded_library: Library) -> None:
    found = recommend(encoded_library, BY_SUBJECT, n=99)
    shown = {r.tile.item_id for r in found}
    assert shown
    assert not shown & _bookmarks(encoded_library, BY_SUBJECT)
    for one in found:
        assert 0 <= one.probability <= 1
        assert sum(one.weights.values()) == pytest.approx(1, abs=1e-5)
        assert one.why


def test_what_if_moves_the_order_towards_what_is_asked(encoded_library: Library) -> None:
    picks = ("p00", "p12", "p02")  # hand 0; subjects 0, 0, 2
    only = {m: float(m == "style") for m in MODALITIES}
    by_style = recommend(encoded_library, picks, weights=only, n=3)
    assert {int(r.tile.item_id[1:]) // 3 % 4 for r in by_style} == {0}


def test_a_bookmark_taken_away_can_be_recommended_again_never_the_others(encoded_library: Library) -> None:
    gone = sorted(_bookmarks(encoded_library, BY_SUBJECT))[0]
    shown = {r.tile.item_id for r in recommend(encoded_library, BY_SUBJECT, n=99, without=(gone,))}
    assert not shown & _bookmarks(encoded_library, BY_SUBJECT)


def test_you_are_made_of_your_likes_and_your_dislikes_stay_away(encoded_library: Library) -> None:
    for item in ("p00", "p01", "p02", "p12", "p13"):
        like(encoded_library, item, True)
    dislike(encoded_library, "p14", True)
    found = person(encoded_library, YOU)
    assert (found.name, found.bookmarks) == ("You", 5)
    assert "p14" not in {r.tile.item_id for r in recommend(encoded_library, YOU, n=99)}


def test_what_you_dislike_counts_in_your_weights(encoded_library: Library) -> None:
    """Circles are liked whatever the hand; disliking other subjects by the same hands says content once more."""
    for item in ("p00", "p03", "p06", "p09", "p12"):
        like(encoded_library, item, True)
    before = person(encoded_library, YOU).weights
    for item in ("p01", "p04", "p07", "p10", "p13", "p16"):
        dislike(encoded_library, item, True)
    after = person(encoded_library, YOU).weights
    content = ("label_text", "semantic")
    assert sum(after[m] for m in content) > sum(before[m] for m in content) + 0.01


def test_a_person_made_of_nothing_is_not_known(encoded_library: Library) -> None:
    found = person_from_picks(encoded_library, ())
    assert not found.known
    assert found.bookmarks == 0


def test_pictures_to_pick_from_are_new_each_round_and_of_several_hands(encoded_library: Library) -> None:
    first = pick_from(encoded_library, (), n=8)
    assert len({t.item_id for t in first}) == 8
    assert len({t.artist for t in first}) == 4
    picked = tuple(t.item_id for t in first[:3])
    assert not set(picked) & {t.item_id for t in pick_from(encoded_library, picked, n=8)}


def test_an_unknown_person_is_an_error_that_says_so(encoded_library: Library) -> None:
    with pytest.raises(SearchError, match="u99"):
        person(encoded_library, "u99")


def test_tellers_need_people_with_enough_bookmarks(encoded_library: Library) -> None:
    assert tellers(encoded_library) == {}
