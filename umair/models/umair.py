"""The `umair` instance: weights that can be believed (recipe, "Recommended form", step by step).

Deviation from the paper: alpha looks at the user alone, the weight of a pair comes after, by eq. 7, from affinities
standardised in their own modality; the sum is taken of scores as well as of vectors; the cross is boosted last.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from umair.features.schema import Schema
from umair.models.affinity import StandardisedAffinity
from umair.models.batch import Batch, Output
from umair.models.crosses import CrossNetMix
from umair.models.layers import FieldEmbeddings, plain_tower
from umair.models.user_weights import UserScale, UserWeights, log_count

HIDDEN = 32
USER_LAYER = 64
TOP = (64, 32)
FIELD_WIDTH = 16  # of an illustration's fields in the residual
OWN_SCALE = 1e-3  # where directions of one's own begin: at about nothing
OWN_TABLES = ("illust_id", "artist_id")
PAIR_SHARPNESS = 1.0  # lambda of step 6


@dataclass(frozen=True)
class Person:
    """What the model knows of users. queries: modality -> (B, d); vector (B, d); weights (B, J); gain, bias (B);
    slots (B, Fu) of their fields."""

    queries: dict[str, Tensor]
    vector: Tensor
    weights: Tensor
    gain: Tensor
    bias: Tensor
    slots: Tensor

    def repeated(self, n: int) -> Person:
        """One person (B = 1) beside each of n illustrations."""
        return Person(
            {m: q.expand(n, -1) for m, q in self.queries.items()},
            self.vector.expand(n, -1),
            self.weights.expand(n, -1),
            self.gain.expand(n),
            self.bias.expand(n),
            self.slots.expand(n, -1),
        )


class Umair(nn.Module):
    """s(u, i) = g_u sum_j alpha_uj z_j(u, i) + b_u + residual(u, i); the residual is learnt last, the rest frozen."""

    def __init__(self, schema: Schema, crosses: bool = True, equal_weights: bool = False, dropout: float = 0.1) -> None:
        super().__init__()
        self.schema, self.equal_weights = schema, equal_weights
        self.affinities = nn.ModuleDict({m: StandardisedAffinity(schema.vectors[m], HIDDEN) for m in schema.modalities})
        self.ids = FieldEmbeddings(schema.user_fields, HIDDEN)
        user_width = sum(schema.interests.values()) + 1 + self.ids.out_width
        self.user = nn.Sequential(plain_tower(user_width, (USER_LAYER,), dropout), nn.Linear(USER_LAYER, HIDDEN))
        self.user_weights = UserWeights(len(schema.modalities), HIDDEN)
        self.user_scale = UserScale(len(schema.modalities))
        self.cross = Boosted(schema, dropout) if crosses else None

    def forward(self, batch: Batch) -> Output:
        totals = {m: batch.interest(m) for m in self.schema.modalities}
        keys = {m: self.affinities[m].keys(batch.item(m)) for m in self.schema.modalities}
        person = self.person(totals, batch.facts[:, 0], batch.facts[:, 1:], batch.user_fields)
        z = self.affinity(person, keys)
        return Output(self.logit(person, keys, z, batch.item_fields), pair_weights(person.weights, z))

    def person(self, totals: dict[str, Tensor], count: Tensor, coherence: Tensor, user_fields: Tensor) -> Person:
        """Users from sums of their earlier bookmarks (B, D_j), how many (B), and coherence (B, J)."""
        n = count.unsqueeze(1)
        means = [totals[m] / n.clamp(min=1) * (n / (n + 2)) for m in self.schema.modalities]
        vector = self.user(torch.cat([*means, log_count(count), self.ids(user_fields)], dim=1))
        weights = self.user_weights(vector, coherence, count)
        if self.equal_weights:
            weights = torch.full_like(weights, 1.0 / weights.shape[1])
        gain, bias = self.user_scale(coherence, count)
        queries = {m: self.affinities[m].queries(totals[m]) for m in self.schema.modalities}
        return Person(queries, vector, weights, gain, bias, user_fields)

    def affinity(self, person: Person, keys: dict[str, Tensor]) -> Tensor:
        """z (B, J)."""
        return torch.stack([self.affinities[m](person.queries[m], keys[m]) for m in self.schema.modalities], dim=1)

    def logit(self, person: Person, keys: dict[str, Tensor], z: Tensor, item_fields: Tensor) -> Tensor:
        """s (B)."""
        return person.gain * (person.weights * z).sum(1) + person.bias + self.residual(person, keys, z, item_fields)

    def residual(self, person: Person, keys: dict[str, Tensor], z: Tensor, item_fields: Tensor) -> Tensor:
        """What crosses and directions of one's own add (B); zero without them."""
        if self.cross is None:
            return torch.zeros_like(person.bias)
        stacked = torch.stack([keys[m] for m in self.schema.modalities], dim=1)
        return self.cross(person, stacked, z, item_fields)

    def set_catalogue(self, items: dict[str, Tensor]) -> None:
        """Standardise over a catalogue: modality -> x (N, D_j)."""
        for modality, affinity in self.affinities.items():
            affinity.set_catalogue(items[modality])


class Boosted(nn.Module):
    """What the main score leaves over: top(cross(x)) + sum_j <d_uj, k_ij> + <d_ij, q_uj>.

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
        self.out = nn.Linear(TOP[-1], 1)
        nn.init.zeros_(self.out.weight)
        nn.init.zeros_(self.out.bias)
        self.own_items = [k for k, field in enumerate(schema.item_fields) if field.table in OWN_TABLES]
        self.of_user = FieldEmbeddings(schema.user_fields, self.modalities * HIDDEN, scale=OWN_SCALE)
        named = [schema.item_fields[k] for k in self.own_items]
        self.of_item = FieldEmbeddings(named, self.modalities * HIDDEN, scale=OWN_SCALE)

    def forward(self, person: Person, keys: Tensor, z: Tensor, item_fields: Tensor) -> Tensor:
        """keys (B, J, d), z (B, J), item_fields (B, Fi) slots -> (B)."""
        fused = torch.einsum("bj,bjd->bd", person.weights, keys)
        queries = torch.stack(list(person.queries.values()), dim=1)
        known = [fused, person.vector, keys.flatten(1), queries.flatten(1), z, self.fields(item_fields)]
        crossed = self.out(self.top(self.crosses(torch.cat(known, dim=1)))).squeeze(1)
        of_user = self._directions(self.of_user, person.slots)
        of_item = self._directions(self.of_item, item_fields[:, self.own_items])
        return crossed + (of_user * keys).sum((1, 2)) + (of_item * queries).sum((1, 2))

    def _directions(self, embeddings: FieldEmbeddings, slots: Tensor) -> Tensor:
        """Slots (B, F) -> (B, J, d), summed over the fields."""
        found = embeddings(slots).reshape(len(slots), slots.shape[1], self.modalities, HIDDEN)
        return found.sum(1)


def pair_weights(weights: Tensor, z: Tensor) -> Tensor:
    """eq. 7 with a_j = log alpha_uj + lambda z_j(u, i): (B, J), rows sum to 1. For show, not for the score."""
    return torch.softmax(torch.log(weights.clamp(min=1e-9)) + PAIR_SHARPNESS * z, dim=1)
