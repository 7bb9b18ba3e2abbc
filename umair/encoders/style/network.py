"""The place of a network beside the style head, without the weight of loading torch where there is none."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np

from umair.encoders.style.head import CONFIG
from umair.errors import EncoderError

NETWORK = "network.safetensors"
VERSION = 1  # of the network's form and of the squares it reads


class Network(Protocol):
    """Rows of pictures' views (see crops.py), and the share of the cosine that they have."""

    fingerprint: str
    share: float

    def rows(self, pictures: Sequence[Sequence[np.ndarray]]) -> np.ndarray: ...


def optional_network(folder: Path) -> Network | None:
    """The network of a style folder, None if it has none; EncoderError if it is not one that we can read."""
    if not (folder / NETWORK).exists():
        return None
    found = json.loads((folder / CONFIG).read_text("utf-8")).get("network") or {}
    share = found.get("share")
    if found.get("version") != VERSION or not isinstance(share, int | float) or not 0 < share < 1:
        raise EncoderError(
            f"{folder / CONFIG} says {found or 'nothing'} of its network; expected version {VERSION} and a share "
            f"between 0 and 1. Train it again, or delete {NETWORK}: the head alone works."
        )
    from umair.encoders.style.convolution import load_network  # optional extra: torch is loaded only for a network

    return load_network(folder, float(share))
