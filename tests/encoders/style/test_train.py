"""Training style from one command: writes an encoder with its calibration and axes, and resumes to the same numbers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from umair.encoders.style.calibration import Calibration
from umair.encoders.style.encoder import StyleEncoder
from umair.encoders.style.options import StyleTrainingOptions
from umair.encoders.style.readable import describe
from umair.encoders.style.train import train_style
from umair.errors import TrainingError
from umair.library.images import load_picture
from umair.library.runs import RunFolder
from umair.library.store import Library

TINY = StyleTrainingOptions(
    painters=4,
    painter_pictures=4,
    painters_held_out=3,
    filters=0,
    steps=6,
    networks=1,
    held_out_share=0.25,
)


def new_run(library: Library) -> RunFolder:
    return RunFolder.create(library.path, "style", {"steps": TINY.steps})


def test_a_run_is_an_encoder_with_calibration_and_axes(small_library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    run = new_run(small_library)
    assert train_style(small_library, run, TINY)
    encoder = StyleEncoder.load(run.path)
    picture = load_picture(small_library.image_path("p04"))
    assert encoder.encode([picture]).shape[0] == 1
    assert 0 < Calibration.load(run.path).threshold < 1
    assert describe(picture, run.path).words
    card = (run.path / "README.md").read_text("utf-8")
    assert "made painters (painters.py) | 4 | 16 |" in card and "painter 6" in card
    metrics = run.metrics()
    assert metrics["fingerprint"] == encoder.fingerprint
    assert "painter 6" in metrics["unseen_hands"]  # one hand kept out of four is too few to judge by
    assert 0 <= metrics["auc_csls"] <= 1 and 0 <= metrics["map_cosine"] <= 1 and metrics["reliability"]
    assert run.progress_rows()[-1]["phase"] == "network 1"

    parts = new_run(small_library)
    monkeypatch.setattr("umair.encoders.style.perceptron.EVERY", 3)
    own = RunFolder.progress

    def stop_at_three(self: RunFolder, **numbers: object) -> object:
        if numbers.get("step") == 3 and numbers.get("unit") == "steps":
            self.request_stop()
        return own(self, **numbers)  # type: ignore[arg-type]

    monkeypatch.setattr(RunFolder, "progress", stop_at_three)
    assert not train_style(small_library, parts, TINY)
    monkeypatch.setattr(RunFolder, "progress", own)
    (parts.path / "stop").unlink()
    assert train_style(small_library, parts, TINY)
    again = StyleEncoder.load(parts.path).encode([picture])
    np.testing.assert_allclose(again, encoder.encode([picture]), atol=2e-3)  # up to the order of sums in BLAS


def test_without_hands_it_says_what_is_missing(small_library: Library) -> None:
    nothing = StyleTrainingOptions(library_hands=False, painters=0, filters=0)
    with pytest.raises(TrainingError, match="No hands to train on"):
        train_style(small_library, new_run(small_library), nothing)


def test_with_a_network_the_run_is_judged_with_it(small_library: Library) -> None:
    run = new_run(small_library)
    assert train_style(small_library, run, replace(TINY, network_steps=2, network_share=0.4))
    encoder = StyleEncoder.load(run.path)
    assert encoder.network is not None and encoder.network.share == 0.4
    assert run.metrics()["fingerprint"] == encoder.fingerprint != encoder.head.fingerprint
    assert {row["phase"] for row in run.progress_rows()} >= {"network 1", "network"}
