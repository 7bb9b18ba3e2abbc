"""How texts are written and how they sound: one spelling for kana, variants of hanzi and width; a Latin view beside it.

The tables are made once from OpenCC (variants of hanzi) and anyascii (sounds), and are kept with a model, so that its
vectors never change with another version of those packages.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from umair.errors import EncoderError
from umair.library.atomic import write_text

SPELLING = "spelling.json"
HANZI = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF))
KATAKANA_TO_HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
SEPARATORS = re.compile(r"[^\S\n]|[_・·=\-–—:;,.!?'\"()\[\]{}<>~/\\|&★☆♪♥…、。「」『』【】《》〈〉×+*#@]")
LINE_BREAKS = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
ASIAN = "\u3040-\u30ff\u3400-\u9fff"
LATIN_WORDS = re.compile(rf"(?<!\S)[^\s{ASIAN}]+(?!\S)")
SMALL = {"ゃ": "ya", "ゅ": "yu", "ょ": "yo", "ぁ": "a", "ぃ": "i", "ぅ": "u", "ぇ": "e", "ぉ": "o"}
# Two kana that make one sound: first kana -> (its consonant, the small kana that it takes).
PALATAL = dict(zip("きしちにひみりぎじぢびぴ", ("k", "sh", "ch", *"nhmrgjjbp"), strict=True))
FOREIGN = dict(zip("ふゔてでうつしじちく", (*"fvtdw", "ts", "sh", "j", "ch", "kw"), strict=True))
TAKES = {"て": "ぃ", "で": "ぃ", "う": "ぃぇぉ"}


@dataclass(frozen=True)
class Spelling:
    """Tables from a character to its one spelling (`variants`) and from a character to its sound (`sounds`)."""

    variants: dict[str, str]
    sounds: dict[str, str]

    @classmethod
    def load(cls, file: Path) -> Spelling:
        """The tables kept with a model. EncoderError if they are not there or damaged."""
        try:
            told = json.loads(file.read_text(encoding="utf-8"))
            return cls(dict(told["variants"]), dict(told["sounds"]))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise EncoderError(
                f"The table of spellings {file} cannot be read ({error}). Restore the model or train it again."
            ) from error

    def save(self, file: Path) -> None:
        """Keep the tables so that `load` reads them again."""
        told = {"variants": self.variants, "sounds": self.sounds}
        write_text(file, json.dumps(told, ensure_ascii=False, sort_keys=True))

    def written(self, texts: Sequence[str]) -> str:
        """One line a text: lower case, one width, hiragana, one form of each hanzi, spaces for other separators."""
        lines = "\n".join(LINE_BREAKS.sub(" ", text) for text in texts)
        plain = SEPARATORS.sub(" ", unicodedata.normalize("NFKC", lines).lower())
        return plain.translate(self._folding)

    def sounded(self, written: str) -> str:
        """The same lines with their words in kana and hanzi in Latin letters, and without all other words."""
        asian = LATIN_WORDS.sub("", written)
        return _DIGRAPH.sub(lambda two: _DIGRAPHS[two[0]], asian).translate(self._sounding)

    @cached_property
    def _folding(self) -> dict[int, str | int]:
        return KATAKANA_TO_HIRAGANA | {ord(a): b for a, b in self.variants.items()}

    @cached_property
    def _sounding(self) -> dict[int, str]:
        return {ord(a): b for a, b in self.sounds.items()}


def _digraphs() -> dict[str, str]:
    """ちゃ -> cha, ふぁ -> fa."""
    found = {}
    for kana, consonant in PALATAL.items():
        for small in "ゃゅょ":
            sound = SMALL[small]
            found[kana + small] = consonant + (sound[1:] if consonant in ("sh", "ch", "j") else sound)
    for kana, consonant in FOREIGN.items():
        for small in TAKES.get(kana, "ぁぃぅぇぉ"):
            found[kana + small] = consonant + SMALL[small]
    return found


_DIGRAPHS = _digraphs()
_DIGRAPH = re.compile("|".join(_DIGRAPHS))
