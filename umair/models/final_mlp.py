"""FinalMLP: two towers, each with its own gate over the inputs, joined bilinearly (Mao et al. 2023, arXiv:2304.00902;
Table 3)."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from umair.features.schema import Schema
from umair.models.batch import Batch, Output
from umair.models.inputs import Reader, unweighted
from umair.models.layers import tower

FIRST = (512, 512, 512, 512, 256, 256, 128, 128)
SECOND = (128, 128, 64, 64, 32, 32)
HEADS = 2


class FeatureGate(nn.Module):
    """x -> 2 sigmoid(W c + b) * x with a learnt context c, one number an input: the same gate for every row."""

    def __init__(self, inputs: int, width: int) -> None:
        super().__init__()
        self.context, self.gate = nn.Parameter(torch.ones(inputs)), nn.Linear(inputs, width)

    def forward(self, x: Tensor) -> Tensor:
        return 2 * torch.sigmoid(self.gate(self.context)) * x


class BilinearHeads(nn.Module):
    """sum_h b_h + w_h' a_h + u_h' c_h + a_h' W_h c_h, both sides cut in heads: a (B, m), c (B, n) -> (B)."""

    def __init__(self, first: int, second: int, heads: int = HEADS) -> None:
        super().__init__()
        one, other = first // heads, second // heads
        self.first = nn.Parameter(torch.empty(heads, one))
        self.second = nn.Parameter(torch.empty(heads, other))
        self.both = nn.Parameter(torch.empty(heads, one, other))
        self.bias = nn.Parameter(torch.zeros(heads))
        for weight, width in ((self.first, one), (self.second, other), (self.both, one + other)):
            nn.init.normal_(weight, std=width**-0.5)

    def forward(self, a: Tensor, c: Tensor) -> Tensor:
        a, c = a.unflatten(1, self.first.shape), c.unflatten(1, self.second.shape)
        crossed = torch.einsum("bhi,hij->bhj", a, self.both)
        return (a * self.first).sum((1, 2)) + ((self.second + crossed) * c).sum((1, 2)) + self.bias.sum()


class FinalMLP(Reader):
    """logit = bilinear(tower_1(gate_1(x)), tower_2(gate_2(x))), x the embeddings and vectors side by side.

    No linear term. Towers as the paper's code has them: the last layer of each is linear alone.
    """

    def __init__(self, schema: Schema, dropout: float = 0.5) -> None:
        super().__init__(schema)
        width, inputs = self.flat_width, len(self.fields) + len(self.vector_widths)
        self.first_gate, self.second_gate = FeatureGate(inputs, width), FeatureGate(inputs, width)
        self.first, self.second = _stream(width, FIRST, dropout), _stream(width, SECOND, dropout)
        self.join = BilinearHeads(FIRST[-1], SECOND[-1])

    def forward(self, batch: Batch) -> Output:
        x = self.read(batch).flat
        return unweighted(self.join(self.first(self.first_gate(x)), self.second(self.second_gate(x))))


def _stream(width: int, widths: tuple[int, ...], dropout: float) -> nn.Sequential:
    return nn.Sequential(tower(width, widths[:-1], dropout), nn.Linear(widths[-2], widths[-1]))
