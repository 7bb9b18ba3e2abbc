"""CSLS against its definition, and what it is for: a dense crowd no longer outranks a loose hand."""

from __future__ import annotations

import numpy as np
import pytest

from umair.encoders.style.csls import LEAST, csls, local_scale, local_scale_of, neighbours

RNG = np.random.default_rng(2)


def unit(matrix: np.ndarray) -> np.ndarray:
    return (matrix / np.linalg.norm(matrix, axis=1, keepdims=True)).astype(np.float32)


@pytest.mark.parametrize(("k", "taken"), [(1, 1), (3, 3), (50, LEAST)])
def test_local_scale_is_the_mean_cosine_to_the_nearest_others(k: int, taken: int) -> None:
    rows = unit(RNG.normal(size=(12, 5)))
    for n, found in enumerate(local_scale(rows, k)):
        others = sorted((float(rows[n] @ rows[m]) for m in range(12) if m != n), reverse=True)
        assert found == pytest.approx(np.mean(others[:taken]), abs=1e-5)


def test_a_small_library_takes_a_tenth_but_not_too_few() -> None:
    assert [neighbours(n) for n in (0, 1, 5, 40, 300, 800, 2_000_000)] == [0, 0, 4, 10, 30, 80, 80]


def test_blocks_of_rows_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = unit(RNG.normal(size=(40, 6)))
    whole = local_scale(rows, 5)
    monkeypatch.setattr("umair.encoders.style.csls.ROWS_AT_ONCE", 7)
    np.testing.assert_allclose(local_scale(rows, 5), whole, atol=1e-6)


def test_a_query_from_outside_gets_its_own_scale() -> None:
    rows, query = unit(RNG.normal(size=(9, 4))), unit(RNG.normal(size=(2, 4)))
    cosine = query @ rows.T
    np.testing.assert_allclose(local_scale_of(query, rows, 3), np.sort(cosine)[:, -3:].mean(1), atol=1e-6)


def test_one_query_and_many_agree() -> None:
    cosine, own, items = RNG.normal(size=(3, 5)), RNG.normal(size=3), RNG.normal(size=5)
    many = csls(cosine, own, items)
    for n in range(3):
        np.testing.assert_allclose(csls(cosine[n], float(own[n]), items), many[n], atol=1e-5)
    assert many[1, 2] == pytest.approx(2 * cosine[1, 2] - own[1] - items[2], abs=1e-5)


def test_a_crowd_loses_its_lead_over_a_loose_hand() -> None:
    crowd = unit(np.array([1.0, 0, 0]) + 0.05 * RNG.normal(size=(30, 3)))
    loose = unit(np.array([0, 0, 1.0]) + 0.45 * RNG.normal(size=(6, 3)))
    rows = np.concatenate([crowd, loose])
    hand = np.repeat(np.arange(16), [2] * 15 + [6])  # the crowd is fifteen hands of two pictures
    scale, upper = local_scale(rows, 5), np.triu_indices(len(rows), 1)
    same = (hand[:, None] == hand)[upper]

    def auc(score: np.ndarray) -> float:
        return float((score[same][:, None] > score[~same]).mean())

    cosine = rows @ rows.T
    assert auc(csls(cosine, scale, scale)[upper]) > auc(cosine[upper]) + 0.05


def test_libraries_of_one_or_no_picture_have_no_neighbours() -> None:
    assert local_scale(np.ones((1, 3), np.float32)).tolist() == [0]
    assert local_scale(np.zeros((0, 3), np.float32)).shape == (0,)
