"""Pairs of texts that mean the same or belong together: the seven sub-types of the paper's Table 1, and readers.

`read_pairs` reads whatever it is given and recognises the format by the content; there is one file a format.
"""

from __future__ import annotations

from umair.encoders.pairs.pair import (
    COLUMNS,
    EXPLANATIONS,
    LANGUAGES,
    MULTILINGUAL,
    RELATIONS,
    SUB_TYPES,
    TextPair,
    across,
    multilingual,
    tidy,
    unique,
)
from umair.encoders.pairs.parquet import read_glossary
from umair.encoders.pairs.reading import PairsReport, Reading, library_pairs, read_pairs
from umair.encoders.pairs.tables import read_tsv, read_wikidata, write_tsv
from umair.encoders.pairs.tally import Choices

__all__ = [
    "COLUMNS",
    "EXPLANATIONS",
    "LANGUAGES",
    "MULTILINGUAL",
    "RELATIONS",
    "SUB_TYPES",
    "Choices",
    "PairsReport",
    "Reading",
    "TextPair",
    "across",
    "library_pairs",
    "multilingual",
    "read_glossary",
    "read_pairs",
    "read_tsv",
    "read_wikidata",
    "tidy",
    "unique",
    "write_tsv",
]
