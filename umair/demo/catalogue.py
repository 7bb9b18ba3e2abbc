"""What can be liked about each picture, as latent vectors: written words, content, painting style, fame and age.

The four are drawn apart: words from what was *written*, content from who and where is drawn, style from the hand and
the artist. A recommender sees none of this, only pictures, labels and the log.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

WIDTH = 16  # of a latent vector
DAY = 86_400_000_000  # microseconds
BEGIN = 1_735_689_600_000_000  # 2025-01-01 UTC in microseconds: the log's year begins
YEAR = 365 * DAY
NEW_FOR = 60 * DAY  # a picture is news for about this long


@dataclass(frozen=True)
class Depicted:
    """What is known of one picture when the world is made: facts of its plan, and concepts that its labels name."""

    item_id: str
    hand: str
    artist: str
    character: str  # "" for scenery
    setting: str
    kind: str  # crop and pose
    concepts: tuple[str, ...]  # of the written labels


@dataclass(frozen=True)
class Catalogue:
    """N pictures: label_text, semantic, style (N, WIDTH), fame (N,) log-scale, published (N,) microseconds since 1970.

    Each block is centred with unit mean square.
    """

    item_ids: Sequence[str]
    label_text: np.ndarray
    semantic: np.ndarray
    style: np.ndarray
    fame: np.ndarray
    published: np.ndarray

    @classmethod
    def of(cls, pictures: Sequence[Depicted], seed: int) -> Catalogue:
        """Latents of drawn pictures."""
        words = np.array([_sum(p.concepts, "word") for p in pictures])
        content = np.array([1.3 * latent("character", p.character) + latent("setting", p.setting) for p in pictures])
        content += 0.4 * np.array([latent("kind", p.kind) for p in pictures])
        style = np.array([latent("hand", p.hand) + 0.35 * latent("artist", p.artist) for p in pictures])
        fame, published = _fame_and_days([p.artist for p in pictures], seed)
        return cls([p.item_id for p in pictures], _scaled(words), _scaled(content), _scaled(style), fame, published)

    @classmethod
    def invent(cls, pictures: int, seed: int) -> Catalogue:
        """Latents of as many pictures as wanted that nobody drew: for measuring at scale."""
        rng = np.random.default_rng([seed, 11])
        artists = rng.integers(0, max(2, pictures // 25), pictures)
        blocks = [
            _scaled(
                rng.normal(size=(groups, WIDTH))[rng.integers(0, groups, pictures)]
                + 0.6 * rng.normal(size=(pictures, WIDTH))
            )
            for groups in (60, 120, 12)
        ]
        fame, published = _fame_and_days([str(a) for a in artists], seed)
        return cls(range(pictures), *blocks, fame, published)  # type: ignore[arg-type]

    def __len__(self) -> int:
        return len(self.fame)

    def blocks(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """label_text, semantic, style."""
        return self.label_text, self.semantic, self.style

    def newness(self, at: int) -> np.ndarray:
        """(N,) in 0..1: how new each picture is at that time; 0 before publication."""
        age = np.maximum(at - self.published, 0)
        return np.where(self.published <= at, np.exp(-age / NEW_FOR), 0.0)


def latent(family: str, name: str) -> np.ndarray:
    """(WIDTH,) the direction that stands for a name, the same in every world; zero for no name."""
    if not name:
        return np.zeros(WIDTH)
    return np.random.default_rng(zlib.crc32(f"{family}:{name}".encode())).normal(size=WIDTH)


def _sum(names: Sequence[str], family: str) -> np.ndarray:
    return sum((latent(family, n) for n in names), np.zeros(WIDTH)) / max(1.0, len(names)) ** 0.5


def _scaled(rows: np.ndarray) -> np.ndarray:
    centred = rows - rows.mean(0)
    return (centred / max(float(np.sqrt((centred**2).mean())), 1e-9)).astype(np.float32)


def _fame_and_days(artists: Sequence[str], seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Fame: long-tailed, part of it the artist's; day: two in five from the year before, the others over the year."""
    rng = np.random.default_rng([seed, 12])
    known = {a: n for n, a in enumerate(dict.fromkeys(artists))}
    of_artist = rng.normal(size=len(known))[[known[a] for a in artists]]
    raw = 0.35 * of_artist + 0.93 * rng.normal(size=len(artists))
    fame = np.expm1(0.9 * raw.clip(-3, 3))  # skewed: a few are famous
    fame = (fame - fame.mean()) / fame.std()
    share = rng.random(len(artists))
    begin = np.where(rng.random(len(artists)) < 0.4, BEGIN - YEAR, BEGIN)
    published = begin + (share * 0.97 * YEAR).astype(np.int64)
    return fame.astype(np.float32), published // 60_000_000 * 60_000_000
