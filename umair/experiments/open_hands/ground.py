"""What a hand's icons are printed with: a fixed ink and ground, and for some a mild chain of pixel steps."""

from __future__ import annotations

import colorsys
from dataclasses import dataclass

import numpy as np

from umair.encoders.style.pixel_chain import PixelChain, random_chain
from umair.experiments.open_hands.found import chance_of

RGB = tuple[int, int, int]
BLACK, WHITE = (0, 0, 0), (255, 255, 255)


@dataclass(frozen=True)
class Print:
    """Side in pixels, ink and ground, and the chain (none: as the vector is)."""

    side: int
    ink: RGB
    ground: RGB
    chain: PixelChain | None

    @property
    def ink_name(self) -> str:
        """As SVG writes it."""
        return "#{:02x}{:02x}{:02x}".format(*self.ink)


def print_of(hand: str, plain: bool) -> Print:
    """The same hand is always printed alike: half of the one-colour sets are black and white, 40 % have a chain."""
    chance = np.random.default_rng(chance_of(hand))
    side = int(chance.integers(128, 161))
    ink, ground = _colours(chance) if plain else (BLACK, WHITE)
    return Print(side, ink, ground, random_chain(chance, 0.7) if chance.random() < 0.4 else None)


def on_ground(rgba: np.ndarray, ground: RGB) -> np.ndarray:
    """(H, W, 4) uint8 over one colour -> (H, W, 3) uint8."""
    alpha = rgba[..., 3:].astype(np.float32) / 255.0
    return np.round(rgba[..., :3] * alpha + np.array(ground, np.float32) * (1 - alpha)).astype(np.uint8)


def _colours(chance: np.random.Generator) -> tuple[RGB, RGB]:
    dark_on_light = bool(chance.random() < 0.7)
    if chance.random() < 0.5:
        dark, light = BLACK, WHITE
    else:
        dark = _colour(chance, (0.15, 0.45), (0.3, 1.0))
        light = _colour(chance, (0.86, 1.0), (0.0, 0.25)) if chance.random() < 0.7 else WHITE
    return (dark, light) if dark_on_light else (light, dark)


def _colour(chance: np.random.Generator, value: tuple[float, float], saturation: tuple[float, float]) -> RGB:
    red, green, blue = colorsys.hsv_to_rgb(chance.random(), chance.uniform(*saturation), chance.uniform(*value))
    return round(red * 255), round(green * 255), round(blue * 255)
