"""What a library says about itself: `library.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from umair.errors import LibraryError, UmairError
from umair.settings import read_toml, write_toml

FILE = "library.toml"
SCHEMA_VERSION = 1


@dataclass(frozen=True)
class LibraryInfo:
    """Name, time of creation (ISO, UTC), where it comes from, whether we drew it, and the active run of each kind.

    encoders: models that were chosen for this library and are no runs of it (kind -> "shipped", a folder, a hub name).
    """

    name: str
    created: str
    schema_version: int = SCHEMA_VERSION
    source: str = ""
    synthetic: bool = False
    stamp: str = ""  # edition of the shipped demo library
    active: Mapping[str, str] = field(default_factory=dict)
    encoders: Mapping[str, str] = field(default_factory=dict)


def read_info(library: Path) -> LibraryInfo:
    """LibraryError if there is no library, if it is unreadable, or if a newer version of this software wrote it."""
    file = library / FILE
    if not file.is_file():
        raise LibraryError(
            f"There is no library at {library} (no {FILE} in it). "
            "Create one with `python -m umair import folder PICTURES --library DIR`, or name another folder."
        )
    try:
        kept = read_toml(file)
    except UmairError as error:
        raise LibraryError(str(error)) from error
    version = kept.get("schema_version", 1)
    if not isinstance(version, int) or version > SCHEMA_VERSION:
        raise LibraryError(
            f"The library at {library} has schema version {version!r}; this software reads up to {SCHEMA_VERSION}. "
            "Update the software."
        )
    return LibraryInfo(
        name=str(kept.get("name") or library.name),
        created=str(kept.get("created", "")),
        schema_version=version,
        source=str(kept.get("source", "")),
        synthetic=kept.get("synthetic") is True,
        stamp=str(kept.get("stamp", "")),
        active=_texts(kept.get("active")),
        encoders=_texts(kept.get("encoders")),
    )


def write_info(library: Path, info: LibraryInfo) -> None:
    plain = {
        "name": info.name,
        "created": info.created,
        "schema_version": info.schema_version,
        "source": info.source,
        "synthetic": info.synthetic,
    }
    stamp = {"stamp": info.stamp} if info.stamp else {}
    encoders = {"encoders": dict(info.encoders)} if info.encoders else {}
    write_toml(library / FILE, {**plain, **stamp, "active": dict(info.active), **encoders})


def _texts(table: object) -> dict[str, str]:
    return {str(k): str(v) for k, v in table.items()} if isinstance(table, dict) else {}
