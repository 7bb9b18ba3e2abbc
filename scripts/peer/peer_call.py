"""Run in the peers' environment: what every peer needs, the neutral weights put in the place of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import peer_cases as cases
import torch
from torch import Tensor, nn

Tensors = dict[str, Tensor]
Peer = Callable[[Tensors, Tensors, bool], Tensor]  # weights, inputs, train or not -> output
NORM = {"scale": "weight", "shift": "bias", "mean": "running_mean", "variance": "running_var"}
FIXED = ("num_batches_tracked", "triu_index")  # what a peer holds that is no weight


def call(module: nn.Module, weights: Mapping[str, Tensor], *inputs: object) -> Any:
    """The peer with these weights instead of its own; AssertionError if any of its own would be left in use."""
    own = {name for name in module.state_dict() if not name.endswith(FIXED)}
    if own != set(weights):
        raise AssertionError(f"Weights that only one side knows: {sorted(own ^ set(weights))}")
    return torch.func.functional_call(module, dict(weights), inputs)


def tables(w: Tensors) -> Tensors:
    """Field -> its table (size + 1, d) as a peer is to look it up: rectified with the bias, and a last row of zeros for
    padding. Fields that share a table get it each; the gradient then comes together by itself."""
    found = {}
    for field in cases.FIELDS:
        rectified = torch.relu(w[f"table.{field.table}"] + w[f"table_bias.{field.table}"])
        found[field.name] = torch.cat([rectified, rectified.new_zeros(1, cases.EMBEDDING)])
    return found


def linear_tables(w: Tensors) -> Tensors:
    """Field -> its linear weights (size + 1, 1), padding nought."""
    parts = w["linear"].split([f.size for f in cases.FIELDS])
    return {f.name: torch.cat([p, p.new_zeros(1, 1)]) for f, p in zip(cases.FIELDS, parts, strict=True)}


def slots(given: Tensors) -> Tensor:
    """(n, F): padding is the slot after the last."""
    sizes = torch.tensor([f.size for f in cases.FIELDS])
    return torch.where(given["slots"] < 0, sizes, given["slots"])


def zeros(w: Tensors, *shape: int) -> Tensor:
    """A weight of the peer that ours has not, put to nought."""
    return next(iter(w.values())).new_zeros(shape)
