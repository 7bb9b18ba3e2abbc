"""A library encoded: aligned, resumed by what is missing, stopped when asked, bad pictures named and left out."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
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
from umair.encoders.pipeline import Lanes
from umair.encoders.preprocess import Preprocess
from umair.encoders.style.encoder import StyleEncoder
from umair.encoders.style.head import Projection, StyleHead
from umair.encoders.style.sample import LONGEST
from umair.encoders.style.stack import WIDTH
from umair.encoders.text import TextEncoder
from umair.encoders.vectors import active_fingerprint, missing, read_vectors, write_vectors
from umair.library.images import load_picture
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
        encode_labels=lambda lists, weights=None: np.array([[len(own), 1.0] for own in lists], np.float32),
    )
    monkeypatch.setattr(TextEncoder, "load", lambda _name: words)
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


@pytest.fixture
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches of 2 in two lanes, written by 4, so that 24 pictures make many steps."""
    monkeypatch.setattr(Lanes, "of", classmethod(lambda cls, *_: cls(lanes=2, threads=1, batch=2)))
    monkeypatch.setattr(encode, "CHUNK", 4)


@pytest.mark.usefixtures("ready", "small_steps")
def test_a_stop_keeps_what_is_done_and_changes_no_active_space(
    small_library: Library, encoders: PictureEncoders, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = RunFolder.create(small_library.path, "encode", {})
    own = RunFolder.progress

    def stop_after_first(self: RunFolder, **numbers: object) -> object:
        self.request_stop()
        return own(self, **numbers)  # type: ignore[arg-type]

    monkeypatch.setattr(RunFolder, "progress", stop_after_first)
    report = encode_library(small_library, run)
    assert not report.finished and 2 <= report.encoded <= 10  # what four begun batches held, not all
    assert active_fingerprint(small_library.path, "style") is None
    left = missing(small_library, "style", encoders.fingerprints["style_learnt"])
    assert len(left) == 24 - report.encoded
    (run.path / "stop").unlink()
    monkeypatch.setattr(RunFolder, "progress", own)
    assert encode_library(small_library, run).encoded == len(left)
    assert run.progress_rows()[-1]["step"] == len(left) and run.metrics()["finished"]


class Killed(BaseException):
    """In place of SIGKILL: nothing of ours catches it."""


@pytest.mark.usefixtures("ready", "small_steps")
@pytest.mark.parametrize(("after", "kept"), [(0, 0), (4, 5), (8, 9)])  # writes; a chunk has three, one for each output
def test_a_killed_run_goes_on_to_the_very_same_vectors(
    small_library: Library,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    encoders: PictureEncoders,
    after: int,
    kept: int,
) -> None:
    small_library.image_path("p02").write_bytes(b"no picture")  # what is refused must not shift the others
    whole = Library.open(Path(shutil.copytree(small_library.path, tmp_path / "whole")))
    encode_library(whole)
    writes = []

    def deadly(*given: object) -> Path:
        if len(writes) == after:
            raise Killed
        writes.append(given)
        return write_vectors(*given)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(encode, "write_vectors", deadly)
        with pytest.raises(Killed):
            encode_library(small_library)
    report = encode_library(small_library)
    assert report.finished and list(report.refused) == ["p02"]
    assert report.encoded == 23 - kept
    for output, fingerprint in encoders.fingerprints.items():
        space = "style" if output.startswith("style") else output
        one, other = (read_vectors(own, space, fingerprint) for own in (small_library, whole))
        assert one.present.sum() == 23 and (one.matrix == other.matrix).all()
        assert len(_written(small_library, space, fingerprint)) == 23  # no picture twice


def _written(library: Library, space: str, fingerprint: str) -> list[str]:
    parts = (library.path / "vectors" / f"{space}-{fingerprint[:12]}").glob("*.parquet")
    return [item for part in parts for item in pl.read_parquet(part)["item_id"]]


@pytest.mark.usefixtures("ready", "small_steps")
def test_new_weights_after_a_stop_leave_the_old_rows_and_mix_with_none(
    small_library: Library, encoders: PictureEncoders, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = RunFolder.create(small_library.path, "encode", {})
    with monkeypatch.context() as patch:
        patch.setattr(RunFolder, "progress", lambda self, **_: self.request_stop())
        before = encode_library(small_library, run).encoded
    torch.manual_seed(3)
    model = ImageModel("torchvision:resnet18", build_backbone("torchvision:resnet18"), (), Preprocess(size=32))
    fresh = replace(encoders, image=ImageEncoder(model, "cpu"))
    monkeypatch.setattr(PictureEncoders, "chosen", classmethod(lambda *_: fresh))
    assert encode_library(small_library).encoded == 24
    old, new = (read_vectors(small_library, "semantic", e.fingerprints["semantic"]) for e in (encoders, fresh))
    assert old.present.sum() == before < 24 and new.present.all()
    squares = [fresh.image.preprocess.square(load_picture(small_library.image_path(i))) for i in new.item_ids]
    np.testing.assert_allclose(
        new.matrix, fresh.image.encode_squares(np.stack(squares))["semantic"], rtol=2e-3, atol=1e-4
    )
    assert len(_written(small_library, "style", encoders.fingerprints["style_learnt"])) == 24  # its head is the same
    assert active_fingerprint(small_library.path, "semantic") == fresh.fingerprints["semantic"]


@pytest.mark.usefixtures("ready", "small_steps")
def test_an_error_of_the_network_ends_the_run_and_is_told(
    small_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a layer failed")

    monkeypatch.setattr(ImageEncoder, "encode_squares", broken)
    with pytest.raises(RuntimeError, match="a layer failed"):
        encode_library(small_library)
    assert active_fingerprint(small_library.path, "semantic") is None


@pytest.mark.usefixtures("ready")
def test_an_error_of_ours_says_at_which_picture_it_came(
    small_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(self: PictureEncoders, source: Path) -> None:
        raise ValueError("a statistic failed")

    monkeypatch.setattr(PictureEncoders, "read", broken)
    with pytest.raises(ValueError, match="a statistic failed") as caught:
        encode_library(small_library)
    assert any("p0" in note for note in caught.value.__notes__)


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


@pytest.mark.usefixtures("ready")
def test_a_large_jpeg_is_read_with_fewer_pixels_and_nearly_the_same_vectors(
    tmp_path: Path, encoders: PictureEncoders, small_picture: Callable[[int], Image.Image]
) -> None:
    large = small_picture(4).resize((1200, 1200), Image.Resampling.BICUBIC)
    large.save(tmp_path / "large.jpg", quality=92)
    assert encoders.enough == LONGEST
    read = [encoders.read(source) for source in (tmp_path / "large.jpg", load_picture(tmp_path / "large.jpg"))]
    found = encoders.outputs(np.stack([square for square, _ in read]), [reading for _, reading in read])
    for name, least in (("semantic", 0.999), ("style_paper", 0.999), ("style_learnt", 0.9)):
        one, other = found[name]
        assert one @ other / np.linalg.norm(one) / np.linalg.norm(other) > least
    assert (read[0][0] != read[1][0]).any()  # it was read in another way at all


@pytest.mark.usefixtures("ready")
def test_a_run_says_how_labels_are_weighed_and_other_vectors_never_mix(small_library: Library) -> None:
    encode_library(small_library)
    first = active_fingerprint(small_library.path, "label_text")
    run = RunFolder.create(small_library.path, "encode", {"label_weighting": "mean"})
    encode_library(small_library, run)
    assert active_fingerprint(small_library.path, "label_text") == "7" * 64 != first
    encode_library(small_library)  # as the last time
    assert active_fingerprint(small_library.path, "label_text") == "7" * 64
    assert first is not None and read_vectors(small_library, "label_text", first).present.all()
