"""DCN-V2: low-rank crosses beside a deep tower (Wang et al. 2021, arXiv:2008.13535; Table 3)."""

from __future__ import annotations

import torch
from torch import nn

from umair.features.schema import Schema
from umair.models.batch import Batch, Output
from umair.models.crosses import CrossNetMix
from umair.models.inputs import Reader, unweighted
from umair.models.layers import LinearTerm, tower

DEEP = (64, 32, 16)


class DCNV2(Reader):
    """logit = w' [cross(x), deep(x)] + linear(slots), x the embeddings and vectors side by side.

    As the paper's code has it: the linear term over slots is not of DCN-V2's authors.
    """

    def __init__(self, schema: Schema, dropout: float = 0.5) -> None:
        super().__init__(schema)
        self.linear = LinearTerm(self.fields)
        self.crosses = CrossNetMix(self.flat_width)
        self.deep = tower(self.flat_width, DEEP, dropout)
        self.out = nn.Linear(self.flat_width + DEEP[-1], 1, bias=False)

    def forward(self, batch: Batch) -> Output:
        seen = self.read(batch)
        x = seen.flat
        both = torch.cat([self.crosses(x), self.deep(x)], dim=1)
        return unweighted(self.out(both).squeeze(1) + self.linear(seen.slots))
