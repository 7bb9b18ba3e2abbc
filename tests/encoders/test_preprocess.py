"""One preprocessing: whole pictures on white, the right order of channels, a fingerprint that changes with it."""

from __future__ import annotations

from dataclasses import asdict, replace

import numpy as np
import pytest
from PIL import Image

from umair.encoders.preprocess import Preprocess
from umair.errors import EncoderError


def test_letterbox_keeps_the_whole_picture_in_the_middle_of_white() -> None:
    square = Preprocess(size=32).square(Image.new("RGB", (64, 32), (10, 20, 30)))
    assert square.shape == (32, 32, 3)
    assert (square[:8] == 255).all() and (square[24:] == 255).all()
    assert (square[8:24] == (10, 20, 30)).all()


def test_crop_takes_the_centre_and_stretch_all() -> None:
    wide = np.zeros((32, 96, 3), np.uint8)
    wide[:, 32:64] = 200
    picture = Image.fromarray(wide)
    assert Preprocess(size=16, fit="crop").square(picture)[:, 2:-2].min() == 200
    assert Preprocess(size=16, fit="stretch").square(picture)[:, 0].max() == 0


def test_channels_are_reversed_for_bgr_and_values_normalised() -> None:
    picture = Image.new("RGB", (8, 8), (255, 0, 0))
    rgb = Preprocess(size=8, mean=(0.5,) * 3, std=(0.5,) * 3)(picture)
    np.testing.assert_allclose(rgb[:, 0, 0], [1, -1, -1])
    np.testing.assert_allclose(
        replace(Preprocess(size=8, std=(0.5,) * 3), channels="bgr")(picture)[:, 0, 0], [-1, -1, 1]
    )


def test_only_a_whole_picture_says_how_many_pixels_are_enough() -> None:
    assert Preprocess(size=128).enough == 128
    assert Preprocess(size=128, fit="crop").enough is None and Preprocess(size=128, fit="stretch").enough is None


@pytest.mark.parametrize("change", [{"size": 64}, {"fit": "crop"}, {"channels": "bgr"}, {"interpolation": "bicubic"}])
def test_every_choice_changes_the_fingerprint(change: dict[str, object]) -> None:
    assert replace(Preprocess(), **change).fingerprint != Preprocess().fingerprint  # type: ignore[arg-type]


def test_a_folder_gives_back_the_same_choices_and_unknown_ones_are_refused() -> None:
    own = Preprocess(size=48, fit="crop")
    read = Preprocess.of({k: list(v) if isinstance(v, tuple) else v for k, v in asdict(own).items()})
    assert read == own and read.fingerprint == own.fingerprint
    with pytest.raises(EncoderError, match="sharpen"):
        Preprocess.of({"sharpen": True})
    with pytest.raises(EncoderError):
        Preprocess(fit="tile")
