"""Pictures to the learnt style vector, in two steps: what is read of each decoded picture, and vectors of a batch."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from umair.encoders.style.crops import views
from umair.encoders.style.head import StyleHead, load_head
from umair.encoders.style.network import Network, optional_network
from umair.encoders.style.stack import WIDTH, statistics
from umair.settings import assets


@dataclass(frozen=True)
class StyleReading:
    """What style is told from: the stack of statistics (2173,) float32 of one picture, and squares of it.

    views: none without a network, else for each view (1..n, 96, 96, 3) uint8 (see crops.py).
    """

    statistics: np.ndarray
    views: tuple[np.ndarray, ...] = ()


class StyleEncoder:
    """How a picture is painted, as a row whose cosine (by CSLS) says how near two hands are.

    With a network beside the head the cosine of two rows is (1 - share) x the head's + share x the network's.
    """

    def __init__(self, head: StyleHead, network: Network | None = None) -> None:
        self.head = head
        self.network = network
        both = f"{head.fingerprint} {network.fingerprint}" if network else ""
        self.fingerprint = hashlib.sha256(both.encode()).hexdigest() if network else head.fingerprint

    @classmethod
    def load(cls, name_or_path: str | Path = "shipped") -> StyleEncoder:
        """“shipped” or the folder of a run; EncoderError if it holds no style encoder."""
        folder = assets() / "models" / "style" if str(name_or_path) == "shipped" else Path(name_or_path)
        return cls(load_head(folder), optional_network(folder))

    def read(self, rgb: np.ndarray) -> StyleReading:
        """What is needed of one decoded picture (H, W, 3) uint8; safe to call from many threads."""
        return StyleReading(statistics(rgb), views(rgb) if self.network else ())

    def vectors(self, readings: Sequence[StyleReading]) -> np.ndarray:
        """B readings -> (B, D) float32 rows of length 1; a row is the same in any batch."""
        rows = np.stack([r.statistics for r in readings]) if readings else np.zeros((0, WIDTH), np.float32)
        measured = self.head.vectors(rows)
        if self.network is None:
            return measured
        seen, share = self.network.rows([r.views for r in readings]), self.network.share
        return np.concatenate([measured * np.float32(np.sqrt(1 - share)), seen * np.float32(np.sqrt(share))], axis=1)

    def encode(self, pictures: Iterable[Image.Image | np.ndarray]) -> np.ndarray:
        """B pictures (PIL, or RGB arrays (H, W, 3) uint8) -> (B, D) float32 rows of length 1."""
        return self.vectors([self.read(_array(p)) for p in pictures])


def _array(picture: Image.Image | np.ndarray) -> np.ndarray:
    return np.asarray(picture.convert("RGB")) if isinstance(picture, Image.Image) else picture
