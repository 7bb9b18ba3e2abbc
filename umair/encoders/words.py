"""Vectors of words without torch: reads a SentenceTransformer folder of StaticEmbedding or NgramEmbedding (eq. 5).

A text's vector is the mean of its pieces' vectors, scaled to length one. Imports numpy, scipy, tokenizers, safetensors.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load_file
from scipy.sparse import csr_array
from tokenizers import Tokenizer

from umair.encoders.ngram_files import CONFIG, read_folder
from umair.encoders.spelling import SPELLING
from umair.errors import EncoderError
from umair.settings import assets

SHIPPED = "shipped"
MODULES, WEIGHTS, TOKENIZER = "modules.json", "model.safetensors", "tokenizer.json"
DECIDES = (MODULES, WEIGHTS, TOKENIZER, CONFIG, SPELLING)  # the files that decide the vectors
STATIC, NGRAMS, NORMALIZE = "StaticEmbedding", "NgramEmbedding", "Normalize"


class Pieces(Protocol):
    """What takes texts apart into numbered pieces."""

    def read(self, texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
        """(numbers (M,), starts (B + 1,)): text b has the pieces numbers[starts[b] : starts[b + 1]]."""
        ...


class WordEncoder:
    """Words and labels in English, Japanese and Chinese as vectors; the same numbers as SentenceTransformer gives."""

    def __init__(self, pieces: Pieces, embedding: np.ndarray, fingerprint: str) -> None:
        """embedding (V, D): one row a piece; fingerprint names weights and pieces."""
        self._pieces = pieces
        self._embedding = embedding
        self.fingerprint = fingerprint

    @classmethod
    def load(cls, name: str | Path = SHIPPED) -> WordEncoder:
        """The shipped encoder, or one in a folder. EncoderError if the folder holds another kind of model."""
        folder = shipped_folder() if str(name) == SHIPPED else Path(name)
        if not is_static(folder):
            raise EncoderError(
                f"{folder} is no SentenceTransformer folder with a {STATIC} or {NGRAMS} module. "
                "Open other models with TextEncoder, or train one with `python -m umair train text`."
            )
        module = folder / _modules(folder)[0].get("path", "")
        if is_ngrams(folder):
            told = read_folder(module)
            return cls(told.vocabulary, told.vectors, fingerprint_of(folder))
        return cls(*_read_static(module), fingerprint_of(folder))

    @property
    def dimension(self) -> int:
        """D, the width of a vector."""
        return int(self._embedding.shape[1])

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """(B, D) float32 rows of length one; a text without a single known piece has a row of zeros."""
        numbers, starts = self._pieces.read(texts)
        ones = np.ones(len(numbers), np.float32)
        return unit_rows(csr_array((ones, numbers, starts), shape=(len(texts), len(self._embedding))) @ self._embedding)


@dataclass(frozen=True)
class TokenizerPieces:
    """The pieces of a Hugging Face tokenizer, as StaticEmbedding reads them."""

    tokenizer: Tokenizer

    def read(self, texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
        """As `Pieces.read`."""
        found = [e.ids for e in self.tokenizer.encode_batch(list(texts), add_special_tokens=False)]
        numbers = np.fromiter((number for ids in found for number in ids), np.int64)
        return numbers, np.concatenate(([0], np.cumsum([len(ids) for ids in found], dtype=np.int64)))


def _read_static(module: Path) -> tuple[TokenizerPieces, np.ndarray]:
    try:
        weights = load_file(module / WEIGHTS)
        tokenizer = Tokenizer.from_file(str(module / TOKENIZER))
    except (OSError, SafetensorError, Exception) as error:  # tokenizers raises plain Exception
        raise EncoderError(f"The text encoder in {module} is damaged ({error}). Restore or train it again.") from error
    embedding = weights.get("embedding.weight", weights.get("embeddings"))
    if embedding is None or embedding.ndim != 2 or len(embedding) < tokenizer.get_vocab_size():
        raise EncoderError(f"The weights in {module} do not fit their tokenizer. Restore or train it again.")
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return TokenizerPieces(tokenizer), embedding.astype(np.float32)


def shipped_folder() -> Path:
    """Where the text encoder lies that comes with the code."""
    return assets() / "models" / "text"


def is_static(folder: Path) -> bool:
    """Whether WordEncoder can read the folder: a StaticEmbedding or NgramEmbedding, then perhaps Normalize."""
    kinds = _kinds(folder)
    return kinds[:1] in ([STATIC], [NGRAMS]) and kinds[1:] in ([], [NORMALIZE])


def is_ngrams(folder: Path) -> bool:
    """Whether the folder is of our own n-gram form."""
    return is_static(folder) and _kinds(folder)[0] == NGRAMS


def unit_rows(rows: np.ndarray) -> np.ndarray:
    """Rows scaled to length one; rows of zeros stay."""
    return (rows / np.maximum(np.linalg.norm(rows, axis=-1, keepdims=True), 1e-12)).astype(np.float32)


def fingerprint_of(folder: Path) -> str:
    """Hash of what decides the vectors: the list of modules, tokenizers and weights, wherever in the folder."""
    digest = hashlib.sha256()
    for file in sorted(p for p in folder.rglob("*") if p.name in DECIDES):
        digest.update(file.relative_to(folder).as_posix().encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _kinds(folder: Path) -> list[str]:
    return [str(m.get("type", "")).rsplit(".", 1)[-1] for m in _modules(folder)]


def _modules(folder: Path) -> list[dict]:
    try:
        found = json.loads((folder / MODULES).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return sorted((m for m in found if isinstance(m, dict)), key=lambda m: m.get("idx", 0))
