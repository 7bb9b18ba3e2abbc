"""How well an illustration fits a person in one modality, on a scale that a weight can be read from (recipe, 1-2)."""

from __future__ import annotations

import torch
from torch import Tensor, nn

FLOOR = 1e-4


class StandardisedAffinity(nn.Module):
    """z(u, i): mean 0 and spread 1 over the catalogue for every person, by construction.

    The item side is k = W_k x + b_k, the user side q = W_q (sqrt(D) m / |m|) + b_q, and
    z = <q, k - mean k> / sqrt(q' Cov(k) q + 1e-4). As k is linear in x, the catalogue's mean and covariance of x
    (buffers, set once by `set_catalogue`) give those of k exactly; a score never depends on its batch.
    Deviation: eq. 7 takes the raw product; its scale absorbs the weight, and planted taste is not found again.
    """

    mean: Tensor
    covariance: Tensor

    def __init__(self, width: int, hidden: int) -> None:
        super().__init__()
        self.key, self.query = nn.Linear(width, hidden), nn.Linear(width, hidden)
        self.register_buffer("mean", torch.zeros(width))
        self.register_buffer("covariance", torch.eye(width))

    def set_catalogue(self, x: Tensor) -> None:
        """Standardise over these illustrations: x (N, D)."""
        mean = x.double().mean(0)
        centred = x.double() - mean
        self.mean.copy_(mean)
        self.covariance.copy_(centred.T @ centred / len(x))

    def keys(self, x: Tensor) -> Tensor:
        """(…, D) -> k (…, d)."""
        return self.key(x)

    def queries(self, total: Tensor) -> Tensor:
        """Sum (or mean) of the bookmarks' vectors (…, D) -> q (…, d); for none only the bias is left."""
        length = total.norm(dim=-1, keepdim=True)
        direction = total / length.clamp(min=1e-6) * total.shape[-1] ** 0.5
        return self.query(direction)

    def scale(self, query: Tensor) -> tuple[Tensor, Tensor]:
        """q (…, d) -> (<q, mean k>, spread of <q, k>), each (…)."""
        seen = query @ self.key.weight  # (…, D): the query carried back to x
        spread = torch.einsum("...d,de,...e->...", seen, self.covariance, seen)
        middle = seen @ self.mean + query @ self.key.bias
        return middle, torch.sqrt(spread + FLOOR)

    def forward(self, query: Tensor, key: Tensor) -> Tensor:
        """q (B, d), k (B, d) -> z (B)."""
        middle, spread = self.scale(query)
        return ((query * key).sum(-1) - middle) / spread
