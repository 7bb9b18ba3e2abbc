"""A gallery of plain pictures whose hands, contents and kinds are known."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from umair.experiments.style_retrieval.galleries import Gallery, Pictures


@pytest.fixture(scope="session")
def made_gallery() -> Callable[..., Gallery]:
    """make(hands, contents, kinds, asked): one small flat picture for each hand named."""

    def make(
        hands: Sequence[str],
        contents: Sequence[str] | None = None,
        kinds: Sequence[str] | None = None,
        asked: Sequence[str] | None = None,
    ) -> Gallery:
        hand = np.array(hands)
        encoded = [_flat(n) for n in range(len(hands))]
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
def development_data() -> Path:
    """The development data beside the repository, if it is there."""
    data = Path(__file__).parents[3].parent / "shared" / "data"
    if not (data / "drawings" / "drawings.parquet").exists():
        pytest.skip("needs the development data beside the repository")
    return data


def _flat(number: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (12, 10), (7 * number % 256, 90, 200 - number % 200)).save(out, "png")
    return out.getvalue()
