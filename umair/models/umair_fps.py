"""UMAIR-FPS as the paper prints it: towers, contribution, crosses, tower, plus a linear term (2.4-2.5)."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from umair.features.schema import Schema
from umair.models.batch import Batch, Output
from umair.models.crosses import CrossNetMix
from umair.models.layers import FieldEmbeddings, LinearTerm, tower
from umair.models.umcm import ContributionAttention

WIDTH = 64
TOWER = (128, WIDTH)
TOP = (64, 32, 16)


class UmairFPS(nn.Module):
    """The chance that a user bookmarks an illustration (eq. 1), and what each modality contributed (eq. 7).

    Modalities without a vector in the schema have no layer; `metadata` is the tower over the illustration's fields.
    contribution: any of umcm.py; crosses: CrossNetMix(2 * WIDTH), or nn.Identity() to leave them out.
    """

    def __init__(
        self,
        schema: Schema,
        contribution: nn.Module | None = None,
        crosses: nn.Module | None = None,
        dropout: float = 0.5,
    ) -> None:
        super().__init__()
        self.schema = schema
        self.user_embeddings = FieldEmbeddings(schema.user_fields, schema.embedding)
        self.linear = LinearTerm((*schema.user_fields, *schema.item_fields))
        user_width = self.user_embeddings.out_width + sum(schema.interests.values())
        self.user_tower = tower(user_width, TOWER, dropout)
        self.vectors = nn.ModuleDict(
            {m: nn.Sequential(nn.Linear(w, WIDTH), nn.ReLU()) for m, w in schema.vectors.items()}
        )
        self.metadata = _metadata_tower(schema, dropout) if "metadata" in schema.modalities else None
        self.contribution = contribution if contribution is not None else ContributionAttention()
        self.crosses = crosses if crosses is not None else CrossNetMix(2 * WIDTH)
        self.top = tower(2 * WIDTH, TOP, dropout)
        self.out = nn.Linear(TOP[-1], 1, bias=False)

    def forward(self, batch: Batch) -> Output:
        user = self.user_vector(batch)
        fused, weights = self.contribution(user, self.modality_vectors(batch))
        deep = self.out(self.top(self.crosses(torch.cat([fused, user], dim=1)))).squeeze(1)
        slots = torch.cat([batch.user_fields, batch.item_fields], dim=1)
        return Output(deep + self.linear(slots), weights)

    def user_vector(self, batch: Batch) -> Tensor:
        """v_user (B, 64): id, name, interest labels and interest text vectors."""
        interests = [batch.interest(name) for name in self.schema.interests]
        return self.user_tower(torch.cat([self.user_embeddings(batch.user_fields), *interests], dim=1))

    def modality_vectors(self, batch: Batch) -> Tensor:
        """e (B, J, 64) in the order of the schema's modalities."""
        found = []
        for modality in self.schema.modalities:
            if modality == "metadata" and self.metadata is not None:
                found.append(self.metadata(batch.item_fields))
            elif modality in self.vectors:
                found.append(self.vectors[modality](batch.item(modality)))
        return torch.stack(found, dim=1)


def _metadata_tower(schema: Schema, dropout: float) -> nn.Sequential:
    embeddings = FieldEmbeddings(schema.item_fields, schema.embedding)
    return nn.Sequential(embeddings, tower(embeddings.out_width, TOWER, dropout))
