"""Explicit crosses of bounded degree: the networks of DCN-V2, a mixture of low-rank experts (2.5), and of DCN."""

from __future__ import annotations

import torch
from torch import Tensor, nn


class CrossNetMix(nn.Module):
    """DCN-V2's (Wang et al. 2021, arXiv:2008.13535), a mixture of low-rank experts:
    x_{l+1} = x_l + sum_e g_e(x_l) x_0 * (U_e tanh(C_e tanh(V_e' x_l)) + b_l), g = softmax of linear gates.

    (B, width) -> (B, width). Gates are shared by the layers. layers * experts * (2 width rank + rank^2)
    + layers * width + experts * width parameters.
    """

    def __init__(self, width: int, layers: int = 2, experts: int = 4, rank: int = 32) -> None:
        super().__init__()
        self.u = nn.Parameter(torch.empty(layers, experts, width, rank))
        self.v = nn.Parameter(torch.empty(layers, experts, width, rank))
        self.c = nn.Parameter(torch.empty(layers, experts, rank, rank))
        self.bias = nn.Parameter(torch.zeros(layers, width))
        self.gates = nn.Linear(width, experts, bias=False)
        for weight in (self.u, self.v, self.c):
            nn.init.normal_(weight, std=(2.0 / (weight.shape[-2] + weight.shape[-1])) ** 0.5)  # Xavier, each expert

    def forward(self, x: Tensor) -> Tensor:
        first = x
        for u, v, c, bias in zip(self.u, self.v, self.c, self.bias, strict=True):
            gate = torch.softmax(self.gates(x), dim=1)
            low = torch.tanh(torch.einsum("bw,ewr->ber", x, v))
            low = torch.tanh(torch.einsum("ber,esr->bes", low, c))
            mixed = torch.einsum("ber,ewr->bw", gate.unsqueeze(2) * low, u)  # gates sum to 1, so the bias is outside
            x = x + first * (mixed + bias)
        return x


class CrossNet(nn.Module):
    """DCN's (Wang et al. 2017, arXiv:1708.05123): x_{l+1} = x_l + x_0 <x_l, w_l> + b_l; (B, width) -> (B, width)."""

    def __init__(self, width: int, layers: int = 2) -> None:
        super().__init__()
        self.weight, self.bias = nn.Parameter(torch.empty(layers, width)), nn.Parameter(torch.zeros(layers, width))
        nn.init.normal_(self.weight, std=width**-0.5)

    def forward(self, x: Tensor) -> Tensor:
        first = x
        for weight, bias in zip(self.weight, self.bias, strict=True):
            x = x + first * (x @ weight).unsqueeze(1) + bias
        return x
