"""How much each modality counts for a person, from how alike their bookmarks are in it (recipe, 3-4)."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn.functional import softplus

from umair.features.coherence import FLOOR

QUIET = 0.003  # keeps the logarithm of no coherence finite


class UserWeights(nn.Module):
    """alpha_u = softmax_j(beta_j + tau c_uj + (A v_user)_j), c the log of coherence, drawn to eps for few bookmarks.

    v_user (B, d), coherence (B, J), count (B) -> (B, J), rows sum to 1.
    """

    def __init__(self, modalities: int, width: int) -> None:
        super().__init__()
        self.beta = nn.Parameter(torch.zeros(modalities))
        self.tau = nn.Parameter(torch.ones(()))
        self.log_kappa = nn.Parameter(torch.tensor(5.0).log())
        self.eps = nn.Parameter(torch.tensor(-1.5))
        self.from_user = nn.Linear(width, modalities, bias=False)
        nn.init.zeros_(self.from_user.weight)

    def forward(self, user: Tensor, coherence: Tensor, count: Tensor) -> Tensor:
        kappa, n = self.log_kappa.exp(), count.unsqueeze(1)
        drawn = (n * coherence.clamp(min=0) + kappa * softplus(self.eps)) / (n + kappa)
        c = 0.5 * torch.log(drawn + QUIET)
        return torch.softmax(self.beta + self.tau * c + self.from_user(user), dim=1)


class UserScale(nn.Module):
    """How sharply a person chooses, g_u > 0, and how much they bookmark at all, b_u; both (B)."""

    def __init__(self, modalities: int) -> None:
        super().__init__()
        self.log_gain = nn.Parameter(torch.tensor(2.0).log())
        self.bias = nn.Parameter(torch.tensor(-1.0))
        self.personal = nn.Linear(modalities + 2, 2, bias=False)
        nn.init.zeros_(self.personal.weight)

    def forward(self, coherence: Tensor, count: Tensor) -> tuple[Tensor, Tensor]:
        positive = coherence.clamp(min=0)
        share = positive.sqrt() + FLOOR
        share = share / share.sum(1, keepdim=True)
        told = torch.cat([share, positive.sum(1, keepdim=True).sqrt(), log_count(count)], dim=1)
        gain, bias = self.personal(told).unbind(1)
        return torch.exp(self.log_gain + gain), self.bias + bias


def log_count(count: Tensor) -> Tensor:
    """log(1 + n) / 4 as a column: (B) -> (B, 1)."""
    return torch.log1p(count).unsqueeze(1) / 4
