"""The chance of one hand: recovered where it is planted, honest by tenths, refused without pairs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from umair.encoders.style.calibration import PRIOR, Calibration, fit, reliability
from umair.errors import EncoderError

RNG = np.random.default_rng(8)


def test_a_planted_logistic_is_found_again() -> None:
    score = RNG.normal(0, 1, 40_000)
    truth = RNG.random(40_000) < 1 / (1 + np.exp(-(3.0 * score - 4.0)))
    found = fit(score[truth], score[~truth], neighbours=10)
    shift = np.log(PRIOR / (1 - PRIOR)) - np.log(truth.mean() / (1 - truth.mean()))
    assert found.slope == pytest.approx(3.0, rel=0.05)
    assert found.intercept == pytest.approx(-4.0 + shift, abs=0.15)
    assert (found.pairs, found.same) == (40_000, int(truth.sum()))


def test_what_is_told_is_what_was_so() -> None:
    same, other = RNG.normal(1, 0.6, 3_000), RNG.normal(-0.5, 0.6, 30_000)
    found = fit(same, other, 10)
    score, truth = np.concatenate([same, other]), np.repeat([True, False], [3_000, 30_000])
    for row in reliability(found, score, truth):
        if row["pairs"] > 300:
            assert row["told"] == pytest.approx(row["was"], abs=0.06)


def test_it_rises_with_the_score_and_a_match_is_from_the_threshold_on() -> None:
    found = fit(RNG.normal(1, 1, 500), RNG.normal(-1, 1, 500), 10)
    chance = found.probability(np.linspace(-99, 99, 50))
    assert (np.diff(chance) >= 0).all() and chance[0] < 0.01 and chance[-1] > 0.99
    assert found.is_match(np.array([found.threshold - 0.01, found.threshold])).tolist() == [False, True]


def test_separable_scores_do_not_run_away() -> None:
    found = fit(np.ones(50), -np.ones(50), 10)
    assert np.isfinite([found.slope, found.intercept]).all()


def test_it_survives_the_disk_and_says_what_is_missing(tmp_path: Path) -> None:
    found = fit(RNG.normal(1, 1, 50), RNG.normal(-1, 1, 50), 10)
    found.save(tmp_path)
    assert Calibration.load(tmp_path) == found
    with pytest.raises(EncoderError, match=r"calibration\.json"):
        Calibration.load(tmp_path / "nowhere")
    with pytest.raises(EncoderError, match="held-out pairs"):
        fit(np.zeros(0), np.ones(3), 10)
