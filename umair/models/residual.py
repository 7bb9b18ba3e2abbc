"""What the main score of `umair` leaves over, learnt after it in two steps: first from numbers, then from names."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from umair.features.schema import Schema
from umair.models.crosses import CrossNetMix
from umair.models.layers import FieldEmbeddings, plain_tower
from umair.models.person import HIDDEN, Person

TOP = (64, 32)
FIELD_WIDTH = 16  # of an illustration's fields in the crosses
OWN_SCALE = 1e-3  # where directions of one's own begin: at about nothing
OWN_TABLES = ("illust_id", "artist_id")


class Numbers(nn.Module):
    """A tower over what can be counted: the affinities, the illustration's metadata, and a person's numbers.

    The main score is linear in the metadata; on a real log what is popular, lately, seen and new is worth more
    together than added up. It knows nobody and no illustration by name, so few bookmarks do not make it overfit.
    Metadata comes as its keys (linear in it), on a scale of logarithms. Begins at zero.
    """

    def __init__(self, schema: Schema, dropout: float) -> None:
        super().__init__()
        metadata = schema.vectors.get("metadata", 0)
        width = 2 * len(schema.modalities) + 1 + metadata + (HIDDEN if metadata else 0)
        self.top = plain_tower(width, TOP, dropout)
        self.out = _begun_at_zero(TOP[-1])

    def forward(self, person: Person, keys: dict[str, Tensor], z: Tensor) -> Tensor:
        """keys: modality -> (B, d), z (B, J) -> (B)."""
        metadata = [torch.asinh(k) for m, k in keys.items() if m == "metadata"]
        return self.out(self.top(torch.cat([person.numbers, z, *metadata], dim=1))).squeeze(1)


class Boosted(nn.Module):
    """What numbers leave over: top(cross(x)) + sum_j <d_uj, k_ij> + <d_ij, q_uj>.

    x is v_il = sum_j alpha_uj k_ij (eq. 6) and v_user (2.5), and what they are made of: keys, queries and affinities
    of each modality, and the illustration's fields. d_u and d_i are directions of a person's and an illustration's
    own, by id; the unknown have one in common. All of it begins at about zero.
    Deviation: the paper crosses v_il and v_user alone.
    """

    def __init__(self, schema: Schema, dropout: float) -> None:
        super().__init__()
        self.modalities = len(schema.modalities)
        self.fields = FieldEmbeddings(schema.item_fields, FIELD_WIDTH)
        width = 2 * HIDDEN + self.modalities * (2 * HIDDEN + 1) + self.fields.out_width
        self.crosses = CrossNetMix(width, layers=2, experts=2, rank=32)
        self.top = plain_tower(width, TOP, dropout)
        self.out = _begun_at_zero(TOP[-1])
        self.own_items = [k for k, field in enumerate(schema.item_fields) if field.table in OWN_TABLES]
        self.of_user = FieldEmbeddings(schema.user_fields, self.modalities * HIDDEN, scale=OWN_SCALE)
        named = [schema.item_fields[k] for k in self.own_items]
        self.of_item = FieldEmbeddings(named, self.modalities * HIDDEN, scale=OWN_SCALE)

    def forward(self, person: Person, keys: dict[str, Tensor], z: Tensor, item_fields: Tensor) -> Tensor:
        """keys: modality -> (B, d), z (B, J), item_fields (B, Fi) slots -> (B)."""
        stacked = torch.stack(list(keys.values()), dim=1)
        queries = torch.stack(list(person.queries.values()), dim=1)
        fused = torch.einsum("bj,bjd->bd", person.weights, stacked)
        known = [fused, person.vector, stacked.flatten(1), queries.flatten(1), z, self.fields(item_fields)]
        crossed = self.out(self.top(self.crosses(torch.cat(known, dim=1)))).squeeze(1)
        of_user = self._directions(self.of_user, person.slots)
        of_item = self._directions(self.of_item, item_fields[:, self.own_items])
        return crossed + (of_user * stacked).sum((1, 2)) + (of_item * queries).sum((1, 2))

    def _directions(self, embeddings: FieldEmbeddings, slots: Tensor) -> Tensor:
        """Slots (B, F) -> (B, J, d), summed over the fields."""
        found = embeddings(slots).reshape(len(slots), slots.shape[1], self.modalities, HIDDEN)
        return found.sum(1)


def _begun_at_zero(width: int) -> nn.Linear:
    out = nn.Linear(width, 1)
    nn.init.zeros_(out.weight)
    nn.init.zeros_(out.bias)
    return out
