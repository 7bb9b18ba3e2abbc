"""`suggest`."""

from __future__ import annotations

import locale
import os
from typing import Annotated

import typer

from umair.cli.options import JsonOption, LibraryOption, opened
from umair.cli.output import Progress, document, note, say, table
from umair.encoders.label_predictions import HUBS, chosen_model, predict_pictures
from umair.library.store import Library
from umair.service import suggest as service
from umair.service.names import LANGUAGES

SHOWN = 20

app = typer.Typer()


@app.command(epilog="Example: python -m umair suggest --library ~/my-library --min 0.5 --accept-above 0.9")
def suggest(
    item: Annotated[str | None, typer.Argument(metavar="ITEM", help="One picture; without it, the library.")] = None,
    least: Annotated[float, typer.Option("--min", min=0, max=1, help="Least chance that is told.")] = service.LEAST,
    accept_above: Annotated[
        float | None, typer.Option("--accept-above", min=0, max=1, help="Write those of at least this chance.")
    ] = None,
    language: Annotated[str, typer.Option("--language", help="en, ja or zh; else that of this terminal.")] = "",
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Labels that pictures lack, with the chance that each is right. Writes nothing without --accept-above."""
    lib = opened(library)
    _asked(lib)
    spoken, standing = language or terminal_language(), service.standing(lib)
    floor = least if accept_above is None else min(least, accept_above)
    if item is not None:
        own = len(lib.illustrations()["labels"][lib.row_of(item)])
        offered = service.suggestions(lib, item, floor, spoken)
        found: tuple[service.Review, ...] = (service.Review(item, own, offered),) if offered else ()
    else:
        found = service.review(lib, floor, spoken)
    written = service.accept(lib, service.above(found, accept_above)) if accept_above is not None else ()
    if as_json:
        document({"standing": standing, "pictures": found, "accepted": written})
        return
    say(
        f"{standing.pictures:,} pictures, {standing.without:,} without labels, {standing.few:,} with at most "
        f"{service.FEW}; {standing.asked:,} looked at by {standing.model}"
    )
    if not standing.calibrated:
        note("This encoder's chances are not calibrated: read them as an order, not as percentages.")
    told = [s for r in found for s in r.suggestions if s.confidence >= least]
    say(table(("picture", "label", "chance"), [(s.item_id, s.label, f"{s.confidence:.0%}") for s in told[:SHOWN]]))
    if len(told) > SHOWN:
        say(f"… and {len(told) - SHOWN:,} more; --json tells all, --min 0.7 fewer.")
    if accept_above is not None:
        say(f"{len(written):,} labels written.")


def terminal_language() -> str:
    """The language of this terminal if the glossary speaks it, else English."""
    told = os.environ.get("LC_ALL") or os.environ.get("LANG") or locale.getlocale()[0] or ""
    return told[:2] if told[:2] in LANGUAGES else "en"


def _asked(lib: Library) -> None:
    """Have the encoder's answers for every picture: from stored vectors where they do, else by looking."""
    if not chosen_model(lib).startswith(HUBS):
        service.ask(lib)
    if service.standing(lib).asked < len(lib.illustrations()):
        for item_id, why in predict_pictures(lib, told=Progress("suggest").done_of("pictures")).items():
            note(f"{item_id}: {why}")
