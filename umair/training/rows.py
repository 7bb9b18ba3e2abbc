"""Training rows on disk, handed out as batches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from umair.features.columns import Columns
from umair.features.events import Events
from umair.features.fields import forget_some
from umair.features.inputs import Block, Inputs
from umair.features.negatives import draw_negatives
from umair.models.batch import Batch, tensors

FORGOTTEN = 0.02  # share of names that training sees as unknown


@dataclass(frozen=True)
class Rows:
    """Columns on disk and what they are looked up in."""

    columns: Columns
    inputs: Inputs

    def __len__(self) -> int:
        return len(self.columns)

    def steps(self, batch_rows: int) -> int:
        return len(self.columns.blocks(batch_rows))

    def shuffled(self, batch_rows: int, seed: int, skip: int = 0) -> Iterator[Batch]:
        for columns in self.columns.shuffled(batch_rows, seed, skip):
            yield as_batch(self.inputs.assemble(columns))

    def in_order(self, batch_rows: int) -> Iterator[tuple[Batch, dict[str, np.ndarray]]]:
        """Every batch with its columns."""
        for start, stop in self.columns.blocks(batch_rows):
            columns = self.columns.block(start, stop)
            yield as_batch(self.inputs.assemble(columns)), columns


@dataclass(frozen=True)
class Drawing:
    """How rows are made from bookmarks: negatives for each, by which policy, from which seed."""

    each: int
    policy: str
    seed: int


def make_rows(folder: Path, inputs: Inputs, events: Events, which: np.ndarray, how: Drawing, train: bool) -> Rows:
    """Rows of the bookmarks `which` (numbers into the events), each followed by its negatives, written to a folder."""
    user, at = events.user[which], events.at[which]
    negatives = draw_negatives(user, at, how.each, events, inputs.catalogue.published, how.seed, how.policy)
    group = 1 + how.each
    item = np.concatenate([events.item[which][:, None], negatives], axis=1).reshape(-1)
    label = np.tile(np.eye(1, group, dtype=np.float32)[0], len(which))
    columns = inputs.columns(np.repeat(user, group), item, np.repeat(at, group), label)
    if train:
        for name, fields in (
            ("user_fields", inputs.schema.user_fields),
            ("item_fields", inputs.schema.item_fields),
        ):
            columns[name] = forget_some(fields, columns[name], FORGOTTEN, how.seed)
    return Rows(Columns.write(folder, columns, group, how.seed), inputs)


def as_batch(block: Block) -> Batch:
    return Batch(
        tensors(block.user_fields),
        tensors(block.item_fields),
        {m: tensors(x) for m, x in block.items.items()},
        {m: tensors(x) for m, x in block.interests.items()},
        tensors(block.facts),
        tensors(block.label),
    )
