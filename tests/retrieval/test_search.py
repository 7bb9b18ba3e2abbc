"""Search: blends order as their parts do, nothing depends on what is not encoded."""

from __future__ import annotations

import numpy as np
import pytest

from umair.retrieval.search import ContentSpace, StyleSpace, blend, ranks, standardised, unit_rows


@pytest.fixture
def vectors() -> np.ndarray:
    return np.random.default_rng(0).normal(size=(40, 6)).astype(np.float32)


def test_a_picture_is_its_own_nearest_in_both_spaces(vectors: np.ndarray) -> None:
    content = ContentSpace.of(vectors)
    for row in range(len(vectors)):
        assert content.of_row(row).argmax() == row


def test_an_upload_equal_to_a_picture_orders_the_library_as_that_picture_does(vectors: np.ndarray) -> None:
    style, content = StyleSpace.of(vectors), ContentSpace.of(vectors)
    assert (np.argsort(-style.of_vector(vectors[3] * 7)) == np.argsort(-style.of_row(3))).mean() > 0.9
    np.testing.assert_allclose(content.of_vector(vectors[3]), content.of_row(3), atol=1e-5)


def test_illustrations_without_a_picture_change_nothing_between_the_others(vectors: np.ndarray) -> None:
    mixed, present = np.zeros((100, 6), np.float32), np.zeros(100, bool)
    rows = np.random.default_rng(1).choice(100, 40, replace=False)
    mixed[rows], present[rows] = vectors, True
    style, content = StyleSpace.of(mixed, 8, present), ContentSpace.of(mixed, present)
    style_alone, content_alone = StyleSpace.of(vectors, 8), ContentSpace.of(vectors)
    for n in (0, 7):
        np.testing.assert_allclose(style.of_row(rows[n])[rows], style_alone.of_row(n), atol=1e-5)
        np.testing.assert_allclose(content.of_row(rows[n])[rows], content_alone.of_row(n), atol=1e-5)
    brought = np.random.default_rng(2).normal(size=6).astype(np.float32)
    np.testing.assert_allclose(style.of_vector(brought)[rows], style_alone.of_vector(brought), atol=1e-5)
    np.testing.assert_allclose(content.of_vector(brought)[rows], content_alone.of_vector(brought), atol=1e-5)
    assert (content.of_vector(brought)[~present] == 0).all() and (content.vectors[~present] == 0).all()


def test_csls_prefers_a_true_neighbour_to_a_hub_that_is_near_to_everything() -> None:
    around = np.radians(np.arange(0, 360, 36))
    tilt = np.radians(30)
    ring = np.stack([np.sin(tilt) * np.cos(around), np.sin(tilt) * np.sin(around), np.full(10, np.cos(tilt))], 1)
    hub, neighbour = [0, 0, 1], [np.sin(np.radians(63)), 0, np.cos(np.radians(63))]
    vectors = np.vstack([ring, [hub], [neighbour]]).astype(np.float32)
    query, hub_row, neighbour_row = 0, 10, 11
    cosine = vectors @ vectors[query]
    assert cosine[hub_row] > cosine[neighbour_row]
    scored = StyleSpace.of(vectors).of_row(query)
    assert scored[neighbour_row] > scored[hub_row]


def test_the_ends_of_the_slider_are_the_two_spaces(vectors: np.ndarray) -> None:
    a, b = vectors[:, 0], vectors[:, 1]
    assert (blend(a, b, 0.0) == a).all()
    assert (blend(a, b, 1.0) == b).all()


def test_standardised_scores_have_mean_nought_and_spread_one_over_what_is_encoded(
    vectors: np.ndarray,
) -> None:
    present = np.arange(40) % 3 > 0
    score = standardised(vectors[:, 0] * 50 + 7, present)
    assert score[present].mean() == pytest.approx(0, abs=1e-5)
    assert score[present].std() == pytest.approx(1, abs=1e-4)
    assert (score[~present] < score[present].min()).all()


def test_a_constant_score_is_standardised_without_a_division_by_nought() -> None:
    assert np.isfinite(standardised(np.ones(5), np.ones(5, bool))).all()


def test_ranks_begin_at_one_and_are_a_permutation(vectors: np.ndarray) -> None:
    place = ranks(vectors[:, 2])
    assert sorted(place) == list(range(1, 41))
    assert place[vectors[:, 2].argmax()] == 1


def test_a_row_of_zeros_stays_zero() -> None:
    assert (unit_rows(np.zeros((2, 3))) == 0).all()
