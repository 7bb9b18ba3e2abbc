"""A library seen through a model's affinities, or through plain likeness where there is no model."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from umair.features.coherence import coherence
from umair.features.decorrelate import Prepared
from umair.models.affinity import StandardisedAffinity

NEGATIVES = 3  # of each bookmark in the per-user regression


@dataclass(frozen=True)
class Lens:
    """Everything fixed about N illustrations. interest: modality -> y (N, D_j); keys: modality -> k (N, d)."""

    affinities: nn.ModuleDict
    interest: dict[str, Tensor]
    keys: dict[str, Tensor]
    spreads: np.ndarray

    @classmethod
    @torch.no_grad()
    def of(cls, affinities: nn.ModuleDict, prepared: Prepared) -> Lens:
        """The affinities of a model, standardised over this catalogue."""
        items = {m: torch.from_numpy(x) for m, x in prepared.items.items()}
        for modality, affinity in affinities.items():
            affinity.set_catalogue(items[modality])
        keys = {m: affinity.keys(items[m]) for m, affinity in affinities.items()}
        interest = {m: torch.from_numpy(y) for m, y in prepared.interests(prepared.items).items()}
        return cls(affinities, interest, keys, prepared.spreads)

    @classmethod
    def plain(cls, prepared: Prepared) -> Lens:
        """Likeness itself as the affinity: nothing learnt."""
        return cls.of(nn.ModuleDict({m: _plain(width) for m, width in prepared.widths.items()}), prepared)

    @property
    def modalities(self) -> tuple[str, ...]:
        return tuple(self.keys)

    def __len__(self) -> int:
        return len(next(iter(self.keys.values())))

    def totals(self, liked: np.ndarray, disliked: np.ndarray) -> dict[str, Tensor]:
        """Sum of the likes' vectors less the dislikes', modality -> (1, D_j)."""
        return {m: (y[liked].sum(0) - y[disliked].sum(0)).unsqueeze(0) for m, y in self.interest.items()}

    def coherence(self, liked: np.ndarray) -> np.ndarray:
        """(J) how alike the likes are in each modality, in units of chance."""
        found = []
        for y, spread in zip(self.interest.values(), self.spreads, strict=True):
            own = y[liked].double().numpy()
            value = coherence(own.sum(0), np.asarray((own**2).sum()), np.asarray(len(liked)), float(spread))
            found.append(float(value))
        return np.array(found)

    @torch.no_grad()
    def everything(self, totals: dict[str, Tensor]) -> Tensor:
        """z of one person (totals of one row) with every illustration: (N, J)."""
        found = []
        for modality, affinity in self.affinities.items():
            query = affinity.queries(totals[modality])
            middle, spread = affinity.scale(query)
            found.append((self.keys[modality] @ query[0] - middle) / spread)
        return torch.stack(found, dim=1)

    @torch.no_grad()
    def person_rows(self, liked: np.ndarray, disliked: np.ndarray, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
        """Rows of the per-user regression: z (R, J) and label (R).

        Each like against the *other* likes (leave one out), with three uniform negatives; dislikes are negatives too.
        """
        n = len(liked)
        others = np.setdiff1d(np.arange(len(self)), np.concatenate([liked, disliked]))
        each = NEGATIVES if len(others) else 0
        drawn = np.random.default_rng(seed).choice(others, (n, each)) if each else np.zeros((n, 0), np.int64)
        items = np.concatenate([np.column_stack([liked, drawn]).reshape(-1), disliked]).astype(np.int64)
        owner = np.repeat(np.arange(n), 1 + each)
        label = np.zeros(len(items))
        label[: len(owner) : 1 + each] = 1.0
        columns = []
        for modality, affinity in self.affinities.items():
            y = self.interest[modality]
            whole = y[liked].sum(0) - y[disliked].sum(0)
            queries = affinity.queries(torch.cat([whole - y[liked], whole.unsqueeze(0)]))
            middle, spread = affinity.scale(queries)
            who = torch.from_numpy(np.concatenate([owner, np.full(len(disliked), n)]))
            product = (queries[who] * self.keys[modality][torch.from_numpy(items)]).sum(1)
            columns.append(((product - middle[who]) / spread[who]).numpy())
        return np.stack(columns, axis=1).astype(np.float64), label


def _plain(width: int) -> StandardisedAffinity:
    affinity = StandardisedAffinity(width, width)
    with torch.no_grad():
        for side in (affinity.key, affinity.query):
            side.weight.copy_(torch.eye(width))
            side.bias.zero_()
    return affinity
