"""`serve`: the HTTP API alone, without the app."""

from __future__ import annotations

import os
from typing import Annotated

import typer
import uvicorn

from umair.cli.options import LibraryOption, opened
from umair.cli.output import note

API = "umair.api:create_api"  # by name: the API is a layer above the command line

app = typer.Typer()


@app.command(epilog="Example: python -m umair serve --port 8600 --library ~/my-library")
def serve(
    host: Annotated[
        str, typer.Option("--host", help="Where to listen; loopback unless you say otherwise.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Which port.")] = 8600,
    library: LibraryOption = None,
) -> None:
    """Answer over HTTP with the documents of --json; how to ask is told at /docs."""
    lib = opened(library)
    os.environ["UMAIR_LIBRARY"] = str(lib.path)  # what the API opens, without changing what the app has open
    note(f"“{lib.info.name}” at http://{host}:{port}/docs; Ctrl-C ends it.")
    uvicorn.run(API, factory=True, host=host, port=port, log_level="warning")
