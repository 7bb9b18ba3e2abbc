"""The loop: lazy Adam beside Adam, and a training that was stopped beside one that was not."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.numpy import load_file, save_file
from torch import nn

from umair.errors import TrainingError
from umair.features.schema import UNKNOWN
from umair.library.runs import RunFolder
from umair.library.store import Library
from umair.models.registry import MODELS, build
from umair.models.umair import Umair
from umair.training import checkpoint, fit
from umair.training.artifact import MODEL, SCHEMA, TrainedRanker
from umair.training.fit import one_cycle
from umair.training.optimizers import DenseGradients, LazyAdam
from umair.training.options import RankerOptions
from umair.training.ranker import train_ranker

DENSE = ("umair", "paper", "dcn_v2")


def _table() -> nn.Embedding:
    torch.manual_seed(0)
    return nn.Embedding(6, 3, sparse=True)


def test_lazy_adam_is_adam_where_every_row_is_touched() -> None:
    lazy, dense = _table(), _table()
    ours, peer = LazyAdam(lazy.parameters(), lr=0.1), DenseGradients(dense.parameters(), lr=0.1)
    for step in range(5):
        for table, optimizer in ((lazy, ours), (dense, peer)):
            optimizer.zero_grad()
            ((table(torch.arange(6)) - step) ** 2).sum().backward()
            optimizer.step()
    torch.testing.assert_close(lazy.weight, dense.weight)


def test_lazy_adam_leaves_untouched_rows_alone_and_sums_repeated_ones() -> None:
    table = _table()
    before = table.weight.detach().clone()
    optimizer = LazyAdam(table.parameters(), lr=0.1, weight_decay=0.5)
    table(torch.tensor([1, 1, 4])).sum().backward()
    optimizer.step()
    moved = (table.weight != before).any(1)
    assert moved.tolist() == [False, True, False, False, True, False]
    torch.testing.assert_close(table.weight[1], before[1] * (1 - 0.05) - 0.1)


def test_the_rate_rises_and_falls_to_nothing() -> None:
    assert one_cycle(0.0) == pytest.approx(0.04)
    assert one_cycle(0.15) == pytest.approx(1.0)
    assert one_cycle(0.999) < 1e-2


def _train(library: Library, options: RankerOptions, stops: int = 0) -> Path:
    """Train with so many stops on the way, each after a few more steps; the run's folder."""
    run = RunFolder.create(library.path, "ranker", options.to_config())
    run.set_state("running")
    real, count = fit._step, [0]

    def stopping(*args: object) -> object:
        count[0] += 1
        if count[0] % 7 == 0 and count[0] < 7 * (stops + 1):
            run.request_stop()
        return real(*args)  # type: ignore[arg-type]

    fit._step = stopping  # type: ignore[assignment]
    try:
        for _ in range(stops):
            train_ranker(library, run, options)
            assert (run.path / checkpoint.FILE).is_file() and not (run.path / MODEL).is_file()
            run.set_state("running")  # takes the request back
        train_ranker(library, run, options)
    finally:
        fit._step = real
    return run.path


@pytest.mark.parametrize(
    ("instance", "optimizer"), [*((name, "lazy") for name in MODELS), *((name, "dense") for name in DENSE)]
)
def test_a_stopped_training_goes_on_to_the_same_numbers(
    encoded_library: Library, instance: str, optimizer: str
) -> None:
    options = RankerOptions(instance=instance, passes=2, cross_passes=2, batch_rows=128, optimizer=optimizer)
    whole, broken = _train(encoded_library, options), _train(encoded_library, options, stops=2)
    a, b = load_file(whole / MODEL), load_file(broken / MODEL)
    assert a.keys() == b.keys()
    for name, values in a.items():
        np.testing.assert_array_equal(values, b[name], err_msg=name)
    first, second = RunFolder.open(whole).metrics(), RunFolder.open(broken).metrics()
    assert first["test"] == second["test"]
    assert not (broken / checkpoint.FILE).exists()


@pytest.mark.parametrize("instance", MODELS)
def test_training_moves_the_slot_of_the_unknown(encoded_library: Library, instance: str) -> None:
    """A share of names is forgotten on the way, so that the slot means something when a new name comes."""
    options = RankerOptions(instance=instance, passes=1, cross_passes=1, batch_rows=256, table_decay=0.0)
    ranker = TrainedRanker.load(_train(encoded_library, options))
    torch.manual_seed(options.seed)
    fresh = dict(build(instance, ranker.schema, ranker.choices).named_parameters())
    names = ("user_id", "artist_id", "illust_id")
    tables = {n: p for n, p in ranker.model.named_parameters() if n.removesuffix(".weight").endswith(names)}
    assert tables
    for name, table in tables.items():
        assert not torch.equal(table[UNKNOWN], fresh[name][UNKNOWN]), name


def test_another_seed_gives_another_model(encoded_library: Library) -> None:
    options = RankerOptions(passes=1, cross_passes=0, batch_rows=256)
    one, other = _train(encoded_library, options), _train(encoded_library, replace(options, seed=1))
    key = "model.affinities.style.query.weight"
    assert not np.array_equal(load_file(one / MODEL)[key], load_file(other / MODEL)[key])


def test_a_run_tells_how_it_went(trained_library: Library) -> None:
    run = RunFolder.open(next((trained_library.path / "runs").iterdir()))
    rows, measured = run.progress_rows(), run.metrics()
    assert rows[-1]["step"] == rows[-1]["of"]
    assert any("validation_auc" in r for r in rows)
    assert measured["test"]["auc"] > 0.6 and measured["synthetic"] is True
    assert {"auc", "bce", "gauc", "ece", "ndcg@10", "recall@50"} <= measured["test"].keys()
    assert measured["modalities"] == ["label_text", "semantic", "style", "metadata"]
    assert measured["split"] == "by time"
    assert measured["rows"]["train"] % 4 == 0


def test_a_library_without_vectors_is_told_what_it_lacks(small_library: Library) -> None:
    options = RankerOptions()
    run = RunFolder.create(small_library.path, "ranker", options.to_config())
    with pytest.raises(TrainingError, match="no label_text vectors"):
        train_ranker(small_library, run, options)


def test_options_come_back_from_a_runs_configuration(encoded_library: Library) -> None:
    options = RankerOptions(instance="paper", modalities=("style", "label_text"), experts=2, passes=3)
    run = RunFolder.create(encoded_library.path, "ranker", options.to_config())
    assert RankerOptions.from_config(RunFolder.open(run.path).config) == options
    assert options.modalities == ("label_text", "style")
    with pytest.raises(TrainingError, match="no option 'speed'"):
        RankerOptions.from_config({"speed": 1})
    with pytest.raises(TrainingError, match="umair, paper, dcn, xdeepfm"):
        RankerOptions(instance="best")


def test_a_damaged_artifact_is_refused(trained_library: Library) -> None:
    run = next((trained_library.path / "runs").iterdir())
    TrainedRanker.load(run)
    (run / MODEL).write_bytes((run / MODEL).read_bytes()[:100])
    with pytest.raises(TrainingError, match="damaged"):
        TrainedRanker.load(run)


def test_a_run_of_before_the_tower_of_numbers_is_read(trained_library: Library) -> None:
    run = next((trained_library.path / "runs").iterdir())
    tensors = {k: v for k, v in load_file(run / MODEL).items() if not k.startswith("model.numbers.")}
    kept = json.loads((run / SCHEMA).read_text(encoding="utf-8"))
    assert len(tensors) < len(load_file(run / MODEL)) and kept["choices"].pop("numbers") is True
    save_file(tensors, run / MODEL)
    (run / SCHEMA).write_text(json.dumps(kept), encoding="utf-8")
    ranker = TrainedRanker.load(run)
    assert isinstance(ranker.model, Umair) and ranker.model.numbers is None and not ranker.choices.numbers


def test_an_ablation_is_a_schema(encoded_library: Library) -> None:
    options = RankerOptions(modalities=("label_text", "semantic", "metadata"), passes=1, cross_passes=0)
    kept = load_file(_train(encoded_library, options) / MODEL)
    assert not [name for name in kept if "style" in name]
