"""The text encoder of the software (paper eq. 5): one face for the shipped model, a local folder and a hub's model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np

from umair.encoders.words import SHIPPED, WordEncoder, is_static, shipped_folder, unit_rows
from umair.errors import EncoderError


class Words(Protocol):
    """What gives vectors to single texts."""

    fingerprint: str

    @property
    def dimension(self) -> int: ...

    def encode(self, texts: Sequence[str]) -> np.ndarray: ...


class TextEncoder:
    """Vectors of words, labels and label lists, by whichever model."""

    def __init__(self, words: Words, name: str = SHIPPED) -> None:
        self._words = words
        self.name = name

    @classmethod
    def load(cls, name: str | Path = SHIPPED) -> TextEncoder:
        """`shipped`, a SentenceTransformer folder, or a name on a hub.

        Raises EncoderError if a folder holds no model, HubUnavailable if a hub cannot be reached.
        """
        folder = shipped_folder() if str(name) == SHIPPED else Path(name).expanduser()
        if is_static(folder):
            return cls(WordEncoder.load(folder), str(name))
        if not folder.is_dir() and (str(name) == SHIPPED or _looks_like_a_path(str(name))):
            raise EncoderError(
                f"There is no text encoder at {folder}. Name a SentenceTransformer folder, "
                "or train one with `python -m umair train text`."
            )
        from umair.encoders.text_hub import SentenceWords  # torch and transformers: only for models that need them

        return cls(SentenceWords.load(str(folder) if folder.is_dir() else str(name)), str(name))

    @property
    def fingerprint(self) -> str:
        """Names the weights and the tokenizer that make the vectors."""
        return self._words.fingerprint

    @property
    def dimension(self) -> int:
        """D, the width of a vector."""
        return self._words.dimension

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """(B, D) float32 rows of length one (zeros where nothing of a text is known)."""
        return self._words.encode(texts)

    def encode_labels(self, labels: Sequence[Sequence[str]], weights: Mapping[str, float] | None = None) -> np.ndarray:
        """eq. 5: (N, D) rows of length one, the mean of each illustration's label vectors; zeros without labels.

        weights: how much a label counts (label_lists.py has some; absent labels count 1). A row depends on its own list
        alone. Each distinct label is encoded once.
        """
        distinct = list(dict.fromkeys(label for own in labels for label in own))
        rows = np.zeros((len(labels), self.dimension), np.float32)
        if not distinct:
            return rows
        place = {label: n for n, label in enumerate(distinct)}
        vectors = self.encode(distinct)
        if weights is not None:
            vectors = vectors * np.array([[weights.get(label, 1.0)] for label in distinct], np.float32)
        for row, own in enumerate(labels):
            if own:
                rows[row] = vectors[[place[label] for label in dict.fromkeys(own)]].mean(0)
        return unit_rows(rows)


def _looks_like_a_path(name: str) -> bool:
    return name.startswith((".", "/", "~", "\\")) or name.count("/") > 1 or ":" in name or "\\" in name
