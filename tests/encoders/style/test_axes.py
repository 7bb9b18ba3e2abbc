"""Named directions: found where they were planted, not earned where nothing is, and moved along."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from umair.encoders.style.axes import (
    EARNED,
    Direction,
    fit_directions,
    leading_axes,
    load_directions,
    offered,
    save_directions,
    steered,
)
from umair.errors import EncoderError

NAMES = ("grain", "saturation", "chance")


def _planted(n: int = 400, width: int = 12) -> tuple[np.ndarray, np.ndarray, list[str]]:
    rng = np.random.default_rng(5)
    vectors = rng.normal(size=(n, width)) * np.linspace(2, 0.5, width)
    measures = np.stack([np.exp(vectors[:, 0]), vectors[:, 3] + 0.3 * rng.normal(size=n), rng.normal(size=n)], 1)
    return vectors, measures, [f"hand {k % 25}" for k in range(n)]


def test_a_planted_direction_is_found_and_earns_its_name() -> None:
    grain, saturation, chance = fit_directions(*_planted(), NAMES)
    assert grain.earned and abs(np.array(grain.direction)[0]) > 0.9
    assert saturation.earned and abs(np.array(saturation.direction)[3]) > 0.7
    assert not chance.earned and abs(chance.correlation) < 0.3 < EARNED


def test_the_correlation_is_that_of_hands_left_out() -> None:
    rng = np.random.default_rng(1)
    hands = [f"hand {k // 10}" for k in range(200)]
    own = rng.normal(size=(20, 40)).repeat(10, 0)  # every hand has a place of its own, far from all others
    measure = rng.normal(size=20).repeat(10)[:, None]  # and a measure that follows nothing else
    (found,) = fit_directions(own, measure, hands, ("grain",))
    assert found.correlation < 0.4


def test_leading_axes_are_named_by_what_they_follow() -> None:
    vectors, measures, _ = _planted()
    first = leading_axes(vectors, measures, NAMES)[0]
    assert (first.measure, first.correlation > 0.8) == ("grain", True)
    assert 0.1 < first.share < 0.6


def test_steering_moves_along_the_direction_and_keeps_the_length() -> None:
    axis = Direction("grain", 0.9, 0.5, (0.0, 1.0, 0.0))
    start = np.array([1.0, 0.0, 0.0], np.float32)
    more, less = steered(start, (axis,), ["grainier"]), steered(start, (axis,), ["smoother"])
    assert more[1] > 0.5 > -0.5 > less[1]
    np.testing.assert_allclose([np.linalg.norm(more), np.linalg.norm(less)], 1.0, rtol=1e-6)
    np.testing.assert_allclose(steered(start, (axis,), []), start)


def test_only_what_earned_its_name_can_be_asked_for() -> None:
    axes = (Direction("grain", 0.9, 0.5, (0.0, 1.0)), Direction("saturation", EARNED - 0.01, 0.5, (1.0, 0.0)))
    assert offered(axes) == ("smoother", "grainier")
    with pytest.raises(EncoderError, match="Possible: smoother, grainier"):
        steered(np.array([1.0, 0.0]), axes, ["more muted"])


def test_what_is_saved_is_read_again_and_an_older_folder_has_none(tmp_path: Path) -> None:
    assert load_directions(tmp_path) == ((), ())
    found, leading = fit_directions(*_planted(), NAMES), leading_axes(*_planted()[:2], NAMES)
    save_directions(tmp_path, found, leading)
    assert load_directions(tmp_path) == (found, leading)


def test_too_few_pictures_name_nothing() -> None:
    vectors, measures, hands = _planted(19)
    assert fit_directions(vectors, measures, hands, NAMES) == ()
