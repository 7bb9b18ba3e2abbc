"""Judging: chances are checked on hands that their own curve never saw."""

from __future__ import annotations

import numpy as np
import pytest

from umair.encoders.style import judging
from umair.encoders.style.judging import judge_vectors


def _made(hands: int = 24, each: int = 8, spread: float = 0.9) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(3)
    centres = rng.normal(size=(hands, 12))
    rows = np.repeat(centres, each, 0) + spread * rng.normal(size=(hands * each, 12))
    names = np.repeat([f"hand {n}" for n in range(hands)], each)
    rows = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    return rows, names


def test_chances_told_are_near_to_what_was_so_on_other_hands() -> None:
    rows, hand = _made()
    _, figures = judge_vectors([("made", rows, hand, sorted(set(hand)))])
    bins = figures["reliability"]
    assert isinstance(bins, list)
    assert sum(b["pairs"] for b in bins) == len(rows) * (len(rows) - 1) // 2
    off = sum(b["weight"] * abs(b["told"] - b["was"]) for b in bins)
    assert off < 0.05
    assert bins[-1]["was"] > 0.7 > 0.2 > bins[0]["was"]


def test_no_pair_is_told_by_a_curve_that_saw_its_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    rows, hand = _made()
    fitted: list[int] = []
    whole = judging.fit

    def counted(same: np.ndarray, other: np.ndarray, neighbours: int) -> object:
        fitted.append(len(same) + len(other))
        return whole(same, other, neighbours)

    monkeypatch.setattr(judging, "fit", counted)
    judge_vectors([("made", rows, hand, sorted(set(hand)))])
    assert len(fitted) == 1 + judging.FOLDS
    assert all(count < fitted[0] for count in fitted[1:])
    pairs = judging._pairs(rows @ rows.T, hand, np.zeros((len(rows), len(rows)), bool))
    for fold, count in enumerate(fitted[1:]):
        assert count == int((pairs.folds != fold).all(1).sum())


def test_a_hand_is_always_in_the_same_fold() -> None:
    rows, hand = _made()
    order = np.random.default_rng(0).permutation(len(rows))
    folds = {}
    for kept in (np.arange(len(rows)), order):
        names = hand[kept]
        pairs = judging._pairs(rows[kept] @ rows[kept].T, names, np.zeros((len(kept), len(kept)), bool))
        one, _ = np.triu_indices(len(kept), 1)
        for name, fold in zip(names[one], pairs.folds[:, 0], strict=True):
            assert folds.setdefault(name, fold) == fold
