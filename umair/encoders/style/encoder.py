"""Pictures to the learnt style vector: the stack and a head on it; needs neither torch nor a GPU."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
from PIL import Image

from umair.encoders.style.head import StyleHead, load_head
from umair.encoders.style.stack import stacked
from umair.settings import assets


class StyleEncoder:
    """How a picture is painted, as a row whose cosine (by CSLS) says how near two hands are."""

    def __init__(self, head: StyleHead) -> None:
        self.head = head
        self.fingerprint = head.fingerprint

    @classmethod
    def load(cls, name_or_path: str | Path = "shipped") -> StyleEncoder:
        """“shipped” or the folder of a run; EncoderError if it holds no style encoder."""
        return cls(load_head(assets() / "models" / "style" if str(name_or_path) == "shipped" else Path(name_or_path)))

    def encode(self, pictures: Iterable[Image.Image | np.ndarray]) -> np.ndarray:
        """B pictures (PIL, or RGB arrays (H, W, 3) uint8) -> (B, D) float32 rows of length 1."""
        return self.head.vectors(stacked(pictures))
