"""All pictures of a library to vectors: one decode feeds content and both forms of style; then the labels.

What is done stays done: a run that was killed goes on with the pictures that have no vector yet.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from os import cpu_count
from pathlib import Path

import numpy as np
from PIL import Image

from umair.encoders.image import ImageEncoder
from umair.encoders.style.encoder import StyleEncoder, StyleReading
from umair.encoders.text import TextEncoder
from umair.encoders.vectors import missing, set_active_vectors, write_vectors
from umair.errors import ImageError
from umair.library.images import load_picture
from umair.library.runs import RunFolder
from umair.library.store import Library
from umair.settings import Settings, read_settings

SPACES = ("semantic", "style", "label_text")
CHUNK = 256  # pictures between two writes: what a kill can lose
AHEAD = 64  # pictures decoded before they are encoded


@dataclass(frozen=True)
class PictureEncoders:
    """What turns a picture into content and style. `pooling` says which form of style the space "style" shows."""

    image: ImageEncoder
    style: StyleEncoder
    pooling: str

    @classmethod
    def chosen(cls, library: Library | None = None, settings: Settings | None = None) -> PictureEncoders:
        """The library's active runs first, then the person's settings."""
        settings = settings or read_settings()
        image = _active(library, "image") or settings.image_encoder
        style = _active(library, "style") or "shipped"
        return cls(ImageEncoder.load(image, settings.device), StyleEncoder.load(style), settings.style_pooling)

    @property
    def fingerprints(self) -> dict[str, str]:
        """Of each output: semantic, style_paper, style_learnt."""
        image = self.image.fingerprint
        paper = hashlib.sha256(f"eq. 4 of {image}".encode()).hexdigest()
        return {"semantic": image, "style_paper": paper, "style_learnt": self.style.fingerprint}

    @property
    def active_style(self) -> str:
        return self.fingerprints[f"style_{self.pooling}"]

    def read(self, source: Path | Image.Image) -> tuple[np.ndarray, StyleReading]:
        """From one decode: the network's square (S, S, 3) uint8 and what style is told from."""
        picture = source if isinstance(source, Image.Image) else load_picture(source)
        return self.image.preprocess.square(picture), self.style.read(np.asarray(picture.convert("RGB")))

    def outputs(self, squares: np.ndarray, readings: Sequence[StyleReading]) -> dict[str, np.ndarray]:
        """(B, S, S, 3) and B readings to semantic, style_paper, style_learnt, each (B, D)."""
        found = self.image.encode_squares(squares)
        return found | {"style_learnt": self.style.vectors(readings)}


@dataclass(frozen=True)
class EncodeReport:
    """Pictures encoded now, all that have vectors, those refused with the reason, whether all was reached."""

    encoded: int
    refused: dict[str, str]
    finished: bool


def encode_library(library: Library, run: RunFolder | None = None) -> EncodeReport:
    """Give every illustration its vectors in all spaces and make them the active ones.

    Resumes by what is missing; a picture that cannot be decoded is left out and named. A stop asked of the run is
    obeyed after the pictures in work are written.
    """
    encoders = PictureEncoders.chosen(library)
    prints = encoders.fingerprints
    wanted = {name: set(missing(library, _space(name), fingerprint)) for name, fingerprint in prints.items()}
    todo = [item for item in library.illustrations()["item_id"].to_list() if any(item in w for w in wanted.values())]
    refused: dict[str, str] = {}
    done = 0
    for items, outputs in _encoded(library, encoders, todo, refused, run):
        with library.writing("encode"):
            for name, rows in outputs.items():
                own = [n for n, item in enumerate(items) if item in wanted[name]]
                if own:
                    write_vectors(library.path, _space(name), prints[name], [items[n] for n in own], rows[own])
        done += len(items)
    stopped = run is not None and run.stop_requested()
    if not stopped:
        with library.writing("encode"):
            set_active_vectors(library, "semantic", prints["semantic"])
            set_active_vectors(library, "style", encoders.active_style)
        _encode_labels(library)
    if run is not None:
        run.write_metrics({"pictures": done, "refused": refused, "finished": not stopped})
    return EncodeReport(done, refused, not stopped)


def encode_one(picture: Image.Image, library: Library | None = None) -> dict[str, np.ndarray]:
    """Vectors of a picture that is in no library: semantic (D,), style (D,) as the space "style" has it."""
    encoders = _encoders_of(library.path if library else None)
    square, reading = encoders.read(picture)
    found = encoders.outputs(square[None], [reading])
    return {"semantic": found["semantic"][0], "style": found[f"style_{encoders.pooling}"][0]}


@lru_cache(maxsize=2)
def _encoders_of(path: Path | None) -> PictureEncoders:
    return PictureEncoders.chosen(Library.open(path) if path else None)


def _encoded(
    library: Library, encoders: PictureEncoders, todo: Sequence[str], refused: dict[str, str], run: RunFolder | None
) -> Iterator[tuple[list[str], dict[str, np.ndarray]]]:
    """Chunks of item ids with their outputs; decoding runs ahead on the processor's other cores."""
    with ThreadPoolExecutor(max_workers=max(1, cpu_count() or 1)) as pool:
        for start in range(0, len(todo), CHUNK):
            if run is not None and run.stop_requested():
                return
            chunk = todo[start : start + CHUNK]
            items, outputs = [], []
            for begin in range(0, len(chunk), AHEAD):
                part = chunk[begin : begin + AHEAD]
                read = list(pool.map(lambda item: _try_read(library, encoders, item, refused), part))
                kept = [(item, both) for item, both in zip(part, read, strict=True) if both is not None]
                if kept:
                    items += [item for item, _ in kept]
                    squares = np.stack([square for _, (square, _) in kept])
                    outputs.append(encoders.outputs(squares, [reading for _, (_, reading) in kept]))
                if run is not None:
                    run.progress(step=start + begin + len(part), of=len(todo), unit="pictures", refused=len(refused))
            if items:
                yield items, {name: np.concatenate([o[name] for o in outputs]) for name in outputs[0]}


def _try_read(
    library: Library, encoders: PictureEncoders, item: str, refused: dict[str, str]
) -> tuple[np.ndarray, StyleReading] | None:
    try:
        return encoders.read(library.image_path(item))
    except (ImageError, OSError) as error:
        refused[item] = str(error)
        return None


def _encode_labels(library: Library) -> None:
    name = _active(library, "text") or read_settings().text_encoder
    encoder = TextEncoder.load(name)
    todo = set(missing(library, "label_text", encoder.fingerprint))
    frame = library.illustrations()
    items = [
        (item, own or []) for item, own in zip(frame["item_id"], frame["labels"].to_list(), strict=True) if item in todo
    ]
    with library.writing("encode"):
        if items:
            vectors = encoder.encode_labels([own for _, own in items])
            write_vectors(library.path, "label_text", encoder.fingerprint, [item for item, _ in items], vectors)
        set_active_vectors(library, "label_text", encoder.fingerprint)


def _active(library: Library | None, kind: str) -> str | None:
    run = library.info.active.get(kind) if library else None
    return str(library.path / "runs" / run) if library and run else None


def _space(output: str) -> str:
    return "style" if output.startswith("style_") else output
