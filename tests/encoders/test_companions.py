"""Companions: things drawn by many hands teach beside a library, and leave no trace in what is named."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest
import torch
from PIL import Image

from umair.encoders.backbone import Backbone, build_backbone
from umair.encoders.companions import FEW, Companions, WithCompanions, read_companions
from umair.encoders.image import ImageEncoder
from umair.encoders.image_model import ImageModel, load_image_model
from umair.encoders.preprocess import Preprocess
from umair.encoders.pretext import PretextOptions, train_image
from umair.errors import TrainingError
from umair.library.runs import RunFolder
from umair.library.store import Library

SQUARE = Preprocess(size=32)


def _png(value: int) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (20, 20), (value, 10, 200 - value)).save(file, "PNG")
    return file.getvalue()


def _table(folder: Path) -> Path:
    rows = [(_png(30 * n), name) for name in ("cat", "tree", "sea") for n in range(FEW)]
    rows += [(_png(3), "seen once"), (_png(4), None), (b"no picture", "cat")]
    pl.DataFrame(rows, schema={"image": pl.Binary, "content": pl.String}, orient="row").write_parquet(
        folder / "things.parquet"
    )
    return folder / "things.parquet"


def test_only_contents_on_several_readable_pictures_are_classes(tmp_path: Path) -> None:
    found = read_companions([_table(tmp_path)], SQUARE)
    assert found is not None
    assert found.names == ("cat", "sea", "tree")
    assert np.bincount(found.classes).tolist() == [FEW, FEW, FEW] and found.squares.shape == (3 * FEW, 32, 32, 3)


def test_every_class_comes_as_often_however_many_pictures_it_has() -> None:
    classes = np.array([0] * 90 + [1] * 5 + [2] * 5)
    many = Companions(np.zeros((100, 1, 1, 3), np.uint8), classes, ("a", "b", "c"))
    drawn = many.batch(6_000, np.random.default_rng(0))
    shares = np.bincount(classes[drawn]) / 6_000
    np.testing.assert_allclose(shares, 1 / 3, atol=0.03)
    assert len(set(drawn.tolist())) == 100


def test_both_heads_read_one_forward_of_both_batches() -> None:
    model = ImageModel("timm:test_resnet", *_backbone(), SQUARE)
    both = WithCompanions(model, 5).eval()
    ours, theirs = torch.rand(3, 3, 32, 32), torch.rand(2, 3, 32, 32)
    labels, classes = both(ours, theirs)
    torch.testing.assert_close(labels, model.eval()(ours))
    torch.testing.assert_close(classes, both.classes(model.backbone(theirs).pooled))


def test_training_beside_companions_names_only_the_librarys_labels(small_library: Library, tmp_path: Path) -> None:
    options = PretextOptions(
        backbone="timm:test_resnet", size=32, growth=(1.0,), epochs=2, batch=8, min_count=3, device="cpu"
    )
    runs = []
    for files in ((), (str(_table(tmp_path)),)):
        run = RunFolder.create(small_library.path, "image", {})
        assert train_image(small_library, run, replace(options, companions=files, companion_batch=6))
        runs.append(run)
    alone, beside = (ImageEncoder.load(run.path, "cpu") for run in runs)
    assert beside.labels == alone.labels and not {"cat", "tree", "sea"} & set(beside.labels)
    assert beside.fingerprint != alone.fingerprint
    assert [run.metrics()["companions"] for run in runs] == [0, 3 * FEW]


def test_a_run_can_begin_with_the_weights_of_another(small_library: Library, tmp_path: Path) -> None:
    options = PretextOptions(
        backbone="timm:test_resnet", size=32, growth=(1.0,), epochs=1, batch=8, min_count=3, device="cpu"
    )
    first = RunFolder.create(small_library.path, "image", {})
    assert train_image(small_library, first, options)
    still = replace(options, start_from=str(first.path), learning_rate=1e-12, weight_decay=0.0, average=0.0)
    second = RunFolder.create(small_library.path, "image", {})
    assert train_image(small_library, second, still)
    ours, theirs = (load_image_model(run.path).backbone.state_dict() for run in (first, second))
    for name, weights in ours.items():
        if name.endswith("weight"):
            torch.testing.assert_close(theirs[name], weights)
    with pytest.raises(TrainingError, match="timm:test_resnet"):
        train_image(small_library, second, replace(still, backbone="torchvision:resnet18"))


def test_a_table_that_teaches_nothing_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "one.parquet"
    pl.DataFrame({"image": [_png(1)] * FEW, "content": ["cat"] * FEW}).write_parquet(file)
    with pytest.raises(TrainingError, match="No two contents"):
        read_companions([file], SQUARE)
    pl.DataFrame({"image": [_png(1)]}).write_parquet(file)
    with pytest.raises(TrainingError, match="columns image"):
        read_companions([file], SQUARE)
    assert read_companions([], SQUARE) is None


def _backbone() -> tuple[Backbone, tuple[str, ...]]:
    return build_backbone("timm:test_resnet"), ("moon", "tree")
