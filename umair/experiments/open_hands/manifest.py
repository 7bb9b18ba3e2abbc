"""What is gathered: one repository at one commit, its licence and credit, and which files are whose hand."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from umair.errors import TrainingError

MANIFEST = Path(__file__).with_name("manifest.toml")
KINDS = ("icon", "emoji", "drawing")


@dataclass(frozen=True)
class Part:
    """Files of one manner: `match` is searched in a path; its groups `hand`, `content`, `license` are read if named."""

    match: re.Pattern[str]
    hand: str = ""  # after the source's name; the group `hand` is put behind it; `none` leaves the files out
    license: str = ""  # where it differs from the source's
    tile: int = 0  # side of a tile in pixels, where a file is a sheet of tiles
    pixels: bool = False  # pixel art: enlarged in whole steps, kept without loss
    plain: bool = False  # icons of one colour, whose ink is `currentColor`


@dataclass(frozen=True)
class Source:
    """One repository; `reader` is `files` or `icon-sets`."""

    name: str
    repository: str  # owner/name on GitHub
    commit: str
    license: str
    credit: str
    kind: str
    reader: str = "files"
    parts: tuple[Part, ...] = ()
    leave_out: tuple[str, ...] = ()  # hands that were looked at and are not one hand
    licenses: tuple[tuple[str, str], ...] = ()  # as the repository writes them -> as we write them


def read_manifest(path: Path = MANIFEST) -> list[Source]:
    """Every source; TrainingError where an entry lacks something or names an unknown kind."""
    try:
        return [_source(entry) for entry in tomllib.loads(path.read_text("utf-8"))["source"]]
    except (OSError, KeyError, TypeError, tomllib.TOMLDecodeError, re.error) as error:
        raise TrainingError(
            f"{path} is not a list of sources ({error}); each needs name, repository, commit, license, credit, kind"
        ) from error


def _source(entry: dict[str, Any]) -> Source:
    parts = tuple(Part(**{**part, "match": re.compile(part["match"])}) for part in entry.pop("part", ()))
    lists = {key: tuple(entry.pop(key, ())) for key in ("leave_out",)}
    source = Source(**entry | lists | {"parts": parts, "licenses": tuple(entry.get("licenses", {}).items())})
    if source.kind not in KINDS:
        raise TrainingError(f"{source.name} is of kind {source.kind!r}; expected one of {', '.join(KINDS)}")
    return source
