"""Adam that looks only at the rows of a table that a batch has touched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate

import torch
from torch import Tensor, nn
from torch.optim.optimizer import StateDict


class LazyAdam(torch.optim.Optimizer):
    """Adam for tables with sparse gradients; decay is decoupled and falls on touched rows alone.

    Tables of one width are stepped together: a step costs what its rows cost, however many tables they lie in.
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
        self._moments: dict[tuple[nn.Parameter, ...], Tensor] = {}

    @torch.no_grad()
    def step(self, closure: None = None) -> None:  # type: ignore[override]
        for group in self.param_groups:
            for width in dict.fromkeys(p.shape[1] for p in group["params"]):
                tables = tuple(p for p in group["params"] if p.shape[1] == width)
                moments = self._together(tables)
                for p in tables:
                    self.state[p]["step"] += 1
                _update(tables, moments, self.state[tables[0]]["step"].item(), group)

    def load_state_dict(self, state_dict: StateDict) -> None:
        super().load_state_dict(state_dict)
        self._moments.clear()

    def _together(self, tables: tuple[nn.Parameter, ...]) -> Tensor:
        """Both moments of these tables side by side, (all rows, 2 width); each table's state is a view of it."""
        if tables not in self._moments:
            width = tables[0].shape[1]
            both = tables[0].new_zeros(sum(len(p) for p in tables), 2 * width)
            for p, own in zip(tables, both.split([len(p) for p in tables]), strict=True):
                state = self.state[p]
                mean, square = own.split(width, dim=1)
                if state:
                    mean.copy_(state["exp_avg"])
                    square.copy_(state["exp_avg_sq"])
                else:
                    state["step"] = torch.zeros(())
                state["exp_avg"], state["exp_avg_sq"] = mean, square
            self._moments[tables] = both
        return self._moments[tables]


def _update(tables: Sequence[nn.Parameter], moments: Tensor, step: int, group: dict) -> None:
    begins = [0, *accumulate(len(p) for p in tables)]
    with_grad = [
        (p.grad if p.grad.is_sparse else p.grad.to_sparse(1), k) for k, p in enumerate(tables) if p.grad is not None
    ]
    if not with_grad:
        return
    touched = torch.cat([grad._indices()[0] + begins[k] for grad, k in with_grad])
    rows, place = torch.unique(touched, return_inverse=True)  # sorted: the rows of a table lie together
    value = moments.new_zeros(len(rows), tables[0].shape[1])
    value.index_add_(0, place, torch.cat([grad._values() for grad, _ in with_grad]))
    first, second = group["betas"]
    both = moments.index_select(0, rows)
    mean, square = both.chunk(2, dim=1)
    mean.mul_(first).add_(value, alpha=1 - first)
    square.mul_(second).addcmul_(value, value, value=1 - second)
    moments.index_copy_(0, rows, both)
    move = (square / (1 - second**step)).sqrt_().add_(group["eps"])
    torch.div(mean, move, out=move).mul_(-group["lr"] / (1 - first**step))
    bounds = torch.searchsorted(rows, torch.tensor(begins, device=rows.device)).tolist()
    for p, begin, at, to in zip(tables, begins, bounds, bounds[1:], strict=False):
        if to > at:
            own = rows[at:to] - begin
            kept = p.index_select(0, own).mul_(1 - group["lr"] * group["weight_decay"])
            p.index_copy_(0, own, kept.add_(move[at:to]))


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
