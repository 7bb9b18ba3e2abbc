"""Is everything in a library as it should be? What is wrong, how many times, and what to do about it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from umair.errors import ImageError, LibraryError
from umair.library.atomic import ASIDE
from umair.library.images import read_bytes, sha256
from umair.library.near_duplicates import near_duplicates
from umair.library.runs import list_runs
from umair.library.store import Library
from umair.settings import read_toml

ERROR, WARNING, NOTE = "error", "warning", "note"
EXAMPLES = 5
SEEN = ("semantic", "style")  # spaces whose vectors are made from the picture itself
OLD_S = 3600  # a file that is being written for longer than this has been left behind by a kill


@dataclass(frozen=True)
class Finding:
    """One thing found: how bad (error, warning, note), in words with what to do, how many, and some examples."""

    level: str
    code: str
    told: str
    count: int
    examples: tuple[str, ...] = ()


@dataclass(frozen=True)
class Checked:
    """What was looked at, and what was found; `sound` if there is no error."""

    illustrations: int
    users: int
    interactions: int
    findings: tuple[Finding, ...]

    @property
    def sound(self) -> bool:
        return not any(f.level == ERROR for f in self.findings)


def check(library: Library, contents: bool = False) -> Checked:
    """Look at tables, pictures, log, vectors and runs; with `contents` also read every picture: hash, near duplicates.

    A table that cannot be read at all is one finding; the rest is still looked at.
    """
    found: list[Finding] = []
    frames = {
        name: _table(name, read, found)
        for name, read in (
            ("illustrations", library.illustrations),
            ("users", library.users),
            ("interactions", library.interactions),
        )
    }
    pictures, users, log = (frames[n] for n in ("illustrations", "users", "interactions"))
    _pictures(library, pictures, contents, found)
    if len(pictures):
        _log(pictures, users, log, found)
        _vectors(library, pictures, found)
    _left_behind(library, found)
    _runs(library, found)
    order = {ERROR: 0, WARNING: 1, NOTE: 2}
    return Checked(len(pictures), len(users), len(log), tuple(sorted(found, key=lambda f: order[f.level])))


def _table(name: str, read: Callable[[], pl.DataFrame], found: list[Finding]) -> pl.DataFrame:
    try:
        return read()
    except LibraryError as error:
        found.append(Finding(ERROR, f"table-{name}", str(error), 1))
        return pl.DataFrame()


def _pictures(library: Library, frame: pl.DataFrame, contents: bool, found: list[Finding]) -> None:
    if not len(frame):
        found.append(Finding(NOTE, "empty", "There are no illustrations yet. Import a folder.", 1))
        return
    missing, outside, changed = [], [], []
    drawn = frame.drop_nulls("image")
    for item, image, sha in drawn.select("item_id", "image", "sha256").iter_rows():
        if ".." in Path(image).parts:
            outside.append(item)
        elif not (library.path / image).is_file():
            missing.append(item)
        elif contents and _hash(library.path / image) != sha:
            changed.append(item)
    _add(found, ERROR, "picture-missing", "pictures are not where the table says. Import them again.", missing)
    _add(found, ERROR, "picture-outside", "pictures are said to lie outside of the library.", outside)
    _add(found, ERROR, "picture-changed", "pictures have changed since they were imported.", changed)
    same = drawn.filter(pl.col("sha256").is_duplicated())["item_id"].to_list()
    bare = frame.filter(pl.col("image").is_null())["item_id"].to_list()
    _add(found, NOTE, "no-picture", "illustrations have no picture: words and bookmarks alone describe them.", bare)
    if contents:
        alike = [f"{a} = {b}" for a, b in near_duplicates(library)]
        _add(found, NOTE, "picture-alike", "pairs of illustrations look the same.", alike)
    _add(found, WARNING, "picture-twice", "illustrations have the same bytes as another one.", same)
    bare = frame.filter(pl.col("labels").list.len() == 0)["item_id"].to_list()
    _add(found, NOTE, "no-labels", "illustrations have no labels: words cannot find them.", bare)
    undated = frame.filter(pl.col("published_at").is_null())["item_id"].to_list()
    _add(found, NOTE, "no-date", "illustrations have no date: they count as known from the beginning.", undated)


def _log(pictures: pl.DataFrame, users: pl.DataFrame, log: pl.DataFrame, found: list[Finding]) -> None:
    if not len(log):
        found.append(Finding(NOTE, "no-log", "There are no bookmarks: recommendations need some, or your likes.", 1))
        return
    lost = log.join(pictures, on="item_id", how="anti")["item_id"].to_list()
    _add(found, WARNING, "log-item", "interactions are about illustrations that are not here.", lost)
    if len(users):
        strangers = log.join(users, on="user_id", how="anti")["user_id"].to_list()
        _add(found, WARNING, "log-user", "interactions are by users that the table of users lacks.", strangers)
    timeless = log.filter(pl.col("at").is_null())["item_id"].to_list()
    told = "interactions have no time."
    if len(timeless) < len(log):
        told += " The others have one: what is known by time leaves these out."
    _add(found, NOTE, "log-no-time", told, timeless)
    dated = log.join(pictures.select("item_id", "published_at"), on="item_id")
    early = dated.filter(pl.col("at") < pl.col("published_at"))["item_id"].to_list()
    _add(found, WARNING, "log-early", "interactions are older than their illustration.", early)
    ahead = log.filter(pl.col("at").dt.timestamp("ms") > int(time.time() * 1000) + 86_400_000)["item_id"].to_list()
    _add(found, NOTE, "log-future", "interactions lie in the future.", ahead)
    twice = log.filter(log.select("user_id", "item_id", "kind").is_duplicated())["item_id"].to_list()
    _add(found, NOTE, "log-twice", "interactions say again what the log says already.", twice)


def _vectors(library: Library, pictures: pl.DataFrame, found: list[Finding]) -> None:
    """The vectors in use (vectors/active.toml) as tables of (item_id, vector): all there, finite."""
    active = library.path / "vectors" / "active.toml"
    spaces = read_toml(active) if active.is_file() else {}
    if not spaces:
        found.append(Finding(NOTE, "no-vectors", "Nothing is encoded yet. Run `python -m umair encode`.", 1))
    for space, made_by in sorted(spaces.items()):
        try:
            rows = _read_vectors(library.path / "vectors" / f"{space}-{str(made_by)[:12]}")
            numbers = pl.col("vector").cast(pl.List(pl.Float32)).list.eval(pl.element().is_finite()).list.all()
            broken = rows.filter(~numbers)["item_id"].to_list()
        except (OSError, pl.exceptions.PolarsError) as error:
            told = f"The {space} vectors cannot be read ({error}). Delete their folder and encode again."
            found.append(Finding(ERROR, "vectors-unreadable", told, 1))
            continue
        _add(found, ERROR, "vectors-broken", f"{space} vectors hold NaN or infinity.", broken)
        seen = pictures if space not in SEEN else pictures.drop_nulls("image")
        lacking = seen.join(rows, on="item_id", how="anti")["item_id"].to_list()
        _add(found, WARNING, "vectors-missing", f"illustrations have no {space} vector. Run `encode`.", lacking)


def _read_vectors(folder: Path) -> pl.DataFrame:
    parts = [pl.read_parquet(p, glob=False) for p in sorted(folder.glob("part-*.parquet"))]
    return pl.concat(parts) if parts else pl.DataFrame(schema={"item_id": pl.String, "vector": pl.List(pl.Float32)})


def _left_behind(library: Library, found: list[Finding]) -> None:
    old = time.time() - OLD_S
    left = [p for p in library.path.rglob(f".*{ASIDE}*") if p.is_file() and p.stat().st_mtime < old]
    names = [str(p.relative_to(library.path)) for p in left]
    _add(found, NOTE, "left-behind", "unfinished files were left behind by a kill; they may be deleted.", names)


def _runs(library: Library, found: list[Finding]) -> None:
    known = {run.id for run in list_runs(library.path)}
    lost = [f"{kind}: {run}" for kind, run in library.info.active.items() if run not in known]
    _add(found, WARNING, "active-run", "active runs are gone; the shipped ones are used instead.", lost)


def _hash(path: Path) -> str:
    try:
        return sha256(read_bytes(path))
    except ImageError:
        return ""


def _add(found: list[Finding], level: str, code: str, told: str, which: list[str]) -> None:
    if which:
        examples = tuple(dict.fromkeys(which))[:EXAMPLES]
        found.append(Finding(level, code, f"{len(which):,} {told}", len(which), examples))
