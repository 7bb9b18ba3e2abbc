"""Taggers from a hub: a timm model with `selected_tags.csv`, as SmilingWolf/wd-vit-tagger-v3 has.

They read a 448 px square, padded with white, bicubic, mean and std 0.5, channels in BGR order, and answer by sigmoid.
The table `tag_id,name,category,count` names the outputs: category 0 is general, 4 a character, 9 the rating.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, replace
from pathlib import Path

from huggingface_hub import hf_hub_download
from huggingface_hub.errors import EntryNotFoundError, LocalEntryNotFoundError

from umair.encoders.preprocess import Preprocess
from umair.errors import EncoderError

TAGS = "selected_tags.csv"
RATING = 9


@dataclass(frozen=True)
class Tags:
    """Names (V) of a tagger's outputs in their order, and which of them are ratings."""

    names: tuple[str, ...]
    categories: tuple[int, ...]

    @property
    def ratings(self) -> tuple[int, ...]:
        return tuple(n for n, category in enumerate(self.categories) if category == RATING)


def tags_of(name: str) -> Tags | None:
    """The tags of `local-dir:PATH` or `hf-hub:OWNER/NAME`, or None if the model has no such table."""
    if name.startswith("local-dir:"):
        path = Path(name.removeprefix("local-dir:")) / TAGS
        return read_tags(path) if path.exists() else None
    if not name.startswith("hf-hub:"):
        return None
    try:
        return read_tags(Path(hf_hub_download(name.removeprefix("hf-hub:"), TAGS)))
    except (EntryNotFoundError, LocalEntryNotFoundError):
        return None


def read_tags(path: Path) -> Tags:
    """Read `selected_tags.csv`; EncoderError if columns are missing."""
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))
    try:
        return Tags(
            tuple(row["name"].replace("_", " ") for row in rows),
            tuple(int(row["category"]) for row in rows),
        )
    except (KeyError, ValueError) as error:
        raise EncoderError(
            f"{path} needs the columns tag_id, name, category, count; found a row without: {error}."
        ) from error


def tagger_preprocess(asked: Preprocess) -> Preprocess:
    """What these taggers were trained on, at the size that the model asks for."""
    half = (0.5, 0.5, 0.5)
    return replace(asked, fit="letterbox", interpolation="bicubic", mean=half, std=half, channels="bgr")
