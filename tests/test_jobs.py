"""Jobs outlive who started them, stop when asked, die when told, and say how they ended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from umair import jobs
from umair.errors import RunError, TrainingError
from umair.library import background
from umair.library.processes import is_alive
from umair.library.runs import RunFolder
from umair.library.store import Library

STARTER = """
import sys
from pathlib import Path
from umair.library.background import launch
from umair.library.runs import RunFolder
launch(Path(sys.argv[1]), RunFolder.open(Path(sys.argv[2])))
"""


def _until(run: RunFolder, *states: str, seconds: float = 120) -> str:
    until = time.monotonic() + seconds
    while run.state().state not in states and time.monotonic() < until:
        time.sleep(0.02)
    return run.state().state


def _many(tmp_path: Path, small_picture, count: int) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for n in range(count):
        small_picture(100 + n).save(folder / f"{n:04d}.png")
    return folder


def test_how_work_ends_is_its_state(small_library: Library, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    def ends(error: BaseException | None) -> RunFolder:
        def worker(library: Library, run: RunFolder) -> None:
            if error is not None:
                raise error

        monkeypatch.setattr(jobs, "worker", lambda kind: worker)
        run = RunFolder.create(small_library.path, "text", {})
        jobs.work(small_library, run)
        return run

    assert ends(None).state().state == "done"
    assert ends(KeyboardInterrupt()).state().state == "stopped"
    failed = ends(TrainingError("Only 1 pair; 2 are needed.")).state()
    assert (failed.state, failed.error) == ("failed", "Only 1 pair; 2 are needed.")
    strange = ends(ZeroDivisionError("x")).state()
    assert strange.state == "failed" and "ZeroDivisionError" in strange.error and "Traceback" in capsys.readouterr().err


def test_a_stop_asked_for_is_no_done(small_library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "worker", lambda kind: lambda library, run: run.request_stop())
    run = RunFolder.create(small_library.path, "text", {})
    assert jobs.work(small_library, run).state == "stopped"
    monkeypatch.setattr(jobs, "worker", lambda kind: lambda library, run: None)
    assert jobs.work(small_library, run).state == "done"  # resumed


def test_unknown_work_is_refused(small_library: Library) -> None:
    run = RunFolder.create(small_library.path, "import", {"source": "/nowhere", "what": "dreams"})
    assert "nothing to import" in jobs.work(small_library, run).error


@pytest.mark.skipif(os.name == "nt", reason="signals are others there")
def test_a_job_outlives_the_process_that_started_it(small_library: Library, tmp_path: Path, small_picture) -> None:
    run = RunFolder.create(small_library.path, "import", {"source": str(_many(tmp_path, small_picture, 30))})
    starter = subprocess.run([sys.executable, "-c", STARTER, str(small_library.path), str(run.path)], check=True)
    assert starter.returncode == 0
    assert _until(run, "done", "failed") == "done", background.log_tail(run)
    assert run.metrics()["taken"] == 30 and run.state().pid != os.getpid()
    assert len(small_library.illustrations()) == 54


SLEEPER = """
import time
from pathlib import Path
import sys
from umair import jobs
from umair.library.runs import RunFolder
from umair.library.store import Library
def sleep(library, run):
    for n in range(10_000):
        run.progress(step=n, of=10_000)
        time.sleep(0.02 if sys.argv[3] == "kind" else 1000)
        if run.stop_requested():
            return
jobs.worker = lambda kind: sleep
jobs.work(Library.open(sys.argv[1]), RunFolder.open(Path(sys.argv[2])))
"""


@pytest.mark.skipif(os.name == "nt", reason="signals are others there")
@pytest.mark.parametrize("manner", ["kind", "deaf"])
def test_stopping_asks_first_and_then_insists(small_library: Library, manner: str) -> None:
    run = RunFolder.create(small_library.path, "text", {})
    process = subprocess.Popen([sys.executable, "-c", SLEEPER, str(small_library.path), str(run.path), manner])
    assert _until(run, "running") == "running"
    while not run.progress_rows():
        time.sleep(0.02)
    state = background.stop(run, grace_s=60 if manner == "kind" else 0.3)
    process.wait(60)
    assert state.state == "stopped" and run.state().state == "stopped"


@pytest.mark.skipif(os.name == "nt", reason="signals are others there")
def test_a_killed_job_reads_as_stopped_and_can_go_on(small_library: Library, tmp_path: Path, small_picture) -> None:
    run = RunFolder.create(small_library.path, "import", {"source": str(_many(tmp_path, small_picture, 400))})
    background.launch(small_library.path, run)
    while not run.progress_rows() and run.state().state in ("waiting", "running"):
        time.sleep(0.01)
    with pytest.raises(RunError, match="running already"):
        background.launch(small_library.path, run)
    os.kill(run.state().pid, signal.SIGKILL)
    assert _until(run, "stopped") == "stopped" and not is_alive(run.state().pid)
    background.launch(small_library.path, run)
    assert _until(run, "done", "failed") == "done", background.log_tail(run)
    assert len(small_library.illustrations()) == 424


def test_a_process_that_never_gets_going_has_failed(small_library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    run = RunFolder.create(small_library.path, "text", {})
    monkeypatch.setattr(background.sys, "executable", sys.executable)
    monkeypatch.setattr(background, "CODE", Path("/nowhere"))
    monkeypatch.chdir("/")
    monkeypatch.delenv("PYTHONPATH", raising=False)
    background.launch(small_library.path, run)
    assert _until(run, "failed") == "failed" and "did not start" in run.state().error
    assert "No module named" in background.log_tail(run)
