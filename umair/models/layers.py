"""Parts that several rankers share: embeddings of fields, the linear term, the tower."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from umair.features.schema import Field


class FieldEmbeddings(nn.Module):
    """Embeddings of categorical fields, side by side: slots (B, F) -> (B, F * width); padding (-1) gives zeros.

    Fields of one table share it, and one look-up. `rectified` adds a bias a table and a ReLU, as the paper's baselines
    have it. Gradients are sparse: only rows that a batch touches are updated.
    """

    by_table: Tensor
    in_order: Tensor
    table_of: Tensor

    def __init__(self, fields: Sequence[Field], width: int, rectified: bool = False, scale: float = 0.05) -> None:
        super().__init__()
        self.fields, self.width = tuple(fields), width
        sizes = {f.table: f.size for f in fields}
        self.tables = nn.ModuleDict({t: nn.Embedding(size, width, sparse=True) for t, size in sizes.items()})
        self.bias = nn.ParameterDict({t: nn.Parameter(torch.zeros(width)) for t in sizes} if rectified else {})
        for weight in self.tables.parameters():
            nn.init.normal_(weight, std=scale)
        table_of = torch.tensor([list(sizes).index(f.table) for f in fields], dtype=torch.long, device="cpu")
        by_table = table_of.argsort(stable=True)
        self.register_buffer("by_table", by_table, persistent=False)
        self.register_buffer("in_order", by_table.argsort(), persistent=False)
        self.register_buffer("table_of", table_of[by_table], persistent=False)
        self._shares = [sum(f.table == t for f in fields) for t in sizes]

    @property
    def out_width(self) -> int:
        return len(self.fields) * self.width

    def forward(self, slots: Tensor) -> Tensor:
        if not self.fields:
            return slots.new_zeros((len(slots), 0), dtype=torch.float32)
        grouped = slots.t().index_select(0, self.by_table)  # (F, B): the fields of a table are whole rows
        own = grouped.clamp(min=0).split(self._shares)
        found = torch.cat([table(s) for table, s in zip(self.tables.values(), own, strict=True)])  # (F, B, width)
        if self.bias:
            bias = torch.stack([self.bias[t] for t in self.tables]).index_select(0, self.table_of)
            found = torch.relu(found + bias.unsqueeze(1))
        found = found * (grouped >= 0).unsqueeze(2)
        return found.index_select(0, self.in_order).transpose(0, 1).flatten(1)


class LinearTerm(nn.Module):
    """One weight for every slot of every field, summed: slots (B, F) -> (B). No bias; padding adds nothing."""

    offsets: Tensor

    def __init__(self, fields: Sequence[Field]) -> None:
        super().__init__()
        sizes = torch.tensor([0, *(f.size for f in fields)], device="cpu")
        self.register_buffer("offsets", sizes.cumsum(0)[:-1], persistent=False)
        self.weight = nn.Embedding(sum(f.size for f in fields), 1, sparse=True)
        nn.init.zeros_(self.weight.weight)

    def each(self, slots: Tensor) -> Tensor:
        """The weight of every field's slot: (B, F) -> (B, F)."""
        return self.weight(slots.clamp(min=0) + self.offsets).squeeze(-1) * (slots >= 0)

    def forward(self, slots: Tensor) -> Tensor:
        return self.each(slots).sum(1)


def tower(width: int, widths: Sequence[int], dropout: float) -> nn.Sequential:
    """Linear, BatchNorm, ReLU, Dropout for each of the widths: (B, width) -> (B, widths[-1])."""
    layers: list[nn.Module] = []
    for before, after in zip([width, *widths], widths, strict=False):
        layers += [nn.Linear(before, after), nn.BatchNorm1d(after), nn.ReLU(), nn.Dropout(dropout)]
    return nn.Sequential(*layers)


def plain_tower(width: int, widths: Sequence[int], dropout: float) -> nn.Sequential:
    """Linear, ReLU, Dropout for each of the widths, without BatchNorm."""
    layers: list[nn.Module] = []
    for before, after in zip([width, *widths], widths, strict=False):
        layers += [nn.Linear(before, after), nn.ReLU(), nn.Dropout(dropout)]
    return nn.Sequential(*layers)
