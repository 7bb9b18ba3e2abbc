"""Named axes move with what they are named for, and words say where a picture stands among others."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from umair.encoders.style import readable
from umair.encoders.style.readable import AXES, describe, measured_rows, quantiles_of, save_quantiles
from umair.encoders.style.sample import sample

RNG = np.random.default_rng(9)


def drawn(width: int = 2, ground: tuple[int, int, int] = (230, 220, 210)) -> np.ndarray:
    """Dark rings, `width` pixels wide, on a plain ground."""
    y, x = np.mgrid[0:160, 0:160]
    away = np.min([abs(np.hypot(x - 80, y - 80) - r) for r in (20, 40, 60)], axis=0)
    ink = np.clip(width / 2 + 0.5 - away, 0, 1)[..., None]
    return (np.array(ground) * (1 - ink) + np.array((30, 25, 40)) * ink).astype(np.uint8)


def axis(name: str, picture: np.ndarray) -> float:
    return AXES[name](sample(picture))


@pytest.mark.parametrize(("thin", "thick"), [(1, 3), (2, 5)])
def test_line_weight_is_about_the_width_that_was_drawn(thin: int, thick: int) -> None:
    assert axis("line weight", drawn(thin)) + 0.8 < axis("line weight", drawn(thick))
    assert axis("line weight", drawn(thick)) == pytest.approx(thick, abs=1.0)
    assert axis("line weight", np.full((50, 50, 3), 200, np.uint8)) == 0


def test_noise_takes_flatness_and_gives_grain() -> None:
    noisy = np.clip(drawn() + RNG.normal(0, 12, (160, 160, 1)), 0, 255).astype(np.uint8)
    assert axis("flatness of colour", drawn()) > axis("flatness of colour", noisy) + 0.4
    assert axis("grain", noisy) > axis("grain", drawn()) + 1


def test_blur_softens_edges() -> None:
    blurred = cv2.GaussianBlur(drawn(6), (0, 0), 2.5)
    assert axis("edge softness", blurred) > axis("edge softness", drawn(6)) * 1.4


def test_colour_saturates_and_contrast_widens() -> None:
    assert axis("saturation", drawn(ground=(255, 60, 20))) > axis("saturation", drawn(ground=(200, 190, 185))) + 20
    pale = (drawn().astype(int) // 4 + 150).astype(np.uint8)
    assert axis("value range", drawn(6)) > axis("value range", pale) + 10


def test_words_follow_the_reference(tmp_path: Path) -> None:
    reference = [Image.fromarray(drawn(w, (g, g, g))) for w in (1, 2, 3, 4, 5) for g in (160, 200, 240)]
    save_quantiles(tmp_path, quantiles_of(measured_rows(reference)))
    thin, thick = (describe(Image.fromarray(drawn(w)), tmp_path) for w in (1, 5))
    assert "thin dark lines" in thin.words and "heavy dark lines" in thick.words
    assert thin.axes["line weight"] < 0.3 < 0.7 < thick.axes["line weight"]
    assert all(0 <= place <= 1 for place in thin.axes.values()) and set(thin.axes) == set(AXES)
    assert thin.sentence.startswith("Thin dark lines") and thin.sentence.endswith(".")
    plain = describe(Image.new("RGB", (40, 40), (250, 200, 100)), tmp_path)
    assert plain.words[0] == "hardly any lines"


def test_a_style_does_not_change_in_the_mirror(tmp_path: Path) -> None:
    save_quantiles(tmp_path, quantiles_of(measured_rows([Image.fromarray(drawn(w)) for w in (1, 3, 5)])))
    picture = Image.fromarray(drawn(3))
    mirrored = picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    for name, value in describe(picture, tmp_path).numbers.items():
        assert describe(mirrored, tmp_path).numbers[name] == pytest.approx(value, rel=0.1, abs=0.05)


def test_every_axis_has_words_for_both_ends() -> None:
    assert set(readable.LOW_HIGH) == set(AXES)
