"""The chance of one hand: recovered where it is planted, honest by tenths, refused without pairs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from umair.encoders.style.calibration import PRIOR, Calibration, _rising, fit, reliability
from umair.errors import EncoderError

RNG = np.random.default_rng(8)


def test_a_planted_chance_is_found_again() -> None:
    score = RNG.normal(0, 1, 80_000)
    truth = RNG.random(80_000) < 1 / (1 + np.exp(-(3.0 * score - 4.0)))
    found = fit(score[truth], score[~truth], neighbours=10)
    shift = np.log(PRIOR / (1 - PRIOR)) - np.log(truth.mean() / (1 - truth.mean()))
    asked = np.linspace(0.5, 2.0, 7)
    planted = 1 / (1 + np.exp(-(3.0 * asked - 4.0 + shift)))
    np.testing.assert_allclose(found.probability(asked), planted, atol=0.06)
    assert (found.pairs, found.same) == (80_000, int(truth.sum()))


def test_what_is_told_is_what_was_so_whatever_the_shape() -> None:
    same = np.concatenate([RNG.normal(1, 0.6, 3_000), RNG.normal(-0.2, 0.2, 2_000)])
    other = np.concatenate([RNG.normal(-1, 0.6, 30_000), RNG.normal(-0.1, 0.1, 9_000)])
    fresh_same, fresh_other = RNG.permutation(same)[:2_500], RNG.permutation(other)[:20_000]
    found = fit(same, other, 10)
    truth = np.repeat([True, False], [len(fresh_same), len(fresh_other)])
    for row in reliability(found.probability(np.concatenate([fresh_same, fresh_other])), truth):
        if row.pairs > 300:
            assert row.told == pytest.approx(row.was, abs=0.08)


def test_it_rises_with_the_score_and_a_match_is_from_the_threshold_on() -> None:
    found = fit(RNG.normal(1, 1, 500), RNG.normal(-1, 1, 500), 10)
    chance = found.probability(np.linspace(-99, 99, 50))
    assert (np.diff(chance) >= 0).all() and chance[0] < 0.02 and chance[-1] > 0.9
    assert (np.diff(found.scores) > 0).all() and (np.diff(found.chances) > 0).all()
    assert found.is_match(np.array([found.threshold - 0.01, found.threshold])).tolist() == [False, True]


def test_separable_and_few_pairs_give_finite_chances() -> None:
    for same, other in ((np.ones(50), -np.ones(50)), (np.array([0.3]), np.array([0.1, 0.5]))):
        chance = fit(same, other, 10).probability(np.array([-5.0, 0.0, 5.0]))
        assert np.isfinite(chance).all() and (chance > 0).all() and (chance < 1).all()


def test_pooling_is_the_nearest_rising_sequence() -> None:
    np.testing.assert_allclose(
        _rising(np.array([0.1, 0.5, 0.3, 0.9]), np.array([1.0, 1, 3, 1])), [0.1, 0.35, 0.35, 0.9]
    )
    np.testing.assert_allclose(_rising(np.array([3.0, 2, 1]), np.ones(3)), [2, 2, 2])


def test_it_survives_the_disk_and_says_what_is_missing(tmp_path: Path) -> None:
    found = fit(RNG.normal(1, 1, 50), RNG.normal(-1, 1, 50), 10)
    found.save(tmp_path)
    assert Calibration.load(tmp_path) == found
    with pytest.raises(EncoderError, match=r"calibration\.json"):
        Calibration.load(tmp_path / "nowhere")
    with pytest.raises(EncoderError, match="held-out pairs"):
        fit(np.zeros(0), np.ones(3), 10)
