"""A run done in this terminal: the same folder and worker as in the background, with progress on standard error."""

from __future__ import annotations

from collections.abc import Mapping

import typer

from umair.cli.output import Progress, document, note, say
from umair.jobs import work
from umair.library.runs import RunFolder
from umair.library.store import Library
from umair.service.train import numbers
from umair.settings import TomlValue


def done_here(library: Library, kind: str, config: Mapping[str, TomlValue | None], as_json: bool) -> None:
    """Make a run and do it here; exit code 1 unless it was done to the end."""
    go_on_here(library, RunFolder.create(library.path, kind, config), as_json)


def go_on_here(library: Library, run: RunFolder, as_json: bool) -> None:
    """Do a run, or what is left of it, here; exit code 1 unless it was done to the end."""
    note(f"Run {run.id}; Ctrl-C stops it and keeps what it has.")
    run.listeners.append(Progress(run.kind))
    state = work(library, run)
    metrics = run.metrics()
    if as_json:
        document({"run": run.id, "state": state.state, "error": state.error or None, "metrics": metrics})
    else:
        say(f"{run.id}: {state.state}{f'. {state.error}' if state.error else ''}")
        for name, value in numbers(metrics).items():
            say(f"  {name}: {value:,.4g}" if value < 1000 else f"  {name}: {value:,.0f}")
    if state.state == "stopped":
        note(
            f"Go on with: python -m umair train {run.kind} --resume"
            if run.kind != "encode"
            else "Encode again to go on."
        )
    if state.state != "done":
        raise typer.Exit(1)
