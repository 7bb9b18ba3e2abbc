"""What fixed vectors know of labels that no network was taught: a linear probe, tested on hands it has not seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
import torch

from umair.encoders.backbone import build_backbone
from umair.encoders.image import ImageEncoder
from umair.encoders.image_model import ImageModel
from umair.errors import TrainingError
from umair.experiments.label_measures import average_precisions
from umair.library.images import load_picture

LEAST, MOST, FOLDS, SEED = 15, 800, 5, 1  # pictures of a label, pictures at all, folds of hands
RIDGE = 0.3  # of the pictures in training, on standardised vectors
BINS = 6  # of each colour channel


@dataclass(frozen=True)
class Drawings:
    """squares (N, S, S, 3) uint8, targets (N, V) bool for `labels` (V), hands (N)."""

    squares: np.ndarray
    targets: np.ndarray
    labels: tuple[str, ...]
    hands: np.ndarray


def read_drawings(data: Path, encoder: ImageEncoder, most: int = MOST) -> Drawings:
    """From `drawings.parquet` (image, labels, hand): labels on 15 pictures and two hands or more, `most` pictures.

    TrainingError if the file or such labels are absent.
    """
    file = data if data.suffix == ".parquet" else data / "drawings" / "drawings.parquet"
    if not file.is_file():
        raise TrainingError(f"{file} is absent. Name the folder of the development data, or a table of your own.")
    frame = pl.read_parquet(file, columns=["image", "labels", "hand"]).filter(pl.col("labels").list.len() > 0)
    if len(frame) > most:
        frame = frame.sample(most, seed=SEED)
    counted = frame.explode("labels").group_by("labels").agg(n=pl.len(), hands=pl.col("hand").n_unique())
    labels = tuple(sorted(counted.filter((pl.col("n") >= LEAST) & (pl.col("hands") > 1))["labels"]))
    if not labels:
        raise TrainingError(f"No label in {file} is on {LEAST} pictures by two hands, so a probe has nothing to learn.")
    targets = np.array([[label in own for label in labels] for own in frame["labels"].to_list()])
    squares = np.stack([encoder.preprocess.square(load_picture(content)) for content in frame["image"]])
    return Drawings(squares, targets, labels, frame["hand"].to_numpy())


def spaces(found: Drawings, encoder: ImageEncoder, name: str) -> dict[str, np.ndarray]:
    """The vectors that are compared: `semantic`, the same network untrained, and a histogram of colours."""
    torch.manual_seed(SEED)
    bare = ImageModel("untrained", build_backbone("torchvision:resnet18"), (), encoder.preprocess)
    return {
        f"semantic ({name})": encoder.encode_squares(found.squares)["semantic"],
        "ResNet-18, untrained": ImageEncoder(bare, str(encoder.device)).encode_squares(found.squares)["semantic"],
        "colour histogram": colours(found.squares),
    }


def colours(squares: np.ndarray) -> np.ndarray:
    """(N, S, S, 3) uint8 -> (N, 216) square roots of shares of the colours."""
    steps = squares.astype(np.int64) * BINS // 256
    place = (steps[..., 0] * BINS + steps[..., 1]) * BINS + steps[..., 2]
    counts = np.stack([np.bincount(own.ravel(), minlength=BINS**3) for own in place])
    return np.sqrt(counts / place[0].size)


def probe(vectors: np.ndarray, targets: np.ndarray, hands: Sequence[str] | np.ndarray) -> np.ndarray:
    """(V,) average precision of ridge regression, one against the rest, mean over folds; a hand is in one fold only.

    Measured in each fold whose training and test pictures both carry the label; NaN where there is none.
    """
    names = np.unique(np.asarray(hands))
    where = dict(zip(names, np.random.default_rng(SEED).permutation(len(names)) % FOLDS, strict=True))
    fold = np.array([where[h] for h in hands])
    each = []
    for k in range(FOLDS):
        train, test = fold != k, fold == k
        if train.any() and test.any():
            found = average_precisions(_scores(vectors[train], targets[train], vectors[test]), targets[test])
            each.append(np.where(targets[train].any(0), found, np.nan))
    table = np.array(each)
    told = ~np.isnan(table)
    return np.where(told.any(0), np.nansum(table, 0) / np.maximum(told.sum(0), 1), np.nan)


def base_rates(targets: np.ndarray, hands: Sequence[str] | np.ndarray) -> np.ndarray:
    """(V,) what a constant score would get in the same folds."""
    rng = np.random.default_rng(SEED)
    return np.mean([probe(rng.normal(size=(len(targets), 2)), targets, hands) for _ in range(5)], axis=0)


def _scores(train: np.ndarray, targets: np.ndarray, test: np.ndarray) -> np.ndarray:
    mean, spread = train.mean(0), train.std(0) + 1e-6
    x, y = (train - mean) / spread, targets - targets.mean(0)
    gram = x.T @ x + RIDGE * len(x) * np.eye(x.shape[1])
    return ((test - mean) / spread) @ np.linalg.solve(gram, x.T @ y)
