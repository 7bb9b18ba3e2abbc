"""What goes into a ranker and what comes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from umair.errors import TrainingError


@dataclass(frozen=True)
class Batch:
    """B rows. user_fields (B, Fu), item_fields (B, Fi): slots, -1 is padding. items: modality -> (B, D);
    interests: name -> (B, D); facts (B, 1 + J): earlier bookmarks, coherence a modality; label (B).
    """

    user_fields: Tensor
    item_fields: Tensor
    items: Mapping[str, Tensor]
    interests: Mapping[str, Tensor]
    facts: Tensor
    label: Tensor

    def item(self, modality: str) -> Tensor:
        """The illustrations' vectors of a modality; TrainingError names it if it is not there."""
        return _named(self.items, modality, "modality")

    def interest(self, name: str) -> Tensor:
        """The users' interest vectors of a name; TrainingError names it if it is not there."""
        return _named(self.interests, name, "interest")

    def to(self, device: torch.device) -> Batch:
        return Batch(
            self.user_fields.to(device),
            self.item_fields.to(device),
            {m: x.to(device) for m, x in self.items.items()},
            {m: x.to(device) for m, x in self.interests.items()},
            self.facts.to(device),
            self.label.to(device),
        )

    def rows(self, index: Tensor) -> Batch:
        """Some of the rows, in another order if wanted."""
        return Batch(
            self.user_fields[index],
            self.item_fields[index],
            {m: x[index] for m, x in self.items.items()},
            {m: x[index] for m, x in self.interests.items()},
            self.facts[index],
            self.label[index],
        )


@dataclass(frozen=True)
class Output:
    """logit (B) of a bookmark, and weights (B, J) of the modalities, which sum to 1 (J = 0 for a model without)."""

    logit: Tensor
    weights: Tensor


def tensors(values: np.ndarray) -> Tensor:
    """A numpy array as a tensor: slots become int64, numbers float32."""
    kind = np.int64 if np.issubdtype(values.dtype, np.integer) else np.float32
    return torch.from_numpy(np.ascontiguousarray(values, dtype=kind))


def _named(have: Mapping[str, Tensor], name: str, kind: str) -> Tensor:
    if name not in have:
        raise TrainingError(
            f"The {kind} {name!r} is not in the batch; it has {', '.join(have) or 'none'}. "
            "Give the model the schema it was built with."
        )
    return have[name]
