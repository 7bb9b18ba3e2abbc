"""What the head is learnt by: the loss against a naive loop, LDA on hands that are planted, training that resumes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from umair.encoders.style.components import principal
from umair.encoders.style.hand_table import HandTable, joined
from umair.encoders.style.lda import fit_lda
from umair.encoders.style.perceptron import Source, train_perceptron
from umair.encoders.style.retrieval import pair_auc, pair_scores, retrieval
from umair.encoders.style.supervised_contrastive import supervised_contrastive
from umair.errors import TrainingError


def test_the_loss_is_the_one_of_the_paper() -> None:
    torch.manual_seed(0)
    z = torch.nn.functional.normalize(torch.randn(7, 4), dim=1)
    groups, t = torch.tensor([0, 0, 1, 1, 1, 2, 0]), 0.2
    losses = []
    for i in range(7):
        positives = [p for p in range(7) if p != i and groups[p] == groups[i]]
        if not positives:
            continue
        below = sum(np.exp(float(z[i] @ z[a]) / t) for a in range(7) if a != i)
        losses.append(np.mean([-np.log(np.exp(float(z[i] @ z[p]) / t) / below) for p in positives]))
    assert float(supervised_contrastive(z, groups, t)) == pytest.approx(np.mean(losses), rel=1e-4)
    assert float(supervised_contrastive(z, torch.arange(7))) == 0


def test_lda_finds_the_directions_in_which_hands_differ() -> None:
    rng = np.random.default_rng(0)
    hand = np.repeat(np.arange(12), 20)
    rows = rng.normal(size=(240, 40))
    rows[:, :3] = rng.normal(size=(12, 3))[hand] + 0.2 * rows[:, :3]  # hands differ here
    rows[:, 3:6] *= 5  # loud, but says nothing about hands
    found = fit_lda(rows.astype(np.float32), hand, np.ones(40))
    strength = np.abs(found.directions[:, :3]).sum(1) * rows.std(0)
    assert set(np.argsort(-strength)[:3]) == {0, 1, 2}
    with pytest.raises(TrainingError, match="three hands"):
        fit_lda(rows[:20].astype(np.float32), hand[:20], np.ones(40))


def test_components_are_the_same_from_few_and_from_many_pictures() -> None:
    rows = np.random.default_rng(4).normal(size=(30, 50))
    rows -= rows.mean(0)
    values, vectors = principal(rows, 10)
    whole, directions = np.linalg.eigh(rows.T @ rows / 30)
    np.testing.assert_allclose(values, whole[::-1][:10], rtol=1e-6)
    np.testing.assert_allclose(np.abs((vectors * directions[:, ::-1][:, :10]).sum(0)), 1, atol=1e-6)
    assert principal(np.tile(rows, (2, 1)), 99)[1].shape[1] <= 50


def test_training_brings_a_hand_together_and_resumes_to_the_same_numbers(
    tmp_path: Path, painted_table: HandTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("umair.encoders.style.perceptron.EVERY", 4)
    table = HandTable(
        ((painted_table.statistics - painted_table.statistics.mean(0)) / (painted_table.statistics.std(0) + 1e-3)).clip(
            -5, 5
        ),
        painted_table.hand,
        painted_table.contents,
    )
    sources = [Source(table, 8)]
    losses: list[float] = []

    def note(_: int, loss: float) -> bool:
        losses.append(loss)
        return False

    whole = train_perceptron(sources, 1, 16, tmp_path / "whole", note)
    assert whole is not None and losses[-1] < losses[0]
    stopped = train_perceptron(sources, 1, 16, tmp_path / "parts", lambda step, _: step >= 8)
    assert stopped is None and (tmp_path / "parts").exists()
    resumed = train_perceptron(sources, 1, 16, tmp_path / "parts", lambda *_: False)
    assert resumed is not None
    for name, tensor in whole.tensors().items():
        np.testing.assert_allclose(tensor, resumed.tensors()[name], atol=1e-5)


def test_retrieval_measures_agree_with_their_definitions() -> None:
    hand = np.array(["a", "a", "b", "b", "c"])
    likeness = np.array(
        [[9, 1, 5, 0, 0], [1, 9, 0, 2, 0], [5, 0, 9, 3, 0], [0, 2, 3, 9, 0], [0, 0, 0, 0, 9]], dtype=float
    )
    found = retrieval(likeness, hand)
    assert found["r1"] == pytest.approx(1 / 4)  # only the last b finds its other first
    assert found["map"] == pytest.approx(np.mean([1 / 2, 1 / 2, 1 / 2, 1]))
    same, other = pair_scores(likeness, hand)
    naive = np.mean([(s > o) + 0.5 * (s == o) for s in same for o in other])
    assert found["auc"] == pytest.approx(naive) == pytest.approx(pair_auc(same, other))


def test_excluded_pairs_are_never_compared() -> None:
    hand, likeness = np.array(["a", "a", "b"]), np.array([[0, 1, 5], [1, 0, 0], [5, 0, 0]], float)
    never = np.zeros((3, 3), bool)
    never[0, 2] = never[2, 0] = True
    assert retrieval(likeness, hand, never)["r1"] == 1.0 and retrieval(likeness, hand)["r1"] == 0.5


def test_a_table_survives_the_disk_and_joins(tmp_path: Path, painted_table: HandTable) -> None:
    painted_table.save(tmp_path / "t.npz")
    again = HandTable.load(tmp_path / "t.npz")
    np.testing.assert_array_equal(again.statistics, painted_table.statistics)
    assert again.contents == painted_table.contents and again.hands == painted_table.hands
    both = joined([again.of_hands(["hand 1"]), again.without_hands(["hand 1"])])
    assert len(both) == 32 and both.hand[0] == "hand 1" and both.contents[0] == again.contents[4]
