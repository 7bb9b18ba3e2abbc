"""What every baseline of Table 3 reads of a row: embeddings of its fields and, in the fair comparison, its vectors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from umair.features.schema import Schema
from umair.models.batch import Batch, Output
from umair.models.layers import FieldEmbeddings, LinearTerm, tower
from umair.models.user_weights import log_count

DEEP = (64, 32, 16)  # widths of the deep tower of all baselines but FinalMLP, as the paper's code has it


@dataclass(frozen=True)
class Seen:
    """slots (B, F), -1 is padding; fields (B, F, d), their embeddings; vectors: some (B, D_v)."""

    slots: Tensor
    fields: Tensor
    vectors: tuple[Tensor, ...]

    @property
    def flat(self) -> Tensor:
        """All of it side by side: (B, F * d + sum D_v)."""
        return torch.cat([self.fields.flatten(1), *self.vectors], dim=1)


class Reader(nn.Module):
    """The inputs that the baselines share; each of them is a Reader with its own `forward`.

    Vectors of a row: the illustration's, by modality; the person's interests; and log(1 + n) / 4 of their n bookmarks.
    An interest comes as the sum over the n bookmarks and is read as a mean drawn to nought, n / (n + 2) * sum / n.
    Runs of the first form have two interest texts instead, which are means already, and no count.
    """

    def __init__(self, schema: Schema) -> None:
        super().__init__()
        self.schema = schema
        self.fields = (*schema.user_fields, *schema.item_fields)
        self.embeddings = FieldEmbeddings(self.fields, schema.embedding, rectified=True)
        self.sums = bool(schema.interests) and set(schema.interests) <= set(schema.modalities)
        self.vector_widths = (*schema.vectors.values(), *schema.interests.values(), *((1,) if self.sums else ()))

    @property
    def flat_width(self) -> int:
        return self.embeddings.out_width + sum(self.vector_widths)

    def read(self, batch: Batch) -> Seen:
        """TrainingError names a vector that the schema promised and the batch lacks."""
        slots = torch.cat([batch.user_fields, batch.item_fields], dim=1)
        items = [batch.item(m) for m in self.schema.vectors]
        interests = [batch.interest(m) for m in self.schema.interests]
        if self.sums:
            count = batch.facts[:, 0]
            interests = [*(total / (count + 2).unsqueeze(1) for total in interests), log_count(count)]
        fields = self.embeddings(slots).unflatten(1, (len(self.fields), self.schema.embedding))
        return Seen(slots, fields, (*items, *interests))


class VectorFields(nn.Module):
    """Each vector as one more field, by a learnt map to the embeddings' width: some (B, D_v) -> (B, V, d)."""

    def __init__(self, widths: Sequence[int], embedding: int) -> None:
        super().__init__()
        self.embedding = embedding
        self.maps = nn.ModuleList(nn.Linear(width, embedding) for width in widths)

    def forward(self, seen: Seen) -> Tensor:
        """(B, F, d) of the fields and (B, V, d) of the vectors: (B, F + V, d)."""
        if not len(self.maps):
            return seen.fields
        mapped = [map_(x) for map_, x in zip(self.maps, seen.vectors, strict=True)]
        return torch.cat([seen.fields, torch.stack(mapped, dim=1)], dim=1)


class CrossesBesideDeep(Reader):
    """logit = w' [cross(x), deep(x)] + linear(slots), x the embeddings and vectors side by side (DCN, DCN-V2).

    crosses: makes a network (B, width) -> (B, width) for a width.
    As the paper's code has it: the linear term over slots is not of their authors.
    """

    def __init__(self, schema: Schema, crosses: Callable[[int], nn.Module], dropout: float) -> None:
        super().__init__(schema)
        self.linear = LinearTerm(self.fields)
        self.crosses = crosses(self.flat_width)
        self.deep = tower(self.flat_width, DEEP, dropout)
        self.out = nn.Linear(self.flat_width + DEEP[-1], 1, bias=False)

    def forward(self, batch: Batch) -> Output:
        seen = self.read(batch)
        x = seen.flat
        both = torch.cat([self.crosses(x), self.deep(x)], dim=1)
        return unweighted(self.out(both).squeeze(1) + self.linear(seen.slots))


def unweighted(logit: Tensor) -> Output:
    """The answer of a model that weighs no modalities."""
    return Output(logit, logit.new_zeros((len(logit), 0)))
