"""Long work in a process of its own, which outlives the page, the browser and the app that started it.

What is shared between the two sides is the run's folder: the worker writes there, everybody reads. Starting is only
`python -m umair work RUN --library DIR`, so a terminal can do what the app does.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

from umair.errors import RunError
from umair.library.processes import same_process
from umair.library.runs import LOG, RunFolder, RunState

GRACE_S = 15.0  # a job that was asked to stop has so long to finish its step before it is told to end
CODE = Path(__file__).resolve().parents[2]  # where the package lies, for machines on which it is not installed
ACTIVE = ("waiting", "running")

_STARTED: list[subprocess.Popen[bytes]] = []  # our own children, to be collected when they have ended


def launch(library_path: Path, run: RunFolder) -> None:
    """Start (or go on with) a run; returns at once. RunError if it is running already."""
    if run.state().state == "running":
        raise RunError(f"The run {run.id} is running already. Watch it with `python -m umair runs`.")
    _STARTED[:] = [child for child in _STARTED if child.poll() is None]
    run.await_start()
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [str(CODE), os.environ.get("PYTHONPATH")]))}
    with (run.path / LOG).open("ab") as log:
        child = subprocess.Popen(
            [sys.executable, "-m", "umair", "work", run.id, "--library", str(library_path)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=environment,
            start_new_session=True,  # a Ctrl-C for the app, or its end, is not meant for the job
        )
    run.note_launch(child.pid)
    _STARTED.append(child)


def stop(run: RunFolder, grace_s: float = GRACE_S) -> RunState:
    """Ask a run to stop at its next step; if it has not after `grace_s`, end its process. What is finished stays."""
    run.request_stop()
    until = time.monotonic() + grace_s
    while (state := run.state()).state in ACTIVE and time.monotonic() < until:
        time.sleep(0.1)
    if state.state == "running" and same_process(state.pid, state.born):
        os.kill(state.pid, signal.SIGTERM)
        until = time.monotonic() + grace_s
        while run.state().state == "running" and time.monotonic() < until:
            time.sleep(0.1)
    return run.state()


def stop_soon(run: RunFolder, grace_s: float = GRACE_S) -> None:
    """As `stop`, without waiting for it."""
    run.request_stop()
    threading.Thread(target=stop, args=(run, grace_s), daemon=True, name=f"stop {run.id}").start()


def log_tail(run: RunFolder, characters: int = 2000) -> str:
    """The end of what the process has said; empty if it has said nothing."""
    try:
        return (run.path / LOG).read_text(encoding="utf-8", errors="replace")[-characters:].strip()
    except OSError:
        return ""
