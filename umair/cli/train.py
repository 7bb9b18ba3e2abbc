"""`train`, `runs`, `use` and `stop`: what the Train page does."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from umair.cli.options import JsonOption, LibraryOption, opened
from umair.cli.output import document, say, table
from umair.library import background
from umair.library.runs import open_run
from umair.service import train as service

app = typer.Typer()

RunArgument = Annotated[str, typer.Argument(metavar="RUN", help="The id of a run, as `runs` lists it.")]


@app.command(epilog="Example: python -m umair runs --library ~/my-library --json")
def runs(
    run: Annotated[str | None, typer.Argument(metavar="[RUN]", help="One run in full.")] = None,
    kind: Annotated[
        str | None, typer.Option("--kind", help="Only image, style, text, ranker, encode or import.")
    ] = None,
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """The runs of a library, latest first; or one of them with its configuration and metrics."""
    lib = opened(library)
    if run is not None:
        document(service.run(lib, run))
        return
    rows = service.runs(lib, kind)
    if as_json:
        document({"runs": rows})
        return
    cells = [(r.id, r.state, f"{r.progress:.0%}", "active" if r.active else "", r.main or r.error) for r in rows]
    say(table(("run", "state", "done", "", "result"), cells) if cells else "No runs yet.")


@app.command(epilog="Example: python -m umair use ranker-20261124-101500-ab12 --library ~/my-library")
def use(
    run: Annotated[str, typer.Argument(metavar="RUN", help="A finished run; or `shipped-image` and so on to go back.")],
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make a run the active one of its kind in this library."""
    lib = opened(library)
    told = service.use(lib, run)
    if as_json:
        document({"active": dict(lib.info.active), "note": told})
    else:
        say(told)


@app.command(epilog="Example: python -m umair stop ranker-20261124-101500-ab12")
def stop(run: RunArgument, library: LibraryOption = None, as_json: JsonOption = False) -> None:
    """Stop a run that goes on in the background; it keeps what it has and can be resumed."""
    state = background.stop(open_run(opened(library).path, run))
    if as_json:
        document({"run": run, "state": state.state})
    else:
        say(f"{run}: {state.state}")
