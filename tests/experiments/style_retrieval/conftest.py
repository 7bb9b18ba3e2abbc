"""A gallery of small pictures whose hands, contents and kinds are known."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from umair.encoders.style.head import Perceptron, Projection, StyleHead
from umair.encoders.style.stack import WIDTH
from umair.experiments.style_retrieval.galleries import Gallery, Pictures


@pytest.fixture(scope="session")
def made_gallery() -> Callable[..., Gallery]:
    """make(hands, contents, kinds, asked): one small picture for each hand named."""

    def make(
        hands: Sequence[str],
        contents: Sequence[str] | None = None,
        kinds: Sequence[str] | None = None,
        asked: Sequence[str] | None = None,
    ) -> Gallery:
        hand = np.array(hands)
        encoded = [_rough(n) for n in range(len(hands))]
        return Gallery(
            "made",
            Pictures("made", encoded),
            np.arange(len(hands)),
            hand,
            tuple(frozenset(c.split()) for c in contents or [""] * len(hands)),
            np.array(kinds or [""] * len(hands)),
            np.ones(len(hands), bool) if asked is None else np.isin(hand, list(asked)),
        )

    return make


@pytest.fixture(scope="session")
def made_head() -> Callable[[int], StyleHead]:
    """A head of this seed that learnt nothing: two projections (4, 5 numbers) and two networks (3 each)."""
    return _head


@pytest.fixture(scope="session")
def development_data() -> Path:
    """The development data beside the repository, if it is there."""
    data = Path(__file__).parents[3].parent / "shared" / "data"
    if not (data / "drawings" / "drawings.parquet").exists():
        pytest.skip("needs the development data beside the repository")
    return data


def _rough(number: int) -> bytes:
    """No two alike, so that no ranking hangs on rounding."""
    chance = np.random.default_rng(number)
    low, high = sorted(chance.integers(0, 256, 2).tolist())
    small = chance.integers(low, high + 1, (6, 8, 3), dtype=np.uint8)
    out = io.BytesIO()
    Image.fromarray(np.kron(small, np.ones((4, 4, 1), np.uint8))).save(out, "png")
    return out.getvalue()


def _head(seed: int) -> StyleHead:
    rng = np.random.default_rng(seed)
    projections = [Projection(np.zeros(WIDTH), rng.normal(size=(WIDTH, n))) for n in (4, 5)]
    networks = [
        Perceptron(rng.normal(size=(WIDTH, 6)), np.zeros(6), rng.normal(size=(6, 3)), np.zeros((WIDTH, 3)), np.zeros(3))
        for _ in range(2)
    ]
    shares = np.array([0.4, 0.3, 0.2, 0.1])
    return StyleHead(np.zeros(WIDTH), np.ones(WIDTH), [*projections, *networks], shares)
