"""Pictures to the learnt style vector, in two steps: what is read of each decoded picture, and vectors of a batch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from umair.encoders.style.head import StyleHead, load_head
from umair.encoders.style.stack import WIDTH, statistics
from umair.settings import assets


@dataclass(frozen=True)
class StyleReading:
    """What style is told from: the stack of statistics (2173,) float32 of one picture."""

    statistics: np.ndarray


class StyleEncoder:
    """How a picture is painted, as a row whose cosine (by CSLS) says how near two hands are."""

    def __init__(self, head: StyleHead) -> None:
        self.head = head
        self.fingerprint = head.fingerprint

    @classmethod
    def load(cls, name_or_path: str | Path = "shipped") -> StyleEncoder:
        """“shipped” or the folder of a run; EncoderError if it holds no style encoder."""
        return cls(load_head(assets() / "models" / "style" if str(name_or_path) == "shipped" else Path(name_or_path)))

    def read(self, rgb: np.ndarray) -> StyleReading:
        """What is needed of one decoded picture (H, W, 3) uint8; safe to call from many threads."""
        return StyleReading(statistics(rgb))

    def vectors(self, readings: Sequence[StyleReading]) -> np.ndarray:
        """B readings -> (B, D) float32 rows of length 1; a row is the same in any batch."""
        rows = np.stack([r.statistics for r in readings]) if readings else np.zeros((0, WIDTH), np.float32)
        return self.head.vectors(rows)

    def encode(self, pictures: Iterable[Image.Image | np.ndarray]) -> np.ndarray:
        """B pictures (PIL, or RGB arrays (H, W, 3) uint8) -> (B, D) float32 rows of length 1."""
        return self.vectors([self.read(_array(p)) for p in pictures])


def _array(picture: Image.Image | np.ndarray) -> np.ndarray:
    return np.asarray(picture.convert("RGB")) if isinstance(picture, Image.Image) else picture
