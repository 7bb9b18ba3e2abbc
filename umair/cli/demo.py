"""`demo build` draws the demo library anew (development packages only); `demo scale` makes worlds without pictures."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from umair.cli.options import JsonOption
from umair.cli.output import document, say
from umair.demo.scale import scale as invent
from umair.library.store import Library
from umair.settings import assets

PICTURES, USERS = 1_500, 2_000

app = typer.Typer()
group = typer.Typer(no_args_is_help=True, help="Draw the demo library.")
app.add_typer(group, name="demo")
app.callback()(lambda: None)


@group.command(epilog="Example: python -m umair demo build --out demo --pictures 100")
def build(
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Where to; default: what is shipped.")
    ] = None,
    pictures: Annotated[int, typer.Option("--pictures", min=10, help="About how many.")] = PICTURES,
    users: Annotated[int, typer.Option("--users", min=1, help="How many people with planted taste.")] = USERS,
    seed: Annotated[int, typer.Option("--seed", help="The same seed gives the same bytes.")] = 0,
    processes: Annotated[int, typer.Option("--processes", min=1, help="Painters at work side by side.")] = (
        os.cpu_count() or 1
    ),
    as_json: JsonOption = False,
) -> None:
    """Pictures, labels, people and their bookmarks, the same bytes every time; a stopped build goes on."""
    from umair.demo.build import build as draw  # draws with skia, which only developers have

    _tell(Library.open(draw(out or assets() / "demo", pictures, seed, processes, users)), as_json)


@group.command(epilog="Example: python -m umair demo scale --out world --pictures 100000 --users 50000")
def scale(
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="A new folder.")],
    pictures: Annotated[int, typer.Option("--pictures", min=10, help="How many rows of illustrations.")],
    users: Annotated[int, typer.Option("--users", min=1, help="How many people with planted taste.")],
    seed: Annotated[int, typer.Option("--seed", help="The same seed gives the same world.")] = 0,
    as_json: JsonOption = False,
) -> None:
    """A world of any size without pictures: tables and a log, to measure how the software scales."""
    _tell(Library.open(invent(out, pictures, users, seed)), as_json)


def _tell(made: Library, as_json: bool) -> None:
    told = {
        "folder": str(made.path),
        "stamp": made.info.stamp,
        "pictures": len(made.illustrations()),
        "users": len(made.users()),
        "interactions": len(made.interactions()),
    }
    if as_json:
        document(told)
    else:
        say("\n".join(f"{name}: {value}" for name, value in told.items()))
