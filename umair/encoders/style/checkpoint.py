"""Where a training stands, so that a stopped one goes on to the same numbers: weights, Adam's averages, step."""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file, save
from torch import nn

from umair.library.atomic import write_bytes


def keep(file: Path, network: nn.Module, optimiser: torch.optim.Optimizer, step: int) -> None:
    """Write what `restore` needs; `step` is the number of steps done."""
    tensors = {f"net.{n}": t for n, t in network.state_dict().items()}
    for number, state in optimiser.state_dict()["state"].items():
        tensors |= {f"adam.{number}.{n}": torch.as_tensor(t) for n, t in state.items()}
    write_bytes(file, save({n: t.contiguous() for n, t in tensors.items()} | {"step": torch.tensor([step])}))


def restore(file: Path, network: nn.Module, optimiser: torch.optim.Optimizer) -> int:
    """Put both as they were and give the steps done; 0 and nothing changed if there is no such file."""
    if not file.exists():
        return 0
    tensors = load_file(file)
    network.load_state_dict({n[4:]: t for n, t in tensors.items() if n.startswith("net.")})
    whole = optimiser.state_dict()
    for name, tensor in tensors.items():
        if name.startswith("adam."):
            _, number, field = name.split(".")
            whole["state"].setdefault(int(number), {})[field] = tensor
    optimiser.load_state_dict(whole)
    return int(tensors["step"])
