"""Vectors of words without torch: reads a SentenceTransformer folder whose module is StaticEmbedding (paper eq. 5).

A text's vector is the mean of its tokens' vectors, scaled to length one. Imports numpy, tokenizers and safetensors.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from umair.errors import EncoderError
from umair.settings import assets

SHIPPED = "shipped"
MODULES, WEIGHTS, TOKENIZER = "modules.json", "model.safetensors", "tokenizer.json"
STATIC, NORMALIZE = "StaticEmbedding", "Normalize"


class WordEncoder:
    """Words and labels in English, Japanese and Chinese as vectors; the same numbers as SentenceTransformer gives."""

    def __init__(self, tokenizer: Tokenizer, embedding: np.ndarray, fingerprint: str) -> None:
        """embedding (V, D): one row a token of the tokenizer; fingerprint names weights and tokenizer."""
        self._tokenizer = tokenizer
        self._embedding = embedding
        self.fingerprint = fingerprint

    @classmethod
    def load(cls, name: str | Path = SHIPPED) -> WordEncoder:
        """The shipped encoder, or one in a folder. EncoderError if the folder holds another kind of model."""
        folder = shipped_folder() if str(name) == SHIPPED else Path(name)
        if not is_static(folder):
            raise EncoderError(
                f"{folder} is no SentenceTransformer folder with a {STATIC} module. "
                "Open other models with TextEncoder, or train one with `python -m umair train text`."
            )
        module = folder / _modules(folder)[0].get("path", "")
        try:
            weights = load_file(module / WEIGHTS)
            tokenizer = Tokenizer.from_file(str(module / TOKENIZER))
        except (OSError, SafetensorError, Exception) as error:  # tokenizers raises plain Exception
            raise EncoderError(
                f"The text encoder in {folder} is damaged ({error}). Restore or train it again."
            ) from error
        embedding = weights.get("embedding.weight", weights.get("embeddings"))
        if embedding is None or embedding.ndim != 2 or len(embedding) < tokenizer.get_vocab_size():
            raise EncoderError(f"The weights in {module} do not fit their tokenizer. Restore or train it again.")
        tokenizer.no_padding()
        tokenizer.no_truncation()
        return cls(tokenizer, embedding.astype(np.float32), fingerprint_of(folder))

    @property
    def dimension(self) -> int:
        """D, the width of a vector."""
        return int(self._embedding.shape[1])

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """(B, D) float32 rows of length one; a text without a single known piece has a row of zeros."""
        pieces = [e.ids for e in self._tokenizer.encode_batch(list(texts), add_special_tokens=False)]
        rows = np.zeros((len(pieces), self.dimension), np.float32)
        counts = np.array([len(ids) for ids in pieces])
        if counts.sum():
            flat = self._embedding[np.concatenate([np.asarray(ids, np.int64) for ids in pieces if ids])]
            starts = np.concatenate(([0], np.cumsum(counts[counts > 0])[:-1]))
            rows[counts > 0] = np.add.reduceat(flat, starts, axis=0) / counts[counts > 0, None]
        return unit_rows(rows)


def shipped_folder() -> Path:
    """Where the text encoder lies that comes with the code."""
    return assets() / "models" / "text"


def is_static(folder: Path) -> bool:
    """Whether the folder holds a SentenceTransformer that WordEncoder can read: StaticEmbedding, perhaps Normalize."""
    kinds = [str(m.get("type", "")).rsplit(".", 1)[-1] for m in _modules(folder)]
    return kinds in ([STATIC], [STATIC, NORMALIZE])


def unit_rows(rows: np.ndarray) -> np.ndarray:
    """Rows scaled to length one; rows of zeros stay."""
    return (rows / np.maximum(np.linalg.norm(rows, axis=-1, keepdims=True), 1e-12)).astype(np.float32)


def fingerprint_of(folder: Path) -> str:
    """Hash of what decides the vectors: the list of modules, tokenizers and weights, wherever in the folder."""
    digest = hashlib.sha256()
    for file in sorted(p for p in folder.rglob("*") if p.name in (MODULES, WEIGHTS, TOKENIZER)):
        digest.update(file.relative_to(folder).as_posix().encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _modules(folder: Path) -> list[dict]:
    try:
        found = json.loads((folder / MODULES).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return sorted((m for m in found if isinstance(m, dict)), key=lambda m: m.get("idx", 0))
