"""Contributions beside naive loops over rows (eq. 6-7)."""

from __future__ import annotations

import math

import pytest
import torch
from torch import nn

from umair.errors import TrainingError
from umair.models.registry import parameter_count
from umair.models.umcm import (
    ContributionAttention,
    ContributionMixture,
    ContributionSENet,
    ProjectedAttention,
    contribution,
)

B, J, D = 7, 4, 64


def _rows() -> tuple[torch.Tensor, torch.Tensor]:
    torch.manual_seed(0)
    return torch.randn(B, D) * 0.3, torch.randn(B, J, D)


def test_attention_is_eq_6_and_7_row_by_row() -> None:
    user, modalities = _rows()
    fused, weights = ContributionAttention()(user, modalities)
    for b in range(B):
        a = [sum(float(user[b, d]) * float(modalities[b, j, d]) for d in range(D)) for j in range(J)]
        top = max(a)
        exp = [math.exp(v - top) for v in a]
        alpha = [v / sum(exp) for v in exp]
        assert weights[b].tolist() == pytest.approx(alpha, abs=1e-5)
        for d in range(D):
            assert float(fused[b, d]) == pytest.approx(
                sum(alpha[j] * float(modalities[b, j, d]) for j in range(J)), abs=1e-5
            )


def test_a_row_does_not_attend_over_the_batch() -> None:
    """The bug of the authors' code: every row gets the mean over the users of its batch."""
    user, modalities = _rows()
    alone = torch.cat([ContributionAttention()(user[b : b + 1], modalities[b : b + 1])[0] for b in range(B)])
    torch.testing.assert_close(ContributionAttention()(user, modalities)[0], alone)


def test_senet_squeezes_over_modalities_and_has_table_4s_580_parameters() -> None:
    user, modalities = _rows()
    module = ContributionSENet(D)
    fused, weights = module(user, modalities)
    mean = sum(modalities[:, j] for j in range(J)) / J
    hidden = torch.relu(mean @ module.excite[0].weight.T + module.excite[0].bias)
    gate = torch.sigmoid(hidden @ module.excite[2].weight.T + module.excite[2].bias)
    torch.testing.assert_close(fused, mean * gate)
    torch.testing.assert_close(weights, torch.full((B, J), 0.25))
    assert parameter_count(module) == 580


def test_the_gate_of_the_mixture_is_attention_of_the_user_over_the_experts_answers() -> None:
    user, modalities = _rows()
    torch.manual_seed(1)
    experts = [ProjectedAttention(D) for _ in range(3)]
    fused, weights = ContributionMixture(experts)(user, modalities)
    for b in range(B):
        answers = [e(user[b : b + 1], modalities[b : b + 1]) for e in experts]
        gate = torch.softmax(torch.stack([(user[b] * f[0]).sum() for f, _ in answers]), dim=0)
        torch.testing.assert_close(fused[b], sum(g * f[0] for g, (f, _) in zip(gate, answers, strict=True)))
        torch.testing.assert_close(weights[b], sum(g * w[0] for g, (_, w) in zip(gate, answers, strict=True)))


def test_experts_without_parameters_are_one_function() -> None:
    user, modalities = _rows()
    single, three = ContributionAttention(), contribution("attention", D, experts=3).eval()
    torch.testing.assert_close(single(user, modalities)[0], three(user, modalities)[0])


@pytest.mark.parametrize("kind", ["attention", "senet", "none"])
@pytest.mark.parametrize("form", ["paper", "projected"])
@pytest.mark.parametrize("experts", [1, 3])
def test_weights_sum_to_one(kind: str, form: str, experts: int) -> None:
    module: nn.Module = contribution(kind, D, experts, form).eval()
    _, weights = module(*_rows())
    torch.testing.assert_close(weights.sum(1), torch.ones(B))


def test_a_name_that_is_none_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(TrainingError, match="attention, senet, none"):
        contribution("magic", D)
