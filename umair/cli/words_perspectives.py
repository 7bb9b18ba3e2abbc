"""`words perspectives`: trains encoders without each perspective of Table 1, which needs torch, and measures them."""

from __future__ import annotations

import shlex
import time
from pathlib import Path
from typing import Annotated

import typer

from umair.cli.options import JsonOption, LibraryOption, opened
from umair.cli.output import document, note, say
from umair.cli.word_options import NamesOption, OutOption, added, as_shown
from umair.encoders.names import read_names
from umair.encoders.text_training import TextTraining
from umair.errors import TrainingError
from umair.experiments.word_retrieval.perspectives import perspectives as measured
from umair.experiments.word_retrieval.perspectives_report import as_page, as_text
from umair.experiments.word_retrieval.trainings import variants

FOLDER = "perspectives"

EXAMPLES = {
    "perspectives": "Example: python -m umair words perspectives --names ~/names --passes 4 --work ~/perspectives "
    '--only "without en-ja"'
}


def perspectives(
    names: NamesOption,
    passes: Annotated[
        int | None, typer.Option("--passes", min=1, help="Over all pairs; a training with fewer passes more often.")
    ] = None,
    seeds: Annotated[int, typer.Option("--seeds", min=1, help="Trainings of each.")] = 1,
    only: Annotated[
        list[str] | None, typer.Option("--only", metavar="NAME", help="Such rows only, as the table names them.")
    ] = None,
    work: Annotated[
        Path | None, typer.Option("--work", metavar="DIR", help="Where trainings are kept; in the library.")
    ] = None,
    library: LibraryOption = None,
    out: OutOption = None,
    as_json: JsonOption = False,
) -> None:
    """What each perspective of Table 1 gives: trained without it, for the same budget; names, labels, relations.

    Minutes a training. What is finished is kept: the same command goes on where it was stopped.
    """
    known = [v.name for v in variants()]
    strange = [name for name in only or () if name not in known]
    if strange:
        raise TrainingError(f"{strange[0]!r} is no row of this table. There are: {', '.join(known)}.")
    began = time.monotonic()
    lib = opened(library)
    rounds = passes or TextTraining().epochs
    found = measured(read_names(names), lib, work or lib.path / FOLDER, rounds, seeds, only or (), note)
    if out is not None:
        words = ["--names", as_shown(str(names)), "--passes", str(rounds), "--seeds", str(seeds)]
        chosen = [word for name in only or () for word in ("--only", name)]
        command = shlex.join(["python", "-m", "umair", "words", "perspectives", *words, *chosen])
        added(out, as_page(found, command, time.monotonic() - began))
    if as_json:
        document(found)
    else:
        say(as_text(found))
