"""The image encoder: one network, two outputs (paper 2.2, eq. 2): what a picture shows and how it is painted."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from umair.encoders.backbone import TimmBackbone, TorchvisionResNet, build_backbone
from umair.encoders.forward import both_outputs, fold_batch_norms, pixels_of
from umair.encoders.image_model import ImageModel, load_image_model
from umair.encoders.label_calibration import sigmoid
from umair.encoders.label_head import prediction_fingerprint
from umair.encoders.preprocess import Preprocess
from umair.encoders.tagger import Tags, tagger_preprocess, tags_of
from umair.errors import EncoderError
from umair.settings import assets

HUB_PREFIXES = ("torchvision:", "timm:", "hf-hub:", "local-dir:")
BATCH = 32


class ImageEncoder:
    """Pictures to `semantic` (eq. 3) and `style_paper` (eq. 4). A picture's row is the same in any batch."""

    def __init__(self, model: ImageModel, device: str = "auto", tags: Tags | None = None) -> None:
        self.device = pick_device(device)
        self.tags = tags
        self.fingerprint = model.fingerprint
        if isinstance(model.backbone, TorchvisionResNet):
            model = copy.deepcopy(model)  # whoever trains it goes on with its batch norms
            fold_batch_norms(model.eval().backbone)
        self._model = model.eval().requires_grad_(False).to(self.device, memory_format=torch.channels_last)  # type: ignore[call-overload]

    @classmethod
    def load(cls, name_or_path: str | Path = "shipped", device: str = "auto") -> ImageEncoder:
        """“shipped”, a run folder, or a hub name (torchvision:resnet101, timm:NAME, hf-hub:OWNER/NAME, local-dir:PATH).

        Raises HubUnavailable if weights must be fetched and cannot be, EncoderError for what is no encoder.
        """
        name = str(name_or_path)
        if not name.startswith(HUB_PREFIXES):
            return cls(load_image_model(assets() / "models" / "image" if name == "shipped" else Path(name)), device)
        backbone, tags = build_backbone(name, pretrained=True), tags_of(name)
        preprocess = backbone.preprocess if tags is None else tagger_preprocess(backbone.preprocess)
        return cls(ImageModel(name, backbone, (), preprocess), device, tags)

    @property
    def preprocess(self) -> Preprocess:
        return self._model.preprocess

    @property
    def labels(self) -> tuple[str, ...]:
        """Names of what `predict` answers; empty if the weights came without."""
        return self.tags.names if self.tags else self._model.labels

    def encode(self, pictures: Sequence[Image.Image]) -> dict[str, np.ndarray]:
        """B pictures -> {"semantic": (B, D), "style_paper": (B, C)} float32."""
        return self.encode_squares(np.stack([self.preprocess.square(p) for p in pictures]))

    def encode_squares(self, squares: np.ndarray) -> dict[str, np.ndarray]:
        """The same from (B, S, S, 3) uint8, as `preprocess.square` gives them."""
        semantic, style = [], []
        with torch.inference_mode():
            for start in range(0, len(squares), BATCH):
                shown, painted = both_outputs(self._model, self._pixels(squares[start : start + BATCH]))
                semantic.append(shown)
                style.append(painted)
        return {"semantic": np.concatenate(semantic), "style_paper": np.concatenate(style)}

    @property
    def is_calibrated(self) -> bool:
        """Whether `predict` answers by a map fitted on pictures kept out (encoders/label_calibration.py)."""
        return self._model.calibration is not None

    @property
    def prediction_fingerprint(self) -> str:
        """64 hexadecimal digits of all that `predict` hangs on: `fingerprint`, the head, labels and calibration."""
        head = self._model.head
        weights = () if head is None else (head.weight.detach().cpu().numpy(), head.bias.detach().cpu().numpy())
        return prediction_fingerprint(self.fingerprint, self.labels, self._model.calibration, *weights)

    def predict(self, pictures: Sequence[Image.Image]) -> np.ndarray:
        """(B, V) probability of each of `labels`, in float32; EncoderError if the weights came without labels.

        Calibrated if the model's folder holds a calibration, else the sigmoid of the scores as they are.
        """
        found, calibration = self.scores(pictures), self._model.calibration
        return calibration(found) if calibration else sigmoid(found).astype(np.float32)

    def scores(self, pictures: Sequence[Image.Image]) -> np.ndarray:
        """(B, V) logits of `labels`, in float32; EncoderError if the weights came without labels."""
        if not self.labels:
            raise EncoderError("These weights came without labels, so they can suggest none. Choose a trained encoder.")
        found = [np.zeros((0, len(self.labels)), np.float32)]
        with torch.inference_mode():
            for start in range(0, len(pictures), BATCH):
                squares = np.stack([self.preprocess.square(p) for p in pictures[start : start + BATCH]])
                found.append(self._logits(self._pixels(squares)).float().cpu().numpy())
        return np.concatenate(found)

    def _logits(self, pixels: Tensor) -> Tensor:
        backbone = self._model.backbone
        return backbone.logits(pixels) if isinstance(backbone, TimmBackbone) and self.tags else self._model(pixels)

    def _pixels(self, squares: np.ndarray) -> Tensor:
        return pixels_of(squares, self.preprocess, self.device)


def pick_device(asked: str) -> torch.device:
    """“auto” takes CUDA, then Apple's GPU, then the processor."""
    if asked != "auto":
        return torch.device(asked)
    if torch.cuda.is_available():
        return torch.device("cuda")
    return torch.device("mps" if torch.backends.mps.is_available() else "cpu")
