"""The Train page: forms that fit the trainings, runs that are told, compared, used, put away and brought back."""

from __future__ import annotations

import json
import os
import time
from dataclasses import fields
from pathlib import Path

import pytest

from umair.encoders.pretext import PretextOptions
from umair.encoders.style.options import StyleTrainingOptions
from umair.encoders.text_training import TextTraining
from umair.errors import RunError, TrainingError
from umair.jobs import options as options_of
from umair.library.runs import RunFolder
from umair.library.store import Library
from umair.service import train as page
from umair.service.forms import FORMS, chosen
from umair.training.options import RankerOptions

ELSEWHERE = {"pairs"}  # choices that jobs.py itself reads


def _done(lib: Library, kind: str, metrics: dict[str, object], **config: object) -> RunFolder:
    run = RunFolder.create(lib.path, kind, chosen(kind, config))
    run.set_state("running")
    for step in (1, 2, 3):
        run.progress(step=step, of=3, unit="steps", loss=3.0 / step, phase="network")
    run.write_metrics(metrics)
    run.set_state("done")
    return run


@pytest.mark.parametrize(
    ("kind", "options"),
    [("image", PretextOptions), ("style", StyleTrainingOptions), ("text", TextTraining), ("ranker", RankerOptions)],
)
def test_forms_fit_the_trainings(kind: str, options: type, tmp_path: Path) -> None:
    known = {f.name: f.default for f in fields(options)}
    for field in FORMS[kind].fields:
        if field.name not in ELSEWHERE:
            default = known[field.name]
            assert (list(default) if isinstance(default, tuple) else default) == field.default, field.name
    assert options_of(options, RunFolder.create(tmp_path, kind, chosen(kind, {}))) == options()
    assert chosen(kind, {}) == {f.name: f.default for f in FORMS[kind].fields}


@pytest.mark.parametrize(
    ("kind", "choices", "told"),
    [
        ("image", {"epochs": 0}, "possible is 1"),
        ("image", {"epochs": "many"}, "expected a whole"),
        ("image", {"epochs": True}, "expected a whole"),
        ("image", {"loss": "hinge"}, "one of bce"),
        ("image", {"colour": 1}, "no choice for image"),
        ("ranker", {"modalities": []}, "one of label_text"),
        ("ranker", {"modalities": ["smell"]}, "one of label_text"),
        ("dreams", {}, "cannot be trained"),
    ],
)
def test_choices_that_are_not_possible(kind: str, choices: dict[str, object], told: str) -> None:
    with pytest.raises(TrainingError, match=told):
        chosen(kind, choices)


def test_a_run_is_told_in_full(small_library: Library) -> None:
    run = _done(small_library, "image", {"validation_map": 0.415, "labels": 9, "note": "x"}, epochs=3)
    (row,) = page.runs(small_library)
    assert (row.id, row.state, row.progress, row.step, row.of) == (run.id, "done", 1.0, 3, 3)
    assert "mAP 0.41" in row.main or "mAP 0.42" in row.main
    detail = page.run(small_library, run.id)
    assert detail.curves == {"loss": ((1, 2, 3), (3.0, 1.5, 1.0))} and detail.config["epochs"] == 3
    assert page.runs(small_library, "text") == ()


def test_two_runs_are_compared(small_library: Library) -> None:
    a = _done(small_library, "image", {"validation_map": 0.4, "labels": 9}, epochs=3)
    b = _done(small_library, "image", {"validation_map": 0.5}, epochs=6, loss="bce")
    found = page.compare(small_library, a.id, b.id)
    assert found.differences == {"epochs": (3, 6), "loss": ("asymmetric", "bce")}
    assert found.metrics == {"validation_map": (0.4, 0.5), "labels": (9.0, None)}


def test_using_a_run_and_going_back(small_library: Library) -> None:
    run = _done(small_library, "image", {})
    assert "Encode again" in page.use(small_library, run.id)
    assert small_library.info.active == {"image": run.id} and page.runs(small_library)[0].active
    with pytest.raises(RunError, match="active image"):
        page.delete(small_library, run.id)
    page.use(small_library, "shipped-image")
    assert small_library.info.active == {}
    waiting = RunFolder.create(small_library.path, "image", {})
    with pytest.raises(RunError, match="only a finished"):
        page.use(small_library, waiting.id)


def test_deleting_can_be_undone_for_a_week(small_library: Library) -> None:
    run, other = _done(small_library, "text", {"pairs": 5}), _done(small_library, "text", {})
    page.delete(small_library, run.id)
    assert [r.id for r in page.runs(small_library)] == [other.id]
    page.undelete(small_library, run.id)
    assert page.run(small_library, run.id).metrics == {"pairs": 5}
    page.delete(small_library, run.id)
    os.utime(small_library.path / "runs" / ".trash" / run.id, (0, 0))
    page.delete(small_library, other.id)  # the week of the first is over
    for gone in (run.id, "../../images"):
        with pytest.raises(RunError, match="not among the deleted"):
            page.undelete(small_library, gone)


def test_the_time_is_told_from_runs_that_were_measured(small_library: Library) -> None:
    assert page.estimate(small_library, "image", {"epochs": 4}) is None
    run = _done(small_library, "image", {}, epochs=2)
    state = json.loads((run.path / "state.json").read_text())
    state |= {"started": "2026-01-01T00:00:00+00:00", "ended": "2026-01-01T00:01:00+00:00"}
    (run.path / "state.json").write_text(json.dumps(state))
    assert page.estimate(small_library, "image", {"epochs": 4}) == pytest.approx(120)


def test_resuming_takes_what_is_unfinished(small_library: Library) -> None:
    done = _done(small_library, "text", {})
    with pytest.raises(RunError, match="is done"):
        page.resumable(small_library, done.id)
    with pytest.raises(RunError, match="no unfinished"):
        page.last_unfinished(small_library, "text")
    stopped = _done(small_library, "text", {})
    stopped.set_state("stopped")
    assert page.last_unfinished(small_library, "text").id == stopped.id
    with pytest.raises(RunError, match="not running"):
        page.stop(small_library, stopped.id)


def test_a_new_run_like_another(small_library: Library) -> None:
    first = _done(small_library, "image", {}, epochs=7, loss="bce")
    again = page.prepare(small_library, "image", {"epochs": 2}, like=first.id)
    assert (again.config["epochs"], again.config["loss"]) == (2, "bce")
    with pytest.raises(TrainingError, match="not text"):
        page.prepare(small_library, "text", {}, like=first.id)


def test_nothing_to_learn_from(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="no illustrations"):
        page.start(Library.create(tmp_path / "new", "new"), "image", {})


def test_cards_say_what_is_active(small_library: Library, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("UMAIR_ASSETS", str(tmp_path))
    assert [c.active for c in page.cards(small_library)] == [""] * len(FORMS)
    shipped = tmp_path / "models" / "text"
    shipped.mkdir(parents=True)
    (shipped / "metrics.json").write_text('{"pairs": 1200, "zh-en R@1": 0.4, "en-ja R@1": 0.6}')
    run = _done(small_library, "image", {"train_pictures": 20, "labels": 6, "validation_map": 0.5})
    page.use(small_library, run.id)
    cards = {c.kind: c for c in page.cards(small_library)}
    assert (cards["text"].active, cards["text"].trained_on) == ("shipped", "1,200 pairs of texts")
    assert "50%" in cards["text"].figure
    assert (cards["image"].active, cards["image"].trained_on) == (run.id, "20 pictures, 6 labels")


def test_a_training_of_its_own_from_start_to_use(small_library: Library) -> None:
    run_id = page.start(small_library, "image", {"epochs": 1, "min_count": 2, "size": 32, "batch": 8})
    until = time.monotonic() + 300
    while (state := page.run(small_library, run_id).row.state) in ("waiting", "running") and time.monotonic() < until:
        time.sleep(0.2)
    detail = page.run(small_library, run_id)
    assert state == "done", (detail.row.error, detail.log)
    assert detail.metrics["train_pictures"] and "train_loss" in detail.curves
    page.use(small_library, run_id)
    assert next(c for c in page.cards(small_library) if c.kind == "image").active == run_id


def test_the_recommenders_figures_are_told_from_its_groups(small_library: Library) -> None:
    metrics = {"test": {"auc": 0.8, "recall@50": 0.71}, "popularity": {"recall@50": 0.32}, "rows": {"train": 1200}}
    run = _done(small_library, "ranker", metrics)
    assert page.runs(small_library)[0].main == "finds 7 of 10 later likes in the first 50; popularity finds 3"
    page.use(small_library, run.id)
    card = next(c for c in page.cards(small_library) if c.kind == "ranker")
    assert card.trained_on.startswith("1,200 rows")
    assert page.compare(small_library, run.id, run.id).metrics["test auc"] == (0.8, 0.8)
