"""From a decoded picture to the numbers that a network reads: the same for training, library and upload.

The fingerprint of these choices is part of the fingerprint of every vector.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields

import numpy as np
from PIL import Image

from umair.errors import EncoderError

FITS = ("letterbox", "crop", "stretch")
CHANNELS = ("rgb", "bgr")
RESAMPLING = {
    "bilinear": Image.Resampling.BILINEAR,
    "bicubic": Image.Resampling.BICUBIC,
    "lanczos": Image.Resampling.LANCZOS,
}
PAPER_WHITE = (255, 255, 255)
VERSION = 1  # raise it when the same choices give other numbers


@dataclass(frozen=True)
class Preprocess:
    """How an RGB picture becomes a square of normalised numbers."""

    size: int = 160  # pixels of a side
    fit: str = "letterbox"  # letterbox: the whole picture on white | crop: the centre | stretch: sides lose proportion
    interpolation: str = "bilinear"
    mean: tuple[float, float, float] = (0.5, 0.5, 0.5)
    std: tuple[float, float, float] = (0.25, 0.25, 0.25)
    channels: str = "rgb"

    def __post_init__(self) -> None:
        known = self.fit in FITS and self.interpolation in RESAMPLING and self.channels in CHANNELS
        if not known or self.size < 8 or min(self.std) <= 0:
            raise EncoderError(
                f"Preprocessing {asdict(self)} is not one we know. fit: {', '.join(FITS)}; "
                f"interpolation: {', '.join(RESAMPLING)}; channels: {', '.join(CHANNELS)}; size from 8; std above 0."
            )

    @classmethod
    def of(cls, found: Mapping[str, object]) -> Preprocess:
        """From the JSON of a model folder; keys of newer versions are refused, because they change the numbers."""
        unknown = set(found) - {f.name for f in fields(cls)}
        if unknown:
            raise EncoderError(f"The model asks for preprocessing that we do not know: {', '.join(sorted(unknown))}.")
        listed = {k: tuple(v) if isinstance(v, list) else v for k, v in found.items()}
        return cls(**listed)  # type: ignore[arg-type]

    @property
    def fingerprint(self) -> str:
        """64 hexadecimal digits of these choices."""
        text = json.dumps({"version": VERSION, **asdict(self)}, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def enough(self) -> int | None:
        """Pixels of the long side that a decoded picture needs for the square; None: all it has."""
        return self.size if self.fit == "letterbox" else None

    def square(self, picture: Image.Image) -> np.ndarray:
        """(size, size, 3) uint8 RGB."""
        picture = picture if picture.mode == "RGB" else picture.convert("RGB")
        if self.fit == "letterbox":
            return np.asarray(_letterbox(picture, self.size, RESAMPLING[self.interpolation]))
        box = _centre(picture.size) if self.fit == "crop" else None
        return np.asarray(picture.resize((self.size, self.size), RESAMPLING[self.interpolation], box=box))

    def normalise(self, squares: np.ndarray) -> np.ndarray:
        """(…, size, size, 3) uint8 to (…, 3, size, size) float32."""
        ordered = squares[..., ::-1] if self.channels == "bgr" else squares
        scaled = (ordered.astype(np.float32) / 255.0 - np.array(self.mean, np.float32)) / np.array(self.std, np.float32)
        return np.ascontiguousarray(np.moveaxis(scaled, -1, -3))

    def __call__(self, picture: Image.Image) -> np.ndarray:
        """(3, size, size) float32."""
        return self.normalise(self.square(picture))


def _letterbox(picture: Image.Image, size: int, resampling: Image.Resampling) -> Image.Image:
    scale = size / max(picture.size)
    fitted = picture.resize((max(1, round(picture.width * scale)), max(1, round(picture.height * scale))), resampling)
    square = Image.new("RGB", (size, size), PAPER_WHITE)
    square.paste(fitted, ((size - fitted.width) // 2, (size - fitted.height) // 2))
    return square


def _centre(size: tuple[int, int]) -> tuple[float, float, float, float]:
    side = min(size)
    left, top = (size[0] - side) / 2, (size[1] - side) / 2
    return (left, top, left + side, top + side)
