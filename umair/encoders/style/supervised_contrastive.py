"""Supervised contrastive loss: pictures of one hand draw together, all others of the batch push apart.

Khosla et al., arXiv:2004.11362, L_out: for each i, the mean over its positives p of
-log( exp(z_i . z_p / t) / sum over a != i of exp(z_i . z_a / t) ); the mean over all i that have a positive.
"""

from __future__ import annotations

import torch
from torch import Tensor

TEMPERATURE = 0.1


def supervised_contrastive(rows: Tensor, groups: Tensor, temperature: float = TEMPERATURE) -> Tensor:
    """rows (B, D) of length 1, groups (B,) integers -> a number. Zero if no row has a positive."""
    itself = torch.eye(len(rows), dtype=torch.bool, device=rows.device)
    likeness = (rows @ rows.T / temperature).masked_fill(itself, -torch.inf)
    log_chance = likeness - torch.logsumexp(likeness, dim=1, keepdim=True)
    positive = (groups[:, None] == groups) & ~itself
    count = positive.sum(1)
    each = -log_chance.masked_fill(~positive, 0.0).sum(1) / count.clamp(min=1)
    return each[count > 0].mean() if bool((count > 0).any()) else rows.sum() * 0.0
