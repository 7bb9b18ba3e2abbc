"""`work`: what the app starts in the background. Light, for an import of pictures needs no torch."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from umair.cli.options import LibraryOption, opened
from umair.cli.output import note
from umair.jobs import work as do_work
from umair.library.runs import open_run

NICER = 5  # than the app, which answers first

app = typer.Typer()


@app.command(epilog="Example: python -m umair work encode-20261124-101500-ab12 --library ~/my-library")
def work(
    run: Annotated[str, typer.Argument(metavar="RUN", help="The id of a run, as `runs` lists it.")],
    library: LibraryOption = None,
) -> None:
    """Do a run's work in this process, or what is left of it."""
    lib = opened(library)
    if hasattr(os, "nice"):
        os.nice(NICER)
    state = do_work(lib, open_run(lib.path, run))
    if state.error:
        note(state.error)
    if state.state != "done":
        raise typer.Exit(1)
