"""A training on a log whose running sums are too large for memory reads what it would read from one in memory."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from umair.features import inputs
from umair.library.store import Library
from umair.training.data import RankerData
from umair.training.options import RankerOptions


@pytest.mark.parametrize("instance", ["umair", "paper"])
def test_a_model_reads_the_same_from_a_log_too_large_for_memory(
    instance: str, planted_library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = RankerData.of(planted_library, RankerOptions(instance=instance))
    monkeypatch.setattr(inputs, "IN_MEMORY", 0)
    large = RankerData.of(planted_library, RankerOptions(instance=instance), tmp_path / "sums")
    assert (tmp_path / "sums" / "kept.npy").stat().st_size > 0
    rows = np.random.default_rng(0).permutation(len(data.events))[:200]
    asked = (data.events.user[rows], data.events.item[rows][::-1], data.events.at[rows])
    one, other = data.inputs.rows(*asked), large.inputs.rows(*asked)
    np.testing.assert_allclose(other.facts, one.facts, rtol=1e-4, atol=1e-4)
    for name, interest in one.interests.items():
        np.testing.assert_allclose(other.interests[name], interest, rtol=1e-4, atol=1e-4)
    assert (one.user_fields == other.user_fields).all()
