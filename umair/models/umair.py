"""The `umair` instance: weights that can be believed (recipe, "Recommended form", step by step).

Deviation from the paper: alpha looks at the user alone, the weight of a pair comes after, by eq. 7, from affinities
standardised in their own modality; the sum is taken of scores as well as of vectors; the cross is boosted last.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from umair.features.schema import Schema
from umair.models.affinity import StandardisedAffinity
from umair.models.batch import Batch, Output
from umair.models.layers import FieldEmbeddings, plain_tower
from umair.models.person import HIDDEN, Person
from umair.models.residual import Boosted, Numbers
from umair.models.user_weights import UserScale, UserWeights, log_count

USER_LAYER = 64
PAIR_SHARPNESS = 1.0  # lambda of step 6


class Umair(nn.Module):
    """s(u, i) = g_u sum_j alpha_uj z_j(u, i) + b_u + residual(u, i); the residual is learnt last, the rest frozen.

    numbers: with the residual's tower of numbers; trainings of before it had none.
    """

    def __init__(
        self,
        schema: Schema,
        crosses: bool = True,
        equal_weights: bool = False,
        dropout: float = 0.1,
        numbers: bool = True,
    ) -> None:
        super().__init__()
        self.schema, self.equal_weights = schema, equal_weights
        self.affinities = nn.ModuleDict({m: StandardisedAffinity(schema.vectors[m], HIDDEN) for m in schema.modalities})
        self.ids = FieldEmbeddings(schema.user_fields, HIDDEN)
        user_width = sum(schema.interests.values()) + 1 + self.ids.out_width
        self.user = nn.Sequential(plain_tower(user_width, (USER_LAYER,), dropout), nn.Linear(USER_LAYER, HIDDEN))
        self.user_weights = UserWeights(len(schema.modalities), HIDDEN)
        self.user_scale = UserScale(len(schema.modalities))
        self.numbers = Numbers(schema, dropout) if numbers else None
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
        counted = [mean for m, mean in zip(self.schema.modalities, means, strict=True) if m == "metadata"]
        numbers = torch.asinh(torch.cat([*counted, coherence, log_count(count)], dim=1))
        return Person(queries, vector, numbers, weights, gain, bias, user_fields)

    def affinity(self, person: Person, keys: dict[str, Tensor]) -> Tensor:
        """z (B, J)."""
        return torch.stack([self.affinities[m](person.queries[m], keys[m]) for m in self.schema.modalities], dim=1)

    def logit(self, person: Person, keys: dict[str, Tensor], z: Tensor, item_fields: Tensor) -> Tensor:
        """s (B)."""
        return person.gain * (person.weights * z).sum(1) + person.bias + self.residual(person, keys, z, item_fields)

    def residual(self, person: Person, keys: dict[str, Tensor], z: Tensor, item_fields: Tensor) -> Tensor:
        """What numbers, crosses and directions of one's own add (B); zero without them."""
        rest = torch.zeros_like(person.bias)
        if self.numbers is not None:
            rest = rest + self.numbers(person, keys, z)
        if self.cross is not None:
            rest = rest + self.cross(person, keys, z, item_fields)
        return rest

    def set_catalogue(self, items: dict[str, Tensor]) -> None:
        """Standardise over a catalogue: modality -> x (N, D_j)."""
        for modality, affinity in self.affinities.items():
            affinity.set_catalogue(items[modality])


def pair_weights(weights: Tensor, z: Tensor) -> Tensor:
    """eq. 7 with a_j = log alpha_uj + lambda z_j(u, i): (B, J), rows sum to 1. For show, not for the score."""
    return torch.softmax(torch.log(weights.clamp(min=1e-9)) + PAIR_SHARPNESS * z, dim=1)
