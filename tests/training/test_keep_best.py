"""The best pass is kept: it is the one that validation said, and a stop on the way changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from umair.library.runs import RunFolder
from umair.library.store import Library
from umair.training import checkpoint, fit
from umair.training.checkpoint import Best, Position
from umair.training.instances import recipe_of, stages_of
from umair.training.options import RankerOptions
from umair.training.ranker import Training
from umair.training.report import model_score, row_metrics
from umair.training.rows import as_batch

# So large a rate spoils what the first passes learn: the last pass is not the best.
OPTIONS = RankerOptions(
    instance="dcn_v2", passes=5, batch_rows=64, learning_rate=0.3, schedule="constant", keep_best=True
)


@pytest.fixture
def training(encoded_library: Library, tmp_path: Path) -> Training:
    return Training.of(encoded_library, OPTIONS, tmp_path / "rows")


def _fitted(training: Training, options: RankerOptions, run: RunFolder) -> nn.Module | None:
    model = training.model(options)
    done = fit.fit(model, training.train, training.validation, stages_of(options), recipe_of(options), run)
    return model if done else None


def _run(library: Library) -> RunFolder:
    return RunFolder.create(library.path, "ranker", OPTIONS.to_config())


def test_the_kept_weights_are_those_of_the_best_pass(
    encoded_library: Library, training: Training, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Judged by a validation that likes the second pass best, whatever the machine's arithmetic makes of five."""
    reached: list[float] = []
    real = fit._Watch.validated

    def liking_the_second(*args: object) -> float:
        reached.append(real(*args))  # type: ignore[arg-type]
        return 1.0 if len(reached) == 2 else reached[-1] / 2

    monkeypatch.setattr(fit._Watch, "validated", liking_the_second)
    best = _fitted(training, OPTIONS, _run(encoded_library))
    last = _fitted(training, replace(OPTIONS, keep_best=False), _run(encoded_library))
    assert best is not None and last is not None
    assert row_metrics(best, training.validation)["auc"] == pytest.approx(reached[1], abs=1e-9)
    assert row_metrics(last, training.validation)["auc"] == pytest.approx(reached[9], abs=1e-9)
    assert reached[1] != reached[4]


def test_a_stopped_training_keeps_the_same_best_pass(
    encoded_library: Library, training: Training, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = _fitted(training, OPTIONS, _run(encoded_library))
    run, real, count = _run(encoded_library), fit._step, [0]

    def stopping(*args: object) -> Callable[[], float]:
        count[0] += 1
        if count[0] % 9 == 0 and count[0] < 40:
            run.request_stop()
        return real(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(fit, "_step", stopping)
    broken, stops = None, 0
    while broken is None:
        run.set_state("running")
        broken = _fitted(training, OPTIONS, run)
        stops += broken is None
    assert stops >= 3 and whole is not None
    for name, value in whole.state_dict().items():
        torch.testing.assert_close(broken.state_dict()[name], value, rtol=0, atol=0)


def test_no_number_is_never_better_and_a_checkpoint_without_a_best_pass_is_read(tmp_path: Path) -> None:
    model = nn.Linear(2, 1)
    best = Best()
    best.offer(float("nan"), model)
    assert best.tensors == {}
    checkpoint.save(tmp_path, Position(step=1), model, [])
    assert checkpoint.load_best(tmp_path).tensors == {}
    best.offer(0.7, model)
    best.offer(0.6, nn.Linear(2, 1))
    checkpoint.save(tmp_path, Position(step=1), model, [], best)
    again = checkpoint.load_best(tmp_path)
    assert again.auc == 0.7
    torch.testing.assert_close(again.tensors["weight"], model.weight.detach())


@pytest.mark.parametrize("instance", ["umair", "paper", "dcn_v2"])
def test_scores_of_whole_catalogues_are_those_of_rows(encoded_library: Library, tmp_path: Path, instance: str) -> None:
    options = replace(OPTIONS, instance=instance)
    training = Training.of(encoded_library, options, tmp_path / instance)
    model = training.model(options).eval()
    data, items = training.data, np.array([5, 0, 17, 3])
    for user in (0, 11):
        rows = data.inputs.rows(np.full(4, user), items, np.full(4, data.split.test))
        expected = model(as_batch(rows)).logit.detach().numpy()
        np.testing.assert_allclose(model_score(model, data)(user, items), expected, rtol=1e-5, atol=1e-6)
