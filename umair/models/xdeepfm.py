"""xDeepFM: a compressed interaction network beside a deep tower (Lian et al. 2018, arXiv:1803.05170; Table 3)."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from umair.features.schema import Schema
from umair.models.batch import Batch, Output
from umair.models.inputs import DEEP, Reader, VectorFields, unweighted
from umair.models.layers import LinearTerm, tower

CROSSED = (64, 64)


class CIN(nn.Module):
    """Crosses of whole fields: X^k_n = sum_{h,m} W^k_{n,hm} (X^0_h * X^{k-1}_m), summed over the embedding in the end.

    (B, F, d) -> (B, sum of widths). Every layer's rows go out. Linear, no bias, as the paper's code has it.
    """

    def __init__(self, fields: int, widths: Sequence[int] = CROSSED) -> None:
        super().__init__()
        before = [fields, *widths[:-1]]
        self.filters = nn.ModuleList(
            nn.Linear(fields * b, w, bias=False) for b, w in zip(before, widths, strict=True)
        )  # weight (w, fields * b), pairs in the order (h, m)

    def forward(self, x: Tensor) -> Tensor:
        batch, _, embedding = x.shape
        first = x.transpose(1, 2).flatten(0, 1)  # (B * d, F): each number of the embeddings on its own
        now, found = first, []
        for filter_ in self.filters[:-1]:
            now = filter_(torch.bmm(first.unsqueeze(2), now.unsqueeze(1)).flatten(1))  # (B * d, F * F_{k-1}) in between
            found.append(now.unflatten(0, (batch, embedding)).sum(1))
        # nothing follows the last layer but the sum over d: it is linear, so the pairs are summed before it
        summed = torch.bmm(x, now.unflatten(0, (batch, embedding)))  # (B, F, F_{k-1})
        return torch.cat([*found, self.filters[-1](summed.flatten(1))], dim=1)


class XDeepFM(Reader):
    """logit = a' CIN(fields) + w' deep(x) + linear(slots); a vector is one more field for the CIN."""

    def __init__(self, schema: Schema, dropout: float = 0.5) -> None:
        super().__init__(schema)
        self.linear = LinearTerm(self.fields)
        self.vector_fields = VectorFields(self.vector_widths, schema.embedding)
        self.cin = CIN(len(self.fields) + len(self.vector_widths))
        self.cin_out = nn.Linear(sum(CROSSED), 1, bias=False)
        self.deep = tower(self.flat_width, DEEP, dropout)
        self.deep_out = nn.Linear(DEEP[-1], 1, bias=False)

    def forward(self, batch: Batch) -> Output:
        seen = self.read(batch)
        crossed = self.cin_out(self.cin(self.vector_fields(seen)))
        deep = self.deep_out(self.deep(seen.flat))
        return unweighted((crossed + deep).squeeze(1) + self.linear(seen.slots))
