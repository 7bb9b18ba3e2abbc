"""The measures of labels by hand and by planted truth, and the whole report on invented pictures."""

from __future__ import annotations

import io
import time
from pathlib import Path

import numpy as np
import polars as pl
import pytest
import torch

from umair.encoders.backbone import build_backbone
from umair.encoders.image import ImageEncoder
from umair.encoders.image_model import ImageModel, save_image_model
from umair.encoders.labelled_pictures import is_kept_out, read_labelled
from umair.encoders.preprocess import Preprocess
from umair.errors import EncoderError, TrainingError
from umair.experiments import label_probe, label_quality
from umair.experiments.label_measures import average_precisions, bands, cross_fitted, macro, micro
from umair.experiments.label_probe import base_rates, colours, probe, read_drawings
from umair.library.store import Library

LABELS = ("circle", "square", "triangle", "unheard of")


@pytest.fixture
def model(tmp_path: Path) -> Path:
    torch.manual_seed(0)
    made = ImageModel("timm:test_resnet", build_backbone("timm:test_resnet"), LABELS, Preprocess(size=32))
    save_image_model(tmp_path / "model", made)
    return tmp_path / "model"


def test_bands_by_hand() -> None:
    targets = np.array([[1, 0, 1, 0], [0, 1, 1, 0]])
    each = average_precisions(np.array([[2.0, 2, 1, 1], [1, 1, 2, 2]]), targets)
    np.testing.assert_allclose(each, [1, 0.5, 1, np.nan])
    found = bands(each, targets, np.array([3, 15, 16, 200]))
    assert [(b.name, b.labels, b.mean_ap, b.chance) for b in found] == [
        ("1 to 15", 2, 0.75, 0.5),
        ("16 to 31", 1, 1, 1),
    ]


def test_intervals_hold_the_value_and_shrink_with_more_pictures() -> None:
    rng = np.random.default_rng(0)
    targets = rng.random((800, 6)) < 0.2
    scores = targets + rng.normal(size=targets.shape)
    few, many = macro(scores[:80], targets[:80]), macro(scores, targets)
    assert few.low < few.value < few.high and many.high - many.low < (few.high - few.low) / 2
    assert micro(targets.astype(float), targets).value == 1.0
    shuffled = micro(rng.normal(size=targets.shape), targets)
    assert shuffled.value == pytest.approx(targets.mean(), abs=0.03)


def test_a_picture_is_never_judged_by_a_map_that_saw_it() -> None:
    rng = np.random.default_rng(0)
    logits, targets = rng.normal(size=(40, 4)), rng.random((40, 4)) < 0.3
    before = cross_fitted(logits, targets)
    changed = targets.copy()
    changed[7] = ~changed[7]
    np.testing.assert_array_equal(cross_fitted(logits, changed)[7], before[7])
    assert np.abs(cross_fitted(logits, changed) - before).max() > 0


def test_the_kept_out_are_those_of_training(small_library: Library, model: Path) -> None:
    found = label_quality.kept_out(small_library, ImageEncoder.load(model, "cpu"))
    frame = small_library.illustrations()
    out = [is_kept_out(sha) for sha in frame["sha256"]]
    training = read_labelled(small_library, Preprocess(size=16), 1, 0.1)
    assert len(found.logits) == sum(out) == int((~training.train).sum()) > 0
    assert found.labels == LABELS[:3]  # nobody carries the fourth
    for v, label in enumerate(found.labels):
        carried = training.targets[:, training.labels.index(label)]
        assert found.counts[v] == carried[training.train].sum()
        np.testing.assert_array_equal(found.targets[:, v], carried[~training.train] > 0)


def test_the_report_tells_and_what_cannot_be_measured_says_so(
    small_library: Library, model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = label_quality.library_report(small_library, str(model))
    assert "mAP over labels (macro): 0." in told or "mAP over labels (macro): 1." in told
    assert "| 1 to 15 | " in told and "(synthetic)" in told

    def far(*_: object, **__: object) -> None:
        time.sleep(30)
        raise TimeoutError

    monkeypatch.setattr(label_quality.urllib.request, "urlopen", far)
    monkeypatch.setattr(label_quality, "PATIENCE_S", 0.2)
    began = time.monotonic()
    assert label_quality.library_report(small_library, label_quality.TAGGER).endswith("not measured: offline")
    assert time.monotonic() - began < 5
    small_library.write_illustrations(small_library.illustrations().with_columns(labels=pl.lit(["rain"])))
    with pytest.raises(EncoderError, match="no picture with a label"):
        label_quality.kept_out(small_library, ImageEncoder.load(model, "cpu"))


def test_a_probe_finds_what_vectors_hold_across_hands_and_nothing_else() -> None:
    rng = np.random.default_rng(0)
    targets = rng.random((300, 2)) < 0.3
    hands = np.array([f"hand {n % 10}" for n in range(300)])
    vectors = rng.normal(size=(300, 20))
    vectors[:, 0] += 3 * targets[:, 0]
    found, chance = probe(vectors, targets, hands), base_rates(targets, hands)
    assert found[0] > 0.8 and abs(found[1] - chance[1]) < 0.15 and abs(chance[0] - 0.3) < 0.12


def test_a_label_of_one_hand_alone_cannot_be_told_from_its_hand() -> None:
    hands = np.repeat([f"hand {n}" for n in range(10)], 20)
    targets = (hands == "hand 3")[:, None]
    vectors = np.eye(10)[np.repeat(np.arange(10), 20)]
    assert np.isnan(probe(vectors, targets, hands)).all()


def test_colours_are_shares() -> None:
    squares = np.zeros((1, 4, 4, 3), np.uint8)
    squares[0, :2] = 255
    found = colours(squares)[0] ** 2
    assert found[[0, -1]] == pytest.approx(0.5) and found.sum() == pytest.approx(1)


def test_drawings_are_reported_and_their_absence_is_told(
    tmp_path: Path, model: Path, small_picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    encoder = ImageEncoder.load(model, "cpu")
    with pytest.raises(TrainingError, match="absent"):
        read_drawings(tmp_path, encoder)
    rows = []
    for n in range(48):
        out = io.BytesIO()
        small_picture(n).save(out, "PNG")
        names = [LABELS[n % 3], *(["rare"] if n < 3 else []), *(["own"] if n % 12 < 3 else [])]
        rows.append({"image": out.getvalue(), "labels": names, "hand": str(n // 3 % 4)})
    pl.DataFrame(rows).write_parquet(tmp_path / "table.parquet")
    monkeypatch.setattr(label_probe, "LEAST", 5)
    found = read_drawings(tmp_path / "table.parquet", encoder)
    assert found.labels == ("circle", "square", "triangle") and found.squares.shape == (48, 32, 32, 3)
    told = label_quality.drawings_report(tmp_path / "table.parquet", encoder, "tiny")
    assert "48 drawings by 4 hands, 3 labels" in told and "| colour histogram | " in told
