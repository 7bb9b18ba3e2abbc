"""The paper's style: channel-wise Gram matrices of shallow layers, reduced and merged by max pooling (eq. 4)."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

ROWS = 64  # channels whose products are made at a time by `pooled_gram`


def gram(feature_map: Tensor) -> Tensor:
    """How strongly each two channels go together: g_jk = sum over (h, w) of F_jhw F_khw / (H W) (eq. 4).

    feature_map (B, C, H, W) -> (B, C, C), always summed in float32.
    """
    batch, channels, height, width = feature_map.shape
    flat = feature_map.float().reshape(batch, channels, height * width)
    return flat @ flat.transpose(1, 2) / (height * width)


def pooled(matrix: Tensor) -> Tensor:
    """(B, C, C) -> (B, C): the largest entry along one channel axis (the matrix is symmetric, so either axis)."""
    return matrix.amax(dim=2)


def pooled_gram(feature_map: Tensor) -> Tensor:
    """(B, C, H, W) -> (B, C): `pooled(gram(…))` without the half of the matrix that symmetry repeats.

    Channels from `start` on are multiplied with those of one strip; a product counts for both of its channels.
    """
    batch, channels, height, width = feature_map.shape
    places = feature_map.float().permute(0, 2, 3, 1).flatten(1, 2)  # (B, H W, C): no copy where memory is channels-last
    largest = places.new_full((batch, channels), -torch.inf)
    for start in range(0, channels, ROWS):
        strip, rest = slice(start, start + ROWS), slice(start, None)
        products = places[:, :, strip].transpose(1, 2) @ places[:, :, rest]
        largest[:, strip] = torch.maximum(largest[:, strip], products.amax(dim=2))
        largest[:, rest] = torch.maximum(largest[:, rest], products.amax(dim=1))
    return largest / (height * width)


def paper_style(shallow: Sequence[Tensor]) -> Tensor:
    """(B, C) style of the first layers: Gram, max over a channel axis, then the largest over the layers.

    Deviation: where layers differ in width (some timm models), a channel takes the largest over the layers that
    have it; the paper's ResNet-101 has 256 channels in all three.
    """
    vectors = [pooled_gram(layer) for layer in shallow]
    width = max(v.shape[1] for v in vectors)
    padded = [torch.nn.functional.pad(v, (0, width - v.shape[1]), value=-torch.inf) for v in vectors]
    return torch.stack(padded).amax(dim=0)
