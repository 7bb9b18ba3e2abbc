"""`import folder | illustrations | users | interactions`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from umair.cli.options import JsonOption, LibraryOption
from umair.cli.output import Progress, document, note, say
from umair.errors import ImportRefused
from umair.library.importers.columns import parse_mapping
from umair.library.importers.folder import import_folder
from umair.library.importers.illustration_table import import_illustrations
from umair.library.importers.log_table import import_interactions, import_users
from umair.library.importers.preview import Preview, preview_folder
from umair.library.importers.report import Report
from umair.library.store import Library

SHOWN = 10

app = typer.Typer()
group = typer.Typer(no_args_is_help=True, help="Bring in pictures, users and interactions.")
app.add_typer(group, name="import")
app.callback()(lambda: None)

MapOption = Annotated[
    list[str] | None, typer.Option("--map", metavar="OURS=THEIRS", help="Our column = their column; repeatable.")
]
LinkOption = Annotated[bool, typer.Option("--link", help="Leave the pictures where they are, do not copy them.")]
TableArgument = Annotated[Path, typer.Argument(metavar="FILE", help="CSV, TSV, Parquet or JSON lines.")]


@group.command("folder", epilog="Example: python -m umair import folder ~/gallery-dl/pixiv --library ~/my-library")
def folder(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="A folder with pictures, sidecars welcome.")],
    library: LibraryOption = None,
    link: LinkOption = False,
    preview: Annotated[bool, typer.Option("--preview", help="Only say what would be read.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Take all pictures below a folder, with gallery-dl JSON or .txt tags beside them, or names alone."""
    if preview:
        _show_preview(preview_folder(path), as_json)
        return
    report = import_folder(_library(library), path, link=link, progress=Progress("import").done_of("pictures"))
    _show(report, as_json, "illustrations")


@group.command(
    "illustrations",
    epilog="Example: python -m umair import illustrations works.csv --map image=file --map labels=tags --library DIR",
)
def illustrations(
    file: TableArgument,
    library: LibraryOption = None,
    mapping: MapOption = None,
    link: LinkOption = False,
    as_json: JsonOption = False,
) -> None:
    """Take illustrations from a table; `image` is a path beside the table, or (Parquet) the picture's bytes.

    Rows with an item_id and without a picture are taken too: films, books, whatever people bookmark.
    """
    columns = parse_mapping(mapping or [])
    told = Progress("import").done_of("rows")
    _show(import_illustrations(_library(library), file, columns, link=link, progress=told), as_json, "illustrations")


@group.command("users", epilog="Example: python -m umair import users people.csv --map user_id=id --library DIR")
def users(
    file: TableArgument, library: LibraryOption = None, mapping: MapOption = None, as_json: JsonOption = False
) -> None:
    """Take users (user_id, name, region, interest_labels) from a table."""
    _show(import_users(_library(library), file, parse_mapping(mapping or [])), as_json, "users")


@group.command(
    "interactions",
    epilog="Example: python -m umair import interactions log.csv --map user_id=member --map at=time --library DIR",
)
def interactions(
    file: TableArgument,
    library: LibraryOption = None,
    mapping: MapOption = None,
    bookmark_from: Annotated[
        float | None,
        typer.Option("--bookmark-from", metavar="VALUE", help="Rated so high or higher: a bookmark; lower: a view."),
    ] = None,
    without_times: Annotated[
        bool, typer.Option("--without-times", help="Nobody knows when: take the rows without a time.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Take interactions (user_id, item_id, at, kind: bookmark, view or dislike) from a table, or ratings (value)."""
    columns = parse_mapping(mapping or [])
    report = import_interactions(
        _library(library), file, columns, bookmark_from=bookmark_from, without_times=without_times
    )
    _show(report, as_json, "interactions")


def _library(folder: Path | None) -> Library:
    """The library to bring things into, made now if it is not there yet. Never the demo by default."""
    if folder is None:
        raise ImportRefused("Say which library takes it: --library DIR. The folder is made if it is not there.")
    place = folder.expanduser().absolute()
    if (place / "library.toml").is_file():
        return Library.open(place)
    note(f"New library: {place}")
    return Library.create(place, name=place.name, source="imported")


def _show(report: Report, as_json: bool, of: str) -> None:
    if as_json:
        document(report)
        return
    say(f"Taken: {report.taken:,} {of} in {report.seconds:,.1f} s")
    say(f"Duplicates: {len(report.duplicates):,}")
    say(f"Skipped: {len(report.skipped):,}")
    for reason, count in list(report.reasons().items())[:SHOWN]:
        say(f"  {count:,} x {reason}")
    if report.problems:
        say(f"Taken with a problem: {len(report.problems):,}")
        for problem in report.problems[:SHOWN]:
            say(f"  {problem.file}: {problem.reason}")
    for remark in report.remarks:
        say(remark)
    say(f"Report: {report.file}")


def _show_preview(preview: Preview, as_json: bool) -> None:
    if as_json:
        document(preview)
        return
    say(f"{preview.pictures:,} pictures, {preview.bytes / 2**20:,.1f} MB")
    say(f"{preview.json_sidecars:,} with JSON, {preview.txt_sidecars:,} with .txt; {len(preview.skipped):,} skipped")
    for example in preview.examples:
        trouble = f"  [{example.problem}]" if example.problem else ""
        told = f"{example.title or '-'}, by {example.artist or '-'}, {', '.join(example.labels)}"
        say(f"  {example.file}: {told}{trouble}")
