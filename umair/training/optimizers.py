"""Adam that looks only at the rows of a table that a batch has touched."""

from __future__ import annotations

from collections.abc import Iterable

import torch
from torch import Tensor, nn


class LazyAdam(torch.optim.Optimizer):
    """Adam for tables with sparse gradients; decay is decoupled and falls on touched rows alone.

    Deviation: Adam as printed moves every row at every step; a table of a million rows is then all that a step does.
    """

    def __init__(
        self,
        params: Iterable[nn.Parameter],
        lr: float = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0.0,
    ) -> None:
        super().__init__(params, {"lr": lr, "betas": betas, "eps": eps, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self, closure: None = None) -> None:  # type: ignore[override]
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is not None:
                    _update(p, p.grad, self.state[p], group)


def _update(p: nn.Parameter, given: Tensor, state: dict, group: dict) -> None:
    if not state:
        state["step"] = torch.zeros(())
        state["exp_avg"], state["exp_avg_sq"] = torch.zeros_like(p), torch.zeros_like(p)
    state["step"] += 1
    grad = (given if given.is_sparse else given.to_sparse(1)).coalesce()
    rows, value = grad.indices()[0], grad.values()
    first, second = group["betas"]
    n = state["step"].item()
    mean = state["exp_avg"][rows].mul_(first).add_(value, alpha=1 - first)
    square = state["exp_avg_sq"][rows].mul_(second).addcmul_(value, value, value=1 - second)
    state["exp_avg"][rows], state["exp_avg_sq"][rows] = mean, square
    step = group["lr"] * (mean / (1 - first**n)) / ((square / (1 - second**n)).sqrt() + group["eps"])
    p[rows] = p[rows] * (1 - group["lr"] * group["weight_decay"]) - step


class DenseGradients(torch.optim.Adam):
    """Adam over whole tables, as the paper's: sparse gradients are made dense first. L2 falls on the whole table."""

    @torch.no_grad()
    def step(self, closure: None = None) -> None:  # type: ignore[override]
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is not None and p.grad.is_sparse:
                    p.grad = p.grad.to_dense()
        super().step()


def tables_and_rest(model: nn.Module) -> tuple[list[nn.Parameter], list[nn.Parameter]]:
    """Parameters of embedding tables (sparse gradients), and all others; only those that may move."""
    tables = {id(m.weight) for m in model.modules() if isinstance(m, nn.Embedding) and m.sparse}
    moving = [p for p in model.parameters() if p.requires_grad]
    return [p for p in moving if id(p) in tables], [p for p in moving if id(p) not in tables]
