"""Illustrations to batches of outputs, in order: read and encoded in the lanes of the pipeline."""

from __future__ import annotations

import threading
import time
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field

import numpy as np

from umair.encoders.picture_encoders import PictureEncoders
from umair.encoders.pipeline import Lanes, batches, in_order
from umair.encoders.style.encoder import StyleReading
from umair.errors import ImageError
from umair.library.runs import RunFolder
from umair.library.store import Library

TOLD_EVERY = 0.5  # seconds between two rows of progress


@dataclass(frozen=True)
class PictureBatch:
    """Items with their outputs (rows in the same order), and those that could not be read."""

    items: list[str] = field(default_factory=list)
    outputs: dict[str, np.ndarray] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)


def encoded(
    library: Library, encoders: PictureEncoders, todo: Sequence[str], run: RunFolder | None
) -> Generator[PictureBatch]:
    """Batches in the order of `todo`; each is read and encoded in one lane of the pipeline."""
    lanes = Lanes.of(encoders.image.device, encoders.image.preprocess.size)
    # One at a time on a graphics card: it is as fast, and holds the maps of one batch only.
    turn = nullcontext() if encoders.image.device.type == "cpu" else threading.Lock()

    def work(items: list[str]) -> PictureBatch:
        read, refused = _read(library, encoders, items)
        if not read:
            return PictureBatch(refused=refused)
        squares, readings = zip(*read.values(), strict=True)
        spare = [0] * (lanes.batch - len(read))  # a full batch always, so that no number hangs on how many there are
        order = [*range(len(read)), *spare]
        with turn:
            found = encoders.outputs(np.stack([squares[n] for n in order]), [readings[n] for n in order])
        return PictureBatch(list(read), {name: rows[: len(read)] for name, rows in found.items()}, refused)

    done, refused, told = 0, 0, 0.0
    stop = run.stop_requested if run is not None else lambda: False
    for batch in in_order(batches(todo, lanes.batch), work, lanes, stop):
        done += len(batch.items) + len(batch.refused)
        refused += len(batch.refused)
        if run is not None and (done == len(todo) or time.monotonic() - told > TOLD_EVERY):
            run.progress(step=done, of=len(todo), unit="pictures", refused=refused)
            told = time.monotonic()
        yield batch


def chunks(found: Iterable[PictureBatch], count: int) -> Iterator[PictureBatch]:
    """Batches put together until they hold `count` pictures; of none longer than one batch more."""
    kept: list[PictureBatch] = []
    for batch in found:
        kept.append(batch)
        if sum(len(b.items) for b in kept) >= count:
            yield _joined(kept)
            kept = []
    if kept:
        yield _joined(kept)


def _joined(kept: Sequence[PictureBatch]) -> PictureBatch:
    with_rows = [b for b in kept if b.items]
    names = with_rows[0].outputs if with_rows else {}
    return PictureBatch(
        [item for b in kept for item in b.items],
        {name: np.concatenate([b.outputs[name] for b in with_rows]) for name in names},
        {item: why for b in kept for item, why in b.refused.items()},
    )


def _read(
    library: Library, encoders: PictureEncoders, items: Sequence[str]
) -> tuple[dict[str, tuple[np.ndarray, StyleReading]], dict[str, str]]:
    """What could be read, and why the rest could not; an error of ours says at which picture it came."""
    read, refused = {}, {}
    for item in items:
        try:
            read[item] = encoders.read(library.image_path(item))
        except (ImageError, OSError) as error:
            refused[item] = str(error)
        except Exception as error:
            error.add_note(f"This was the illustration {item}.")
            raise
    return read, refused
