"""Pictures from outside a library that teach what is shown: the same things drawn by many hands, each under a name.

A library of a few artists teaches its own labels and little else. Beside it, pictures of things that several hands have
drawn (emoji sets, icons) teach the encoder that a thing stays the same when the hand changes; their classes have a head
of their own that is thrown away, so that no suggestion ever names them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
import torch
from torch import Tensor, nn

from umair.encoders.image_model import ImageModel
from umair.encoders.preprocess import Preprocess
from umair.errors import ImageError, TrainingError
from umair.library.images import load_picture

FEW = 4  # pictures that a class needs


@dataclass(frozen=True)
class Companions:
    """squares (N, S, S, 3) uint8, classes (N,) places in `names`."""

    squares: np.ndarray
    classes: np.ndarray
    names: tuple[str, ...]

    def batch(self, size: int, chance: np.random.Generator) -> np.ndarray:
        """Rows (size,) of randomly chosen pictures, each class as likely as any other."""
        order = np.argsort(self.classes, kind="stable")
        begins = np.searchsorted(self.classes[order], np.arange(len(self.names) + 1))
        chosen = chance.integers(0, len(self.names), size)
        return order[begins[chosen] + (chance.random(size) * (begins[chosen + 1] - begins[chosen])).astype(np.int64)]


def read_companions(files: Sequence[Path], preprocess: Preprocess) -> Companions | None:
    """Parquet tables with image (bytes) and content (what it shows); contents on fewer than four pictures are dropped.

    None if there are no files. Raises TrainingError for a table without these columns, or if no two contents are left.
    """
    if not files:
        return None
    squares, contents = [], []
    for file in files:
        for image, content in _rows(file):
            try:
                squares.append(preprocess.square(load_picture(image)))
            except (ImageError, OSError):
                continue
            contents.append(content)
    counted = Counter(contents)
    names = tuple(sorted(name for name, count in counted.items() if count >= FEW))
    if len(names) < 2:
        raise TrainingError(
            f"No two contents are on {FEW} or more of the {len(squares)} pictures of {', '.join(map(str, files))}. "
            "Name tables in which several hands draw the same things."
        )
    place = {name: n for n, name in enumerate(names)}
    kept = [n for n, content in enumerate(contents) if content in place]
    return Companions(np.stack([squares[n] for n in kept]), np.array([place[contents[n]] for n in kept]), names)


class WithCompanions(nn.Module):
    """An image model and a head for the companions' classes; both heads read one forward of both batches."""

    def __init__(self, model: ImageModel, classes: int) -> None:
        super().__init__()
        self.model = model
        self.classes = nn.Linear(model.backbone.width, classes)

    def forward(self, pixels: Tensor, companions: Tensor) -> tuple[Tensor, Tensor]:
        """pixels (B, 3, S, S), companions (C, 3, S, S) -> logits (B, V) of the labels, (C, K) of the classes."""
        if self.model.head is None:
            raise TrainingError("Companions stand beside a library's labels; this model has none.")
        pooled = self.model.backbone(torch.cat([pixels, companions])).pooled
        return self.model.head(pooled[: len(pixels)]), self.classes(pooled[len(pixels) :])


def _rows(file: Path) -> list[tuple[bytes, str]]:
    try:
        frame = pl.read_parquet(file)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise TrainingError(f"{file} is not a readable Parquet table ({error}).") from error
    if not {"image", "content"} <= set(frame.columns):
        raise TrainingError(f"{file} needs the columns image (bytes) and content; it has {', '.join(frame.columns)}.")
    return frame.drop_nulls("content").select("image", "content").rows()
