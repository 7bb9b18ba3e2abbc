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
TOP = (32, 16)
PAIR_SHARPNESS = 1.0  # lambda of step 6


@dataclass(frozen=True)
class Person:
    """What the model knows of users. queries: modality -> (B, d); vector (B, d); weights (B, J); gain, bias (B)."""

    queries: dict[str, Tensor]
    vector: Tensor
    weights: Tensor
    gain: Tensor
    bias: Tensor

    def repeated(self, n: int) -> Person:
        """One person (B = 1) beside each of n illustrations."""
        return Person(
            {m: q.expand(n, -1) for m, q in self.queries.items()},
            self.vector.expand(n, -1),
            self.weights.expand(n, -1),
            self.gain.expand(n),
            self.bias.expand(n),
        )


class Umair(nn.Module):
    """s(u, i) = g_u sum_j alpha_uj z_j(u, i) + b_u + cross([v_il, v_user])."""

    def __init__(self, schema: Schema, crosses: bool = True, equal_weights: bool = False, dropout: float = 0.1) -> None:
        super().__init__()
        self.schema, self.equal_weights = schema, equal_weights
        self.affinities = nn.ModuleDict({m: StandardisedAffinity(schema.vectors[m], HIDDEN) for m in schema.modalities})
        self.ids = FieldEmbeddings(schema.user_fields, HIDDEN)
        user_width = sum(schema.interests.values()) + 1 + self.ids.out_width
        self.user = nn.Sequential(plain_tower(user_width, (USER_LAYER,), dropout), nn.Linear(USER_LAYER, HIDDEN))
        self.user_weights = UserWeights(len(schema.modalities), HIDDEN)
        self.user_scale = UserScale(len(schema.modalities))
        self.cross = Boosted(dropout) if crosses else None

    def forward(self, batch: Batch) -> Output:
        totals = {m: batch.interest(m) for m in self.schema.modalities}
        keys = {m: self.affinities[m].keys(batch.item(m)) for m in self.schema.modalities}
        person = self.person(totals, batch.facts[:, 0], batch.facts[:, 1:], batch.user_fields)
        z = self.affinity(person, keys)
        return Output(self.logit(person, keys, z), pair_weights(person.weights, z))

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
        return Person(queries, vector, weights, gain, bias)

    def affinity(self, person: Person, keys: dict[str, Tensor]) -> Tensor:
        """z (B, J)."""
        return torch.stack([self.affinities[m](person.queries[m], keys[m]) for m in self.schema.modalities], dim=1)

    def logit(self, person: Person, keys: dict[str, Tensor], z: Tensor) -> Tensor:
        """s (B)."""
        return person.gain * (person.weights * z).sum(1) + person.bias + self.residual(person, keys)

    def residual(self, person: Person, keys: dict[str, Tensor]) -> Tensor:
        """What crosses add (B); zero without them. v_il = sum_j alpha_j k_j is eq. 6."""
        if self.cross is None:
            return torch.zeros_like(person.bias)
        stacked = torch.stack([keys[m] for m in self.schema.modalities], dim=1)
        fused = torch.einsum("bj,bjd->bd", person.weights, stacked)
        return self.cross(torch.cat([fused, person.vector], dim=1))

    def set_catalogue(self, items: dict[str, Tensor]) -> None:
        """Standardise over a catalogue: modality -> x (N, D_j)."""
        for modality, affinity in self.affinities.items():
            affinity.set_catalogue(items[modality])


class Boosted(nn.Module):
    """DCN-V2 and a small tower whose last layer begins at zero: it learns what the main score leaves over."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.crosses = CrossNetMix(2 * HIDDEN, layers=2, experts=2, rank=16)
        self.top = plain_tower(2 * HIDDEN, TOP, dropout)
        self.out = nn.Linear(TOP[-1], 1)
        nn.init.zeros_(self.out.weight)
        nn.init.zeros_(self.out.bias)

    def forward(self, x: Tensor) -> Tensor:
        return self.out(self.top(self.crosses(x))).squeeze(1)


def pair_weights(weights: Tensor, z: Tensor) -> Tensor:
    """eq. 7 with a_j = log alpha_uj + lambda z_j(u, i): (B, J), rows sum to 1. For show, not for the score."""
    return torch.softmax(torch.log(weights.clamp(min=1e-9)) + PAIR_SHARPNESS * z, dim=1)
