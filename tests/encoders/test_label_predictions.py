"""Predictions from stored vectors are those of the network; tables keep one row a picture and one file a model."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
import torch
from PIL import Image

from umair.encoders import label_predictions
from umair.encoders.averaged import Averaged
from umair.encoders.backbone import build_backbone
from umair.encoders.image import ImageEncoder
from umair.encoders.image_model import ImageModel, save_image_model
from umair.encoders.label_calibration import LabelCalibration, save_calibration
from umair.encoders.label_head import LabelHead
from umair.encoders.label_predictions import predict_encoded, predict_pictures, surest
from umair.encoders.preprocess import Preprocess
from umair.encoders.vectors import write_vectors
from umair.errors import EncoderError
from umair.library.images import load_picture
from umair.library.predictions import Predictions, predicted_items, read_predictions, write_predictions
from umair.library.store import Library

LABELS = ("moon", "mountain", "window")


@pytest.fixture
def folder(tmp_path):
    torch.manual_seed(0)
    model = ImageModel("timm:test_resnet", build_backbone("timm:test_resnet"), LABELS, Preprocess(size=32))
    save_image_model(tmp_path / "model", model)
    return tmp_path / "model"


def test_the_head_without_torch_is_the_networks(folder, pictures: list[Image.Image]) -> None:
    for calibration in (None, LabelCalibration(2.0, -1.0)):
        if calibration:
            save_calibration(folder, calibration)
        encoder, head = ImageEncoder.load(folder, "cpu"), LabelHead.load(folder)
        assert head.backbone == encoder.fingerprint and head.fingerprint == encoder.prediction_fingerprint
        assert encoder.is_calibrated == (calibration is not None)
        semantic = encoder.encode(pictures)["semantic"]
        np.testing.assert_allclose(head.probabilities(semantic), encoder.predict(pictures), atol=1e-5)


def test_without_a_calibration_the_sigmoid_with_one_its_map(folder, pictures: list[Image.Image]) -> None:
    plain = ImageEncoder.load(folder, "cpu")
    scores = plain.scores(pictures)
    np.testing.assert_allclose(plain.predict(pictures), 1 / (1 + np.exp(-scores)), atol=1e-6)
    save_calibration(folder, LabelCalibration(3.0, -2.0))
    fitted = ImageEncoder.load(folder, "cpu")
    np.testing.assert_allclose(fitted.predict(pictures), 1 / (1 + np.exp(2 - 3 * scores)), atol=1e-6)
    assert fitted.fingerprint == plain.fingerprint  # stored vectors stay good
    assert fitted.prediction_fingerprint != plain.prediction_fingerprint


def test_stored_vectors_and_pictures_give_the_same_table(folder, small_library: Library, monkeypatch) -> None:
    ids = small_library.illustrations()["item_id"].to_list()
    assert predict_pictures(small_library, str(folder)) == {}
    looked = read_predictions(small_library)
    encoder = ImageEncoder.load(folder, "cpu")
    vectors = encoder.encode([load_picture(small_library.image_path(item)) for item in ids])["semantic"]
    write_vectors(small_library.path, "semantic", encoder.fingerprint, ids[:20], vectors[:20])
    monkeypatch.setattr(label_predictions, "LEAST", 0.0)
    assert predict_encoded(small_library, str(folder)) == 20
    read = read_predictions(small_library)
    assert set(read.guesses) == set(looked.guesses) == set(ids)  # four keep the row that they had
    for item in ids[:20]:
        for (a, p), (b, q) in zip(looked.guesses[item], read.guesses[item], strict=True):
            assert a == b and p == pytest.approx(q, abs=2e-3)


def test_a_hub_has_to_see_pictures_and_a_bare_folder_is_refused(small_library: Library, tmp_path) -> None:
    with pytest.raises(EncoderError, match="suggest"):
        predict_encoded(small_library, "timm:test_resnet")
    with pytest.raises(EncoderError, match="no image encoder"):
        predict_encoded(small_library, str(tmp_path))


def test_the_surest_come_first_and_the_unlikely_not_at_all() -> None:
    assert surest(LABELS, np.array([0.2, 0.01, 0.9])) == (("window", 0.9), ("moon", 0.2))


def test_a_later_row_replaces_and_another_model_has_its_own_file(small_library: Library) -> None:
    one, other = "a" * 64, "b" * 64
    write_predictions(small_library, Predictions({"p00": (("moon", 0.5),), "p01": ()}, one, "first"))
    write_predictions(small_library, Predictions({"p00": (("moon", 0.75),)}, one, "first", True))
    assert read_predictions(small_library) == Predictions({"p00": (("moon", 0.75),), "p01": ()}, one, "first", True)
    write_predictions(small_library, Predictions({"p02": ()}, other, "second"))
    assert set(read_predictions(small_library).guesses) == {"p02"}
    assert predicted_items(small_library, one) == {"p00", "p01"}
    assert pl.read_parquet(small_library.path / "predictions" / f"{one[:16]}.parquet").columns == [
        "item_id",
        "labels",
        "probabilities",
    ]


def test_the_running_mean_follows_at_zero_and_lags_above() -> None:
    model = ImageModel("timm:test_resnet", build_backbone("timm:test_resnet"), LABELS, Preprocess(size=32))
    follows, lags = Averaged(model, 0.0), Averaged(model, 0.99)
    before = model.head.weight.detach().clone()
    with torch.no_grad():
        model.head.weight += 1
    for mean in (follows, lags):
        mean.update(model)
    torch.testing.assert_close(follows.model.head.weight, model.head.weight)
    torch.testing.assert_close(lags.model.head.weight, before + 1 - 2 / 11)  # step 1 keeps 2 / 11
