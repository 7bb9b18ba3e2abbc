"""Train the style head: LDA, components, small networks over many hands; then the chance of one hand on hands kept out.

A run of kind “style”; its folder afterwards holds the encoder (model.safetensors, config.json), calibration.json,
axes.json and metrics.json, and loads like the shipped one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from PIL import Image

from umair.encoders.style.axes import fit_directions, leading_axes, save_directions
from umair.encoders.style.encoder import StyleEncoder
from umair.encoders.style.fitting import fit_head
from umair.encoders.style.hand_table import HandTable
from umair.encoders.style.head import save_head
from umair.encoders.style.judging import Trial, judge
from umair.encoders.style.perceptron import Source
from umair.encoders.style.readable import AXES, measured_rows, quantiles_of, save_quantiles
from umair.encoders.style.sources import (
    filter_hands,
    held_out_of,
    library_hands,
    painted_hands,
    picture_groups,
    table_hands,
)
from umair.errors import ImageError, TrainingError
from umair.library.images import load_picture
from umair.library.runs import RunFolder
from umair.library.store import Library

FEW = 4  # pictures a hand needs to be trained
REFERENCE = 1_000  # pictures at most that the named axes are told against


@dataclass(frozen=True)
class StyleTrainingOptions:
    """What to train on and how long."""

    library_hands: bool = True  # the library's own hands (or artists) with enough pictures
    pictures: tuple[str, ...] = ()  # Parquet tables of pictures to train on: image, hand, perhaps content
    judged_on: tuple[str, ...] = ()  # the same kind of tables, never trained: they measure and calibrate
    painters: int = 400  # made painters
    painter_pictures: int = 8
    filters: int = 200  # filter hands over the pictures above
    filter_pictures: int = 10
    steps: int = 1_200
    networks: int = 2  # with different seeds, side by side
    seed: int = 1
    held_out_share: float = 0.25  # of the library's hands: never trained, they measure and calibrate
    painters_held_out: int = 40


def train_style(library: Library, run: RunFolder, options: StyleTrainingOptions) -> bool:
    """Train, measure and write; False if a stop was asked for (call again to go on, to the same numbers).

    Raises TrainingError if there are too few hands to learn from or to judge by.
    """
    tables = [Path(p) for p in options.pictures]
    gathered = _gather(library, run, options, tables)
    if gathered is None:
        return False
    train, trials = gathered
    head = fit_head(train, options.networks, options.steps, options.seed, run.path, _noter(run, options))
    if head is None:
        return False
    head = save_head(run.path, head)
    calibrated, measured = judge(head, trials)
    calibrated.save(run.path)
    reference, hands = _reference(library)
    measured_axes = measured_rows(reference)
    save_quantiles(run.path, quantiles_of(measured_axes))
    shown = StyleEncoder(head).encode(reference)
    directions = fit_directions(shown, measured_axes, hands, tuple(AXES))
    save_directions(run.path, directions, leading_axes(shown, measured_axes, tuple(AXES)))
    run.write_metrics(
        measured
        | {
            "hands": len({name for source in train for name in source.table.hands}),
            "pictures": sum(len(source.table) for source in train),
            "unseen_hands": [name for trial in trials for name in trial.unseen],
            "fingerprint": head.fingerprint,
        }
    )
    for file in run.path.glob("network-*.checkpoint.safetensors"):
        file.unlink()
    return True


def _gather(
    library: Library, run: RunFolder, options: StyleTrainingOptions, tables: list[Path]
) -> tuple[list[Source], list[Trial]] | None:
    """Training sources, and trials on hands kept out; None if a stop was asked for. Statistics are kept in the run."""
    trials: list[Trial] = []
    sources: list[Source] = []

    def measured(name: str, make: Callable[[], HandTable]) -> HandTable:
        file = run.path / "statistics" / f"{name}.npz"
        if not file.exists():
            make().save(file)
        return HandTable.load(file)

    def note(what: str) -> Callable[[int, int], None]:
        def tell(done: int, of: int) -> None:
            run.progress(step=done, of=of, unit="pictures", phase=what)

        return tell

    without: list[str] = []
    if options.library_hands:
        own = _enough(measured("library", lambda: library_hands(library, note("library"))))
        without = held_out_of(own.hands, options.held_out_share)
        trials.append(Trial("library", own, without))
        sources.append(Source(own.without_hands(without), 12))
    for number, name in enumerate(options.judged_on):
        file = Path(name)
        unseen = measured(f"judged-{number}", partial(table_hands, file, note(file.stem)))
        trials.append(Trial(file.stem, unseen, unseen.hands))
    for number, file in enumerate(tables):
        if run.stop_requested():
            return None
        sources.append(Source(_enough(measured(f"table-{number}", partial(table_hands, file, note(file.stem)))), 10))
    if options.painters and not run.stop_requested():
        count = options.painters + options.painters_held_out
        made = measured("painters", lambda: painted_hands(count, options.painter_pictures, note("painters")))
        apart = [f"painter {n}" for n in range(options.painters, count)]
        trials.append(Trial("painters", made.of_hands(apart), apart))
        sources.append(Source(made.without_hands(apart), 20))
    if options.filters and not run.stop_requested():
        own_library = library if options.library_hands else None
        chain = measured(
            "filters",
            lambda: filter_hands(
                picture_groups(own_library, tables, without), options.filters, options.filter_pictures, note("filters")
            ),
        )
        sources.append(Source(_enough(chain), 10))
    if run.stop_requested():
        return None
    sources = [s for s in sources if len(s.table)]
    real = [t for t in trials if t.name != "painters" and len(t.unseen) >= 2]
    trials = real or [t for t in trials if t.unseen]  # made painters are easily told apart: only if there is no other
    if not sources or not trials:
        raise TrainingError("No hands to train on, or none to keep out. Add pictures of more artists, or painters.")
    return sources, trials


def _noter(run: RunFolder, options: StyleTrainingOptions) -> Callable[[int, int, float], bool]:
    def note(number: int, step: int, loss: float) -> bool:
        done, of = number * options.steps + step, options.networks * options.steps
        run.progress(step=done, of=of, unit="steps", phase=f"network {number + 1}", loss=loss)
        return run.stop_requested()

    return note


def _enough(table: HandTable) -> HandTable:
    names, counts = np.unique(table.hand, return_counts=True)
    return table.of_hands(names[counts >= FEW].tolist())


def _reference(library: Library) -> tuple[list[Image.Image], list[str]]:
    """Up to 1,000 pictures of the library with the hand (or artist) of each."""
    frame = library.illustrations()
    step = max(1, len(frame) // REFERENCE)
    pictures, hands = [], []
    for row in frame[::step].iter_rows(named=True):
        try:
            pictures.append(load_picture(library.image_path(row["item_id"])))
        except (ImageError, OSError):
            continue
        hands.append(row["hand"] or row["artist_id"] or row["item_id"])
    return pictures, hands
