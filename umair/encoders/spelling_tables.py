"""The tables of spellings, made from OpenCC and anyascii when a text encoder is trained."""

from __future__ import annotations

import unicodedata

import opencc
from anyascii import anyascii

from umair.encoders.spelling import HANZI, SMALL, Spelling

COMPATIBLE = (0xF900, 0xFAFF)  # hanzi that Unicode holds twice


def make_spelling() -> Spelling:
    """Traditional and Japanese forms of hanzi become simplified ones; hanzi sound as in Mandarin, kana as written.

    A hanzi has one sound here whatever the language: what it sounds like in Japanese is learnt from pairs.
    """
    hanzi = [chr(code) for first, last in (*HANZI, COMPATIBLE) for code in range(first, last + 1)]
    to_traditional, to_simplified = opencc.OpenCC("jp2t"), opencc.OpenCC("t2s")
    folded = (to_simplified.convert(to_traditional.convert(unicodedata.normalize("NFKC", c))) for c in hanzi)
    variants = {c: f for c, f in zip(hanzi, folded, strict=True) if f != c and len(f) == 1}
    sounds = {c: anyascii(c).lower() for c in (*hanzi, *map(chr, range(0x3041, 0x3097)))}
    return Spelling(variants, sounds | SMALL | {"ゔ": "vu", "っ": "", "ー": ""})
