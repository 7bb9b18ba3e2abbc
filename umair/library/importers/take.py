"""One picture file on its way into a library: read once, decoded once, copied, described. Safe to run in threads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from umair.errors import ImageError, ImportRefused, LibraryError
from umair.library.atomic import SETTLES, write_bytes
from umair.library.images import PictureFacts, read_bytes, read_facts, sha256
from umair.library.importers.described import Bookmark, Described
from umair.library.importers.names import read_names
from umair.library.importers.report import Note
from umair.library.importers.sidecars import read_json_sidecar, read_txt_sidecar, with_labels
from umair.library.importers.walk import Found
from umair.library.store import image_place, thumbnail_place

ENDINGS = {"jpeg": "jpg", "jfif": "jpg", "tiff": "tif"}


@dataclass(frozen=True)
class Told:
    """What became of a file: refused with a reason, or its row (without a final item_id) and whose bookmark it is."""

    file: str
    refused: str = ""
    sha256: str = ""
    item_id: str = ""
    row: Mapping[str, object] | None = None
    bookmark: Bookmark | None = None
    modified: datetime | None = None
    problems: tuple[Note, ...] = ()


def take(library: Path, found: Found, known: Mapping[str, str], link: bool) -> Told:
    """Read a picture and put its bytes and thumbnail in place; content that is in `known` is not decoded again."""
    described, problems = describe(found)
    try:
        content = read_bytes(found.path)
        modified = datetime.fromtimestamp(found.path.stat().st_mtime, UTC)
        sha = sha256(content)
        if sha in known:
            return Told(found.place, "", sha, bookmark=described.bookmarked_by, modified=modified, problems=problems)
        facts = read_facts(content, found.path.name)
        image = linked(found.path) if link else image_place(sha, facts.ending)
    except ImageError as error:
        return Told(found.place, refused=str(error), problems=problems)
    except OSError as error:
        return Told(found.place, refused=f"cannot be read ({error.strerror or error})", problems=problems)
    store_picture(library, sha, facts, None if link else content)
    row = illustration_row(described, sha, facts, image)
    strange = _strange_ending(found, facts)
    return Told(
        file=found.place,
        sha256=sha,
        item_id=described.item_id or f"file-{sha[:16]}",
        row=row,
        bookmark=described.bookmarked_by,
        modified=modified,
        problems=(*problems, *strange),
    )


def describe(found: Found) -> tuple[Described, tuple[Note, ...]]:
    """What sidecars and names say about a file, and which sidecars could not be used."""
    described = read_names(PurePosixPath(found.place))
    problems: list[Note] = []
    if found.json is not None:
        try:
            described = read_json_sidecar(found.json) or described
        except ImportRefused as error:
            problems.append(Note(found.place, f"{error}; the picture was taken without it"))
    if found.txt is not None:
        try:
            described = with_labels(described, read_txt_sidecar(found.txt))
        except ImportRefused as error:
            problems.append(Note(found.place, f"{error}; the picture was taken without it"))
    return described, tuple(problems)


def store_picture(library: Path, sha: str, facts: PictureFacts, content: bytes | None) -> None:
    """Put original (None if it is only linked) and thumbnail in place; LibraryError if there is no room for them."""
    try:
        original = library / image_place(sha, facts.ending)
        if content is not None and not (original.is_file() and original.stat().st_size == len(content)):
            write_bytes(original, content, durable=not SETTLES)  # the importer settles before it writes rows
        write_bytes(thumbnail_place(library, sha), facts.thumbnail, durable=False)
    except OSError as error:
        raise LibraryError(
            f"The library at {library} cannot take more pictures ({error.strerror or error}). "
            "Make room or change its rights, then import again: it goes on where it stopped."
        ) from error


def illustration_row(
    described: Described, sha: str | None, facts: PictureFacts | None, image: str | None
) -> dict[str, object]:
    """A row of the table of illustrations, all but the final item_id. The size is measured, never believed.

    `sha`, `facts` and `image` are None where there is no picture.
    """
    return {
        "item_id": described.item_id,
        "image": image,
        "sha256": sha,
        "width_px": facts.width_px if facts else None,
        "height_px": facts.height_px if facts else None,
        "labels": list(described.labels),
        "artist_id": described.artist_id,
        "artist_name": described.artist_name,
        "title": described.title,
        "published_at": described.published_at,
        "series": described.series,
        "rating": described.rating,
        "views": described.views,
        "bookmarks": described.bookmarks,
        "color": facts.color if facts else None,
    }


def linked(path: Path) -> str:
    """The absolute place of a picture that stays where it is; ImageError if its name cannot be written down."""
    place = str(path.absolute())
    if place != place.encode("utf-8", "replace").decode("utf-8"):
        raise ImageError("the name of the file is not valid text; rename it or import without links")
    return place


def _strange_ending(found: Found, facts: PictureFacts) -> tuple[Note, ...]:
    written = found.path.suffix.lower().lstrip(".")
    if ENDINGS.get(written, written) == facts.ending:
        return ()
    return (Note(found.place, f"named .{written} but is {facts.ending.upper()}; taken as what it is"),)
