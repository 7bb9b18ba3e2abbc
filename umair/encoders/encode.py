"""All pictures of a library to vectors: one decode feeds content and both forms of style; then the labels.

What is done stays done: a run that was killed goes on with the pictures that have no vector yet, and gets the same
vectors as one that was not.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from PIL import Image

from umair.encoders.label_lists import LabelLists
from umair.encoders.picture_batches import chunks, encoded
from umair.encoders.picture_encoders import PictureEncoders
from umair.encoders.text_choice import chosen_text, fetch_and_open
from umair.encoders.vectors import missing, set_active_vectors, write_vectors
from umair.library.runs import RunFolder
from umair.library.store import Library

SPACES = ("semantic", "style", "label_text")
NO_PICTURES = "There are no pictures: only the labels were encoded."
CHUNK = 256  # pictures between two writes: what a kill can lose


@dataclass(frozen=True)
class EncodeReport:
    """Pictures encoded now, those refused with the reason, whether all was reached, and how many have no picture."""

    encoded: int
    refused: dict[str, str]
    finished: bool
    without_picture: int = 0


def encode_library(library: Library, run: RunFolder | None = None) -> EncodeReport:
    """Give every illustration its vectors in all spaces and make them the active ones; without a picture, of labels.

    The run may say by which `label_weighting` labels are weighed (label_lists.py). Resumes by what is missing; a
    picture that cannot be decoded is left out and named. A stop asked of the run is obeyed after the pictures in work
    are written.
    """
    drawn = library.illustrations().drop_nulls("image")["item_id"].to_list()
    without = len(library.illustrations()) - len(drawn)
    done, refused = _encode_pictures(library, drawn, run) if drawn else (0, {})
    stopped = run is not None and run.stop_requested()
    if not stopped:
        _encode_labels(library, str(run.config.get("label_weighting") or "") if run is not None else "")
    if run is not None:
        told = {"pictures": done, "refused": refused, "finished": not stopped, "without_picture": without}
        run.write_metrics(told if drawn else {**told, "note": NO_PICTURES})
    return EncodeReport(done, refused, not stopped, without)


def _encode_pictures(library: Library, drawn: Sequence[str], run: RunFolder | None) -> tuple[int, dict[str, str]]:
    """Content and style of these illustrations, the active ones from now on; how many were done, which refused."""
    encoders = PictureEncoders.chosen(library)
    prints = encoders.fingerprints
    wanted = {name: set(missing(library, _space(name), fingerprint)) for name, fingerprint in prints.items()}
    todo = [item for item in drawn if any(item in w for w in wanted.values())]
    refused: dict[str, str] = {}
    done = 0
    with closing(encoded(library, encoders, todo, run)) as batches:
        for chunk in chunks(batches, CHUNK):
            refused |= chunk.refused
            with library.writing("encode"):
                for name, rows in chunk.outputs.items():
                    _write_missing(library, name, prints[name], chunk.items, rows, wanted[name])
            done += len(chunk.items)
    stopped = run is not None and run.stop_requested()
    if not stopped:
        with library.writing("encode"):
            set_active_vectors(library, "semantic", prints["semantic"])
            set_active_vectors(library, "style", encoders.active_style)
    return done, refused


def _write_missing(
    library: Library, output: str, fingerprint: str, items: Sequence[str], rows: np.ndarray, wanted: set[str]
) -> None:
    own = [n for n, item in enumerate(items) if item in wanted]
    if own:
        write_vectors(library.path, _space(output), fingerprint, [items[n] for n in own], rows[own])


def encode_one(picture: Image.Image, library: Library | None = None) -> dict[str, np.ndarray]:
    """Vectors of a picture that is in no library: semantic (D,), style (D,) as the space "style" has it."""
    encoders = _encoders_of(library.path if library else None)
    square, reading = encoders.read(picture)
    found = encoders.outputs(square[None], [reading])
    return {"semantic": found["semantic"][0], "style": found[f"style_{encoders.pooling}"][0]}


@lru_cache(maxsize=2)
def _encoders_of(path: Path | None) -> PictureEncoders:
    return PictureEncoders.chosen(Library.open(path) if path else None)


def _encode_labels(library: Library, weighting: str) -> None:
    words = fetch_and_open(chosen_text(library))
    lists = LabelLists.of(library, words, weighting)
    todo = set(missing(library, "label_text", lists.fingerprint))
    frame = library.illustrations()
    items = [
        (item, own or []) for item, own in zip(frame["item_id"], frame["labels"].to_list(), strict=True) if item in todo
    ]
    with library.writing("encode"):
        if items:
            vectors = lists.encode([own for _, own in items])
            write_vectors(library.path, "label_text", lists.fingerprint, [item for item, _ in items], vectors)
        lists.keep(library.path)
        set_active_vectors(library, "label_text", lists.fingerprint)


def _space(output: str) -> str:
    return "style" if output.startswith("style_") else output
