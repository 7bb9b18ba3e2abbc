"""`params`, `figure` and `recover`: the paper's tables and figures, on any library."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from umair.cli.look import figure_4_text
from umair.cli.options import JsonOption, LibraryOption, opened
from umair.cli.output import document, note, say, table
from umair.experiments.fig_5 import TellingPair, figure_5
from umair.experiments.fig_5_sheet import save_sheet
from umair.experiments.parameters import as_text as parameters_text
from umair.experiments.parameters import parameter_rows
from umair.experiments.taste_recovery import as_text as recovery_text
from umair.experiments.taste_recovery import recover as recovered
from umair.library.runs import open_run
from umair.library.statistics import figure_4
from umair.service.train import runs

app = typer.Typer()


@app.command(epilog="Example: python -m umair params --paper")
def params(
    paper: Annotated[bool, typer.Option("--paper", help="Every row of Tables 3 and 4, at its sizes.")] = False,
    layers: Annotated[bool, typer.Option("--layers", help="With --paper: every layer of every row.")] = False,
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """How many parameters: of the paper's instance beside what the paper prints, or of this library's rankers."""
    if paper:
        rows = parameter_rows()
        if as_json:
            document({"rows": rows})
        else:
            say(parameters_text(rows, layers))
        return
    lib = opened(library)
    counts = [(r.id, open_run(lib.path, r.id).metrics().get("parameters")) for r in runs(lib, "ranker")]
    if as_json:
        document({"runs": [{"run": run, "parameters": count} for run, count in counts]})
    else:
        say(table(("run", "parameters"), counts) if counts else "No ranker is trained here yet. See also --paper.")


@app.command(epilog="Example: python -m umair figure 5 --library ~/my-library")
def figure(
    number: Annotated[Literal["4", "5"], typer.Argument(help="Which figure of the paper.")],
    pairs: Annotated[int, typer.Option("--pairs", min=1, help="Fig. 5: how many pairs of each sort.")] = 4,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Fig. 5 for print: a .pdf, .png or .webp.")
    ] = None,
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Fig. 4 (long tails) or Fig. 5 (pairs near in one space and far in the other)."""
    lib = opened(library)
    if number == "4":
        four = figure_4(lib)
        if as_json:
            document({"library": lib.info.name, "synthetic": lib.info.synthetic, "figure_4": four})
        else:
            say(figure_4_text(four))
        return
    five = figure_5(lib, pairs)
    if out is not None:
        save_sheet(five, lib, out)
        note(f"Drawn: {out}")
    if as_json:
        document(five)
        return
    say("Near in content, far in painting style")
    say(_pairs(five.near_content_far_style))
    say("\nNear in painting style, far in content")
    say(_pairs(five.near_style_far_content))
    say("\nNear when alike, far when not (AUC of like against unlike pairs; 0.5 is chance)")
    rows = [("painting style" if s.space == "style" else s.space, s.by, f"{s.auc:.3f}") for s in five.separations]
    say(table(("distance in", "alike by", "AUC"), rows))


@app.command(epilog="Example: python -m umair recover --json")
def recover(
    run: Annotated[
        str | None, typer.Option("--run", metavar="RUN", help="Of this ranker; default: the active one.")
    ] = None,
    people: Annotated[
        int | None, typer.Option("--people", min=2, help="Only so many people, always the same ones; default: all.")
    ] = None,
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Does the ranker find again what was planted? Only on a synthetic library such as the demo."""
    lib = opened(library)
    found = recovered(lib, open_run(lib.path, run).path if run else None, people)
    if as_json:
        document({"library": lib.info.name, "synthetic": lib.info.synthetic, "groups": found})
    else:
        say(recovery_text(found))


def _pairs(pairs: tuple[TellingPair, ...]) -> str:
    rows = [
        (p.a, p.b, p.style_distance, f"{p.style_percentile:.1f} %", p.content_distance, f"{p.content_percentile:.1f} %")
        for p in pairs
    ]
    return table(("a", "b", "style", "nearer pairs", "content", "nearer pairs"), rows)
