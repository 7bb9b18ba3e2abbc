"""The formats that are read, and which one a file has: told by its content, so that a person just names it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from umair.encoders.pairs.anime_offline import anime_documents, anime_lines
from umair.encoders.pairs.bangumi_archive import KINDS, archive, kind_of
from umair.encoders.pairs.bangumi_data import bangumi_data
from umair.encoders.pairs.cldr import emoji_names
from umair.encoders.pairs.danbooru import table_of, tag_tables
from umair.encoders.pairs.pair import TextPair
from umair.encoders.pairs.parquet import GLOSSARY, NAMES, glossaries, tables_of_names
from umair.encoders.pairs.tables import NEEDED, THINGS, pair_tables, things
from umair.encoders.pairs.tally import BOM, Choices, Tally
from umair.errors import TrainingError

Reader = Callable[[Sequence[Path], Tally, Choices], Iterator[TextPair]]

HEAD_BYTES = 1 << 18  # of a file, which tell its format
ENDINGS = (".json", ".jsonl", ".jsonlines", ".csv", ".tsv", ".parquet")  # looked at in a folder


@dataclass(frozen=True)
class Format:
    """One format: its name, what it holds, and its reader. `together`: all files of it are read as one."""

    name: str
    holds: str
    read: Reader
    together: bool = False


PAIRS = Format("pairs", f"a table with tabs: {', '.join(NEEDED)}, source, note", pair_tables)
WIKIDATA = Format("things", f"a table with tabs: {', '.join(THINGS)}, description (as of Wikidata)", things)
GLOSSARIES = Format("glossary", f"Parquet: {', '.join(GLOSSARY)} (a library's glossary.parquet)", glossaries)
NAME_TABLES = Format("names", f"Parquet: {', '.join(NAMES)}, is_main, quality, source", tables_of_names, together=True)
ANIME_LINES = Format("anime-offline-database.jsonl", "manami-project: an anime a line", anime_lines)
ANIME = Format("anime-offline-database", "manami-project: one JSON document, minified or not", anime_documents)
BANGUMI = Format("bangumi-data", "data.json, or items of a month: title, titleTranslate", bangumi_data, together=True)
ARCHIVE = Format("bangumi-archive", f"JSON lines: {', '.join(KINDS)}", archive, together=True)
CLDR = Format("cldr", "annotations.json, plain or derived, of two languages or more", emoji_names, together=True)
DANBOORU = Format("danbooru", "CSV of tag aliases, implications, translations or counts", tag_tables, together=True)
FORMATS = (PAIRS, WIKIDATA, GLOSSARIES, NAME_TABLES, ANIME, ANIME_LINES, BANGUMI, ARCHIVE, CLDR, DANBOORU)


def recognise(path: Path) -> Format | None:
    """The format of a file, None if it is none of ours. TrainingError if it cannot be opened."""
    try:
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES).removeprefix(BOM)
    except OSError as error:
        raise TrainingError(f"{path} cannot be read ({error}).") from error
    if head.startswith(b"PAR1"):
        return _parquet(path)
    text = head.decode("utf-8", "replace")
    if text.lstrip()[:1] in ("{", "["):
        return _json_lines(text) or _json_whole(text)
    columns = [name.strip() for name in text.partition("\n")[0].split("\t")]
    if set(NEEDED) <= set(columns):
        return PAIRS
    if set(THINGS) <= set(columns):
        return WIKIDATA
    return DANBOORU if b"\0" not in head and table_of(path) else None


def all_formats() -> str:
    """Every format with what it holds, for an error or a help."""
    return "; ".join(f"{f.name} ({f.holds})" for f in FORMATS)


def _parquet(path: Path) -> Format | None:
    try:
        columns = set(pl.read_parquet_schema(path))
    except (OSError, pl.exceptions.PolarsError):
        return None
    if set(NAMES) <= columns:
        return NAME_TABLES
    return GLOSSARIES if set(GLOSSARY) <= columns else None


def _json_lines(text: str) -> Format | None:
    """By the first whole lines that are objects; the last line of the head may be cut."""
    for line in text.split("\n")[:-1] if "\n" in text else [text]:
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if not isinstance(row, dict):
            continue
        if {"items", "data", "annotations", "annotationsDerived"} & set(row):
            return None
        if {"title", "synonyms"} <= set(row):
            return ANIME_LINES
        if kind_of(row):
            return ARCHIVE
    return None


def _json_whole(text: str) -> Format | None:
    """By the names of fields near the beginning, for a document is not read twice."""
    for found, marks in (
        (CLDR, ('"annotations', '"tts"')),
        (BANGUMI, ('"titleTranslate"', '"title"')),
        (ANIME, ('"data"', '"synonyms"', '"title"')),
    ):
        if all(mark in text for mark in marks):
            return found
    return None
