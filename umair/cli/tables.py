"""`table`: the paper's tables 1 to 4, on any library."""

from __future__ import annotations

import shlex
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from umair.cli.look import table_2_text
from umair.cli.options import JsonOption, LibraryOption, opened
from umair.cli.output import document, duration, note, say
from umair.encoders.pairs import Choices, library_pairs, read_pairs, unique
from umair.encoders.pairs.reading import GLOSSARY_FILE
from umair.errors import TrainingError
from umair.experiments.comparison.contenders import table_3_contenders
from umair.experiments.comparison.protocol import Protocol
from umair.experiments.comparison.sheet import Sheet, as_markdown, as_text, write_sheet
from umair.experiments.comparison.table import Table, again
from umair.experiments.comparison.workplace import Workplace
from umair.experiments.table_1 import DEMO, table_1
from umair.experiments.table_1 import as_markdown as table_1_markdown
from umair.experiments.table_1 import as_text as table_1_text
from umair.experiments.table_3 import chosen_of, table_3
from umair.experiments.table_4 import table_4, table_4_rows
from umair.library.atomic import write_text
from umair.library.statistics import table_2
from umair.library.store import Library
from umair.settings import assets

app = typer.Typer()

RESULTS = Path("docs/results")
TITLES = {
    "3": "Table 3: UMAIR-FPS beside six baselines",
    "4": "Table 4: what each part of UMAIR-FPS is worth",
}

OnlyOption = Annotated[
    list[str] | None, typer.Option("--only", metavar="ROW", help="Only this row (or all of an instance); repeatable.")
]


@app.command("table", epilog="Example: python -m umair table 3 --library ~/my-library --processes 2")
def table_command(
    number: Annotated[Literal["1", "2", "3", "4"], typer.Argument(help="Which table of the paper.")],
    sources: Annotated[
        list[Path] | None, typer.Argument(metavar="[SOURCES]...", help="Table 1: files or folders with more pairs.")
    ] = None,
    only: OnlyOption = None,
    seeds: Annotated[int | None, typer.Option("--seeds", min=1, help="Trainings of each model; 5.")] = None,
    passes: Annotated[int | None, typer.Option("--passes", min=1, help="Over the training rows; 2.")] = None,
    ranked_seeds: Annotated[
        int | None, typer.Option("--ranked-seeds", min=1, help="For how many seeds whole catalogues are ranked; 2.")
    ] = None,
    quick: Annotated[bool, typer.Option("--quick", help="A first look: one seed, nothing tuned. No result.")] = False,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Train anew what is kept (with --only: of these rows).")
    ] = False,
    processes: Annotated[int, typer.Option("--processes", min=1, max=64, help="Trainings at one time.")] = 1,
    work: Annotated[
        Path | None, typer.Option("--work", metavar="DIR", help="Where finished trainings are kept; in the library.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="For .md, .csv and .svg; 3 and 4: docs/results."),
    ] = None,
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Table 1 (pairs of texts), 2 (the data), 3 (rankers beside each other) or 4 (what each part is worth).

    Tables 3 and 4 train many rankers. What is finished is kept: the same command goes on where it was stopped.
    """
    lib = opened(library)
    if sources and number != "1":
        raise TrainingError(f"Table {number} takes no sources; {sources[0]} was given. Only table 1 does.")
    if number == "1":
        _table_1(lib, sources or [], out, as_json)
        return
    if number == "2":
        two = table_2(lib)
        if as_json:
            document({"library": lib.info.name, "synthetic": lib.info.synthetic, "table_2": two})
        else:
            say(table_2_text(two))
        return
    protocol = _protocol(seeds, passes, ranked_seeds, quick)
    workplace = Workplace.of(lib, work, processes)
    if fresh:
        rows = table_3_contenders() if number == "3" else table_4_rows(lib)
        again(lib, chosen_of(rows, only or ()), protocol, workplace)
    began = time.monotonic()
    table = (table_3 if number == "3" else table_4)(lib, protocol, workplace, _Told(), only or ())
    title = f"{TITLES[number]}, on “{lib.info.name}”"
    sheet = Sheet(int(number), title, lib, _command(), time.monotonic() - began)
    _answer(table, sheet, out or (None if quick else RESULTS), as_json)


def _table_1(lib: Library, sources: Sequence[Path], out: Path | None, as_json: bool) -> None:
    own = library_pairs(lib.path, assets() / "demo")
    invented = lib.info.synthetic or not (lib.path / GLOSSARY_FILE).is_file()
    named = [replace(p, source=DEMO if invented else f"glossary of {lib.info.name}") for p in own]
    given = read_pairs(*sources, choices=Choices(measured=True)).pairs if sources else []
    rows = table_1(unique([*given, *named]))
    if out is not None:
        write_text(out / "table_1.md", table_1_markdown(rows, _command()))
        note(f"Written: {out / 'table_1.md'}")
    if as_json:
        document({"library": lib.info.name, "synthetic": lib.info.synthetic, "table_1": rows})
    else:
        say(table_1_text(rows))


def _answer(table: Table, sheet: Sheet, out: Path | None, as_json: bool) -> None:
    for failure in table.failures:
        note(f"Failed: {failure.name}, seed {failure.seed}: {failure.error}")
    if out is not None:
        for path in write_sheet(table, sheet, out):
            note(f"Written: {path}")
    if as_json:
        info = sheet.library.info
        said = {"library": info.name, "synthetic": info.synthetic, "facts": table.facts, "rows": table.rows}
        document({**said, "failures": table.failures, "protocol": table.protocol})
    else:
        say(as_text(table) if out is not None else as_markdown(table, sheet))


def _protocol(seeds: int | None, passes: int | None, ranked_seeds: int | None, quick: bool) -> Protocol:
    plain = Protocol().quick() if quick else Protocol()
    return replace(
        plain,
        seeds=seeds or plain.seeds,
        passes=passes or plain.passes,
        ranked_seeds=ranked_seeds or plain.ranked_seeds,
    )


def _command() -> str:
    """As it was typed, but for where on this machine its folders are."""
    words = [Path(word).name if Path(word).is_absolute() else word for word in sys.argv[1:]]
    return shlex.join(["python", "-m", "umair", *words])


class _Told:
    """A line on standard error after every training, with the time to go."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._last = -1

    def __call__(self, done: int, of: int, name: str) -> None:
        if done == 0:
            self._began = time.monotonic()
        if done == self._last or not of:
            return
        self._last = done
        spent = time.monotonic() - self._began
        to_go = f", {duration(spent / done * (of - done))} to go" if done else ""
        note(f"{datetime.now(UTC):%H:%M:%S}  {done}/{of} trainings{to_go}  {name}".rstrip())
