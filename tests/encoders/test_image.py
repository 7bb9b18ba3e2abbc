"""The dual output: the same row in any batch, the same from its folder, taggers of a hub by their own rules."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest
import timm
import torch
from PIL import Image
from safetensors.torch import save_file

from umair.encoders.backbone import build_backbone
from umair.encoders.image import ImageEncoder
from umair.encoders.image_model import ImageModel, load_image_model, save_image_model
from umair.encoders.preprocess import Preprocess
from umair.errors import EncoderError


@pytest.fixture(scope="module")
def model() -> ImageModel:
    torch.manual_seed(0)
    backbone = build_backbone("torchvision:resnet18")
    backbone.train()(torch.randn(8, 3, 32, 32))  # running statistics that are not the default
    return ImageModel("torchvision:resnet18", backbone, ("sky", "海"), Preprocess(size=32))


def test_a_picture_has_the_same_row_in_any_batch(model: ImageModel, pictures: list[Image.Image]) -> None:
    encoder = ImageEncoder(model, "cpu")
    whole = encoder.encode(pictures)
    assert whole["semantic"].shape == (5, 512) and whole["style_paper"].shape == (5, 64)
    for n, picture in enumerate(pictures):
        for batch in ([picture], [*pictures[::-1], picture]):
            alone = encoder.encode(batch)
            np.testing.assert_allclose(alone["semantic"][-1], whole["semantic"][n], atol=1e-5)
            np.testing.assert_allclose(alone["style_paper"][-1], whole["style_paper"][n], rtol=1e-4)
    assert np.abs(whole["semantic"][0] - whole["semantic"][1]).max() > 1e-3


def test_a_folder_gives_the_same_encoder_again(tmp_path: Path, model: ImageModel, pictures: list[Image.Image]) -> None:
    save_image_model(tmp_path, model, dtype=torch.float32)
    first, again = ImageEncoder(model, "cpu"), ImageEncoder.load(tmp_path, "cpu")
    assert first.fingerprint == again.fingerprint and again.labels == ("sky", "海")
    np.testing.assert_array_equal(first.encode(pictures)["semantic"], again.encode(pictures)["semantic"])
    np.testing.assert_array_equal(first.predict(pictures), again.predict(pictures))


def test_weights_and_preprocessing_change_the_fingerprint_and_the_head_does_not(model: ImageModel) -> None:
    smaller = ImageModel(model.name, model.backbone, model.labels, Preprocess(size=48))
    other_head = ImageModel(model.name, model.backbone, ("forest",), model.preprocess)
    assert smaller.fingerprint != model.fingerprint == other_head.fingerprint
    before = model.fingerprint
    with torch.no_grad():
        model.backbone.net.conv1.weight[0, 0, 0, 0] += 0.01  # type: ignore[union-attr]
    assert model.fingerprint != before


def test_a_folder_without_an_encoder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="holds no image encoder"):
        load_image_model(tmp_path)
    (tmp_path / "config.json").write_text(json.dumps({"kind": "ranker"}))
    save_file({"a": torch.zeros(1)}, tmp_path / "model.safetensors")
    with pytest.raises(EncoderError, match="ranker"):
        load_image_model(tmp_path)


def test_a_tagger_of_a_hub_is_read_by_its_own_rules(tmp_path: Path, pictures: list[Image.Image]) -> None:
    size = {"img_size": 32, "patch_size": 8, "embed_dim": 24, "depth": 3, "num_heads": 2, "num_classes": 3}
    net = timm.create_model("vit_tiny_patch16_224", **size)
    save_file(net.state_dict(), tmp_path / "model.safetensors")
    config = {
        "architecture": "vit_tiny_patch16_224",
        "num_classes": 3,
        "model_args": size,
        "pretrained_cfg": {"input_size": [3, 32, 32], "num_classes": 3, "mean": [0.5] * 3, "std": [0.5] * 3},
    }
    (tmp_path / "config.json").write_text(json.dumps(config))
    with (tmp_path / "selected_tags.csv").open("w", newline="") as file:
        rows = [
            ("tag_id", "name", "category", "count"),
            (1, "general", 9, 5),
            (2, "blue_eyes", 0, 4),
            (3, "a_name", 4, 3),
        ]
        csv.writer(file).writerows(rows)

    tagger = ImageEncoder.load(f"local-dir:{tmp_path}", "cpu")
    assert tagger.labels == ("general", "blue eyes", "a name") and tagger.tags is not None
    assert tagger.tags.ratings == (0,)
    assert tagger.preprocess == Preprocess(32, "letterbox", "bicubic", (0.5,) * 3, (0.5,) * 3, "bgr")
    with torch.inference_mode():
        wanted = net.eval()(torch.from_numpy(np.stack([tagger.preprocess(p) for p in pictures]))).sigmoid()
    np.testing.assert_allclose(tagger.predict(pictures), wanted.numpy(), atol=1e-5)
    found = tagger.encode(pictures)
    assert found["semantic"].shape == (5, 24) and found["style_paper"].shape == (5, 24)
