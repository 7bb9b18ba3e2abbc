"""The files of an n-gram text encoder: the pieces it knows, their vectors (whole or in four bits), the spelling.

`ngrams.json`, `spelling.json` and `model.safetensors` in one folder; reading needs numpy and safetensors alone.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load_file, save_file

from umair.encoders.spelling import SPELLING, Spelling
from umair.encoders.vocabulary import Vocabulary
from umair.errors import EncoderError
from umair.library.atomic import write_text

CONFIG, WEIGHTS = "ngrams.json", "model.safetensors"
KNOWN, VECTORS, CODES, SCALES = "known", "vectors", "codes", "scales"
LARGEST = 7  # of a code: four bits hold -7 to 7


@dataclass(frozen=True)
class NgramVectors:
    """A vocabulary of V pieces and their vectors (V, D) float32, row n for piece n."""

    vocabulary: Vocabulary
    vectors: np.ndarray

    def rounded(self) -> NgramVectors:
        """The same as four bits a number hold it: 15 steps between plus and minus each row's largest number."""
        codes, scales = to_codes(self.vectors)
        return NgramVectors(self.vocabulary, from_codes(codes, scales))


def write_folder(folder: Path, told: NgramVectors, compact: bool) -> None:
    """Write the files; compact: vectors in four bits a number (lossless for `rounded` ones), else float32."""
    folder.mkdir(parents=True, exist_ok=True)
    tensors = {KNOWN: told.vocabulary.known.view(np.int64)}
    if compact:
        tensors[CODES], tensors[SCALES] = to_codes(told.vectors)
    else:
        tensors[VECTORS] = np.ascontiguousarray(told.vectors, np.float32)
    save_file(tensors, folder / WEIGHTS)
    told.vocabulary.spelling.save(folder / SPELLING)
    settings = {"sounds": told.vocabulary.sounds, "width": int(told.vectors.shape[1])}
    write_text(folder / CONFIG, json.dumps(settings, indent=2) + "\n")


def read_folder(folder: Path) -> NgramVectors:
    """What `write_folder` wrote. EncoderError if a file is missing or damaged."""
    try:
        settings = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
        tensors = load_file(folder / WEIGHTS)
        known, width = tensors[KNOWN].view(np.uint64), int(settings["width"])
        vectors = tensors[VECTORS] if VECTORS in tensors else from_codes(tensors[CODES], tensors[SCALES])[:, :width]
        sounds = bool(settings["sounds"])
    except (OSError, ValueError, KeyError, TypeError, SafetensorError) as error:
        raise EncoderError(f"The text encoder in {folder} is damaged ({error}). Restore or train it again.") from error
    if vectors.shape != (len(known), width) or (known[1:] <= known[:-1]).any():
        raise EncoderError(
            f"The text encoder in {folder} has vectors of shape {vectors.shape} for {len(known):,} pieces of width "
            f"{width}, or its pieces are not in order. Restore or train it again."
        )
    return NgramVectors(Vocabulary(Spelling.load(folder / SPELLING), known, sounds), vectors)


def to_codes(vectors: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(codes (V, ceil(D / 2)) uint8, scales (V,) float32): two numbers a byte, each -7 to 7 times its row's scale."""
    scales = (np.abs(vectors).max(1) / LARGEST).astype(np.float32)
    steps = np.rint(vectors / np.maximum(scales, 1e-30)[:, None]).astype(np.int8) + LARGEST + 1
    if steps.shape[1] % 2:
        steps = np.pad(steps, ((0, 0), (0, 1)), constant_values=LARGEST + 1)
    steps = steps.astype(np.uint8)
    return np.ascontiguousarray(steps[:, ::2] | steps[:, 1::2] << 4), scales


def from_codes(codes: np.ndarray, scales: np.ndarray) -> np.ndarray:
    """(V, 2 * bytes) float32: the numbers that the codes stand for."""
    steps = np.empty((len(codes), 2 * codes.shape[1]), np.float32)
    steps[:, ::2], steps[:, 1::2] = codes & 15, codes >> 4
    return (steps - (LARGEST + 1)) * scales[:, None]
