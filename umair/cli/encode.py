"""`encode` and `vectors`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import polars as pl
import typer

from umair.cli.foreground import done_here
from umair.cli.options import JsonOption, LibraryOption, opened
from umair.cli.output import document, note, say
from umair.encoders.vectors import read_vectors
from umair.errors import EncoderError
from umair.library.atomic import write_parquet
from umair.service.text_model import choose

app = typer.Typer()

SPACE_OF = {"semantic": "semantic", "style": "style", "text": "label_text", "label_text": "label_text"}


@app.command(epilog="Example: python -m umair encode --text-model ~/models/text-model --library ~/my-library")
def encode(
    label_weighting: Annotated[
        Literal["mean", "idf", "smooth", "joined"] | None,
        typer.Option("--label-weighting", help="How a picture's labels are weighed; as before, at first by idf."),
    ] = None,
    text_model: Annotated[
        str | None,
        typer.Option(
            "--text-model",
            metavar="NAME-OR-FOLDER",
            help="Read words by this model from now on: shipped, a SentenceTransformer folder, a name on a hub, "
            "or a run of `train text`.",
        ),
    ] = None,
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Vectors of all pictures in all spaces. Goes on where it was stopped; what has vectors is not done again."""
    if text_model is not None:
        note(choose(opened(library), text_model))
    done_here(opened(library), "encode", {"label_weighting": label_weighting} if label_weighting else {}, as_json)


@app.command(epilog="Example: python -m umair vectors style --out style.parquet")
def vectors(
    space: Annotated[Literal["semantic", "style", "text", "label_text"], typer.Argument(help="Which vectors.")],
    out: Annotated[Path, typer.Option("--out", metavar="FILE.parquet", help="Where to write them.")],
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """item_id and vector of every encoded picture, for an analysis of your own."""
    lib = opened(library)
    found = read_vectors(lib, SPACE_OF[space])
    if not found.present.any():
        raise EncoderError(f"“{lib.info.name}” has no {space} vectors yet. Run `python -m umair encode`.")
    rows = found.present.nonzero()[0]
    matrix = found.matrix[rows]
    frame = pl.DataFrame(
        {"item_id": [found.item_ids[r] for r in rows], "vector": matrix},
        schema_overrides={"vector": pl.Array(pl.Float32, matrix.shape[1])},
    )
    write_parquet(out, frame)
    told = {
        "space": space,
        "fingerprint": found.fingerprint,
        "rows": len(frame),
        "dimension": matrix.shape[1],
        "file": str(out),
    }
    if as_json:
        document(told)
    else:
        say(f"{len(frame):,} vectors of {matrix.shape[1]} numbers in {out}")
