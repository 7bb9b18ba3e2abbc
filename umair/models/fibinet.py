"""FiBiNET: fields weighed by SENET, then crossed bilinearly (Huang, Zhang, Zhang 2019, arXiv:1905.09433; Table 3)."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from umair.features.schema import Schema
from umair.models.batch import Batch, Output
from umair.models.inputs import DEEP, Reader, VectorFields, unweighted
from umair.models.layers import LinearTerm, tower

RATIO = 3


class FieldSENet(nn.Module):
    """How much each field counts: A = relu(W2 relu(W1 mean_d(v))), v_f -> A_f v_f; (B, F, d) -> (B, F, d)."""

    def __init__(self, fields: int, ratio: int = RATIO) -> None:
        super().__init__()
        small = max(fields // ratio, 1)
        self.squeeze, self.excite = nn.Linear(fields, small, bias=False), nn.Linear(small, fields, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        weights = torch.relu(self.excite(torch.relu(self.squeeze(x.mean(2)))))
        return x * weights.unsqueeze(2)


class BilinearEach(nn.Module):
    """p_ij = (v_i W_i) * v_j for every pair i < j, a matrix for each field: (B, F, d) -> (B, F (F - 1) / 2 * d).

    The last field's matrix is used by no pair; it is there as in the published code and its counts.
    """

    def __init__(self, fields: int, width: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.empty(fields, width, width))
        nn.init.normal_(self.weight, std=width**-0.5)

    def forward(self, x: Tensor) -> Tensor:
        turned = torch.einsum("bfd,fde->bfe", x, self.weight)
        # a product with all fields to the right at once: twice as fast as to gather both sides of every pair
        pairs = [turned[:, i : i + 1] * x[:, i + 1 :] for i in range(x.shape[1] - 1)]
        return torch.cat(pairs, dim=1).flatten(1)


class FiBiNET(Reader):
    """logit = w' deep([bilinear(v), bilinear(SENET(v)), vectors]) + linear(slots); a vector is one more field too."""

    def __init__(self, schema: Schema, dropout: float = 0.5) -> None:
        super().__init__(schema)
        fields, width = len(self.fields) + len(self.vector_widths), schema.embedding
        self.linear = LinearTerm(self.fields)
        self.vector_fields = VectorFields(self.vector_widths, width)
        self.senet = FieldSENet(fields)
        self.bilinear, self.bilinear_senet = BilinearEach(fields, width), BilinearEach(fields, width)
        self.deep = tower(fields * (fields - 1) * width + sum(self.vector_widths), DEEP, dropout)
        self.out = nn.Linear(DEEP[-1], 1, bias=False)

    def forward(self, batch: Batch) -> Output:
        seen = self.read(batch)
        x = self.vector_fields(seen)
        pairs = [self.bilinear(x), self.bilinear_senet(self.senet(x))]
        deep = self.out(self.deep(torch.cat([*pairs, *seen.vectors], dim=1)))
        return unweighted(deep.squeeze(1) + self.linear(seen.slots))
