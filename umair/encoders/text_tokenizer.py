"""A tokenizer for labels in three scripts: pieces from single characters up to whole names, learnt from the texts."""

from __future__ import annotations

from collections.abc import Sequence

from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

UNKNOWN = "[UNK]"
MARK = "▁"  # begins every word


def train_tokenizer(texts: Sequence[str], vocabulary: int) -> Tokenizer:
    """Byte-pair pieces over `texts` (one text twice counts twice), at most `vocabulary` of them, all characters kept.

    Width and case do not matter, an underscore is a space, and every word begins with a mark of its own, so that
    "cat" in "cat ears" is another piece than "cat" in "vacation".
    """
    tokenizer = Tokenizer(models.BPE(unk_token=UNKNOWN, fuse_unk=True))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.NFKC(),
            normalizers.Lowercase(),
            normalizers.Replace(Regex(r"[_\s・·]+"), " "),
            normalizers.Strip(),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement=MARK, prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(replacement=MARK, prepend_scheme="always")
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary, min_frequency=2, special_tokens=[UNKNOWN], limit_alphabet=vocabulary, show_progress=False
    )
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer
