"""The label head of a trained image encoder without torch: stored `semantic` vectors to probabilities of labels.

The head is linear on `semantic` (2.2), so a library that is encoded needs no picture decoded, and no network, for it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load_file

from umair.encoders.label_calibration import LabelCalibration, load_calibration, sigmoid
from umair.encoders.preprocess import Preprocess
from umair.errors import EncoderError

WEIGHTS, CONFIG = "model.safetensors", "config.json"
BACKBONE = "backbone."


@dataclass(frozen=True, eq=False)
class LabelHead:
    """weight (V, D) and bias (V,) float32 for `labels` (V); `backbone` is the fingerprint of the vectors it reads."""

    labels: tuple[str, ...]
    weight: np.ndarray
    bias: np.ndarray
    backbone: str
    calibration: LabelCalibration | None

    @classmethod
    def load(cls, folder: Path) -> LabelHead:
        """The head in a run's folder or in assets/models/image; EncoderError if there is none."""
        facts = [(folder / name).stat().st_mtime_ns if (folder / name).is_file() else 0 for name in (WEIGHTS, CONFIG)]
        return cls(*_read(folder, tuple(facts)), load_calibration(folder))

    @property
    def fingerprint(self) -> str:
        """64 hexadecimal digits of all that the probabilities hang on."""
        return prediction_fingerprint(self.backbone, self.labels, self.calibration, self.weight, self.bias)

    def probabilities(self, semantic: np.ndarray) -> np.ndarray:
        """semantic (N, D) -> (N, V) float32; calibrated if the folder holds a calibration."""
        logits = np.asarray(semantic, np.float32) @ self.weight.T + self.bias
        return self.calibration(logits) if self.calibration else sigmoid(logits).astype(np.float32)


def prediction_fingerprint(
    backbone: str, labels: Sequence[str], calibration: LabelCalibration | None, *weights: np.ndarray
) -> str:
    """Names a model's answers: other weights, labels or calibration give another name."""
    digest = hashlib.sha256(backbone.encode())
    digest.update(json.dumps([list(labels), asdict(calibration) if calibration else None]).encode())
    for array in weights:
        digest.update(np.ascontiguousarray(array, np.float32).tobytes())
    return digest.hexdigest()


@lru_cache(maxsize=2)
def _read(folder: Path, _: tuple[int, ...]) -> tuple[tuple[str, ...], np.ndarray, np.ndarray, str]:
    """Labels, weight, bias and the backbone's fingerprint, as `ImageModel.fingerprint` has it."""
    try:
        config = json.loads((folder / CONFIG).read_text("utf-8"))
        tensors = load_file(folder / WEIGHTS)
        labels = tuple(config["labels"])
        preprocess = Preprocess.of(config["preprocess"])
    except (OSError, ValueError, KeyError, TypeError, SafetensorError) as error:
        raise EncoderError(f"{folder} holds no image encoder that names labels ({error}).") from error
    if not labels or "head.weight" not in tensors:
        raise EncoderError("These weights came without labels, so they can suggest none. Choose a trained encoder.")
    digest = hashlib.sha256(preprocess.fingerprint.encode())
    for name in sorted(n.removeprefix(BACKBONE) for n in tensors if n.startswith(BACKBONE)):
        digest.update(name.encode())
        digest.update(np.ascontiguousarray(tensors[BACKBONE + name], np.float32).tobytes())
    weight, bias = (np.asarray(tensors[f"head.{part}"], np.float32) for part in ("weight", "bias"))
    return labels, weight, bias, digest.hexdigest()
