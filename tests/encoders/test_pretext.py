"""Pretext training: learns labels that pictures show, stops and resumes to the same numbers, loads as an encoder."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl
import pytest
import torch

from umair.encoders import pretext
from umair.encoders.augment import augmented
from umair.encoders.image import ImageEncoder
from umair.encoders.label_calibration import load_calibration
from umair.encoders.labelled_pictures import read_labelled
from umair.encoders.multi_label import asymmetric, average_precision, bce, mean_average_precision
from umair.encoders.preprocess import Preprocess
from umair.encoders.pretext import PretextOptions, train_image
from umair.errors import TrainingError
from umair.library.runs import RunFolder
from umair.library.store import Library

TINY = PretextOptions(
    backbone="timm:test_resnet",
    size=32,
    growth=(0.75, 1.0),
    epochs=4,
    batch=8,
    min_count=3,
    validation_share=0.2,
    device="cpu",
)


def new_run(library: Library) -> RunFolder:
    return RunFolder.create(library.path, "image", {"epochs": TINY.epochs})


def test_training_writes_an_encoder_and_its_progress(small_library: Library) -> None:
    run = new_run(small_library)
    assert train_image(small_library, run, TINY)
    rows = [r for r in run.progress_rows() if "train_loss" in r]
    assert [r["epoch"] for r in rows] == [1, 2, 3, 4] and rows[-1]["train_loss"] < rows[0]["train_loss"]
    assert 0 <= run.metrics()["validation_map"] <= 1
    encoder = ImageEncoder.load(run.path, "cpu")
    assert encoder.fingerprint == run.metrics()["fingerprint"] and encoder.preprocess.size == 32
    assert set(encoder.labels) <= {"moon", "月", "window", "窓", "mountain", "山", "circle", "square", "triangle"}
    assert not (run.path / pretext.CHECKPOINT).exists()
    assert "timm:test_resnet from nothing" in (run.path / "README.md").read_text("utf-8")
    kept = load_calibration(run.path)
    assert encoder.is_calibrated and kept is not None and kept.pictures == run.metrics()["validation_pictures"]
    assert kept.slope == run.metrics()["calibration_slope"] and kept.pairs == kept.pictures * len(encoder.labels)


def test_a_stopped_training_goes_on_to_the_same_numbers(
    small_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, parts = new_run(small_library), new_run(small_library)
    assert train_image(small_library, whole, TINY)
    own = RunFolder.progress

    def stop_after_two(self: RunFolder, **numbers: object) -> object:
        if numbers.get("epoch") == 2:
            self.request_stop()
        return own(self, **numbers)  # type: ignore[arg-type]

    monkeypatch.setattr(RunFolder, "progress", stop_after_two)
    assert not train_image(small_library, parts, TINY)
    assert (parts.path / pretext.CHECKPOINT).exists()
    monkeypatch.setattr(RunFolder, "progress", own)
    (parts.path / "stop").unlink()
    assert train_image(small_library, parts, TINY)
    assert parts.metrics() == whole.metrics()
    assert (parts.path / "model.safetensors").read_bytes() == (whole.path / "model.safetensors").read_bytes()


def test_rare_labels_are_dropped_and_none_left_is_refused(small_library: Library) -> None:
    found = read_labelled(small_library, Preprocess(size=16), 5, 0.2)
    counts = found.targets[found.train].sum(0)
    assert (counts >= 5).all() and found.labels == tuple(sorted(found.labels))
    assert found.squares.shape == (24, 16, 16, 3) and 0 < (~found.train).sum() < 12
    with pytest.raises(TrainingError, match="No label is on 99"):
        read_labelled(small_library, Preprocess(size=16), 99, 0.2)
    with pytest.raises(TrainingError, match="loss"):
        train_image(small_library, new_run(small_library), replace(TINY, loss="hinge"))


def test_which_pictures_validate_does_not_hang_on_the_others(small_library: Library) -> None:
    before = read_labelled(small_library, Preprocess(size=16), 2, 0.3)
    small_library.write_illustrations(small_library.illustrations().reverse())
    after = read_labelled(small_library, Preprocess(size=16), 2, 0.3)
    assert before.train.tolist() == after.train[::-1].tolist()


def test_augmented_pictures_differ_by_chance_alone() -> None:
    square = np.random.default_rng(0).integers(0, 256, (40, 40, 3), dtype=np.uint8)
    one, same, other = (augmented(square, 24, np.random.default_rng(s)) for s in (1, 1, 2))
    np.testing.assert_array_equal(one, same)
    assert one.shape == (24, 24, 3) and not np.array_equal(one, other)


def test_losses_against_naive_loops() -> None:
    logits, targets = torch.tensor([[0.3, -2.0], [4.0, 0.1]]), torch.tensor([[1.0, 0.0], [0.0, 1.0]])
    p = 1 / (1 + np.exp(-logits.numpy().astype(float)))
    t = targets.numpy()
    plain = [-(t[i, v] * np.log(p[i, v]) + (1 - t[i, v]) * np.log(1 - p[i, v])) for i in range(2) for v in range(2)]
    assert float(bce(logits, targets)) == pytest.approx(np.mean(plain), rel=1e-5)
    odd = []
    for i in range(2):
        for v in range(2):
            q = max(p[i, v] - 0.05, 0)
            odd.append(-((1 - p[i, v]) * np.log(p[i, v])) if t[i, v] else -(q**4 * np.log(1 - q)))
    assert float(asymmetric(logits, targets)) == pytest.approx(np.mean(odd), rel=1e-4)


def test_average_precision_by_hand() -> None:
    assert average_precision(np.array([4.0, 3, 2, 1]), np.array([True, False, True, False])) == pytest.approx(5 / 6)
    scores, targets = np.array([[2.0, 0], [1, 5]]), np.array([[1.0, 0], [0, 0]])
    assert mean_average_precision(scores, targets) == 1.0


def test_spellings_of_a_glossary_are_one_label_and_techniques_none(small_library: Library) -> None:
    terms = [("moon", "en", "moon"), ("moon", "ja", "月"), ("square", "en", "window"), ("square", "ja", "窓")]
    rows = [{"concept": c, "kind": "thing", "lang": lang, "text": t, "is_main": True} for c, lang, t in terms]
    rows.append({"concept": "mountain", "kind": "technique", "lang": "en", "text": "mountain", "is_main": True})
    pl.DataFrame(rows).write_parquet(small_library.path / "glossary.parquet")
    found = read_labelled(small_library, Preprocess(size=16), 2, 0.2)
    assert "月" not in found.labels and "mountain" not in found.labels and {"moon", "window", "山"} <= set(found.labels)
    carried = found.targets[:, found.labels.index("moon")]
    assert carried.sum() == 8  # every third picture, whichever spelling it carries
