"""How much each modality counts: the paper's user-aware contribution measurement and its variants (2.4).

Every contribution: user_vector (B, d), modalities (B, J, d) -> fused (B, d), weights (B, J) that sum to 1.
A row's result depends on that row alone.
Deviation: the authors' code gives Keras a query of rank 2, which attends over the batch; we follow the equations.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from umair.errors import TrainingError

REDUCTION = 16  # of the squeeze and excitation


class ContributionAttention(nn.Module):
    """eq. 6-7: a_j = <v_user, e_j>, alpha = softmax_j(a), v_il = sum_j alpha_j e_j. No parameters."""

    def forward(self, user_vector: Tensor, modalities: Tensor) -> tuple[Tensor, Tensor]:
        weights = torch.softmax(torch.einsum("bd,bjd->bj", user_vector, modalities), dim=1)
        return torch.einsum("bj,bjd->bd", weights, modalities), weights


class ProjectedAttention(nn.Module):
    """The same over learnt projections of both sides, scaled by 1 / sqrt(d), so that experts can differ.

    Deviation: the paper's experts have no parameters and are one and the same function.
    """

    def __init__(self, width: int) -> None:
        super().__init__()
        self.query, self.key = nn.Linear(width, width, bias=False), nn.Linear(width, width, bias=False)

    def forward(self, user_vector: Tensor, modalities: Tensor) -> tuple[Tensor, Tensor]:
        match_ = torch.einsum("bd,bjd->bj", self.query(user_vector), self.key(modalities))
        weights = torch.softmax(match_ / user_vector.shape[1] ** 0.5, dim=1)
        return torch.einsum("bj,bjd->bd", weights, modalities), weights


class ContributionSENet(nn.Module):
    """Squeeze and excitation over the d channels: mean over modalities, d -> d / 16 -> d, sigmoid; then their mean.

    It weighs channels, not modalities: the weights it gives back are equal.
    """

    def __init__(self, width: int) -> None:
        super().__init__()
        small = max(width // REDUCTION, 1)
        self.excite = nn.Sequential(nn.Linear(width, small), nn.ReLU(), nn.Linear(small, width), nn.Sigmoid())

    def forward(self, user_vector: Tensor, modalities: Tensor) -> tuple[Tensor, Tensor]:
        mean = modalities.mean(1)
        return mean * self.excite(mean), _equal(modalities)


class NoContribution(nn.Module):
    """The plain mean: every modality counts alike."""

    def forward(self, user_vector: Tensor, modalities: Tensor) -> tuple[Tensor, Tensor]:
        return modalities.mean(1), _equal(modalities)


class ContributionMixture(nn.Module):
    """Parallel experts and a dot-product gate: g = softmax_k(<v_user, f_k>), fused = sum_k g_k f_k (2.4).

    Parameter-free experts are the same function: `dropout` on what each sees is all that can tell them apart.
    """

    def __init__(self, experts: Sequence[nn.Module], dropout: float = 0.0) -> None:
        super().__init__()
        self.experts, self.dropout = nn.ModuleList(experts), nn.Dropout(dropout)

    def forward(self, user_vector: Tensor, modalities: Tensor) -> tuple[Tensor, Tensor]:
        answers = [expert(user_vector, self.dropout(modalities)) for expert in self.experts]
        fused = torch.stack([f for f, _ in answers], dim=1)
        gate = torch.softmax(torch.einsum("bd,bkd->bk", user_vector, fused), dim=1)
        weights = torch.stack([w for _, w in answers], dim=1)
        return torch.einsum("bk,bkd->bd", gate, fused), torch.einsum("bk,bkj->bj", gate, weights)


CONTRIBUTIONS = ("attention", "senet", "none")
EXPERTS = ("paper", "projected")


def contribution(kind: str, width: int, experts: int = 1, form: str = "paper", dropout: float = 0.0) -> nn.Module:
    """One contribution by name, or a mixture of so many; TrainingError lists the names."""
    makers = {
        ("attention", "paper"): ContributionAttention,
        ("attention", "projected"): lambda: ProjectedAttention(width),
        ("senet", "paper"): lambda: ContributionSENet(width),
        ("senet", "projected"): lambda: ContributionSENet(width),
        ("none", "paper"): NoContribution,
        ("none", "projected"): NoContribution,
    }
    make = makers.get((kind, form))
    if make is None or experts < 1:
        raise TrainingError(
            f"There is no contribution {kind!r} with {experts} {form!r} experts. "
            f"Choose {', '.join(CONTRIBUTIONS)}, one expert or more, {' or '.join(EXPERTS)}."
        )
    return make() if experts == 1 or kind == "none" else ContributionMixture([make() for _ in range(experts)], dropout)


def _equal(modalities: Tensor) -> Tensor:
    return modalities.new_full(modalities.shape[:2], 1.0 / modalities.shape[1])
