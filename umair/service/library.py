"""What the Library page asks: which libraries there are, how they are, bringing things in, backing up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from umair.encoders.vectors import active_fingerprint
from umair.errors import LibraryError, UmairError
from umair.features.catalogue import possible
from umair.library.archive import pack, unpack
from umair.library.background import launch
from umair.library.check import ERROR, NOTE, WARNING, check
from umair.library.importers.preview import Preview, preview_folder
from umair.library.runs import RunFolder, list_runs
from umair.library.store import Library
from umair.service import text_model
from umair.settings import (
    assets,
    demo_library,
    home,
    known_libraries,
    open_library_path,
    set_known_libraries,
    set_open_library,
)

ACTIONS = {
    "no-vectors": "encode",
    "vectors-missing": "encode",
    "vectors-unreadable": "encode",
    "empty": "import",
    "picture-missing": "import",
    "no-log": "import",
}


@dataclass(frozen=True)
class ShelfRow:
    """One library of this person: sizes, whether it is encoded, and what is wrong if it does not open."""

    path: str
    name: str
    pictures: int
    people: int
    bookmarks: int
    bytes: int
    encoded: bool
    synthetic: bool
    is_open: bool
    is_demo: bool
    problem: str = ""


@dataclass(frozen=True)
class HealthLine:
    """One thing about a library: level "good", "note", "warning", "error"; action "encode", "import", "words", ""."""

    level: str
    text: str
    action: str = ""
    count: int = 0
    examples: tuple[str, ...] = ()


def shelf() -> tuple[ShelfRow, ...]:
    """The demo (if it is shipped) and the libraries that were created, opened or restored here."""
    demo = demo_library() if (assets() / "demo" / "library.toml").is_file() else None
    now = _now()
    paths = [*([demo] if demo else []), *known_libraries(), *([now] if now else [])]
    return tuple(_row(path, now, demo) for path in dict.fromkeys(paths))


def create(name: str, folder: Path | None = None) -> Library:
    """A new library, on the shelf and open; without a folder it gets one in this person's home."""
    if not name.strip():
        raise LibraryError("A library needs a name.")
    library = Library.create(folder or _new_folder(name), name.strip())
    _put_on_shelf(library.path)
    set_open_library(library.path)
    return library


def open(path: Path) -> Library:
    """Make a library the one that the app shows; it comes on the shelf."""
    library = Library.open(path)
    _put_on_shelf(library.path)
    set_open_library(library.path)
    return library


def rename(lib: Library, name: str) -> None:
    """Give a library another name; its folder stays where it is."""
    if not name.strip():
        raise LibraryError("A library needs a name.")
    lib.rename(name.strip())


def forget(path: Path) -> None:
    """Take a library off the shelf. Nothing on the disk is touched; the demo stays."""
    set_known_libraries([p for p in known_libraries() if p != path.absolute()])
    if path.absolute() == _now():
        left = [p for p in known_libraries() if (p / "library.toml").is_file()]
        if (assets() / "demo" / "library.toml").is_file():
            set_open_library(demo_library())
        elif left:
            set_open_library(left[0])


def backup(lib: Library, target: Path | None = None) -> Path:
    """The library as one zip file: `target`, a file or a folder for it; else this person's home. Says where."""
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    name = f"{_slug(lib.info.name)}-{stamp}.zip"
    place = target or home() / "backups" / name
    if place.is_dir():
        place = place / name
    if place.absolute().is_relative_to(lib.path):
        raise LibraryError("A backup within the library itself would go with it. Choose another folder.")
    return pack(lib.path, place.absolute())


def restore(archive: Path, folder: Path | None = None) -> Library:
    """A library from a backup, in a new folder, on the shelf and open."""
    if not archive.is_file():
        raise LibraryError(f"{archive} is not a file. Choose a backup made here (.zip).")
    return open(unpack(archive, folder or _new_folder(archive.stem)))


def preview_import(path: Path) -> Preview:
    """What an import of a folder would read, with ten examples; nothing is written."""
    return preview_folder(path)


def start_import(
    lib: Library,
    path: Path,
    *,
    kind: str = "folder",
    link: bool = False,
    mapping: Mapping[str, str] | None = None,
    bookmark_from: float | None = None,
    without_times: bool = False,
) -> str:
    """Import in a process of its own: kind "folder", "illustrations", "users" or "interactions". Gives the run's id.

    bookmark_from, without_times: of interactions (importers/log_table.py).
    """
    pairs = [f"{ours}={theirs}" for ours, theirs in (mapping or {}).items()]
    config: dict[str, str | bool | float | list[str]] = {
        "source": str(path.expanduser().absolute()),
        "what": kind,
        "link": link,
        "mapping": pairs,
        "without_times": without_times,
    }
    if bookmark_from is not None:
        config["bookmark_from"] = bookmark_from
    return _started(lib, "import", config)


def import_report(lib: Library, run_id: str | None = None) -> dict | None:
    """The report of an import (importers/report.py's fields, and `reasons` counted); of the last one without an id."""
    done = [r for r in list_runs(lib.path, "import") if r.metrics() and run_id in (None, r.id)]
    return done[0].metrics() if done else None


def encode(lib: Library) -> str:
    """Vectors of all pictures in a process of its own; goes on where an earlier one was stopped. Gives the run's id."""
    busy = [r for r in list_runs(lib.path, "encode") if r.state().state in ("running", "waiting")]
    return busy[0].id if busy else _started(lib, "encode", {})


def health(lib: Library, contents: bool = False) -> tuple[HealthLine, ...]:
    """How a library is, worst first; one good line if nothing is wrong. `contents` reads every picture too."""
    found = check(lib, contents)
    lines = [HealthLine(f.level, f.told, ACTIONS.get(f.code, ""), f.count, f.examples) for f in found.findings]
    of_words = text_model.notice(lib)
    if of_words:
        lines.append(HealthLine(WARNING, of_words, "words" if text_model.in_use(lib).trouble else "encode", 1))
    if not any(line.level in (ERROR, WARNING) for line in lines):
        counts = f"{found.illustrations:,} pictures, {found.users:,} people, {found.interactions:,} interactions"
        lines.insert(0, HealthLine("good", f"Everything is in its place: {counts}."))
    return tuple(sorted(lines, key=lambda line: {ERROR: 0, WARNING: 1, "good": 2, NOTE: 3}[line.level]))


def _now() -> Path | None:
    """The library that is open; None where there is neither one that was chosen nor a demo."""
    try:
        return open_library_path()
    except LibraryError:
        return None


def _started(lib: Library, kind: str, config: Mapping[str, str | bool | float | list[str]]) -> str:
    run = RunFolder.create(lib.path, kind, config)
    launch(lib.path, run)
    return run.id


def _row(path: Path, now: Path | None, demo: Path | None) -> ShelfRow:
    is_open, is_demo = path == now, path == demo
    try:
        lib = Library.open(path)
        log = lib.interactions()
        return ShelfRow(
            path=str(path),
            name=lib.info.name,
            pictures=len(lib.illustrations()),
            people=len(lib.users()),
            bookmarks=int((log["kind"] == "bookmark").sum()) if len(log) else 0,
            bytes=sum(f.stat().st_size for f in path.rglob("*") if f.is_file()),
            encoded=all(active_fingerprint(path, space) is not None for space in possible(lib.illustrations())),
            synthetic=lib.info.synthetic,
            is_open=is_open,
            is_demo=is_demo,
        )
    except UmairError as error:
        return ShelfRow(str(path), path.name, 0, 0, 0, 0, False, False, is_open, is_demo, str(error))


def _put_on_shelf(path: Path) -> None:
    if path.parent != home() / "libraries" or not path.name.startswith("demo-"):
        set_known_libraries([*known_libraries(), path])


def _new_folder(name: str) -> Path:
    """A folder of that name in this person's home that is not there yet."""
    base = home() / "libraries" / _slug(name)
    return next(
        p for n in range(1, 10_000) if not (p := base if n == 1 else base.with_name(f"{base.name}-{n}")).exists()
    )


def _slug(name: str) -> str:
    return re.sub(r"[^\w]+", "-", name).strip("-").lower()[:60] or "library"
