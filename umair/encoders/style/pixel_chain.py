"""What a made hand does to finished pixels: paper, ink in edges, tone, grain, coarse pixels, compression."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np


@dataclass(frozen=True)
class PixelChain:
    """Settings of one hand, applied in this order; zero or one leaves a step out. Amplitudes are of 255."""

    smooth: int = 0  # bilateral filter, pixels
    edge_ink: float = 0.0  # darkening where L changes
    blur: float = 0.0  # sigma, pixels
    paper: float = 0.0  # amplitude of a soft noise that stays with the hand
    paper_scale: float = 1.0
    tone: tuple[tuple[float, float, float], ...] = ((1, 0, 0), (0, 1, 0), (0, 0, 1))
    gamma: float = 1.0
    levels: int = 0  # of each channel
    grain: float = 0.0  # amplitude of noise, new in each picture
    grain_scale: int = 1
    coarse: int = 0  # side of a coarse pixel
    jpeg: int = 0  # quality
    seed: int = 0

    def __call__(self, rgb: np.ndarray, chance: np.random.Generator) -> np.ndarray:
        """rgb (H, W, 3) uint8 -> the same shape."""
        x: np.ndarray = rgb.astype(np.float32) / 255.0
        if self.smooth:
            x = cv2.bilateralFilter(x, self.smooth, 0.25, self.smooth)
        if self.edge_ink:
            x = x * (1 - self.edge_ink * np.clip(_edges(x) * 1.5, 0, 1))[..., None]
        if self.blur:
            x = cv2.GaussianBlur(x, (0, 0), self.blur)
        if self.paper:
            x = x + (self._paper(x.shape[:2], chance) * self.paper / 255.0)[..., None]
        x = np.clip(x @ np.array(self.tone, np.float32).T, 0, 1) ** self.gamma
        if self.levels:
            x = np.round(x * (self.levels - 1)) / (self.levels - 1)
        if self.grain:
            x = x + _grain(x.shape[:2], self.grain, self.grain_scale, chance)[..., None]
        out = (np.clip(x, 0, 1) * 255).astype(np.uint8)
        if self.coarse:
            out = _coarse(out, self.coarse)
        return _compressed(out, self.jpeg) if self.jpeg else out

    def _paper(self, shape: tuple[int, int], chance: np.random.Generator) -> np.ndarray:
        sheet = np.random.default_rng((self.seed, int(chance.integers(4)))).normal(0, 1, shape).astype(np.float32)
        soft = cv2.GaussianBlur(sheet, (0, 0), self.paper_scale)
        return soft / (soft.std() + 1e-6)


def random_chain(chance: np.random.Generator, eagerness: float = 1.0) -> PixelChain:
    """A hand's chain; with `eagerness` 1 most steps are absent, as in painters; filter hands use more."""

    def some(share: float) -> bool:
        return bool(chance.random() < share * eagerness)

    tone = np.eye(3) + (chance.normal(0, 0.08 * eagerness, (3, 3)) if some(0.4) else 0.0)
    return PixelChain(
        smooth=int(chance.choice([3, 5, 7, 9])) if some(0.1) else 0,
        edge_ink=float(chance.uniform(0.2, 1.0)) if some(0.1) else 0.0,
        blur=float(chance.uniform(0.4, 1.7)) if some(0.18) else 0.0,
        paper=float(chance.uniform(4, 22)) if some(0.18) else 0.0,
        paper_scale=float(chance.uniform(0.8, 4)),
        tone=tuple((float(r[0]), float(r[1]), float(r[2])) for r in tone),
        gamma=float(np.exp(chance.normal(0, 0.25 * eagerness))) if some(0.4) else 1.0,
        levels=int(chance.integers(3, 9)) if some(0.12) else 0,
        grain=float(chance.uniform(2, 17)) if some(0.25) else 0.0,
        grain_scale=int(chance.choice([1, 1, 2, 3])),
        coarse=int(chance.choice([2, 3, 4, 5, 6])) if some(0.13) else 0,
        jpeg=int(chance.integers(35, 90)) if some(0.2) else 0,
        seed=int(chance.integers(1_000_000)),
    )


def _edges(x: np.ndarray) -> np.ndarray:
    grey = cv2.cvtColor(x, cv2.COLOR_RGB2GRAY)
    return cv2.magnitude(cv2.Sobel(grey, cv2.CV_32F, 1, 0), cv2.Sobel(grey, cv2.CV_32F, 0, 1))


def _grain(shape: tuple[int, int], amplitude: float, scale: int, chance: np.random.Generator) -> np.ndarray:
    height, width = shape
    noise = chance.normal(0, amplitude / 255.0, (-(-height // scale), -(-width // scale))).astype(np.float32)
    return cv2.resize(noise, (width, height), interpolation=cv2.INTER_LINEAR)


def _coarse(rgb: np.ndarray, side: int) -> np.ndarray:
    height, width = rgb.shape[:2]
    small = cv2.resize(rgb, (max(4, width // side), max(4, height // side)), interpolation=cv2.INTER_AREA)
    return cv2.resize(small // 24 * 24 + 12, (width, height), interpolation=cv2.INTER_NEAREST)


def _compressed(rgb: np.ndarray, quality: int) -> np.ndarray:
    packed = cv2.imencode(".jpg", rgb[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    return np.ascontiguousarray(np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR))[..., ::-1])
