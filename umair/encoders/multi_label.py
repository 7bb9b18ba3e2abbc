"""Losses and measures of multi-label classification."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits, logsigmoid

GAMMA_POSITIVE, GAMMA_NEGATIVE, MARGIN = 1.0, 4.0, 0.05


def bce(logits: Tensor, targets: Tensor) -> Tensor:
    """Binary cross-entropy, the mean over pictures and labels."""
    return binary_cross_entropy_with_logits(logits.float(), targets)


def asymmetric(logits: Tensor, targets: Tensor) -> Tensor:
    """Asymmetric loss (Ridnik et al., arXiv:2009.14119): easy negatives count little, very easy ones nothing.

    L+ = (1 - p)^1 log p; L- = q^4 log(1 - q) with q = max(p - 0.05, 0); the mean over pictures and labels.
    """
    logits = logits.float()
    p = logits.sigmoid()
    shifted = (p - MARGIN).clamp(min=0)
    positive = targets * (1 - p) ** GAMMA_POSITIVE * logsigmoid(logits)
    negative = (1 - targets) * shifted**GAMMA_NEGATIVE * torch.log((1 - shifted).clamp(min=1e-8))
    return -(positive + negative).mean()


LOSSES = {"bce": bce, "asymmetric": asymmetric}


def mean_average_precision(scores: np.ndarray, targets: np.ndarray) -> float:
    """mAP over labels that occur: scores and targets (N, V); NaN if none does."""
    each = [average_precision(scores[:, v], targets[:, v] > 0) for v in range(targets.shape[1]) if targets[:, v].any()]
    return float(np.mean(each)) if each else float("nan")


def average_precision(scores: np.ndarray, truth: np.ndarray) -> float:
    """Mean of the precision at each true picture, ordered by score (n,)."""
    found = np.flatnonzero(truth[np.argsort(-scores, kind="stable")])
    return float(np.mean(np.arange(1, len(found) + 1) / (found + 1)))
