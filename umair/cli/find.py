"""`similar`, `search`, `compose` and `style`: what the Find page does."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated, Literal

import typer

from umair.cli.options import JsonOption, LibraryOption, TopOption, opened
from umair.cli.output import document, note, say, table
from umair.encoders.style.readable import describe
from umair.errors import SearchError
from umair.library.images import load_picture, read_bytes
from umair.library.store import Library
from umair.service.find import FindAnswer, Hit, Query, Upload, find, neighbours, search_words, style_words, upload
from umair.service.tiles import catalogue

app = typer.Typer()

By = Literal["style", "content", "words"]
MIX = {"style": 0.0, "content": 1.0}
PictureArgument = Annotated[str, typer.Argument(metavar="PICTURE-OR-ID", help="A picture file, or an item_id.")]


@app.command(epilog="Example: python -m umair similar drawing.png --by style --top 20 --json")
def similar(
    picture: PictureArgument,
    by: Annotated[By, typer.Option("--by", help="What to compare.")] = "style",
    mix: Annotated[
        float | None, typer.Option("--mix", min=0, max=1, help="Instead: from 0, style alone, to 1, content alone.")
    ] = None,
    steer: Annotated[
        list[str] | None,
        typer.Option("--steer", metavar='"softer edges"', help="Like it, but so; repeatable. A wrong one lists all."),
    ] = None,
    top: TopOption = 20,
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Pictures like one of the library, or like a file; for style with the chance that the same hand painted them."""
    lib = opened(library)
    asked = _asked(lib, picture)
    if by == "words" and mix is None:
        if isinstance(asked, Upload):
            raise SearchError("A file has no labels. Name an item_id, or look for words with `search`.")
        answer = FindAnswer(neighbours(lib, asked, "label_text", top), 0.0)
    else:
        question = _query(asked, MIX.get(by, 0.0) if mix is None else mix)
        answer = find(lib, replace(question, steer=tuple(steer or ())), top)
    told = by if mix is None else f"style and content, {mix:g} content"
    _show(picture, told, answer.hits, as_json, with_hand=by != "words" or mix is not None, threshold=answer.threshold)


@app.command(epilog='Example: python -m umair search "夜の海" --top 10')
def search(
    words: Annotated[
        str, typer.Argument(metavar='"WORDS"', help="Words, in any of three languages; each must be met.")
    ],
    top: TopOption = 20,
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Pictures that meet every word, in whatever language their labels are written."""
    answer = search_words(opened(library), words, top)
    for term in answer.terms:
        if not term.known:
            note(f"“{term.text}” is no label here." + (f" Nearest: {', '.join(term.nearest)}." if term.nearest else ""))
    _show(words, "words", answer.hits, as_json, with_hand=False)


@app.command(epilog="Example: python -m umair compose --shows demo-0012 --painted-like sketch.png")
def compose(
    shows: Annotated[str, typer.Option("--shows", metavar="PICTURE-OR-ID", help="What is to be seen.")],
    painted_like: Annotated[str, typer.Option("--painted-like", metavar="PICTURE-OR-ID", help="How it is painted.")],
    mix: Annotated[float, typer.Option("--mix", min=0, max=1, help="From 0, style alone, to 1, content alone.")] = 0.5,
    top: TopOption = 20,
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """What A shows, painted like B."""
    lib = opened(library)
    shown, painted = _asked(lib, shows), _asked(lib, painted_like)
    items, uploads = ((), (shown,)) if isinstance(shown, Upload) else ((shown,), ())
    answer = find(lib, Query(items=items, uploads=uploads, painted_like=painted, mix=mix), top)
    told = f"shows {shows}, painted like {painted_like}"
    _show(told, "composed", answer.hits, as_json, threshold=answer.threshold)


@app.command(epilog="Example: python -m umair style drawing.png")
def style(picture: PictureArgument, library: LibraryOption = None, as_json: JsonOption = False) -> None:
    """How a picture is painted: a sentence, and the measured axes behind it."""
    path = Path(picture).expanduser()
    if path.is_file():
        found = describe(load_picture(path))
        sentence, axes = ", ".join(found.words), dict(found.axes)
    else:
        lib = opened(library)
        told = style_words(lib, str(_asked(lib, picture)))
        sentence, axes = told.sentence, told.axes
    if as_json:
        document({"picture": picture, "sentence": sentence, "axes": axes})
        return
    say(sentence)
    say(table(("axis", "value"), [(name, float(value)) for name, value in axes.items()]))


def _asked(lib: Library, picture: str) -> str | Upload:
    """An id of the library, or a file's content read and encoded; SearchError if it is neither."""
    if picture in catalogue(lib).row_of:
        return picture
    path = Path(picture).expanduser()
    if path.is_file():
        return upload(lib, read_bytes(path), path.name)
    raise SearchError(f"{picture!r} is neither a file nor an item_id of “{lib.info.name}”. Give one of them.")


def _query(asked: str | Upload, mix: float) -> Query:
    return Query(uploads=(asked,), mix=mix) if isinstance(asked, Upload) else Query(items=(asked,), mix=mix)


def _show(
    query: str, by: str, hits: tuple[Hit, ...], as_json: bool, *, with_hand: bool = True, threshold: float = 0.0
) -> None:
    if as_json:
        results = [
            {
                "item_id": hit.tile.item_id,
                "score": hit.score,
                "same_hand": hit.same_hand if with_hand else None,
                "artist_id": hit.tile.artist or None,
                "labels": hit.tile.labels,
            }
            for hit in hits
        ]
        document({"query": query, "by": by, "results": results})
        return
    head = ("picture", "score", *(("same hand",) if with_hand else ()), "artist", "labels")
    rows = [
        (
            hit.tile.item_id,
            float(hit.score),
            *((f"{hit.same_hand:.0%}",) if with_hand else ()),
            hit.tile.artist,
            ", ".join(hit.tile.labels[:6]),
        )
        for hit in hits
    ]
    say(table(head, rows))
    if with_hand and threshold:
        count = sum(hit.same_hand >= threshold for hit in hits)
        say(f"\n{count} of {len(hits)} are probably by the same hand (chance of {threshold:.0%} or more).")
