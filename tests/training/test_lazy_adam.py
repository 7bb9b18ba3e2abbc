"""Lazy Adam over many tables at once beside an Adam written out row by row."""

from __future__ import annotations

import copy
import math

import pytest
import torch
from torch import nn

from umair.training.optimizers import LazyAdam

RATE, DECAY, FIRST, SECOND, EPS = 0.1, 0.3, 0.9, 0.999, 1e-8
SIZES = ((7, 3), (4, 1), (5, 3), (6, 3))  # rows and width; those of one width are stepped together


def _tables() -> nn.ModuleList:
    torch.manual_seed(0)
    return nn.ModuleList(nn.Embedding(rows, width, sparse=True) for rows, width in SIZES)


def _touches(step: int, table: int) -> list[int]:
    """Rows that a step looks up, some of them twice; the last table is left out of every other step."""
    generator = torch.Generator().manual_seed(100 * step + table)
    if table == len(SIZES) - 1 and step % 2:
        return []
    return torch.randint(0, SIZES[table][0], (6,), generator=generator).tolist()


def _backward(tables: nn.ModuleList, step: int) -> None:
    losses = [
        (table(torch.tensor(rows)) * torch.arange(1.0, len(rows) + 1)[:, None]).sin().sum()
        for k, table in enumerate(tables)
        if (rows := _touches(step, k))
    ]
    torch.stack(losses).sum().backward()


def _stepped(tables: nn.ModuleList, optimizer: LazyAdam, steps: range) -> None:
    for step in steps:
        optimizer.zero_grad()
        _backward(tables, step)
        optimizer.step()


def test_every_row_goes_as_adam_says_and_only_when_it_is_touched() -> None:
    ours, naive = _tables(), _tables()
    _stepped(ours, LazyAdam(ours.parameters(), lr=RATE, weight_decay=DECAY), range(6))
    moments: dict[tuple[int, int, int], tuple[float, float]] = {}
    for step in range(6):
        naive.zero_grad()
        _backward(naive, step)
        for k, table in enumerate(naive):
            for row in set(_touches(step, k)):
                for column in range(SIZES[k][1]):
                    g = float(table.weight.grad.to_dense()[row, column])
                    m, v = moments.get((k, row, column), (0.0, 0.0))
                    m, v = FIRST * m + (1 - FIRST) * g, SECOND * v + (1 - SECOND) * g * g
                    moments[k, row, column] = m, v
                    unbiased = m / (1 - FIRST ** (step + 1)), v / (1 - SECOND ** (step + 1))
                    with torch.no_grad():
                        table.weight[row, column] *= 1 - RATE * DECAY
                        table.weight[row, column] -= RATE * unbiased[0] / (math.sqrt(unbiased[1]) + EPS)
    for own, peer in zip(ours, naive, strict=True):
        torch.testing.assert_close(own.weight, peer.weight, atol=1e-5, rtol=1e-5)


@pytest.mark.parametrize("break_at", [1, 4])
def test_a_state_that_was_kept_goes_on_to_the_same_bits(break_at: int) -> None:
    whole, broken = _tables(), _tables()
    _stepped(whole, LazyAdam(whole.parameters(), lr=RATE), range(6))
    first = LazyAdam(broken.parameters(), lr=RATE)
    _stepped(broken, first, range(break_at))
    kept = copy.deepcopy(first.state_dict())
    again = LazyAdam(broken.parameters(), lr=RATE)
    again.load_state_dict(kept)
    _stepped(broken, again, range(break_at, 6))
    for own, peer in zip(whole, broken, strict=True):
        assert torch.equal(own.weight, peer.weight)


def test_a_later_load_replaces_the_moments_in_use() -> None:
    one, other = _tables(), _tables()
    begun = LazyAdam(one.parameters(), lr=RATE)
    fresh = copy.deepcopy(begun.state_dict())
    _stepped(one, begun, range(2))
    one.load_state_dict(_tables().state_dict())
    begun.load_state_dict(fresh)
    _stepped(one, begun, range(3))
    _stepped(other, LazyAdam(other.parameters(), lr=RATE), range(3))
    for own, peer in zip(one, other, strict=True):
        assert torch.equal(own.weight, peer.weight)
