"""How a word is written, so that spellings can be compared: width, case, accents, kana, simplified characters."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from anyascii import anyascii
from opencc import OpenCC

APOSTROPHES = frozenset("'\u2019\u2018`\u00b4")
JOINERS = APOSTROPHES | frozenset("_-\u2010\u2011\u2013\u2014\u30fb\u00b7.")  # between the parts of one word
LONGEST = 400  # characters of a text that are looked at; no label is longer, a pasted page may be

_JAPANESE, _SIMPLIFIED = OpenCC("jp2t"), OpenCC("t2s")


def fold(text: str) -> str:
    """A text without what readers ignore: width, case, accents, old forms of characters, joiners, invisible marks.

    Words stay divided by single spaces; traditional and Japanese forms become simplified ones, letter by letter.
    """
    letters = unicodedata.normalize("NFKC", text[:LONGEST]).casefold()
    return " ".join("".join(map(_plain, unicodedata.normalize("NFKC", letters))).split())


def key(text: str) -> str:
    """What two spellings of one word have in common: `fold` in hiragana, without spaces; never empty for a text."""
    return "".join(map(_hiragana, fold(text).replace(" ", ""))) or " ".join(text.casefold().split())


def romanised(text: str) -> str:
    """The text in plain Latin letters without spaces: kana as romaji, characters as pinyin (anyascii's, toneless)."""
    return "".join(c for c in anyascii(key(text)).casefold() if c.isalnum())


def language(text: str) -> str:
    """en, ja, zh or other, by the letters alone. Characters that both write count as zh; kana, or forms that only
    Japanese has, make a text ja."""
    found = {_language(c) for c in unicodedata.normalize("NFKC", text[:LONGEST])}
    return next((one for one in ("ja", "zh", "other", "en") if one in found), "other")


@lru_cache(maxsize=1 << 16)
def _plain(letter: str) -> str:
    if letter in JOINERS or letter.isspace():
        return " " if letter not in APOSTROPHES else ""
    if unicodedata.category(letter) in ("Cf", "Cc", "Cs") or letter == "\ufe0f":
        return ""
    if _is_han(letter):
        simple = _SIMPLIFIED.convert(letter)
        return simple if simple != letter else _SIMPLIFIED.convert(_JAPANESE.convert(letter))
    bare = unicodedata.normalize("NFD", letter)[0]
    return bare if bare.isascii() and bare.isalpha() else letter


@lru_cache(maxsize=4096)
def _hiragana(letter: str) -> str:
    return chr(ord(letter) - 0x60) if "ァ" <= letter <= "ヶ" else letter


@lru_cache(maxsize=1 << 16)
def _language(letter: str) -> str:
    if "ぁ" <= letter <= "ゖ" or "ァ" <= letter <= "ヺ":
        return "ja"
    if _is_han(letter):
        only_japanese = _SIMPLIFIED.convert(letter) == letter != _plain(letter)
        return "ja" if only_japanese else "zh"
    if unicodedata.normalize("NFD", letter)[0].isascii():
        return "en" if letter.isalpha() else ""
    return "other" if letter.isalpha() else ""


def _is_han(letter: str) -> bool:
    return "\u3400" <= letter <= "\u9fff" or "\U00020000" <= letter <= "\U0003ffff" or "\uf900" <= letter <= "\ufaff"
