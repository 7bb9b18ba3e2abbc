"""Which language a text is in, by its letters, for sources that do not say it."""

from __future__ import annotations

import re
import unicodedata

KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa\uff66-\uff9f]")
HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
ROMAN = frozenset("āīūēōâîûêôéÉĀĪŪĒŌ")  # beyond ASCII, as romanised Japanese and English write
BOTH = "han"  # Chinese characters that are written so in Japanese and in Chinese

CODES = {"en": "en", "eng": "en", "ja": "ja", "jp": "ja", "jpn": "ja", "zh": "zh", "zho": "zh", "chi": "zh", "cn": "zh"}


def language_of(text: str) -> str:
    """ "en" (any Latin letters of English or romanised Japanese), "ja", "zh", "han" (either of the two) or "".

    Kana are Japanese. Characters alone are told by the old national character sets: what JIS X 0208 lacks is Chinese,
    what JIS has and both GB 2312 and Big5 lack is Japanese.
    """
    if KANA.search(text):
        return "ja"
    characters = "".join(HAN.findall(text))
    if characters:
        if not _in(characters, "shift_jis"):
            return "zh"
        return BOTH if _in(characters, "gb2312") or _in(characters, "big5") else "ja"
    letters = [c for c in text if c.isalpha()]
    if not letters or not all(c.isascii() or c in ROMAN for c in unicodedata.normalize("NFKC", "".join(letters))):
        return ""
    return "en"


def language_code(code: str) -> str:
    """ "en", "ja" or "zh" for a language's code, whatever its region or script (zh-Hans, zh_TW, jpn); else ""."""
    return CODES.get(re.split("[-_]", code.strip().lower())[0], "")


def _in(characters: str, codec: str) -> bool:
    try:
        characters.encode(codec)
    except UnicodeEncodeError:
        return False
    return True
