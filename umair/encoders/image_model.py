"""The network of the image encoder with its label head, and the folder that holds it.

A folder (a run, or assets/models/image) has `model.safetensors` and `config.json`:
{"kind": "image", "backbone": name, "preprocess": {…}, "labels": [names of the head's outputs]}. With
`label_calibration.json` beside them the head's scores become probabilities (encoders/label_calibration.py).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import torch
from safetensors.torch import load_file, save
from torch import Tensor, nn

from umair.encoders.backbone import Backbone, FeatureMaps, build_backbone
from umair.encoders.label_calibration import LabelCalibration, load_calibration
from umair.encoders.preprocess import Preprocess
from umair.errors import EncoderError
from umair.library.atomic import write_bytes, write_json

WEIGHTS, CONFIG = "model.safetensors", "config.json"


class ImageModel(nn.Module):
    """A backbone and the linear head of the pretext task (2.2); the head is not part of the two outputs."""

    def __init__(self, name: str, backbone: Backbone, labels: Sequence[str], preprocess: Preprocess) -> None:
        super().__init__()
        self.name = name
        self.backbone = backbone
        self.labels = tuple(labels)
        self.preprocess = preprocess
        self.head = nn.Linear(backbone.width, len(labels)) if labels else None
        self.calibration: LabelCalibration | None = None

    def forward(self, pixels: Tensor) -> Tensor:
        """pixels (B, 3, S, S) -> logits (B, V) of the labels."""
        if self.head is None:
            raise EncoderError(f"{self.name} was loaded without labels, so it can name none.")
        return self.head(self.backbone(pixels).pooled)

    def maps(self, pixels: Tensor) -> FeatureMaps:
        return self.backbone(pixels)

    @property
    def fingerprint(self) -> str:
        """64 hexadecimal digits of weights and preprocessing: what the vectors depend on, the head left out."""
        digest = hashlib.sha256(self.preprocess.fingerprint.encode())
        for name, tensor in sorted(self.backbone.state_dict().items()):
            digest.update(name.encode())
            digest.update(tensor.detach().float().cpu().contiguous().numpy().tobytes())
        return digest.hexdigest()


def save_image_model(folder: Path, model: ImageModel, dtype: torch.dtype = torch.float16) -> None:
    """Write weights and config; a reader meets the old pair or the new weights, whose config is equal."""
    config = {
        "kind": "image",
        "backbone": model.name,
        "preprocess": asdict(model.preprocess),
        "labels": list(model.labels),
    }
    tensors = {
        name: (t.to(dtype) if t.is_floating_point() else t).detach().cpu().contiguous()
        for name, t in model.state_dict().items()
    }
    write_json(folder / CONFIG, config)
    write_bytes(folder / WEIGHTS, save(tensors))


def load_image_model(folder: Path) -> ImageModel:
    """A model in float32 from its folder; EncoderError if the folder is not one."""
    try:
        config = json.loads((folder / CONFIG).read_text("utf-8"))
        tensors = load_file(folder / WEIGHTS)
    except (OSError, ValueError) as error:
        raise EncoderError(
            f"{folder} holds no image encoder: expected {CONFIG} and {WEIGHTS} ({error}). "
            "Name a finished run of kind “image”, or “shipped”."
        ) from error
    if config.get("kind") != "image":
        raise EncoderError(f"{folder} holds a model of kind {config.get('kind')!r}, expected “image”.")
    backbone = build_backbone(config["backbone"])
    model = ImageModel(config["backbone"], backbone, config["labels"], Preprocess.of(config["preprocess"]))
    try:
        model.load_state_dict({n: t.float() if t.is_floating_point() else t for n, t in tensors.items()})
    except RuntimeError as error:
        raise EncoderError(f"The weights in {folder} do not fit {config['backbone']}: {error}") from error
    model.calibration = load_calibration(folder)
    return model
