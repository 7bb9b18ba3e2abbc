"""`recommend` and `weights`: what the People page does."""

from __future__ import annotations

from typing import Annotated

import typer

from umair.cli.options import JsonOption, LibraryOption, TopOption, opened
from umair.cli.output import document, say, table
from umair.features.schema import MODALITIES
from umair.service.people import NAMES, modalities, person
from umair.service.people import recommend as recommended
from umair.service.what_if import asked_weights

app = typer.Typer()

UserArgument = Annotated[str, typer.Argument(metavar="USER", help="A user_id, or `you` for your own likes.")]


@app.command(epilog="Example: python -m umair recommend u0007 --top 10 --json")
def recommend(
    user: UserArgument,
    top: TopOption = 20,
    care: Annotated[
        list[str] | None,
        typer.Option(
            "--weight", metavar="MODALITY=NUMBER", help=f"What if: one of {', '.join(MODALITIES)}; repeatable."
        ),
    ] = None,
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """What to show a person next, never something bookmarked already, each with its chance, weights and reason."""
    lib = opened(library)
    found = recommended(lib, user, asked_weights(care), n=top)
    if as_json:
        results = [
            {
                "item_id": r.tile.item_id,
                "probability": r.probability,
                "weights": r.weights,
                "why": r.why,
                "artist_id": r.tile.artist or None,
                "labels": r.tile.labels,
            }
            for r in found
        ]
        document({"user_id": user, "results": results})
        return
    used = modalities(lib)
    shares = [" ".join(f"{r.weights[m]:.0%}" for m in used) for r in found]
    rows = [(r.tile.item_id, f"{r.probability:.1%}", w, r.why) for r, w in zip(found, shares, strict=True)]
    say(table(("picture", "chance", "/".join(NAMES[m] for m in used), "why"), rows))


@app.command(epilog="Example: python -m umair weights u0007 --json")
def weights(user: UserArgument, library: LibraryOption = None, as_json: JsonOption = False) -> None:
    """What drives a person's taste: the four UMCM weights, beside occlusion and, on the demo, the planted truth."""
    found = person(opened(library), user)
    if as_json:
        document(
            {
                "user_id": found.user_id,
                "bookmarks": found.bookmarks,
                "weights": found.weights,
                "occlusion": found.occlusion,
                "planted": found.planted,
                "known": found.known,
                "main": found.main,
                "low": found.low,
                "high": found.high,
            }
        )
        return
    say(f"{found.name}, {found.bookmarks:,} bookmarks. {found.sentence}")
    rows = [
        (
            NAMES[m],
            f"{found.weights[m]:.0%}",
            f"{found.low[m]:.0%} to {found.high[m]:.0%}",
            f"{found.occlusion[m]:.0%}",
            f"{found.everyone[m][1]:.0%}" if found.everyone else "",
            f"{found.planted[m]:.0%}" if found.planted else "",
        )
        for m in found.modalities
    ]
    say(table(("modality", "weight", "interval", "occlusion", "median person", "planted"), rows))
