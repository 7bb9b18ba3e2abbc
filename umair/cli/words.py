"""`words measure | together`: how well text encoders find names across languages, and know which labels go together."""

from __future__ import annotations

import shlex
import time
from pathlib import Path
from typing import Annotated, Literal

import typer

from umair.cli import label_text
from umair.cli.options import JsonOption, LibraryOption, opened
from umair.cli.output import document, note, say
from umair.encoders.names import read_names
from umair.encoders.words import SHIPPED
from umair.experiments.word_retrieval.measure import measure as measured
from umair.experiments.word_retrieval.measure_report import as_page, as_text
from umair.experiments.word_retrieval.together import together as stand_together
from umair.experiments.word_retrieval.together_report import as_page as together_page
from umair.experiments.word_retrieval.together_report import as_text as together_text

app = typer.Typer()
group = typer.Typer(
    no_args_is_help=True,
    help="How good a text encoder is, by names in three languages.",
    epilog="Example: python -m umair words measure --names ~/names",
)
app.add_typer(group, name="words")
app.callback()(lambda: None)
group.command(epilog=label_text.EXAMPLES[0])(label_text.weighting)
group.command(epilog=label_text.EXAMPLES[1])(label_text.effect)

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
        command = _command("measure", ["--names", _shown(str(names)), *which], asked)
        _add(out, as_page(found, title, command, time.monotonic() - began))
    if as_json:
        document(found)
    else:
        say(as_text(found, title))


@group.command(epilog="Example: python -m umair words together --library ~/my-library --encoder shipped")
def together(
    library: LibraryOption = None, encoder: EncoderOption = None, out: OutOption = None, as_json: JsonOption = False
) -> None:
    """Spearman between an encoder's similarity of labels and how often they stand on the same picture."""
    began = time.monotonic()
    asked = encoder or [SHIPPED]
    lib = opened(library)
    found = stand_together(lib, asked, note)
    if out is not None:
        command = _command("together", ["--library", lib.path.name], asked)
        _add(out, together_page(found, command, time.monotonic() - began))
    if as_json:
        document({"answers": found})
    else:
        say("\n\n".join(together_text(one) for one in found))


def _command(name: str, words: list[str], encoders: list[str]) -> str:
    chosen = [word for encoder in encoders for word in ("--encoder", _shown(encoder))]
    return shlex.join(["python", "-m", "umair", "words", name, *words, *chosen])


def _shown(name: str) -> str:
    """As it was typed, but for where on this machine its folders are."""
    title, sign, path = name.rpartition("=")
    return f"{title}{sign}{Path(path).name if Path(path).is_absolute() else path}"


def _add(out: Path, page: str) -> None:
    before = out.read_text(encoding="utf-8").rstrip() + "\n\n" if out.is_file() else ""
    out.write_text(f"{before}{page}", encoding="utf-8")
    note(f"Written: {out}")
