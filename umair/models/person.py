"""What the `umair` instance knows of users, made once for all illustrations that they meet."""

from __future__ import annotations

from dataclasses import dataclass

from torch import Tensor

HIDDEN = 32  # d: width of queries, keys and of the user vector


@dataclass(frozen=True)
class Person:
    """queries: modality -> (B, d); vector (B, d); numbers (B, M + J + 1): mean metadata of their bookmarks, coherence
    and how many they are, on a scale of logarithms; weights (B, J); gain, bias (B); slots (B, Fu) of their fields."""

    queries: dict[str, Tensor]
    vector: Tensor
    numbers: Tensor
    weights: Tensor
    gain: Tensor
    bias: Tensor
    slots: Tensor

    def repeated(self, n: int) -> Person:
        """One person (B = 1) beside each of n illustrations."""
        return Person(
            {m: q.expand(n, -1) for m, q in self.queries.items()},
            self.vector.expand(n, -1),
            self.numbers.expand(n, -1),
            self.weights.expand(n, -1),
            self.gain.expand(n),
            self.bias.expand(n),
            self.slots.expand(n, -1),
        )
