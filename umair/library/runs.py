"""A run: one folder that a long job writes as it goes, and that anyone may watch.

runs/<id>/  config.toml  state.json  progress.jsonl  metrics.json  stop (while a stop is asked for)  log.txt
"""

from __future__ import annotations

import json
import os
import re
import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from umair.errors import RunError
from umair.library.atomic import append_line, write_json
from umair.library.processes import born, same_process
from umair.settings import TomlValue, read_toml, write_toml

FOLDER = "runs"
KINDS = ("image", "style", "text", "ranker", "encode", "import")
STATES = ("waiting", "running", "done", "stopped", "failed")
ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,100}")
LOG = "log.txt"
RATE_OVER = 20  # the speed that is told is that of the last so many rows


@dataclass(frozen=True)
class RunState:
    """Where a run stands. Times are ISO in UTC; `born` tells one process from a later one with the same number."""

    state: str = "waiting"
    pid: int = 0
    born: str = ""
    started: str = ""
    ended: str = ""
    error: str = ""


class RunFolder:
    """One run on disk. The job writes; the app and the command line read."""

    def __init__(self, path: Path, kind: str, config: Mapping[str, TomlValue]) -> None:
        self.path = path
        self.id = path.name
        self.kind = kind
        self.config = config
        self.listeners: list[Callable[[Mapping[str, float | str | None]], None]] = []  # told of each row, here only
        self._marks: list[tuple[float, float]] = []  # (time, step) of this process's last rows

    @classmethod
    def create(cls, library_path: Path, kind: str, config: Mapping[str, TomlValue | None]) -> RunFolder:
        """A new run, waiting. What is None in `config` is left out; the configuration never changes afterwards."""
        if kind not in KINDS:
            raise RunError(f"{kind!r} is not a kind of run. Expected one of {', '.join(KINDS)}.")
        stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
        path = library_path / FOLDER / f"{kind}-{stamp}-{secrets.token_hex(2)}"
        path.mkdir(parents=True)
        kept = {name: value for name, value in config.items() if value is not None}
        write_toml(path / "config.toml", {"kind": kind, "config": kept})
        run = cls(path, kind, kept)
        run._write_state(RunState())
        return run

    @classmethod
    def open(cls, path: Path) -> RunFolder:
        """The run in a folder; RunError if there is none."""
        file = path / "config.toml"
        if not file.is_file():
            raise RunError(f"There is no run at {path}. List the runs with `python -m umair runs`.")
        kept = read_toml(file)
        config = kept.get("config", {})
        return cls(path, str(kept.get("kind", "")), config if isinstance(config, dict) else {})

    def progress(
        self, *, step: int, of: int, unit: str = "steps", **numbers: float | str | None
    ) -> dict[str, float | str | None]:
        """Note that `step` `of` so many are done, with further numbers (loss, auc); adds speed and seconds to go."""
        now = time.time()
        self._marks = [*self._marks[-RATE_OVER:], (now, step)]
        then, before = self._marks[0]
        span = now - then
        rate = (step - before) / span if span > 0 and step > before else None
        row: dict[str, float | str | None] = {
            "at": datetime.fromtimestamp(now, UTC).isoformat(timespec="milliseconds"),
            "step": step,
            "of": of,
            "unit": unit,
            "rate": rate,
            "eta_s": (of - step) / rate if rate else None,
        }
        row |= {name: _finite(value) for name, value in numbers.items()}
        append_line(self.path / "progress.jsonl", json.dumps(row, ensure_ascii=False))
        for listener in self.listeners:
            listener(row)
        return row

    def progress_rows(self) -> list[dict]:
        """All notes so far; a line that is only half written is left out."""
        try:
            lines = (self.path / "progress.jsonl").read_text(encoding="utf-8", errors="replace").splitlines()
        except FileNotFoundError:
            return []
        rows = []
        for line in lines:
            try:
                rows.append(json.loads(line))
            except ValueError:
                continue
        return [r for r in rows if isinstance(r, dict)]

    def write_metrics(self, metrics: Mapping[str, object]) -> None:
        write_json(self.path / "metrics.json", dict(metrics))

    def metrics(self) -> dict:
        """What the run measured at its end; empty before."""
        try:
            return json.loads((self.path / "metrics.json").read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return {}

    def state(self) -> RunState:
        """Where the run stands; "running" by a process that is gone reads as "stopped"."""
        try:
            kept = RunState(**json.loads((self.path / "state.json").read_text(encoding="utf-8")))
        except (FileNotFoundError, ValueError, TypeError):
            return RunState()
        if kept.state == "running" and not same_process(kept.pid, kept.born):
            return replace(kept, state="stopped", error=kept.error or "The process ended before the run was done.")
        if kept.state == "waiting" and self._launched_in_vain():
            return replace(kept, state="failed", error=f"The process did not start. See {self.path / LOG}.")
        return kept

    def set_state(self, state: str, error: str = "") -> None:
        """Note a new state; "running" also notes this process as the one that runs it."""
        if state not in STATES:
            raise RunError(f"{state!r} is not a state of a run. Expected one of {', '.join(STATES)}.")
        now = datetime.now(UTC).isoformat(timespec="seconds")
        if state == "running":
            (self.path / "stop").unlink(missing_ok=True)
            self._write_state(RunState(state, os.getpid(), born(os.getpid()), self.state().started or now))
        else:
            ended = now if state in ("done", "stopped", "failed") else ""
            self._write_state(replace(self.state(), state=state, ended=ended, error=error))

    def await_start(self) -> None:
        """Back to waiting: a process is about to be started for it."""
        for name in ("launched", "stop"):
            (self.path / name).unlink(missing_ok=True)
        self._write_state(replace(self.state(), state="waiting", ended="", error=""))

    def note_launch(self, pid: int) -> None:
        """Which process was started for it; should that die before it says "running", the run has failed."""
        write_json(self.path / "launched", {"pid": pid, "born": born(pid)})

    def request_stop(self) -> None:
        """Ask the job to stop at its next step, keeping what it has."""
        (self.path / "stop").touch()

    def stop_requested(self) -> bool:
        return (self.path / "stop").exists()

    def _launched_in_vain(self) -> bool:
        try:
            note = json.loads((self.path / "launched").read_text(encoding="utf-8"))
            alive = same_process(int(note["pid"]), str(note["born"]))
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            return False
        # The worker may have spoken between our two looks.
        return not alive and '"waiting"' in (self.path / "state.json").read_text(encoding="utf-8")

    def _write_state(self, state: RunState) -> None:
        write_json(self.path / "state.json", asdict(state))


def open_run(library_path: Path, run_id: str) -> RunFolder:
    """A run of a library by its id; RunError if there is none or the id is not one."""
    if not ID.fullmatch(run_id) or not (library_path / FOLDER / run_id).is_dir():
        known = [r.id for r in list_runs(library_path)[:5]]
        raise RunError(f"There is no run {run_id!r} here. The latest are: {', '.join(known) or 'none yet'}.")
    return RunFolder.open(library_path / FOLDER / run_id)


def list_runs(library_path: Path, kind: str | None = None) -> list[RunFolder]:
    """The runs of a library, latest first; folders that are no runs are passed over."""
    folder = library_path / FOLDER
    if not folder.is_dir():
        return []
    found = [RunFolder.open(p) for p in folder.iterdir() if ID.fullmatch(p.name) and (p / "config.toml").is_file()]
    chosen = [r for r in found if kind is None or r.kind == kind]
    return sorted(chosen, key=_created, reverse=True)


def _created(run: RunFolder) -> tuple[str, int, str]:
    """The second that the id tells; within one, when the configuration was written, which never changes."""
    return run.id.removeprefix(f"{run.kind}-")[:15], (run.path / "config.toml").stat().st_mtime_ns, run.id


def _finite(value: float | str | None) -> float | str | None:
    """NaN and infinity are no JSON: they become null."""
    if value is None or isinstance(value, str | bool):
        return value
    plain = int(value) if isinstance(value, int) else float(value)
    return plain if abs(plain) < float("inf") else None


def config_differences(a: RunFolder, b: RunFolder) -> dict[str, tuple[object, object]]:
    """The choices in which two runs differ: name -> (that of a, that of b), None where one has no such choice."""
    names: Sequence[str] = list(dict.fromkeys([*a.config, *b.config]))
    return {n: (a.config.get(n), b.config.get(n)) for n in names if a.config.get(n) != b.config.get(n)}
