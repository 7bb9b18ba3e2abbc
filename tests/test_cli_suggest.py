"""`suggest`: tells, writes only when asked to, and again writes nothing."""

from __future__ import annotations

import json

import pytest

from umair.cli import suggest as command
from umair.cli.main import main
from umair.encoders.backbone import build_backbone
from umair.encoders.image_model import ImageModel, save_image_model
from umair.encoders.preprocess import Preprocess
from umair.library.predictions import Predictions, write_predictions
from umair.library.store import Library


@pytest.fixture
def at(small_library: Library, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The small library, whose encoder has answered."""
    monkeypatch.setattr(command, "_asked", lambda lib: None)
    guesses = {"p01": (("night", 0.95), ("rain", 0.6)), "p02": (("rain", 0.4),)}
    write_predictions(small_library, Predictions(guesses, "a" * 64, "a model", True))
    return ["--library", str(small_library.path)]


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> dict:
    assert main(["suggest", *words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_it_tells_and_writes_nothing(at: list[str], small_library: Library, capsys) -> None:
    before = (small_library.path / "illustrations.parquet").read_bytes()
    told = answer(capsys, *at)
    assert [(r["item_id"], [s["label"] for s in r["suggestions"]]) for r in told["pictures"]] == [
        ("p01", ["night", "rain"])
    ]
    assert told["standing"]["pictures"] == 24 and told["accepted"] == []
    assert [s["label"] for s in answer(capsys, "p02", "--min", "0.4", *at)["pictures"][0]["suggestions"]] == ["rain"]
    assert (small_library.path / "illustrations.parquet").read_bytes() == before
    assert main(["suggest", *at]) == 0
    out = capsys.readouterr().out
    assert "night" in out and "95%" in out and "p02" not in out


def test_accepting_is_asked_for_and_done_once(at: list[str], small_library: Library, capsys) -> None:
    assert [s["label"] for s in answer(capsys, "--accept-above", "0.9", *at)["accepted"]] == ["night"]
    assert "night" in Library.open(small_library.path).illustrations()["labels"][1].to_list()
    assert answer(capsys, "--accept-above", "0.9", *at)["accepted"] == []


def test_an_unknown_picture_is_told(at: list[str], capsys) -> None:
    assert main(["suggest", "p99", *at]) == 1
    assert "p99" in capsys.readouterr().err


@pytest.mark.parametrize(("told", "language"), [("ja_JP.UTF-8", "ja"), ("de_DE.UTF-8", "en"), ("C", "en")])
def test_the_terminals_language(told: str, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", told)
    assert command.terminal_language() == language


def test_the_active_encoder_is_asked_about_pictures_that_have_no_vector(small_library: Library, capsys) -> None:
    model = ImageModel("timm:test_resnet", build_backbone("timm:test_resnet"), ["night", "rain"], Preprocess(size=32))
    save_image_model(small_library.path / "runs" / "image-own", model)
    small_library.set_active("image", "image-own")
    told = answer(capsys, "--min", "0", "--library", str(small_library.path))
    assert told["standing"]["asked"] == 24 and not told["standing"]["calibrated"]
    assert len(told["pictures"]) == 24 and {s["label"] for s in told["pictures"][0]["suggestions"]} == {"night", "rain"}
