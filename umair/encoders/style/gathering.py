"""What a style run learns from and is judged by: measured tables of every source, and galleries of hands kept out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import numpy as np

from umair.encoders.style.hand_pictures import PAINTERS, painted_pictures
from umair.encoders.style.hand_table import HandTable
from umair.encoders.style.judging import Trial
from umair.encoders.style.options import FEW, StyleTrainingOptions
from umair.encoders.style.perceptron import Source
from umair.encoders.style.sources import (
    filter_hands,
    library_hands,
    library_held_out,
    picture_groups,
    table_hands,
)
from umair.encoders.style.stack import statistics
from umair.encoders.style.trials import library_trial, painter_trial, table_trial
from umair.errors import TrainingError
from umair.library.runs import RunFolder
from umair.library.store import Library


def gather(library: Library, run: RunFolder, options: StyleTrainingOptions) -> tuple[list[Source], list[Trial]] | None:
    """Training sources, and trials on hands kept out; None if a stop was asked for. Statistics are kept in the run."""
    tables = [Path(p) for p in options.pictures]
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
        without = library_held_out(library, options.held_out_share)
        trials.append(library_trial(library, without))
        sources.append(Source(own.without_hands(without), 12))
    for name in options.judged_on:
        trials.append(table_trial(Path(name)))
    for number, file in enumerate(tables):
        if run.stop_requested():
            return None
        sources.append(Source(_enough(measured(f"table-{number}", partial(table_hands, file, note(file.stem)))), 10))
    if options.painters and not run.stop_requested():
        count = options.painters + options.painters_held_out
        made = _measured_painters(run, range(count), options.painter_pictures)
        if made is None:
            return None
        apart = [f"painter {n}" for n in range(options.painters, count)]
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
    real = [t for t in trials if len(t.unseen) >= 2]
    if not real and options.painters:  # made painters are easily told apart: only if there is no other
        kept_out = range(options.painters, options.painters + options.painters_held_out)
        trials.append(painter_trial(kept_out, options.painter_pictures))
    trials = real or [t for t in trials if t.unseen]
    if not sources or not trials:
        raise TrainingError("No hands to train on, or none to keep out. Add pictures of more artists, or painters.")
    return sources, trials


def _measured_painters(run: RunFolder, numbers: Sequence[int], each: int) -> HandTable | None:
    """Statistics of the made painters, whose pictures are kept in the run for the network; None if a stop was asked."""
    file = run.path / "statistics" / "painters.npz"
    if not file.exists():

        def tell(done: int, of: int) -> bool:
            run.progress(step=done, of=of, unit="pictures", phase="painters")
            return run.stop_requested()

        painted = painted_pictures(numbers, each, run.path / PAINTERS, tell)
        if painted is None:
            return None
        rows = np.stack([statistics(picture) for picture in painted.pictures])
        HandTable(rows, painted.hand, ((),) * len(painted)).save(file)
    return HandTable.load(file)


def _enough(table: HandTable) -> HandTable:
    names, counts = np.unique(table.hand, return_counts=True)
    return table.of_hands(names[counts >= FEW].tolist())
