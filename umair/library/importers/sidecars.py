"""Files beside a picture that describe it: gallery-dl's JSON and Danbooru-style `.txt` lists of tags."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from umair.errors import ImportRefused
from umair.library.importers.clean import distinct
from umair.library.importers.danbooru import read_danbooru, tag_words
from umair.library.importers.described import Described
from umair.library.importers.pixiv import read_pixiv

MAX_JSON = 8 * 2**20  # a work with thousands of comments has about one megabyte
MAX_TXT = 2**18
GALLERY_FILE = "info.json"  # keys of a whole gallery, not of a picture


def beside(picture: Path, names: frozenset[str], ending: str) -> Path | None:
    """The sidecar of a picture among the names of its folder: `a.png.json`, else `a.json`."""
    for name in (f"{picture.name}{ending}", f"{picture.stem}{ending}"):
        if name in names and name != picture.name:
            return picture.with_name(name)
    return None


def read_json_sidecar(file: Path) -> Described | None:
    """The picture as its JSON tells it; None for a gallery's `info.json`. ImportRefused if it cannot be used."""
    return read_json_text(_read(file, MAX_JSON), is_gallery_file=file.name == GALLERY_FILE)


def read_json_text(text: str, is_gallery_file: bool = False) -> Described | None:
    """As `read_json_sidecar`, from the text itself."""
    try:
        told = json.loads(text)
    except (ValueError, RecursionError) as error:  # cut short, not JSON, endless nesting or digits
        raise ImportRefused(f"the sidecar is not JSON that can be read ({type(error).__name__})") from error
    if not isinstance(told, dict):
        raise ImportRefused("the sidecar holds no JSON object")
    if is_gallery_file and "filename" not in told:
        return None
    return _reader(told)(told)


def read_txt_sidecar(file: Path) -> tuple[str, ...]:
    """Labels of a `.txt`: one a line (gallery-dl), or separated by commas (Danbooru-style captions)."""
    return read_txt(_read(file, MAX_TXT))


def read_txt(text: str) -> tuple[str, ...]:
    """As `read_txt_sidecar`, from the text itself; `\\(` and `\\)` are brackets."""
    pieces = [piece for line in text.lstrip("\ufeff").splitlines() for piece in line.split(",")]
    return tuple(distinct([tag_words(p.strip().replace("\\(", "(").replace("\\)", ")")) for p in pieces]))


def with_labels(described: Described, labels: tuple[str, ...]) -> Described:
    """Labels of a `.txt` count where no better source has named any."""
    if not labels or (described.labels and described.source != "file name"):
        return described
    return replace(described, labels=labels, source="txt" if described.source == "file name" else described.source)


def _reader(told: Mapping[str, object]) -> Callable[[Mapping[str, object]], Described]:
    category = told.get("category")
    if category == "pixiv" or "illust_ai_type" in told or "x_restrict" in told:
        return read_pixiv
    if category == "danbooru" or "tag_string" in told or "tags_general" in told:
        return read_danbooru
    return read_pixiv if isinstance(told.get("user"), Mapping) else read_danbooru


def _read(file: Path, limit: int) -> str:
    try:
        size = file.stat().st_size
        if size > limit:
            raise ImportRefused(f"the sidecar has {size / 2**20:,.1f} MB (at most {limit / 2**20:,.2g})")
        return file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ImportRefused("the sidecar is not UTF-8 text") from error
    except OSError as error:
        raise ImportRefused(f"the sidecar cannot be read ({error.strerror or error})") from error
