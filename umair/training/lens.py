"""A library seen through a model's affinities, or through plain likeness where there is no model."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from umair.features.coherence import coherence
from umair.features.decorrelate import Prepared
from umair.features.metadata import Metadata
from umair.models.affinity import StandardisedAffinity

NEGATIVES = 3  # of each bookmark in the per-user regression


@dataclass(frozen=True)
class Liked:
    """n liked illustrations: rows (n) and when (n) microseconds; disliked rows (m)."""

    rows: np.ndarray
    at: np.ndarray
    disliked: np.ndarray

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True)
class Choices:
    """R pictures that a person met: items (R), at (R) when, label (R) 1 if liked.

    whose (R): against which like a picture was left alone (its own number for a like); the count of likes for a
    dislike.
    """

    items: np.ndarray
    at: np.ndarray
    label: np.ndarray
    whose: np.ndarray


class Lens:
    """Everything fixed about N illustrations at one time (`now`), through one set of affinities."""

    def __init__(
        self,
        affinities: nn.ModuleDict,
        prepared: Prepared,
        metadata: Metadata,
        published: np.ndarray,
        now: int,
    ) -> None:
        """The affinities are standardised over this catalogue."""
        self.affinities, self._prepared, self._metadata, self._published = (
            affinities,
            prepared,
            metadata,
            published,
        )
        self.now = now
        for modality, affinity in affinities.items():
            affinity.set_catalogue(torch.from_numpy(prepared.items[modality]))
        with torch.no_grad():
            self.keys = {m: a.keys(torch.from_numpy(prepared.items[m])) for m, a in affinities.items()}

    @classmethod
    def plain(cls, prepared: Prepared, metadata: Metadata, published: np.ndarray, now: int) -> Lens:
        """Likeness itself as the affinity: nothing learnt."""
        identity = nn.ModuleDict({m: _identity(width) for m, width in prepared.widths.items()})
        return cls(identity, prepared, metadata, published, now)

    @property
    def modalities(self) -> tuple[str, ...]:
        return tuple(self.keys)

    def __len__(self) -> int:
        return len(self._published)

    def interest(self, rows: np.ndarray, at: np.ndarray) -> dict[str, Tensor]:
        """y of illustrations as they were then: modality -> (n, D_j)."""
        items = {m: self.pictures(m, rows, at) for m in self._prepared.items}
        return {m: torch.from_numpy(y) for m, y in self._prepared.interests(items).items()}

    def totals(self, liked: Liked) -> dict[str, Tensor]:
        """Sum of the likes' vectors less the dislikes', modality -> (1, D_j)."""
        own = self.interest(liked.rows, liked.at)
        against = self.interest(liked.disliked, np.full(len(liked.disliked), self.now))
        return {m: own[m].sum(0, keepdim=True) - against[m].sum(0, keepdim=True) for m in own}

    def coherence(self, liked: Liked) -> np.ndarray:
        """(J) how alike the likes are in each modality, in units of chance."""
        found = []
        for y, spread in zip(self.interest(liked.rows, liked.at).values(), self._prepared.spreads, strict=True):
            own = y.double().numpy()
            value = coherence(own.sum(0), np.asarray((own**2).sum()), np.asarray(len(own)), float(spread))
            found.append(float(value))
        return np.array(found)

    @torch.no_grad()
    def everything(self, totals: dict[str, Tensor]) -> Tensor:
        """z of one person (totals of one row) with every illustration now: (N, J)."""
        found = []
        for modality, affinity in self.affinities.items():
            query = affinity.queries(totals[modality])
            middle, spread = affinity.scale(query)
            found.append((self.keys[modality] @ query[0] - middle) / spread)
        return torch.stack(found, dim=1)

    def choices(self, liked: Liked, seed: int = 0) -> Choices:
        """Each like at its time, with uniform negatives that were out by then; dislikes are negatives too."""
        n, m = len(liked), len(liked.disliked)
        drawn, owner = self._negatives(liked, seed)
        items = np.concatenate([liked.rows, drawn, liked.disliked])
        whose = np.concatenate([np.arange(n), owner, np.full(m, n)])
        return Choices(
            items, np.append(liked.at, self.now)[whose], (np.arange(len(items)) < n).astype(np.float64), whose
        )

    @torch.no_grad()
    def person_rows(self, liked: Liked, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
        """Rows of the per-user regression: z (R, J) and label (R).

        Each like, and what it is set against, by the *other* likes (leave one out); dislikes by all the likes.
        """
        choices = self.choices(liked, seed)
        own = self.interest(liked.rows, liked.at)
        whole = self.totals(liked)
        columns = []
        for modality, affinity in self.affinities.items():
            queries = affinity.queries(torch.cat([whole[modality] - own[modality], whole[modality]]))
            middle, spread = affinity.scale(queries)
            keys = affinity.keys(torch.from_numpy(self.pictures(modality, choices.items, choices.at)))
            who = choices.whose
            columns.append((((queries[who] * keys).sum(1) - middle[who]) / spread[who]).numpy())
        return np.stack(columns, axis=1).astype(np.float64), choices.label

    def _negatives(self, liked: Liked, seed: int) -> tuple[np.ndarray, np.ndarray]:
        """(rows, whose like they are set against): up to NEGATIVES a like."""
        others = np.setdiff1d(np.arange(len(self)), np.concatenate([liked.rows, liked.disliked]))
        others = others[np.argsort(self._published[others], kind="stable")]
        out = np.searchsorted(self._published[others], liked.at)
        share = np.random.default_rng(seed).random((len(liked), NEGATIVES))
        place = (share * out[:, None]).astype(np.int64)
        owner = np.repeat(np.arange(len(liked)), NEGATIVES)[np.repeat(out > 0, NEGATIVES)]
        return others[place[out > 0].reshape(-1)], owner

    def pictures(self, modality: str, rows: np.ndarray, at: np.ndarray) -> np.ndarray:
        """x (B, D_j) of illustrations as they were then."""
        if modality != "metadata":
            return self._prepared.items[modality][rows]
        return self._metadata.at(rows, at) / np.float32(self._prepared.metadata_scale)


def _identity(width: int) -> StandardisedAffinity:
    affinity = StandardisedAffinity(width, width)
    with torch.no_grad():
        for side in (affinity.key, affinity.query):
            side.weight.copy_(torch.eye(width))
            side.bias.zero_()
    return affinity
