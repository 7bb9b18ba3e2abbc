"""From 2,173 statistics to a style vector: parts learnt to bring pictures of one hand together (numpy alone).

A style folder (a run, or assets/models/style) has `model.safetensors` and `config.json`. Every part reads the
standardised statistics s = clip((x - mean) / std, -5, 5), gives a row of length 1, and the vector is all parts side by
side, each times the square root of its share: the cosine of two vectors is the weighted mean of the parts' cosines.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from safetensors.numpy import load_file, save

from umair.encoders.style import stack
from umair.errors import EncoderError
from umair.library.atomic import write_bytes, write_json

WEIGHTS, CONFIG = "model.safetensors", "config.json"
CUT = 5.0  # standard deviations
WHOLE = ("mean", "std", "shares")  # kept in single precision


class Part(Protocol):
    """Something that gives one row for each picture's standardised statistics."""

    def rows(self, standardised: np.ndarray) -> np.ndarray: ...

    def tensors(self) -> dict[str, np.ndarray]: ...


@dataclass(frozen=True)
class Projection:
    """A linear part, such as LDA: (s - centre) @ directions; centre (F,), directions (F, D)."""

    centre: np.ndarray
    directions: np.ndarray

    def rows(self, standardised: np.ndarray) -> np.ndarray:
        return (standardised - self.centre) @ self.directions

    def tensors(self) -> dict[str, np.ndarray]:
        return {"centre": self.centre, "directions": self.directions}


@dataclass(frozen=True)
class Perceptron:
    """One hidden layer beside a linear skip: relu(s @ hidden + bias) @ out + s @ skip + shift."""

    hidden: np.ndarray
    bias: np.ndarray
    out: np.ndarray
    skip: np.ndarray
    shift: np.ndarray

    def rows(self, standardised: np.ndarray) -> np.ndarray:
        return np.maximum(standardised @ self.hidden + self.bias, 0) @ self.out + standardised @ self.skip + self.shift

    def tensors(self) -> dict[str, np.ndarray]:
        return {n: getattr(self, n) for n in ("hidden", "bias", "out", "skip", "shift")}


@dataclass(frozen=True)
class StyleHead:
    """mean, std (F,) of the training statistics, the parts, and what share of the cosine each has (P,), sum 1."""

    mean: np.ndarray
    std: np.ndarray
    parts: Sequence[Part]
    shares: np.ndarray

    def vectors(self, statistics: np.ndarray) -> np.ndarray:
        """(B, F) statistics -> (B, D) float32 rows of length 1."""
        s = np.clip((statistics - self.mean) / self.std, -CUT, CUT)
        each = [_unit(part.rows(s)) * np.sqrt(own) for part, own in zip(self.parts, self.shares, strict=True)]
        return np.concatenate(each, axis=1).astype(np.float32)

    @property
    def fingerprint(self) -> str:
        """64 hexadecimal digits of the weights and of the stack's version."""
        digest = hashlib.sha256(f"stack {stack.VERSION}".encode())
        for name, tensor in sorted(self.tensors().items()):
            digest.update(name.encode())
            digest.update(np.ascontiguousarray(tensor, dtype=np.float32).tobytes())
        return digest.hexdigest()

    def tensors(self) -> dict[str, np.ndarray]:
        named = {"mean": self.mean, "std": self.std, "shares": self.shares}
        for number, part in enumerate(self.parts):
            kind = type(part).__name__.lower()
            named |= {f"{number}.{kind}.{name}": tensor for name, tensor in part.tensors().items()}
        return named


def save_head(folder: Path, head: StyleHead) -> StyleHead:
    """Write a head in half precision and give it back as it will be read (statistics of scale stay float32)."""
    tensors = {
        name: np.ascontiguousarray(t, dtype=np.float32 if name in WHOLE else np.float16)
        for name, t in head.tensors().items()
    }
    write_json(folder / CONFIG, {"kind": "style", "stack": stack.VERSION, "width": len(head.mean)})
    write_bytes(folder / WEIGHTS, save(tensors))
    return load_head(folder)


def load_head(folder: Path) -> StyleHead:
    """The head in a folder; EncoderError if there is none or it was trained on other statistics."""
    try:
        config = json.loads((folder / CONFIG).read_text("utf-8"))
        tensors = {name: t.astype(np.float32) for name, t in load_file(folder / WEIGHTS).items()}
    except (OSError, ValueError) as error:
        raise EncoderError(
            f"{folder} holds no style encoder: expected {CONFIG} and {WEIGHTS} ({error}). "
            "Name a finished run of kind “style”, or “shipped”."
        ) from error
    if config.get("kind") != "style" or config.get("stack") != stack.VERSION:
        raise EncoderError(
            f"{folder} was trained on {config.get('kind')} statistics of version {config.get('stack')}, expected "
            f"style, {stack.VERSION}. Train it again with `python -m umair train style`."
        )
    parts: dict[tuple[int, str], dict[str, np.ndarray]] = {}
    for name, tensor in tensors.items():
        if name not in WHOLE:
            number, kind, field = name.split(".")
            parts.setdefault((int(number), kind), {})[field] = tensor
    kinds = {"projection": Projection, "perceptron": Perceptron}
    ordered = [kinds[kind](**own) for (_, kind), own in sorted(parts.items())]
    return StyleHead(tensors["mean"], tensors["std"], ordered, tensors["shares"])


def _unit(rows: np.ndarray) -> np.ndarray:
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
