"""`one-person`: what a collector with a few likes and nobody else is recommended, measured by hiding everybody else."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from umair.cli.options import JsonOption, LibraryOption, opened
from umair.cli.output import document, note, say
from umair.experiments.one_person import LIKES, Found
from umair.experiments.one_person import one_person as measured
from umair.experiments.one_person_report import as_page, as_text

app = typer.Typer()


@app.command("one-person", epilog="Example: python -m umair one-person --library ~/my-library --hidden 10")
def one_person(
    people: Annotated[int, typer.Option("--people", min=10, help="How many are judged, at most.")] = 400,
    hidden: Annotated[int, typer.Option("--hidden", min=5, help="Likes of each person that are to be found.")] = 50,
    seed: Annotated[int, typer.Option("--seed", help="Who is judged, and by which likes.")] = 0,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Add the table to this page.")] = None,
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Recall@50 of hidden likes from 5, 10, 20 and 50 others, beside popularity and each single space.

    Trains a recommender on half of the people first, and judges the other half, one at a time, without anybody else.
    """
    lib = opened(library)
    began = time.monotonic()
    found = measured(lib, people, hidden, seed, note)
    if out is not None:
        command = f"python -m umair one-person --library {lib.path.name} --people {people} --hidden {hidden}"
        before = out.read_text(encoding="utf-8").rstrip() + "\n\n" if out.is_file() else ""
        page = as_page(found, command, time.monotonic() - began)
        out.write_text(f"{before}{page}", encoding="utf-8")
        note(f"Written: {out}")
    if as_json:
        document(_plain(found))
    else:
        say(as_text(found))


def _plain(found: Found) -> dict[str, object]:
    rows = [{"form": r.form, "recall": r.mean().tolist(), "margin": r.margin().tolist()} for r in found.rows]
    return {
        "library": found.library,
        "synthetic": found.synthetic,
        "likes": list(LIKES),
        "people": list(found.people),
        "best_single": found.best_single().form,
        "rows": rows,
    }
