"""DCN-V2, a baseline: low-rank crosses beside a deep tower (Wang et al. 2021; Table 3)."""

from __future__ import annotations

import torch
from torch import nn

from umair.features.schema import Schema
from umair.models.batch import Batch, Output
from umair.models.crosses import CrossNetMix
from umair.models.layers import FieldEmbeddings, LinearTerm, tower

DEEP = (64, 32, 16)


class DCNV2(nn.Module):
    """Fields only, as the paper printed it, or with the same vectors beside them if the schema has some."""

    def __init__(self, schema: Schema, dropout: float = 0.5) -> None:
        super().__init__()
        self.schema = schema
        fields = (*schema.user_fields, *schema.item_fields)
        self.embeddings = FieldEmbeddings(fields, schema.embedding, rectified=True)
        self.linear = LinearTerm(fields)
        width = self.embeddings.out_width + sum(schema.vectors.values()) + sum(schema.interests.values())
        self.crosses = CrossNetMix(width)
        self.deep = tower(width, DEEP, dropout)
        self.out = nn.Linear(width + DEEP[-1], 1, bias=False)

    def forward(self, batch: Batch) -> Output:
        slots = torch.cat([batch.user_fields, batch.item_fields], dim=1)
        vectors = [batch.item(m) for m in self.schema.vectors] + [batch.interest(m) for m in self.schema.interests]
        x = torch.cat([self.embeddings(slots), *vectors], dim=1)
        logit = self.out(torch.cat([self.crosses(x), self.deep(x)], dim=1)).squeeze(1) + self.linear(slots)
        return Output(logit, logit.new_zeros((len(logit), 0)))
