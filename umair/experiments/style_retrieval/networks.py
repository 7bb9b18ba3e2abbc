"""What an image network says of pictures: content (eq. 3), the paper's style (eq. 4), and the whole Gram matrices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torchvision.models import get_model_weights

from umair.encoders.backbone import RESNETS, build_backbone
from umair.encoders.gram import gram, paper_style
from umair.encoders.image_model import ImageModel, load_image_model
from umair.errors import HubUnavailable
from umair.settings import assets

BATCH = 32
OUTPUTS = ("semantic", "paper", "whole")


def shipped_network() -> ImageModel:
    """The image network that comes with the code."""
    return load_image_model(assets() / "models" / "image")


def untrained_network() -> ImageModel:
    """The same network with random weights."""
    shipped = shipped_network()
    torch.manual_seed(0)
    return ImageModel(shipped.name, build_backbone(shipped.name), (), shipped.preprocess)


def hub_network(name: str) -> ImageModel:
    """A network with the weights of its hub, if they lie on this machine; HubUnavailable says why not."""
    short = name.removeprefix("torchvision:")
    if short in RESNETS:
        file = get_model_weights(short).DEFAULT.url.rsplit("/", 1)[-1]
        if not (Path(torch.hub.get_dir()) / "checkpoints" / file).exists():
            raise HubUnavailable(f"{file} is not on this machine; load {name} once with a network.")
    backbone = build_backbone(name, pretrained=True)
    return ImageModel(name, backbone, (), backbone.preprocess)


def network_rows(model: ImageModel, pictures: Iterable[Image.Image]) -> dict[str, np.ndarray]:
    """One pass: semantic (N, D), paper (N, C) by eq. 4, whole (N, sum of C_l (C_l + 1) / 2) the signed square roots.

    `whole` is the upper triangle of each shallow Gram, kept in half precision.
    """
    model = model.eval().requires_grad_(False)
    kept: dict[str, list[np.ndarray]] = {name: [] for name in OUTPUTS}
    for batch in _batches(pictures):
        squares = np.stack([model.preprocess.square(p) for p in batch])
        with torch.inference_mode():
            maps = model.maps(torch.from_numpy(model.preprocess.normalise(squares)))
            kept["semantic"].append(maps.pooled.float().numpy())
            kept["paper"].append(paper_style(maps.shallow).numpy())
            kept["whole"].append(np.concatenate([_upper(layer) for layer in maps.shallow], axis=1))
    return {name: np.concatenate(rows) for name, rows in kept.items()}


def _batches(pictures: Iterable[Image.Image]) -> Iterator[list[Image.Image]]:
    rest = iter(pictures)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _upper(layer: torch.Tensor) -> np.ndarray:
    matrix = gram(layer)
    one, two = np.triu_indices(matrix.shape[1])
    values = matrix.numpy()[:, one, two]
    return (np.sign(values) * np.sqrt(np.abs(values))).astype(np.float16)
