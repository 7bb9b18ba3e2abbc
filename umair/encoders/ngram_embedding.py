"""A module for sentence-transformers: a text is the mean of the vectors of its n-grams, as written and as it sounds.

Like StaticEmbedding with overlapping pieces. `umair.encoders.words.WordEncoder` reads the same folder without torch.
"""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import torch
from sentence_transformers.base.modules.input_module import InputModule
from torch import Tensor, nn

from umair.encoders.ngram_files import NgramVectors, read_folder, write_folder
from umair.encoders.vocabulary import Vocabulary


class NgramEmbedding(InputModule):
    """Texts -> (B, D) means of their pieces' vectors; zeros where no piece is known.

    drop: the share of pieces that training leaves out at random, so that no text is known by one rare piece alone.
    """

    def __init__(self, vocabulary: Vocabulary, vectors: Tensor, drop: float = 0.0) -> None:
        super().__init__()
        self.vocabulary = vocabulary
        self.drop = drop
        self.compact = False  # whether `save` writes four bits a number
        self.embedding = nn.EmbeddingBag.from_pretrained(vectors, freeze=False, mode="sum", include_last_offset=True)

    def preprocess(self, inputs: list[str], prompt: str | None = None, **_: object) -> dict[str, Tensor]:
        """Pieces of all texts in one row, and where each text's begin (B + 1)."""
        numbers, starts = self.vocabulary.read([f"{prompt or ''}{text}" for text in inputs])
        return {"input_ids": torch.from_numpy(numbers), "offsets": torch.from_numpy(starts)}

    def forward(self, features: dict[str, Tensor], **_: object) -> dict[str, Tensor]:
        """Adds `sentence_embedding` (B, D)."""
        numbers, starts = features["input_ids"], features["offsets"]
        weights = torch.ones(len(numbers), dtype=self.embedding.weight.dtype, device=numbers.device)
        if self.training and self.drop:
            weights = nn.functional.dropout(weights, self.drop)
        sums = self.embedding(numbers, starts, per_sample_weights=weights)
        features["sentence_embedding"] = sums / starts.diff().clamp(min=1).unsqueeze(1)
        return features

    def round_to_four_bits(self) -> None:
        """Make the vectors what four bits a number can hold, and save them so from now on."""
        with torch.no_grad():
            rounded = NgramVectors(self.vocabulary, self.embedding.weight.cpu().numpy()).rounded()
            self.embedding.weight.copy_(torch.from_numpy(rounded.vectors[:, : self.get_embedding_dimension()]))
        self.compact = True

    @property
    def max_seq_length(self) -> float:
        """Texts have no longest length."""
        return math.inf

    def get_embedding_dimension(self) -> int:
        """D, the width of a vector."""
        return self.embedding.embedding_dim

    def save(self, output_path: str, *_: object, **__: object) -> None:
        """Write the module's files into a folder."""
        vectors = self.embedding.weight.detach().cpu().numpy()
        write_folder(Path(output_path), NgramVectors(self.vocabulary, vectors), self.compact)

    @classmethod
    def load(cls, model_name_or_path: str, subfolder: str = "", **_: object) -> NgramEmbedding:
        """The module that `save` wrote. EncoderError if its files are damaged."""
        told = read_folder(Path(model_name_or_path) / subfolder)
        return cls(told.vocabulary, torch.from_numpy(np.ascontiguousarray(told.vectors)))
