"""What the commands of `words` share: options, and how they add to a page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from umair.cli.output import note

NamesOption = Annotated[
    Path, typer.Option("--names", metavar="DIR", help="Folder with tables of names (*.parquet): entity_id, lang, text.")
]
EncoderOption = Annotated[
    list[str] | None,
    typer.Option(
        "--encoder",
        metavar="NAME",
        help="shipped, a folder or a name on a hub; TITLE=NAME to call it so; repeatable.",
    ),
]
OutOption = Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Add the answer to this page.")]


def as_shown(name: str) -> str:
    """As it was typed, but for where on this machine its folders are."""
    title, sign, path = name.rpartition("=")
    return f"{title}{sign}{Path(path).name if Path(path).is_absolute() else path}"


def added(out: Path, page: str) -> None:
    """Write sections (each begins with `## ` and its title) into a page: in the place of those of the same title."""
    kept = _sections(out.read_text(encoding="utf-8")) if out.is_file() else {}
    out.write_text("\n\n".join((kept | _sections(page)).values()) + "\n", encoding="utf-8")
    note(f"Written: {out}")


def _sections(page: str) -> dict[str, str]:
    """title -> the whole section; "" is what stands before the first one."""
    parts = re.split(r"^(?=## )", page, flags=re.MULTILINE)
    return {p.split("\n", 1)[0] if p.startswith("## ") else "": p.strip() for p in parts if p.strip()}
