"""Forms of a text encoder that is trained from nothing: n-grams, byte-pair pieces, a small transformer.

Each makes the modules of a SentenceTransformer from the texts that it will be trained on.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from sentence_transformers.sentence_transformer.modules import Pooling, StaticEmbedding, Transformer
from torch import nn
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

from umair.encoders.ngram_embedding import NgramEmbedding
from umair.encoders.spelling_tables import make_spelling
from umair.encoders.text_tokenizer import UNKNOWN, train_tokenizer
from umair.encoders.vocabulary import Vocabulary

if TYPE_CHECKING:
    from umair.encoders.text_training import TextTraining

PAD = "[PAD]"
LONGEST = 64  # pieces of a text that the transformer reads
SPREAD = 0.05  # of the random vectors that a training starts from


def ngrams(texts: Sequence[str], config: TextTraining) -> list[nn.Module]:
    """Means of overlapping n-grams of the spelling and, if chosen, of its sounds."""
    known = Vocabulary.of(texts, make_spelling(), config.vocabulary, sounds=config.sounds)
    return [NgramEmbedding(known, SPREAD * torch.randn(len(known), config.dimension), config.drop)]


def byte_pairs(texts: Sequence[str], config: TextTraining) -> list[nn.Module]:
    """Means of byte-pair pieces: sentence-transformers' StaticEmbedding."""
    static = StaticEmbedding(train_tokenizer(texts, config.vocabulary), embedding_dim=config.dimension)
    with torch.no_grad():
        static.embedding.weight.normal_(0, SPREAD)
    return [static]


def transformer(texts: Sequence[str], config: TextTraining) -> list[nn.Module]:
    """A BERT of two layers over byte-pair pieces, mean-pooled."""
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=train_tokenizer(texts, config.vocabulary),
        unk_token=UNKNOWN,
        pad_token=PAD,
        model_max_length=LONGEST,
    )
    shape = BertConfig(
        vocab_size=len(tokenizer),
        hidden_size=config.dimension,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=3 * config.dimension,
        max_position_embeddings=LONGEST,
        pad_token_id=tokenizer.pad_token_id,
    )
    with tempfile.TemporaryDirectory() as folder:  # the module opens folders only
        BertModel(shape, add_pooling_layer=False).save_pretrained(folder)
        tokenizer.save_pretrained(folder)
        return [Transformer(str(Path(folder))), Pooling(config.dimension)]


FORMS: dict[str, Callable[[Sequence[str], TextTraining], list[nn.Module]]] = {
    "ngrams": ngrams,
    "bpe": byte_pairs,
    "transformer": transformer,
}
