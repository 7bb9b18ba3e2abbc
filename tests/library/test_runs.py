"""A run tells where it stands, whoever asks, and whatever happened to its process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from umair.errors import RunError
from umair.library.processes import born, is_alive, same_process
from umair.library.runs import RunFolder, config_differences, list_runs, open_run

CONFIG = {"epochs": 3, "lr": 1e-3, "instance": "umair", "modalities": ["style", "semantic"], "resume": False}


def test_a_run_opens_as_it_was_created(tmp_path: Path) -> None:
    made = RunFolder.create(tmp_path, "ranker", {**CONFIG, "seed": None})
    opened = open_run(tmp_path, made.id)
    assert opened.kind == "ranker" and dict(opened.config) == CONFIG
    assert opened.state().state == "waiting" and opened.progress_rows() == [] and opened.metrics() == {}


def test_progress_is_read_back_with_speed_and_a_half_line_is_left_out(tmp_path: Path) -> None:
    run = RunFolder.create(tmp_path, "image", {})
    run.progress(step=0, of=10, unit="pictures", loss=2.0)
    run.progress(step=4, of=10, unit="pictures", loss=float("nan"), auc=0.5)
    with (run.path / "progress.jsonl").open("a") as file:
        file.write('{"step": 5, "of"')
    first, second = RunFolder.open(run.path).progress_rows()
    assert (first["loss"], first["rate"], first["unit"]) == (2.0, None, "pictures")
    assert second["loss"] is None and second["auc"] == 0.5
    assert second["rate"] > 0 and second["eta_s"] == pytest.approx(6 / second["rate"])


def test_states_follow_the_process(tmp_path: Path) -> None:
    run = RunFolder.create(tmp_path, "text", {})
    run.set_state("running")
    assert run.state().state == "running" and run.state().pid == os.getpid()
    run.set_state("failed", error="No labels.")
    state = RunFolder.open(run.path).state()
    assert (state.state, state.error) == ("failed", "No labels.") and state.ended >= state.started > ""


def test_running_by_a_dead_process_is_stopped(tmp_path: Path) -> None:
    run = RunFolder.create(tmp_path, "text", {})
    program = "import sys; from umair.library.runs import RunFolder; from pathlib import Path;"
    program += "RunFolder.open(Path(sys.argv[1])).set_state('running')"
    subprocess.run([sys.executable, "-c", program, str(run.path)], check=True)
    assert json.loads((run.path / "state.json").read_text())["state"] == "running"
    assert run.state().state == "stopped" and "ended before" in run.state().error


def test_a_number_given_to_another_process_is_not_the_same_process() -> None:
    me = os.getpid()
    assert is_alive(me) and same_process(me, born(me)) and same_process(me, "")
    if born(me):
        assert not same_process(me, "1")
    ended = subprocess.Popen([sys.executable, "-c", ""])
    os.waitid(os.P_PID, ended.pid, os.WEXITED | os.WNOWAIT)  # ended, not yet collected: a zombie
    assert not is_alive(ended.pid) or not born(ended.pid)
    ended.wait()
    assert not is_alive(ended.pid) and not is_alive(0) and not is_alive(-1)


def test_a_stop_is_asked_for_and_forgotten_by_the_next_start(tmp_path: Path) -> None:
    run = RunFolder.create(tmp_path, "text", {})
    run.request_stop()
    assert RunFolder.open(run.path).stop_requested()
    run.set_state("running")
    assert not run.stop_requested()


def test_runs_are_listed_latest_first_by_kind(tmp_path: Path) -> None:
    made = [RunFolder.create(tmp_path, kind, {"n": n}) for n, kind in enumerate(["text", "image", "text"])]
    (tmp_path / "runs" / "not a run").mkdir()
    assert {r.id for r in list_runs(tmp_path)} == {r.id for r in made}
    assert {r.config["n"] for r in list_runs(tmp_path, "text")} == {0, 2}
    assert config_differences(made[0], made[1]) == {"n": (0, 1)}


@pytest.mark.parametrize("name", ["nothing", "../../etc", "", "a/b", ".trash"])
def test_what_is_no_run_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(RunError):
        open_run(tmp_path, name)
    with pytest.raises(RunError):
        RunFolder.create(tmp_path, "dance", {})


def test_runs_of_one_second_are_told_in_the_order_they_were_made(tmp_path: Path) -> None:
    made = [RunFolder.create(tmp_path, "import", {"number": n}) for n in range(12)]
    assert [r.id for r in list_runs(tmp_path, "import")] == [r.id for r in reversed(made)]
