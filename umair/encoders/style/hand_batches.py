"""Batches of hands for the style network: a few squares by each of many hands, sizes and colours shaken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from umair.encoders.style.crops import EVERY, SIDE, WHOLE, padded, resized
from umair.encoders.style.hand_pictures import HandPictures

PER_HAND = 4
SAME_CONTENTS = 0.5  # chance that hands with known contents all show the same few, so that content is no cue
NEARLY_WHOLE = 0.5  # chance that a hand is shown at the long side of whole drawings, not at its own size
ZOOM, ZOOM_SPREAD = (0.8, 1.15), 0.08  # of a hand, and among its pictures (log)
TRIES, SPREAD_ENOUGH = 3, 25.0  # squares looked at until one shows something
RECOLOURED_HAND, RECOLOURED_EACH = 0.3, 0.3  # chance of one recolouring for a hand; of another for each picture
INVERTED = 0.25  # of recoloured hands


@dataclass(frozen=True)
class Pool:
    """Hands of one kind: for each hand its pictures by content (or by number), and how many hands a batch takes."""

    hands: Sequence[dict[str, np.ndarray]]
    hands_a_batch: int

    @classmethod
    def of(cls, pictures: HandPictures, hands_a_batch: int) -> Pool:
        """Hands with fewer pictures than a batch shows are left out."""
        found = []
        for name in np.unique(pictures.hand):
            own = np.flatnonzero(pictures.hand == name).tolist()
            if len(own) >= PER_HAND:
                found.append({str(pictures.content[n]) or f"picture {n}": pictures.pictures[n] for n in own})
        return cls([f for f in found if len(f) >= PER_HAND], hands_a_batch)

    def drawn(self, chance: np.random.Generator) -> list[list[np.ndarray]]:
        """A few pictures of each of the hands of one batch."""
        chosen = [
            self.hands[n]
            for n in chance.choice(len(self.hands), min(self.hands_a_batch, len(self.hands)), replace=False)
        ]
        shared = sorted(set.intersection(*(set(h) for h in chosen))) if chosen else []
        same = len(shared) >= PER_HAND and chance.random() < SAME_CONTENTS
        names = [str(s) for s in chance.choice(shared, PER_HAND, replace=False)] if same else []
        return [
            [hand[n] for n in (names or chance.choice(list(hand), PER_HAND, replace=False).tolist())] for hand in chosen
        ]


def batch(pools: Sequence[Pool], chance: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Squares (B, 96, 96, 3) uint8 and the group (B,) of each: four by every hand."""
    groups = [shaken(pictures, chance) for pool in pools for pictures in pool.drawn(chance)]
    return np.concatenate(groups), np.repeat(np.arange(len(groups)), [len(g) for g in groups])


def shaken(pictures: Sequence[np.ndarray], chance: np.random.Generator) -> np.ndarray:
    """One square of each picture of a hand: (n, 96, 96, 3) uint8, zoomed nearly alike, flipped, perhaps recoloured."""
    whole, zoom, colours = chance.random() < NEARLY_WHOLE, chance.uniform(*ZOOM), chance.random()
    for_all = _hand_colours(chance)
    squares = []
    for rgb in pictures:
        scale = zoom * np.exp(chance.normal(0, ZOOM_SPREAD)) * (WHOLE / max(rgb.shape[:2]) if whole else 1.0)
        square = _square(resized(rgb, float(scale)), chance)
        square = cv2.flip(square, 1) if chance.random() < 0.5 else np.ascontiguousarray(square)
        if colours < RECOLOURED_HAND:
            square = cv2.LUT(cv2.transform(square, for_all[0]), for_all[1])
        elif colours < RECOLOURED_HAND + RECOLOURED_EACH:
            square = cv2.transform(square, _picture_colours(chance))
        squares.append(square)
    return np.stack(squares)


def _square(rgb: np.ndarray, chance: np.random.Generator) -> np.ndarray:
    """The first of three random squares that shows something, else the fullest."""
    ground, best, most = padded(rgb), np.empty(0), -1.0
    for _ in range(TRIES):
        top, left = (int(chance.integers(s - SIDE + 1)) for s in ground.shape[:2])
        square = ground[top : top + SIDE, left : left + SIDE]
        spread = float(square[::EVERY, ::EVERY].std())
        if spread > most:
            best, most = square, spread
        if spread > SPREAD_ENOUGH:
            break
    return best


def _hand_colours(chance: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """A matrix (3, 4) that swaps and mixes channels, now and then inverts, and a table (256,) of a gamma."""
    mix = np.eye(3)[chance.permutation(3)] @ (np.eye(3) + chance.normal(0, 0.08, (3, 3)))
    shift = np.zeros((3, 1))
    if chance.random() < INVERTED:
        mix, shift = -mix, np.full((3, 1), 255.0)
    curve = (np.arange(256) / 255) ** np.exp(chance.normal(0, 0.2)) * 255
    return np.hstack([mix, shift]).astype(np.float32), curve.astype(np.uint8)


def _picture_colours(chance: np.random.Generator) -> np.ndarray:
    """A matrix (3, 4) that swaps channels and changes the saturation."""
    saturation = np.exp(chance.normal(0, 0.35))
    towards_grey = saturation * np.eye(3) + (1 - saturation) / 3
    return np.hstack([towards_grey @ np.eye(3)[chance.permutation(3)], np.zeros((3, 1))]).astype(np.float32)
