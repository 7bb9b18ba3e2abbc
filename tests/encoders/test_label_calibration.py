"""The Platt map finds planted numbers again, keeps order, survives perfect scores, and loads as it was saved."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from umair.encoders.label_calibration import (
    FILE,
    LabelCalibration,
    expected_calibration_error,
    fit_calibration,
    load_calibration,
    save_calibration,
    sigmoid,
)
from umair.errors import EncoderError


def planted(slope: float, offset: float, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    logits = rng.normal(size=(400, 50))
    return logits, rng.random(logits.shape) < sigmoid(slope * logits + offset)


def test_a_planted_map_is_found_again_and_mends_the_error() -> None:
    logits, right = planted(2.0, -3.0)
    found = fit_calibration(logits, right)
    assert (
        found is not None and found.slope == pytest.approx(2, abs=0.15) and found.offset == pytest.approx(-3, abs=0.2)
    )
    assert (found.pictures, found.pairs, found.right) == (400, 20_000, int(right.sum()))
    fresh, truth = planted(2.0, -3.0, seed=1)
    assert expected_calibration_error(found(fresh), truth) < 0.01 < expected_calibration_error(sigmoid(fresh), truth)


def test_shift_and_scale_of_the_scores_change_no_probability() -> None:
    logits, right = planted(1.5, -1.0)
    one, other = fit_calibration(logits, right), fit_calibration(40 * logits + 300, right)
    assert one is not None and other is not None
    np.testing.assert_allclose(one(logits), other(40 * logits + 300), atol=2e-3)


def test_perfect_scores_stay_finite_and_misleading_ones_turn_no_order_round() -> None:
    scores, right = np.array([[-4.0, -3.0, 3.0, 4.0]]), np.array([[False, False, True, True]])
    perfect, against = fit_calibration(scores, right), fit_calibration(-scores, right)
    assert perfect is not None and 0.5 < perfect(np.array(4.0)) < 1
    assert against is not None and against.slope == 0.0


@pytest.mark.parametrize("right", [np.zeros((2, 3)), np.ones((2, 3)), np.zeros((0, 3))])
def test_nothing_to_learn_from_gives_no_map(right: np.ndarray) -> None:
    assert fit_calibration(np.zeros(right.shape), right) is None


def test_error_by_hand() -> None:
    p, right = np.array([0.1, 0.1, 0.9, 0.9]), np.array([False, True, True, True])
    assert expected_calibration_error(p, right, bins=2) == pytest.approx((2 * 0.4 + 2 * 0.1) / 4)
    assert expected_calibration_error(np.array([1.0]), np.array([True])) == 0.0


def test_saved_is_loaded_absent_is_none_damaged_is_told(tmp_path: Path) -> None:
    assert load_calibration(tmp_path) is None
    kept = LabelCalibration(1.25, -2.5, 3, 30, 4)
    save_calibration(tmp_path, kept)
    assert load_calibration(tmp_path) == kept
    (tmp_path / FILE).write_text('{"slope": 1}')
    with pytest.raises(EncoderError, match="offset"):
        load_calibration(tmp_path)
