"""Faces stay readable in the hands that are hardest on them."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

pytest.importorskip("skia", reason="the demo draws with skia-python (a development requirement)")

from umair.demo.artists import SEEDS
from umair.demo.canvas.colours import luma
from umair.demo.canvas.pen import MATS
from umair.demo.figure.model import Figure
from umair.demo.hands.pencil import Pencil
from umair.demo.hands.registry import hand, paint
from umair.demo.hands.riso import Riso
from umair.demo.scene import passes
from umair.demo.sheets import _hand_scenes

SCENE = _hand_scenes()[3]  # indoors, pink hair, a yellow hood
DRAWN = passes(SCENE, 320)
SKIN = cv2.erode((DRAWN.mat == MATS["skin"]).astype(np.uint8), np.ones((7, 7))) > 0


@pytest.mark.parametrize("seed", SEEDS["neon"])
def test_skin_is_bright_in_a_dark_room(seed: int) -> None:
    light = luma(paint(DRAWN, hand("neon", seed)))
    assert light[SKIN].mean() > 0.45
    assert light[SKIN].mean() > 1.3 * light[DRAWN.alpha < 0.1].mean()


def test_riso_prints_skin_as_an_even_tint_not_as_dots() -> None:
    coarse = hand("riso", 4)
    assert isinstance(coarse.look, Riso)
    coarse = replace(coarse, look=replace(coarse.look, cell=9.0, screen="dots", shift=0.0))
    picture = luma(paint(DRAWN, coarse)).astype(np.float32)
    rough = np.abs(picture - cv2.GaussianBlur(picture, (0, 0), 3))
    hair = cv2.erode((DRAWN.mat == MATS["hair"]).astype(np.uint8), np.ones((5, 5))) > 0
    assert rough[SKIN].mean() < 0.5 * rough[hair].mean()


def test_a_small_head_is_given_more_pixels() -> None:
    artist = replace(hand("pixel", 3), look=replace(hand("pixel", 3).look, size=128))
    (figure,) = SCENE.figures
    assert isinstance(figure, Figure)
    sides = []
    for scale in (0.5, 0.3):
        scene = replace(SCENE, figures=(replace(figure, scale=scale, y=0.3),))
        sides.append(paint(passes(scene, 320), artist).shape[0])
    assert sides[0] == 128
    assert sides[1] > 128


def test_half_of_the_pencil_artists_use_coloured_pencils() -> None:
    chroma = {}
    for seed in SEEDS["pencil"]:
        artist = hand("pencil", seed)
        assert isinstance(artist.look, Pencil)
        lab = cv2.cvtColor(paint(DRAWN, artist).astype(np.float32), cv2.COLOR_RGB2LAB)
        hood = DRAWN.mat == MATS["cloth"]
        chroma[seed] = np.ptp(np.stack([lab[hood, 2].mean(), lab[DRAWN.mat == MATS["hair"], 2].mean()])), artist.look
    coloured = [spread for spread, look in chroma.values() if look.colour]
    grey = [spread for spread, look in chroma.values() if not look.colour]
    assert len(coloured) == len(grey) == 2
    assert min(coloured) > 2 * max(grey)  # a yellow hood beside pink hair
