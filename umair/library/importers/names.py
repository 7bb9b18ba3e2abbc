"""What a bare file can tell: the words of its folders and of its name."""

from __future__ import annotations

import re
from pathlib import PurePath

from umair.library.importers.clean import distinct, plain_label
from umair.library.importers.described import Described

APART = re.compile(r"[\s_\-.,+~()\[\]{}=&@#!]+")
MEANINGLESS = re.compile(
    r"\d+|p\d+|[0-9a-f]{8,}|img|image|images|dsc|dscn|pic|picture|pictures|photo|untitled|unnamed|scan|copy|final|"
    r"download|downloads|new|screenshot|wallpaper|sample|large|small|thumb|full|x|v\d+|\d+x\d+",
    re.IGNORECASE,
)


def read_names(place: PurePath) -> Described:
    """`place` below the imported folder: each sub-folder is one label, each word of the file name another."""
    folders = [" ".join(_words(part)) for part in place.parts[:-1]]
    words = _words(place.stem)
    return Described(
        labels=tuple(distinct([plain_label(text) for text in [*folders, *words] if text])),
        title=plain_label(" ".join(words)),
    )


def _words(name: str) -> list[str]:
    found = [word for word in APART.split(name) if word and not MEANINGLESS.fullmatch(word)]
    return [word for word in found if len(word) > 1 or not word.isascii()]
