"""Which hands and contents are tested together: fixed by name, so that figures of different days can be compared."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

EMOJI_SPLITS: dict[int, frozenset[str]] = {
    # 0 and 1 keep families together: no sister set of a tested one is trained
    0: frozenset({"fluent-3d", "fluent-color", "fluent-flat", "fluent-high-contrast", "noto", "blobmoji"}),
    1: frozenset({"twemoji", "emojitwo", "emojitwo-bw", "emojione-v1", "serenity-pixel", "streamline"}),
    # 2 is mixed: sister sets are trained
    2: frozenset({"noto", "twemoji", "fluent-flat", "fluent-high-contrast", "emojitwo-bw", "serenity-pixel"}),
}
EMOJI_SETS = EMOJI_SPLITS[0] | EMOJI_SPLITS[1]
SEVERAL_SETS = ("pixel-boy", "egon", "maria-letta")  # artists who drew several of the sets
ARTIST_FOLDS: dict[str, int] = {
    "pixel-boy": 0,
    "game-icons-lorc": 0,
    "game-icons-cathelineau": 0,
    "deji": 0,
    "egon": 1,
    "game-icons-delapouite": 1,
    "game-icons-darkzaitzev": 1,
    "heiyi-damo": 1,
    "maria-letta": 2,
    "game-icons-sbed": 2,
    "game-icons-viscious-speed": 2,
    "tuxemon-sanglorian": 2,
}
FOLDS = sorted(set(ARTIST_FOLDS.values()))


def artist_of(hand: str) -> str:
    """The artist behind a set of drawings; a set of its own otherwise."""
    return next((artist for artist in SEVERAL_SETS if hand.startswith(artist)), hand)


def folds_of(hands: Sequence[str]) -> np.ndarray:
    """(N,) the fold of each picture's hand: all sets of one artist lie in one fold. KeyError for an unknown hand."""
    return np.array([ARTIST_FOLDS[artist_of(hand)] for hand in hands], dtype=np.int64)
