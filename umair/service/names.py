"""What a label is called in another language, and which spellings mean the same thing, as the glossary tells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from umair.library.store import Library
from umair.service.memory import MEMORY, changed_at
from umair.settings import assets

GLOSSARY = "glossary.parquet"
LANGUAGES = ("en", "ja", "zh")


@dataclass(frozen=True)
class Names:
    """concepts: folded spelling -> what it may mean, likeliest first; main: (concept, language) -> its name there."""

    concepts: dict[str, tuple[str, ...]]
    main: dict[tuple[str, str], str]

    def key(self, label: str) -> str:
        """One key for every spelling of a thing; a label that the glossary does not know is its own."""
        known = self.concepts.get(label.casefold())
        return known[0] if known else label.casefold()

    def keys(self, labels: Iterable[str]) -> frozenset[str]:
        """Keys of all that these labels may mean."""
        return frozenset(k for own in labels for k in self.concepts.get(own.casefold(), (own.casefold(),)))

    def shown(self, label: str, language: str) -> str:
        """The label's name in a language; as it is where the glossary has none."""
        return self.main.get((self.key(label), language), label)

    def told(self) -> dict[str, str]:
        """Folded spelling -> the concept that it likeliest means."""
        return {text: found[0] for text, found in self.concepts.items()}


def names(lib: Library) -> Names:
    """By the library's own glossary, else the one that comes with the demo; no names without either."""
    file = glossary_file(lib)
    return MEMORY.recall(lib.path, "names", (str(file), changed_at(file)), lambda: read_names(file))


def glossary_file(lib: Library) -> Path:
    """Which glossary `names` reads."""
    own = lib.path / GLOSSARY
    return own if own.is_file() else assets() / "demo" / GLOSSARY


def demo_names() -> Names:
    """Those of the glossary that comes with the demo."""
    return read_names(assets() / "demo" / GLOSSARY)


def read_names(file: Path) -> Names:
    """From a glossary with columns concept, lang, text, is_main; empty if there is none."""
    if not file.is_file():
        return Names({}, {})
    table = pl.read_parquet(file, columns=["concept", "lang", "text", "is_main"])
    table = table.sort(pl.col("lang") != "en", ~pl.col("is_main"), maintain_order=True)
    concepts: dict[str, dict[str, None]] = {}
    main: dict[tuple[str, str], str] = {}
    for concept, language, text, _ in table.iter_rows():
        concepts.setdefault(text.casefold(), {})[concept] = None
        main.setdefault((concept, language), text)
    return Names({text: tuple(found) for text, found in concepts.items()}, main)
