"""`words measure` and `words together`: names across languages, and labels that go together."""

from __future__ import annotations

import shlex
import time
from pathlib import Path
from typing import Annotated, Literal

import typer

from umair.cli.options import JsonOption, LibraryOption, opened
from umair.cli.output import document, note, say
from umair.cli.word_options import EncoderOption, NamesOption, OutOption, added, as_shown
from umair.encoders.names import fold, read_names
from umair.encoders.pairs import library_pairs
from umair.encoders.words import SHIPPED
from umair.experiments.word_retrieval.measure import measure as measured
from umair.experiments.word_retrieval.measure_report import as_page, as_text
from umair.experiments.word_retrieval.together import together as stand_together
from umair.experiments.word_retrieval.together_report import as_page as together_page
from umair.experiments.word_retrieval.together_report import as_text as together_text
from umair.settings import assets

DEMO = assets() / "demo"
TITLE = "Names found across languages"
EXAMPLES = {
    "measure": "Example: python -m umair words measure --names ~/names --part validation --encoder shipped "
    "--encoder ~/my-library/runs/text-20261124-101500-ab12/model",
    "together": "Example: python -m umair words together --library ~/my-library --encoder shipped",
}


def measure(
    names: NamesOption,
    encoder: EncoderOption = None,
    part: Annotated[
        Literal["test", "validation"],
        typer.Option("--part", help="Which things of the tables, by the hash of their id."),
    ] = "test",
    whole: Annotated[bool, typer.Option("--whole", help="All things: for names that no training has seen.")] = False,
    taught: Annotated[
        Path | None,
        typer.Option(
            "--taught",
            metavar="LIBRARY",
            help="Library whose glossary training learnt from (else the demo): its names are not asked.",
        ),
    ] = None,
    title: Annotated[str, typer.Option("--title", help="Heading of the answer.")] = TITLE,
    out: OutOption = None,
    as_json: JsonOption = False,
) -> None:
    """R@1, R@10 and MRR of names in six directions, by kind of thing, beside the untrained and plain spelling."""
    began = time.monotonic()
    asked = encoder or [SHIPPED]
    met = {fold(text) for pair in library_pairs(taught or DEMO, DEMO) for text in (pair.a, pair.b)}
    found = measured(read_names(names), asked, None if whole else part, met, note)
    if out is not None:
        which = ["--whole"] if whole else ["--part", part]
        which += ["--taught", as_shown(str(taught))] if taught else []
        which += ["--title", title] if title != TITLE else []
        command = _command("measure", ["--names", as_shown(str(names)), *which], asked)
        added(out, as_page(found, title, command, time.monotonic() - began))
    if as_json:
        document(found)
    else:
        say(as_text(found, title))


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
        added(out, together_page(found, command, time.monotonic() - began))
    if as_json:
        document({"answers": found})
    else:
        say("\n\n".join(together_text(one) for one in found))


def _command(name: str, words: list[str], encoders: list[str]) -> str:
    chosen = [word for encoder in encoders for word in ("--encoder", as_shown(encoder))]
    return shlex.join(["python", "-m", "umair", "words", name, *words, *chosen])
