"""A running mean of a network's weights over the steps of its training: it validates and is kept in their place."""

from __future__ import annotations

import copy

import torch
from torch import Tensor, nn

from umair.encoders.image_model import ImageModel


class Averaged:
    """Exponential moving average of weights and of batch statistics (Polyak averaging; Izmailov, arXiv:1803.05407).

    After step t the mean moves by 1 - min(decay, (1 + t) / (10 + t)), so that the random start is soon forgotten.
    """

    def __init__(self, model: ImageModel, decay: float) -> None:
        """decay is 0..1: 0 follows the network itself, 0.99 looks back over about a hundred steps."""
        self.model: ImageModel = copy.deepcopy(model).eval().requires_grad_(False)
        self.decay = decay
        self.steps = 0

    @torch.no_grad()
    def update(self, model: nn.Module) -> None:
        """Take in the network as it stands after one more step."""
        self.steps += 1
        kept = min(self.decay, (1 + self.steps) / (10 + self.steps))
        for own, new in zip(self.model.state_dict().values(), model.state_dict().values(), strict=True):
            if own.is_floating_point():
                own.lerp_(new.to(own), 1 - kept)
            else:
                own.copy_(new)

    def state(self) -> dict[str, Tensor]:
        """What a resumed training needs besides `steps`."""
        return self.model.state_dict()

    def restore(self, state: dict[str, Tensor], steps: int) -> None:
        self.model.load_state_dict(state)
        self.steps = steps
