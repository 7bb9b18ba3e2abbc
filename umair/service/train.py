"""What the Train page asks: what is active, runs and how they go, starting, stopping, comparing, choosing."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from umair.encoders.text_choice import KIND as TEXT
from umair.encoders.text_choice import RUN_MODEL, chosen_text, open_here
from umair.errors import RunError, TrainingError
from umair.library.background import launch, log_tail, stop_soon
from umair.library.runs import FOLDER, RunFolder, config_differences, list_runs, open_run
from umair.library.store import Library
from umair.service.figures import main_figure, trained_on
from umair.service.forms import FORMS, Form, chosen, form
from umair.settings import assets

SHIPPED = "shipped"
TRASH = ".trash"
TRASH_KEPT_S = 7 * 86_400
NO_CURVE = frozenset({"at", "step", "of", "unit", "rate", "eta_s", "epoch"})
EFFORT = ("epochs", "steps", "networks", "passes")  # what the time of a training is proportional to


@dataclass(frozen=True)
class Card:
    """One thing that can be trained. active: a run, "shipped" (ours) or ""; running: the run that goes on now."""

    kind: str
    title: str
    about: str
    active: str
    trained_on: str
    figure: str
    running: str | None


@dataclass(frozen=True)
class RunRow:
    """A run in a list. started: ISO, UTC. progress: 0..1. main: its main figure in words, if it has one."""

    id: str
    kind: str
    state: str
    started: str
    seconds: float | None
    step: int
    of: int
    unit: str
    rate: float | None
    eta_s: float | None
    progress: float
    main: str
    error: str
    active: bool


@dataclass(frozen=True)
class RunDetail:
    """A run in full. curves: name -> (steps, values), as noted on the way."""

    row: RunRow
    config: dict[str, object]
    curves: dict[str, tuple[tuple[int, ...], tuple[float, ...]]]
    metrics: dict[str, object]
    log: str
    folder: str


@dataclass(frozen=True)
class Comparison:
    """Two runs beside each other: choices in which they differ, and numbers that both or one of them has."""

    a: RunDetail
    b: RunDetail
    differences: dict[str, tuple[object, object]]
    metrics: dict[str, tuple[float | None, float | None]]


def cards(lib: Library) -> tuple[Card, ...]:
    """The encoders and the recommender of a library."""
    return tuple(_card(lib, f) for f in FORMS.values())


def runs(lib: Library, kind: str | None = None) -> tuple[RunRow, ...]:
    """The runs of a library, latest first."""
    return tuple(_row(lib, r) for r in list_runs(lib.path, kind))


def run(lib: Library, run_id: str) -> RunDetail:
    """One run in full; RunError if there is none with this id."""
    found = open_run(lib.path, run_id)
    return RunDetail(
        row=_row(lib, found),
        config=dict(found.config),
        curves=_curves(found.progress_rows()),
        metrics=found.metrics(),
        log=log_tail(found),
        folder=str(found.path),
    )


def choices(kind: str) -> Form:
    """The form of a kind of training."""
    return form(kind)


def prepare(lib: Library, kind: str, choices: Mapping[str, object], like: str | None = None) -> RunFolder:
    """A new run, waiting: the choices over those of the run `like` (an id, or a run's folder), over the defaults."""
    before = {}
    if like is not None:
        other = _run_like(lib, like)
        if other.kind != kind:
            raise TrainingError(f"{like} is a run of kind {other.kind}, not {kind}.")
        before = dict(other.config)
    if not len(lib.illustrations()):
        raise TrainingError(f"“{lib.info.name}” has no illustrations to learn from. Import some first.")
    return RunFolder.create(lib.path, kind, chosen(kind, {**before, **choices}))


def _run_like(lib: Library, like: str) -> RunFolder:
    """A run of this library by its id or as `runs/<id>`, or any run by its folder."""
    for folder in (Path(like).expanduser(), lib.path / like):
        if len(Path(like).parts) > 1 and folder.is_dir():
            return RunFolder.open(folder)
    return open_run(lib.path, like)


def start(lib: Library, kind: str, choices: Mapping[str, object], like: str | None = None) -> str:
    """Start a training in a process of its own; gives the run's id. TrainingError for choices that are not possible."""
    new = prepare(lib, kind, choices, like)
    launch(lib.path, new)
    return new.id


def stop(lib: Library, run_id: str) -> None:
    """Ask a run to stop and keep what it has; returns at once, the process is ended if it does not listen."""
    found = open_run(lib.path, run_id)
    if found.state().state not in ("running", "waiting"):
        raise RunError(f"{run_id} is not running; it is {found.state().state}.")
    stop_soon(found)


def resume(lib: Library, run_id: str) -> None:
    """Go on with a run that was stopped or has failed, in a process of its own."""
    launch(lib.path, resumable(lib, run_id))


def resumable(lib: Library, run_id: str) -> RunFolder:
    """A run that can go on; RunError if it is done or running."""
    found = open_run(lib.path, run_id)
    state = found.state().state
    if state in ("done", "running"):
        raise RunError(f"{run_id} is {state}. Only a stopped or failed run can be resumed.")
    return found


def last_unfinished(lib: Library, kind: str) -> RunFolder:
    """The latest run of a kind that can go on; RunError if there is none."""
    waiting = [r for r in list_runs(lib.path, kind) if r.state().state in ("stopped", "failed", "waiting")]
    if not waiting:
        raise RunError(
            f"There is no unfinished run of kind {kind} here. Start one with `python -m umair train {kind}`."
        )
    return waiting[0]


def use(lib: Library, run_id: str) -> str:
    """Make a finished run the active one of its kind ("shipped-image" and so on: ours again); says what follows."""
    shipped = run_id.removeprefix(f"{SHIPPED}-")
    if shipped != run_id:
        form(shipped)
        if shipped == TEXT:  # a library may have chosen a folder or a hub's model too
            lib.set_encoder(TEXT, SHIPPED)
        else:
            lib.set_active(shipped, None)
        kind, told = shipped, f"The shipped {shipped} is active again."
    else:
        found = open_run(lib.path, run_id)
        if found.kind not in FORMS or found.state().state != "done":
            raise RunError(
                f"{run_id} ({found.kind}, {found.state().state}) cannot be used; only a finished training can."
            )
        if found.kind == TEXT:
            open_here(str(found.path / RUN_MODEL))  # says now, and not at the next search, what is wrong with it
        lib.set_active(found.kind, found.id)
        kind, told = found.kind, f"{run_id} is the active {found.kind} now."
    if kind == "ranker":
        return told
    return f"{told} Encode again, so that the vectors are its own: `python -m umair encode`."


def delete(lib: Library, run_id: str) -> None:
    """Put a run away for a week, in which `undelete` brings it back. Not one that is running or active."""
    found = open_run(lib.path, run_id)
    if found.state().state in ("running", "waiting") and found.state().pid:
        raise RunError(f"{run_id} is running. Stop it first.")
    if run_id in lib.info.active.values():
        raise RunError(f"{run_id} is the active {found.kind}. Make another one active first.")
    trash = lib.path / FOLDER / TRASH
    trash.mkdir(exist_ok=True)
    for old in trash.iterdir():
        if time.time() - old.stat().st_mtime > TRASH_KEPT_S:
            shutil.rmtree(old, ignore_errors=True)
    found.path.rename(trash / run_id)
    (trash / run_id).touch()  # its week begins now


def undelete(lib: Library, run_id: str) -> None:
    """Bring a deleted run back; RunError if it is gone for good."""
    put_away = lib.path / FOLDER / TRASH / run_id
    if Path(run_id).name != run_id or not put_away.is_dir():
        raise RunError(f"{run_id} is not among the deleted runs of the last week.")
    put_away.rename(lib.path / FOLDER / run_id)


def compare(lib: Library, a: str, b: str) -> Comparison:
    """Two runs beside each other."""
    first, second = run(lib, a), run(lib, b)
    names = dict.fromkeys([*numbers(first.metrics), *numbers(second.metrics)])
    both = {n: (numbers(first.metrics).get(n), numbers(second.metrics).get(n)) for n in names}
    differences = config_differences(open_run(lib.path, a), open_run(lib.path, b))
    return Comparison(first, second, differences, both)


def estimate(lib: Library, kind: str, choices: Mapping[str, object]) -> float | None:
    """Seconds that a training will take, from the last finished one of its kind here; None if there was none yet.

    Of a ranker, from the same instance: one may take twenty times as long as another.
    """
    wanted = chosen(kind, choices)
    alike = [r for r in list_runs(lib.path, kind) if r.config.get("instance") == wanted.get("instance")]
    for other in alike:
        seconds = _seconds(other)
        if other.state().state == "done" and seconds:
            return seconds * _effort(wanted) / max(_effort(other.config), 1e-9)
    return None


def _card(lib: Library, about: Form) -> Card:
    active = lib.info.active.get(about.kind, "")
    chosen = chosen_text(lib) if about.kind == TEXT and not active else SHIPPED
    folder = lib.path / FOLDER / active if active else assets() / "models" / about.kind
    known = folder.is_dir() or chosen != SHIPPED
    metrics = _metrics(folder) if chosen == SHIPPED else {}
    going = [r.id for r in list_runs(lib.path, about.kind) if r.state().state == "running"]
    return Card(
        kind=about.kind,
        title=about.title,
        about=about.about,
        active=(active or chosen) if known else "",
        trained_on=trained_on(about.kind, metrics) if known else "",
        figure=main_figure(about.kind, metrics) if known else "",
        running=going[0] if going else None,
    )


def _row(lib: Library, found: RunFolder) -> RunRow:
    state, rows = found.state(), found.progress_rows()
    last = rows[-1] if rows else {}
    step, of = int(last.get("step") or 0), int(last.get("of") or 0)
    running = state.state == "running"
    return RunRow(
        id=found.id,
        kind=found.kind,
        state=state.state,
        started=state.started,
        seconds=_seconds(found),
        step=step,
        of=of,
        unit=str(last.get("unit", "")),
        rate=last.get("rate"),
        eta_s=last.get("eta_s") if running else None,
        progress=1.0 if state.state == "done" else step / of if of else 0.0,
        main=main_figure(found.kind, found.metrics()),
        error=state.error,
        active=lib.info.active.get(found.kind) == found.id,
    )


def _seconds(found: RunFolder) -> float | None:
    state = found.state()
    if not state.started:
        return None
    rows = found.progress_rows()
    last = str(rows[-1]["at"]) if rows and state.state != "running" else ""  # a killed run has no end of its own
    ended = state.ended or last
    end = datetime.fromisoformat(ended) if ended else datetime.now(UTC)
    return (end - datetime.fromisoformat(state.started)).total_seconds()


def _curves(rows: list[dict]) -> dict[str, tuple[tuple[int, ...], tuple[float, ...]]]:
    """What was noted on the way, by name; after a resume the later note of a step counts."""
    noted: dict[str, dict[int, float]] = {}
    for row in rows:
        for name, value in row.items():
            if name not in NO_CURVE and isinstance(value, int | float) and not isinstance(value, bool):
                noted.setdefault(name, {})[int(row["step"])] = float(value)
    return {n: (tuple(sorted(points)), tuple(points[s] for s in sorted(points))) for n, points in noted.items()}


def numbers(metrics: Mapping[str, object]) -> dict[str, float]:
    """The numbers among a run's metrics; those in a group have its name in front, as "test auc"."""
    flat: dict[str, float] = {}
    for name, value in metrics.items():
        if isinstance(value, Mapping):
            flat |= {f"{name} {inner}": number for inner, number in numbers(value).items()}
        elif isinstance(value, int | float) and not isinstance(value, bool):
            flat[name] = float(value)
    return flat


def _effort(config: Mapping[str, object]) -> float:
    effort = 1.0
    for name in EFFORT:
        value = config.get(name)
        effort *= float(value) if isinstance(value, int | float) and value else 1.0
    return effort


def _metrics(folder: Path) -> dict[str, object]:
    try:
        return json.loads((folder / "metrics.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
