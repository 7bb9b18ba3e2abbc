"""Options that many commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from umair.library.store import Library
from umair.settings import demo_library

LibraryOption = Annotated[
    Path | None, typer.Option("--library", metavar="DIR", help="The library's folder; without it, the demo library.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Answer with one JSON document.")]
TopOption = Annotated[int, typer.Option("--top", min=1, help="How many.")]


def opened(folder: Path | None) -> Library:
    """The library of `--library`, else the person's copy of the demo."""
    return Library.open(folder if folder is not None else demo_library())
