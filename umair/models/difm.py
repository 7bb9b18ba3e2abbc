"""DIFM: a factorisation machine whose fields are weighed anew for every row (Lu, Yu, Chang, Wang, Li, Yuan, IJCAI 2020;
Table 3)."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn.functional import scaled_dot_product_attention

from umair.features.schema import Schema
from umair.models.batch import Batch, Output
from umair.models.inputs import DEEP, Reader, VectorFields, unweighted
from umair.models.layers import LinearTerm, tower

HEADS, HEAD_WIDTH = 8, 8


class FieldAttention(nn.Module):
    """Multi-head self-attention over fields: relu(concat_h softmax(Q_h K_h' / sqrt(d_h)) V_h + x W), no biases.

    (B, F, d) -> (B, F, heads * head_width). AutoInt's interacting layer (Song et al. 2019, arXiv:1810.11921).
    """

    def __init__(self, width: int, heads: int = HEADS, head_width: int = HEAD_WIDTH) -> None:
        super().__init__()
        self.heads = heads
        self.query, self.key, self.value, self.residual = (
            nn.Linear(width, heads * head_width, bias=False) for _ in range(4)
        )

    def forward(self, x: Tensor) -> Tensor:
        q, k, v = (self._split(part(x)) for part in (self.query, self.key, self.value))
        seen = scaled_dot_product_attention(q, k, v)  # (B, heads, F, head_width)
        return torch.relu(seen.transpose(1, 2).flatten(2) + self.residual(x))

    def _split(self, x: Tensor) -> Tensor:
        return x.unflatten(2, (self.heads, -1)).transpose(1, 2)


def factorisation(x: Tensor) -> Tensor:
    """sum_{i<j} <x_i, x_j>: (B, F, d) -> (B), in one sum over fields instead of pairs (Rendle 2010)."""
    return 0.5 * (x.sum(1).square() - x.square().sum(1)).sum(1)


class DIFM(Reader):
    """m = P_vec attention(v) + P_bit deep(x); logit = sum_f m_f w_f + sum_{f<g} <m_f v_f, m_g v_g>.

    A vector is one more field v_f; its linear weight is w_f = <u_f, v_f>.
    Deviation: the paper's code weighs the linear term by 1; DIFM's authors, and we, weigh it by m.
    """

    def __init__(self, schema: Schema, dropout: float = 0.5) -> None:
        super().__init__(schema)
        extra = len(self.vector_widths)
        fields = len(self.fields) + extra
        self.linear = LinearTerm(self.fields)
        self.vector_fields = VectorFields(self.vector_widths, schema.embedding)
        self.vector_linear = nn.Parameter(torch.zeros(extra, schema.embedding)) if extra else None
        self.attention = FieldAttention(schema.embedding)
        self.vector_wise = nn.Linear(fields * HEADS * HEAD_WIDTH, fields, bias=False)
        self.deep = tower(self.flat_width, DEEP, dropout)
        self.bit_wise = nn.Linear(DEEP[-1], fields, bias=False)

    def forward(self, batch: Batch) -> Output:
        seen = self.read(batch)
        x = self.vector_fields(seen)
        m = self.vector_wise(self.attention(x).flatten(1)) + self.bit_wise(self.deep(seen.flat))
        linear = self.linear.each(seen.slots)
        if self.vector_linear is not None:
            linear = torch.cat([linear, (x[:, len(self.fields) :] * self.vector_linear).sum(2)], dim=1)
        return unweighted((m * linear).sum(1) + factorisation(m.unsqueeze(2) * x))
