"""Tiny models of both kinds with random weights as SentenceTransformer folders, and a hub's cache that holds one."""

from __future__ import annotations

import shutil
from pathlib import Path

import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, StaticEmbedding, Transformer
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

LETTERS = [*"abcdefghijklmnopqrstuvwxyz ", *"夜雨猫耳海花笑顔剣街晚上下大"]
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
COMMIT = "0123456789abcdef0123456789abcdef01234567"


def letter_tokenizer() -> Tokenizer:
    """Every letter is a piece."""
    tokenizer = Tokenizer(models.WordLevel({t: n for n, t in enumerate([*SPECIAL, *LETTERS])}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    return tokenizer


def tiny_static(folder: Path, seed: int = 0) -> Path:
    """StaticEmbedding of 32 numbers a letter, and Normalize."""
    torch.manual_seed(seed)
    static = StaticEmbedding(letter_tokenizer(), embedding_dim=32)
    SentenceTransformer(modules=[static, Normalize()], device="cpu").save(str(folder), create_model_card=False)
    return folder


def tiny_transformer(folder: Path, seed: int = 0, pooling: str = "mean") -> Path:
    """A BERT of two layers and 32 numbers, read letter by letter, saved as SentenceTransformer saves it."""
    tokenizer = letter_tokenizer()
    ends = [(token, tokenizer.token_to_id(token)) for token in ("[CLS]", "[SEP]")]
    tokenizer.post_processor = processors.TemplateProcessing(single="[CLS] $A [SEP]", special_tokens=ends)
    raw = folder.parent / f"{folder.name}-raw"
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]", sep_token="[SEP]"
    ).save_pretrained(raw)
    torch.manual_seed(seed)
    sizes = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 64}
    BertModel(BertConfig(vocab_size=tokenizer.get_vocab_size(), max_position_embeddings=64, **sizes)).save_pretrained(
        raw
    )
    reader = Transformer(str(raw))
    pool = Pooling(reader.get_embedding_dimension(), pooling_mode=pooling)
    SentenceTransformer(modules=[reader, pool], device="cpu").save(str(folder), create_model_card=False)
    shutil.rmtree(raw)
    return folder


def put_in_cache(cache: Path, name: str, folder: Path) -> Path:
    """Lay a model's folder into a hub's cache, as if it had been fetched; gives its snapshot."""
    place = cache / f"models--{name.replace('/', '--')}"
    snapshot = place / "snapshots" / COMMIT
    shutil.copytree(folder, snapshot)
    (place / "refs").mkdir()
    (place / "refs" / "main").write_text(COMMIT)
    return snapshot
