"""The worker's side of a run: do what its folder says, in this process, and note how it ended.

`umair.library.background` starts, watches and stops such processes; the app and the command line use that.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, fields, replace
from pathlib import Path
from types import FrameType
from typing import TypeVar

from umair.encoders.pairs import TextPair, library_pairs, read_pairs, unique
from umair.errors import RunError, UmairError
from umair.library.importers.columns import parse_mapping
from umair.library.importers.folder import import_folder
from umair.library.importers.illustration_table import import_illustrations
from umair.library.importers.log_table import import_interactions, import_users
from umair.library.runs import RunFolder, RunState
from umair.library.store import Library
from umair.settings import assets

MAPPED = ("style", "semantic")  # spaces that the Maps page shows
ZERO_IS_OPEN = ("passes", "experts", "batch_rows")  # 0 there, as runs wrote it before: as the instance has it

Options = TypeVar("Options")
Work = Callable[[Library, RunFolder], object]


def work(library: Library, run: RunFolder) -> RunState:
    """Do a run from where it stands to its end, a stop or a failure: its state tells which, and why."""
    if run.state().state == "running" and run.state().pid != os.getpid():
        raise RunError(f"The run {run.id} is running already, in process {run.state().pid}.")
    run.set_state("running")
    try:
        with _ended_kindly(run):
            worker(run.kind)(library, run)
    except KeyboardInterrupt:
        run.set_state("stopped")
    except UmairError as error:
        run.set_state("failed", error=str(error))
    except Exception as error:  # a mistake of ours: the person gets a line, the log the rest
        traceback.print_exc(file=sys.stderr)
        run.set_state("failed", error=f"Unexpected: {type(error).__name__}: {error}. Details are in its log.")
    else:
        if run.state().state == "running":  # else the work itself has said how it ended
            run.set_state("stopped" if run.stop_requested() else "done")
    return run.state()


def worker(kind: str) -> Work:
    """What does the work of a kind of run. Each kind imports its own: an import of pictures loads no torch."""
    match kind:
        case "import":
            return bring_in
        case "encode":
            return encode_and_lay_out
        case "image":
            from umair.encoders.pretext import PretextOptions, train_image

            return lambda library, run: train_image(library, run, options(PretextOptions, run))
        case "style":
            from umair.encoders.style.options import StyleTrainingOptions
            from umair.encoders.style.train import train_style

            return lambda library, run: train_style(library, run, options(StyleTrainingOptions, run))
        case "text":
            from umair.encoders.text_training import TextTraining, train_text

            def words(library: Library, run: RunFolder) -> None:
                own, more = text_pairs(library, run)
                train_text([*own, *more], run, replace(options(TextTraining, run), core=len(own)))

            return words
        case "ranker":
            from umair.training.options import RankerOptions
            from umair.training.ranker import train_ranker

            return lambda library, run: train_ranker(library, run, options(RankerOptions, run))
    raise RunError(f"{kind!r} is no kind of run that this software can do.")


def encode_and_lay_out(library: Library, run: RunFolder) -> None:
    """Vectors of all pictures in all spaces, then suggested labels and the two maps, so that no page waits for one."""
    from umair.encoders.encode import encode_library
    from umair.encoders.label_predictions import predict_after_encoding
    from umair.encoders.vectors import read_vectors
    from umair.retrieval.map import ensure_layout

    encode_library(library, run)
    if not run.stop_requested():
        if library.illustrations()["image"].count():
            predict_after_encoding(library)
        for space in MAPPED:
            found = read_vectors(library, space)
            if found.present.any():
                ensure_layout(library.path, space, found)


def options(kind: type[Options], run: RunFolder) -> Options:
    """A training's options from the run's configuration; what it does not name has its default."""
    defaults = {f.name: f.default for f in fields(kind)}  # type: ignore[arg-type]
    named = {
        name: value
        for name, value in run.config.items()
        if name in defaults and not (name in ZERO_IS_OPEN and value == 0)
    }
    return kind(**{name: tuple(v) if isinstance(v, list) else v for name, v in named.items()})


def text_pairs(library: Library, run: RunFolder) -> tuple[list[TextPair], list[TextPair]]:
    """The library's own glossary, else the demo's; and the pairs of the file or folder that the run names."""
    own = unique(library_pairs(library.path, assets() / "demo"))
    more = str(run.config.get("pairs", ""))
    if not more:
        return own, []
    reading = read_pairs(Path(more))
    for source in reading.report.sources:
        for broken in source.first_broken:
            print(f"Passed over: {broken}", file=sys.stderr)  # the run's log
    return own, reading.pairs


def bring_in(library: Library, run: RunFolder) -> None:
    """Import the folder or table that the run names; its report becomes the run's metrics."""
    source, link = Path(str(run.config["source"])), run.config.get("link") is True
    mapping = parse_mapping([str(pair) for pair in _listed(run.config.get("mapping", []))])

    def told(done: int, of: int) -> None:
        run.progress(step=done, of=of, unit="pictures")

    match run.config.get("what", "folder"):
        case "folder":
            report = import_folder(library, source, link=link, progress=told, stop=run.stop_requested)
        case "illustrations":
            report = import_illustrations(library, source, mapping, link=link, progress=told)
        case "users":
            report = import_users(library, source, mapping)
        case "interactions":
            at_least = run.config.get("bookmark_from")
            report = import_interactions(
                library,
                source,
                mapping,
                bookmark_from=float(at_least) if isinstance(at_least, int | float) else None,
                without_times=run.config.get("without_times") is True,
            )
        case other:
            raise RunError(f"{other!r} is nothing to import. Expected folder, illustrations, users or interactions.")
    run.write_metrics({**asdict(report), "reasons": report.reasons()})


def _listed(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else []


@contextmanager
def _ended_kindly(run: RunFolder) -> Iterator[None]:
    """Within, the first Ctrl-C asks the run to stop at its next step; the second, and SIGTERM, break it off."""

    def told(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    def asked(number: int, frame: FrameType | None) -> None:
        if run.stop_requested():
            raise KeyboardInterrupt
        run.request_stop()
        print("\nStopping after this step; once more to stop at once.", file=sys.stderr)

    if threading.current_thread() is not threading.main_thread():  # only the main thread may be told by signals
        yield
        return
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    signal.signal(signal.SIGTERM, told)
    signal.signal(signal.SIGINT, asked)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
