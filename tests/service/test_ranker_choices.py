"""Form, command line and options offer the same choices, and a run's folder alone is enough to repeat it."""

from __future__ import annotations

import json
import shutil
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from umair.cli.main import main
from umair.cli.train import every_choice
from umair.encoders.vectors import set_active_vectors, write_vectors
from umair.errors import RunError
from umair.features.negatives import POLICIES
from umair.features.schema import SPACES
from umair.jobs import options, work
from umair.library.runs import RunFolder
from umair.library.store import Library
from umair.models.registry import MODELS
from umair.models.umcm import CONTRIBUTIONS, EXPERTS
from umair.service import train as page
from umair.service.forms import FORMS, chosen
from umair.training import options as own
from umair.training.options import RankerOptions

RANKER = FORMS["ranker"]
TIMES = ("seconds", "rows_per_second", "machine")


@pytest.fixture
def encoded(small_library: Library) -> Library:
    ids, rng = small_library.illustrations()["item_id"].to_list(), np.random.default_rng(0)
    for k, space in enumerate(SPACES):
        write_vectors(small_library.path, space, f"{k}" * 40, ids, rng.normal(size=(len(ids), 6)))
        set_active_vectors(small_library, space, f"{k}" * 40)
    return small_library


def test_every_option_is_in_the_form_and_every_choice_of_it() -> None:
    assert {f.name for f in RANKER.fields} == {f.name for f in fields(RankerOptions)}
    offered = {f.name: f.choices for f in RANKER.fields}
    assert offered["instance"] == tuple(MODELS)
    assert (offered["contribution"], offered["expert_form"]) == (CONTRIBUTIONS, EXPERTS)
    assert (offered["negative_policy"], offered["schedule"]) == (POLICIES, own.SCHEDULES)
    assert (offered["sizes"], offered["optimizer"]) == (own.SIZES, own.OPTIMIZERS)
    assert sum(not f.advanced for f in RANKER.fields) <= 4  # the page stays calm


def test_help_lists_every_choice_of_every_kind(capsys: pytest.CaptureFixture[str]) -> None:
    told = every_choice()
    for form in FORMS.values():
        section = told[told.index(f"Choices of {form.kind} ") :]
        for field in form.fields:
            assert f"\n  {field.name}=" in section and field.help in section
    assert main(["train", "--help"]) == 0
    shown = capsys.readouterr().out
    assert "learning_rate=own" in shown and "keep_best=no" in shown and "seed=0" in shown


def test_what_is_left_open_is_the_instances_own_and_nothing_is_something(tmp_path: Path) -> None:
    left = RunFolder.create(tmp_path, "ranker", chosen("ranker", {}))
    assert "dropout" not in left.config and options(RankerOptions, left) == RankerOptions()
    none = RunFolder.create(tmp_path, "ranker", chosen("ranker", {"dropout": 0.0, "cross_passes": 0}))
    made = options(RankerOptions, RunFolder.open(none.path))
    assert made.dropout == 0.0 and made.cross_passes == 0
    as_before = RunFolder.create(tmp_path, "ranker", {"passes": 0, "experts": 0, "batch_rows": 0})
    assert options(RankerOptions, as_before) == RankerOptions()


@pytest.mark.parametrize("instance", list(MODELS))
def test_a_run_is_repeated_from_its_folder_alone(instance: str, encoded: Library, tmp_path: Path) -> None:
    choices = {"instance": instance, "passes": 1, "batch_rows": 128, "seed": 5, "negatives": 2, "dropout": 0.2}
    first = page.prepare(encoded, "ranker", choices)
    assert work(encoded, first).state == "done", first.state().error
    elsewhere = tmp_path / "kept" / first.id
    elsewhere.parent.mkdir()
    shutil.move(first.path, elsewhere)
    again = page.prepare(encoded, "ranker", {}, like=str(elsewhere))
    assert again.config == first.config
    assert work(encoded, again).state == "done", again.state().error
    assert _numbers(again) == _numbers(RunFolder.open(elsewhere))
    other = page.prepare(encoded, "ranker", {"seed": 6, "dropout": None}, like=f"runs/{again.id}")
    assert other.config["seed"] == 6 and "dropout" not in other.config and other.config["negatives"] == 2


def test_like_takes_an_id_or_a_folder_and_says_what_there_is_not(encoded: Library) -> None:
    run = page.prepare(encoded, "ranker", {"passes": 3})
    for like in (run.id, f"runs/{run.id}", str(run.path)):
        assert page.prepare(encoded, "ranker", {}, like=like).config["passes"] == 3
    by_code = RunFolder.create(encoded.path, "ranker", RankerOptions(instance="dcn", decay=0.5).to_config())
    assert page.prepare(encoded, "ranker", {}, like=by_code.id).config["decay"] == 0.5
    for wrong in ("nothing", "../elsewhere", str(encoded.path)):
        with pytest.raises(RunError, match="no run"):
            page.prepare(encoded, "ranker", {}, like=wrong)


def test_the_time_is_told_from_the_same_instance(encoded: Library) -> None:
    run = page.prepare(encoded, "ranker", {"instance": "dcn", "passes": 1, "batch_rows": 128})
    assert work(encoded, run).state == "done"
    state = json.loads((run.path / "state.json").read_text())
    state |= {"started": "2026-01-01T00:00:00+00:00", "ended": "2026-01-01T00:01:00+00:00"}
    (run.path / "state.json").write_text(json.dumps(state))
    assert page.estimate(encoded, "ranker", {"instance": "dcn", "passes": 2}) == pytest.approx(120)
    assert page.estimate(encoded, "ranker", {"instance": "umair", "passes": 2}) is None


def _numbers(run: RunFolder) -> dict[str, object]:
    return {name: value for name, value in run.metrics().items() if name not in TIMES}
