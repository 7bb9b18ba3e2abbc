"""Look-ups of fields, a table at a time, beside one look-up a field."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from umair.features.schema import PADDING, Field, Schema, TableSizes, baseline_schema, paper_schema
from umair.models.layers import FieldEmbeddings

PAPER = paper_schema(TableSizes(50, 40, 20, 20, 30))
BASELINE = baseline_schema(PAPER)
ROWS = 40


def _slots(fields: tuple[Field, ...], lowest: int) -> Tensor:
    generator = torch.Generator().manual_seed(0)
    return torch.stack([torch.randint(lowest, f.size, (ROWS,), generator=generator) for f in fields], dim=1)


def _field_by_field(module: FieldEmbeddings, slots: Tensor) -> Tensor:
    parts = []
    for k, field in enumerate(module.fields):
        value = module.tables[field.table].weight[slots[:, k].clamp(min=0)]
        if field.table in module.bias:
            value = torch.relu(value + module.bias[field.table])
        parts.append(torch.where((slots[:, k] != PADDING).unsqueeze(1), value, 0.0))
    return torch.cat(parts, dim=1)


@pytest.mark.parametrize("rectified", [False, True])
@pytest.mark.parametrize("schema", [PAPER, BASELINE], ids=["own tables", "fields far apart share a table"])
def test_a_table_at_a_time_is_the_same_as_a_field_at_a_time(schema: Schema, rectified: bool) -> None:
    fields = (*schema.user_fields, *schema.item_fields)
    torch.manual_seed(1)
    module = FieldEmbeddings(fields, 5, rectified, scale=1.0)
    for bias in module.bias.values():
        torch.nn.init.normal_(bias)
    slots = _slots(fields, PADDING)
    found, naive = module(slots), _field_by_field(module, slots)
    assert torch.equal(found, naive)
    told = torch.randn_like(naive)
    names, parameters = zip(*module.named_parameters(), strict=True)
    ours = torch.autograd.grad((found * told).sum(), parameters)
    peers = torch.autograd.grad((naive * told).sum(), parameters)
    for name, own, peer in zip(names, ours, peers, strict=True):
        torch.testing.assert_close(own.to_dense(), peer, atol=1e-4, rtol=1e-5, msg=lambda m, name=name: f"{name}: {m}")


def test_no_fields_are_no_columns() -> None:
    module = FieldEmbeddings((), 5)
    assert module(torch.zeros((ROWS, 0), dtype=torch.long)).shape == (ROWS, 0)


def test_weights_of_saved_runs_keep_their_names() -> None:
    names = set(FieldEmbeddings(BASELINE.item_fields, 4, rectified=True).state_dict())
    tables = {f.table for f in BASELINE.item_fields}
    assert names == {f"tables.{t}.weight" for t in tables} | {f"bias.{t}" for t in tables}
