"""`words measure`: how well text encoders find names across languages."""

from __future__ import annotations

import shlex
import time
from pathlib import Path
from typing import Annotated, Literal

import typer

from umair.cli.options import JsonOption
from umair.cli.output import document, note, say
from umair.encoders.names import read_names
from umair.encoders.words import SHIPPED
from umair.experiments.word_retrieval.measure import measure as measured
from umair.experiments.word_retrieval.measure_report import as_page, as_text

app = typer.Typer()
group = typer.Typer(no_args_is_help=True, help="How good a text encoder is, by names in three languages.")
app.add_typer(group, name="words")
app.callback()(lambda: None)

NamesOption = Annotated[
    Path, typer.Option("--names", metavar="DIR", help="Folder with tables of names (*.parquet): entity_id, lang, text.")
]
EncoderOption = Annotated[
    list[str] | None,
    typer.Option(
        "--encoder", metavar="NAME", help="shipped, a folder or a name on a hub; TITLE=NAME to call it so; repeatable."
    ),
]
OutOption = Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Add the answer to this page.")]


@group.command(
    epilog="Example: python -m umair words measure --names ~/names --part validation --encoder shipped "
    "--encoder ~/my-library/runs/text-20261124-101500-ab12/model"
)
def measure(
    names: NamesOption,
    encoder: EncoderOption = None,
    part: Annotated[
        Literal["test", "validation"],
        typer.Option("--part", help="Which things of the tables, by the hash of their id."),
    ] = "test",
    whole: Annotated[bool, typer.Option("--whole", help="All things: for names that no training has seen.")] = False,
    title: Annotated[str, typer.Option("--title", help="Heading of the answer.")] = "Names found across languages",
    out: OutOption = None,
    as_json: JsonOption = False,
) -> None:
    """R@1, R@10 and MRR of names in six directions, by kind of thing, beside the untrained and plain spelling."""
    began = time.monotonic()
    asked = encoder or [SHIPPED]
    found = measured(read_names(names), asked, None if whole else part, note)
    if out is not None:
        which = ["--whole"] if whole else ["--part", part]
        shown = [word for name in asked for word in ("--encoder", _shown(name))]
        command = shlex.join(
            ["python", "-m", "umair", "words", "measure", "--names", _shown(str(names)), *which, *shown]
        )
        _add(out, as_page(found, title, command, time.monotonic() - began))
    if as_json:
        document(found)
    else:
        say(as_text(found, title))


def _shown(name: str) -> str:
    """As it was typed, but for where on this machine its folders are."""
    title, sign, path = name.rpartition("=")
    return f"{title}{sign}{Path(path).name if Path(path).is_absolute() else path}"


def _add(out: Path, page: str) -> None:
    before = out.read_text(encoding="utf-8").rstrip() + "\n\n" if out.is_file() else ""
    out.write_text(f"{before}{page}", encoding="utf-8")
    note(f"Written: {out}")
