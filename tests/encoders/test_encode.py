"""A library encoded: aligned, resumed by what is missing, stopped when asked, bad pictures named and left out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import polars as pl
import pytest
import torch
from PIL import Image

from umair.encoders import encode
from umair.encoders.backbone import build_backbone
from umair.encoders.encode import PictureEncoders, encode_library, encode_one
from umair.encoders.image import ImageEncoder
from umair.encoders.image_model import ImageModel
from umair.encoders.preprocess import Preprocess
from umair.encoders.style.encoder import StyleEncoder
from umair.encoders.style.head import Projection, StyleHead
from umair.encoders.style.stack import WIDTH
from umair.encoders.vectors import active_fingerprint, missing, read_vectors
from umair.library.runs import RunFolder
from umair.library.store import Library
from umair.settings import Settings


@pytest.fixture(scope="module")
def encoders() -> PictureEncoders:
    torch.manual_seed(2)
    model = ImageModel("torchvision:resnet18", build_backbone("torchvision:resnet18"), (), Preprocess(size=32))
    directions = np.random.default_rng(0).normal(size=(WIDTH, 9)).astype(np.float32)
    head = StyleHead(
        np.zeros(WIDTH, np.float32), np.ones(WIDTH, np.float32), [Projection(np.zeros(WIDTH), directions)], np.ones(1)
    )
    return PictureEncoders(ImageEncoder(model, "cpu"), StyleEncoder(head), "learnt")


@pytest.fixture
def ready(monkeypatch: pytest.MonkeyPatch, encoders: PictureEncoders) -> None:
    words = SimpleNamespace(
        fingerprint="7" * 64,
        encode_labels=lambda lists: np.array([[len(own), 1.0] for own in lists], np.float32),
    )
    monkeypatch.setattr(encode.TextEncoder, "load", lambda _name: words)
    monkeypatch.setattr(PictureEncoders, "chosen", classmethod(lambda *_: encoders))


@pytest.mark.usefixtures("ready")
def test_every_picture_gets_a_row_in_every_space(small_library: Library, encoders: PictureEncoders) -> None:
    report = encode_library(small_library)
    assert report.finished and report.encoded == 24 and not report.refused
    for space, width in (("semantic", 512), ("style", 9), ("label_text", 2)):
        found = read_vectors(small_library, space)
        assert found.present.all() and found.matrix.shape == (24, width)
    one = encoders.image.encode([Image.open(small_library.image_path("p07")).convert("RGB")])
    semantic = read_vectors(small_library, "semantic").matrix[small_library.row_of("p07")]
    np.testing.assert_allclose(semantic, one["semantic"][0], rtol=2e-3, atol=1e-4)
    assert read_vectors(small_library, "style", encoders.fingerprints["style_paper"]).matrix.shape == (24, 64)


@pytest.mark.usefixtures("ready")
def test_it_goes_on_with_what_is_missing(
    small_library: Library, encoders: PictureEncoders, monkeypatch: pytest.MonkeyPatch
) -> None:
    encode_library(small_library)
    read: list[object] = []
    own = PictureEncoders.read
    monkeypatch.setattr(PictureEncoders, "read", lambda self, source: read.append(source) or own(self, source))
    assert encode_library(small_library).encoded == 0 and not read
    frame = small_library.illustrations()
    small_library.append_illustrations(frame.tail(1).with_columns(item_id=pl.lit("fresh")))
    assert encode_library(small_library).encoded == 1 and len(read) == 1
    assert read_vectors(small_library, "style").present.all()
    assert missing(small_library, "semantic", encoders.fingerprints["semantic"]) == []


@pytest.mark.usefixtures("ready")
def test_a_stop_keeps_what_is_done_and_changes_no_active_space(
    small_library: Library, encoders: PictureEncoders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encode, "CHUNK", 8)
    run = RunFolder.create(small_library.path, "encode", {})
    own = RunFolder.progress

    def stop_after_first(self: RunFolder, **numbers: object) -> object:
        self.request_stop()
        return own(self, **numbers)  # type: ignore[arg-type]

    monkeypatch.setattr(RunFolder, "progress", stop_after_first)
    report = encode_library(small_library, run)
    assert not report.finished and report.encoded == 8
    assert active_fingerprint(small_library.path, "style") is None
    assert len(missing(small_library, "style", encoders.fingerprints["style_learnt"])) == 16
    (run.path / "stop").unlink()
    monkeypatch.setattr(RunFolder, "progress", own)
    assert encode_library(small_library, run).encoded == 16
    assert run.progress_rows()[-1]["step"] == 16 and run.metrics()["finished"]


@pytest.mark.usefixtures("ready")
def test_a_damaged_picture_is_named_and_the_rest_goes_on(small_library: Library) -> None:
    small_library.image_path("p03").write_bytes(b"\x89PNG\r\n but not really")
    report = encode_library(small_library)
    assert list(report.refused) == ["p03"] and report.encoded == 23
    found = read_vectors(small_library, "semantic")
    assert found.present.sum() == 23 and not found.present[small_library.row_of("p03")]


@pytest.mark.usefixtures("ready")
def test_a_picture_from_outside_gets_the_vectors_it_would_have_inside(
    small_library: Library, small_picture: Callable[[int], Image.Image]
) -> None:
    encode_library(small_library)
    encode._encoders_of.cache_clear()
    found = encode_one(small_picture(5))
    encode._encoders_of.cache_clear()
    style = read_vectors(small_library, "style").matrix[small_library.row_of("p05")]
    np.testing.assert_allclose(found["style"], style, atol=1e-3)
    assert found["semantic"].shape == (512,)


def test_the_style_space_shows_the_form_that_is_chosen(
    small_library: Library, encoders: PictureEncoders, monkeypatch: pytest.MonkeyPatch, ready: None
) -> None:
    paper = replace(encoders, pooling="paper")
    monkeypatch.setattr(PictureEncoders, "chosen", classmethod(lambda *_: paper))
    encode_library(small_library)
    assert active_fingerprint(small_library.path, "style") == paper.fingerprints["style_paper"]
    assert Settings().style_pooling == "learnt"
