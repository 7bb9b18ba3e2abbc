"""Where a training stands, in one safetensors file, so that it can go on to the same numbers. Nothing is pickled."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import nn

from umair.errors import TrainingError
from umair.library.atomic import replacing

FILE = "checkpoint.safetensors"


@dataclass(frozen=True)
class Position:
    """Stage, pass and block that come next, and how many steps are done in all."""

    stage: int = 0
    pass_: int = 0
    block: int = 0
    step: int = 0


@dataclass
class Best:
    """The best pass so far: its validation AUC and the model's tensors as they were after it; none before the first."""

    auc: float = -math.inf
    tensors: dict[str, torch.Tensor] = field(default_factory=dict)

    def offer(self, auc: float, model: nn.Module) -> None:
        """Keep the model as it is now if it is better than what is kept; NaN never is."""
        if auc > self.auc:
            self.auc = auc
            self.tensors = {k: v.detach().cpu().clone() for k, v in model.state_dict().items()}

    def restore(self, model: nn.Module) -> None:
        if self.tensors:
            model.load_state_dict(self.tensors)


def save(
    folder: Path,
    position: Position,
    model: nn.Module,
    optimizers: Sequence[torch.optim.Optimizer],
    best: Best | None = None,
) -> None:
    tensors = {f"model.{k}": v.detach().cpu().contiguous() for k, v in model.state_dict().items()}
    metadata = {"position": json.dumps(asdict(position))}
    if best is not None and best.tensors:
        tensors |= {f"best.{k}": v.contiguous() for k, v in best.tensors.items()}
        metadata["best_auc"] = repr(best.auc)
    for n, optimizer in enumerate(optimizers):
        for index, state in optimizer.state_dict()["state"].items():
            tensors |= {f"optimizer.{n}.{index}.{k}": v.detach().cpu().contiguous() for k, v in state.items()}
    with replacing(folder / FILE) as aside:
        save_file(tensors, aside, metadata=metadata)


def position(folder: Path) -> Position | None:
    """Where the last checkpoint stands, or None if there is none."""
    path = folder / FILE
    if not path.is_file():
        return None
    try:
        with safe_open(path, "pt") as file:
            return Position(**json.loads(file.metadata()["position"]))
    except (SafetensorError, ValueError, KeyError, TypeError) as error:
        raise TrainingError(f"{path} cannot be read ({error}). Delete it to begin this training anew.") from error


def load_model(folder: Path, model: nn.Module) -> None:
    with safe_open(folder / FILE, "pt") as file:
        names = [k for k in file.keys() if k.startswith("model.")]  # noqa: SIM118
        model.load_state_dict({k.removeprefix("model."): file.get_tensor(k) for k in names})


def load_best(folder: Path) -> Best:
    """The best pass that the checkpoint knows of; an empty one if it knows of none."""
    with safe_open(folder / FILE, "pt") as file:
        names = [k for k in file.keys() if k.startswith("best.")]  # noqa: SIM118
        auc = float(file.metadata().get("best_auc", -math.inf))
        return Best(auc, {k.removeprefix("best."): file.get_tensor(k) for k in names})


def load_optimizers(folder: Path, optimizers: Sequence[torch.optim.Optimizer]) -> None:
    with safe_open(folder / FILE, "pt") as file:
        for n, optimizer in enumerate(optimizers):
            kept = optimizer.state_dict()
            state: dict[int, dict[str, torch.Tensor]] = {}
            for key in file.keys():  # noqa: SIM118
                if key.startswith(f"optimizer.{n}."):
                    _, _, index, name = key.split(".", 3)
                    state.setdefault(int(index), {})[name] = file.get_tensor(key)
            optimizer.load_state_dict({**kept, "state": state})


def remove(folder: Path) -> None:
    (folder / FILE).unlink(missing_ok=True)
