"""What is true of every hand, on a small scene made by hand: no figure, no setting, only passes."""

from __future__ import annotations

import time
from dataclasses import replace

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

pytest.importorskip("skia", reason="the demo draws with skia-python (a development requirement)")

from umair.demo.hands.model import KINDS, Kind
from umair.demo.hands.picture import RGB
from umair.demo.hands.registry import HANDS, finish, hand, paint
from umair.demo.passes import Light, Passes

SIDE = 192


def scene(seed: int = 3, side: int = SIDE) -> Passes:
    """A head on shoulders before a hill and a cloud: every pass has something in it."""
    y, x = np.mgrid[0:side, 0:side].astype(np.float32) / side
    head = np.hypot(x - 0.5, (y - 0.42) * 0.9) < 0.22
    hair = head & (y < 0.38)
    body = (np.hypot((x - 0.5) * 0.8, y - 1.05) < 0.42) & ~head
    eyes = (np.hypot(np.abs(x - 0.5) - 0.08, y - 0.46) < 0.035) & head
    mat = np.select([eyes, hair, head, body], [3, 2, 1, 4], 0).astype(np.int32)
    flats = np.array(
        [[0, 0, 0], [0.98, 0.88, 0.82], [0.45, 0.30, 0.65], [0.2, 0.3, 0.8], [0.85, 0.25, 0.3]], np.float32
    )
    alpha = cv2.GaussianBlur((mat > 0).astype(np.float32), (0, 0), 0.6)
    edge = cv2.morphologyEx(mat.astype(np.uint8), cv2.MORPH_GRADIENT, np.ones((3, 3))) > 0
    line = np.dstack([np.broadcast_to(np.float32([0.2, 0.1, 0.2]), (side, side, 3)), edge.astype(np.float32)])
    spark = ((np.hypot(np.abs(x - 0.5) - 0.07, y - 0.45) < 0.012) & eyes).astype(np.float32)
    sky = np.stack([0.4 + 0.4 * y, 0.6 + 0.3 * y, np.ones_like(y)], -1)
    cloud = np.hypot(x - 0.15, (y - 0.3) * 1.5) < 0.18
    sky[cloud] = 0.97
    sky[y > 0.75 + 0.05 * np.sin(9 * x)] = (0.35, 0.62, 0.30)
    contour = cv2.Canny((sky * 255).astype(np.uint8), 40, 90).astype(np.float32)[..., None] / 255
    colour = lambda *c: np.array(c, np.float32)  # noqa: E731
    fore = np.zeros((side, side, 4), np.float32)
    fore[np.hypot(x - 0.8, y - 0.2) < 0.02] = (1, 0.8, 0.85, 1)
    return Passes(
        albedo=flats[mat],
        alpha=alpha,
        shade=((x > 0.55) & (mat > 0)).astype(np.float32),
        ao=alpha * (np.abs(y - 0.64) < 0.03),
        high=(hair & (np.abs(y - 0.30) < 0.012)).astype(np.float32),
        line=line.astype(np.float32),
        spec=np.dstack([np.ones((side, side, 3), np.float32), spark]),
        mat=mat,
        part=mat,
        nx=((x - 0.5) * 2 * alpha).astype(np.float32),
        ny=((y - 0.5) * alpha).astype(np.float32),
        vx=((x - 0.5) * 1.5 * alpha).astype(np.float32),
        vy=((y - 0.5) * alpha).astype(np.float32),
        focus=np.exp(-(((x - 0.5) / 0.15) ** 2 + ((y - 0.46) / 0.15) ** 2)),
        bg=sky.astype(np.float32),
        bgline=np.dstack([np.full((side, side, 3), 0.3, np.float32), contour]).astype(np.float32),
        emit=np.zeros((side, side, 3), np.float32),
        fore=fore,
        light=Light(key=colour(1, 0.98, 0.94), amb=colour(0.86, 0.92, 1), shadow=colour(0.66, 0.68, 0.88)),
        dof=0.0015,
        horizon=0.7,
        S=side,
        seed=seed,
        lx=-1,
    )


PASSES = scene()


def picture(kind: Kind, seed: int, passes: Passes = PASSES, size: int = SIDE) -> RGB:
    artist = hand(kind, seed)
    return finish(paint(passes, artist), artist, size)


def appearance(image: RGB) -> NDArray[np.float64]:
    """Colours (Lab, 6 x 6 x 6) and gradients (strength x direction, 6 x 8): each a histogram that sums to 1."""
    lab = cv2.cvtColor(image, cv2.COLOR_RGB2LAB).reshape(-1, 3)
    colours = np.histogramdd(lab, bins=(6, 6, 6), range=((0, 100), (-60, 60), (-60, 60)))[0].ravel()
    grey = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    gx, gy = cv2.Sobel(grey, cv2.CV_32F, 1, 0), cv2.Sobel(grey, cv2.CV_32F, 0, 1)
    strength, turn = np.log1p(8 * np.hypot(gx, gy)).ravel(), np.arctan2(gy, gx).ravel() % np.pi
    edges = np.histogram2d(strength, turn, bins=(6, 8), range=((0, 3), (0, np.pi)))[0].ravel()
    return np.concatenate([colours / max(1, colours.sum()), edges / max(1, edges.sum())])


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_is_colour_in_range_at_the_size_asked_for(kind: Kind) -> None:
    image = picture(kind, 1, size=128)
    assert image.shape == (128, 128, 3)
    assert image.dtype == np.float32
    assert image.min() >= 0
    assert image.max() <= 1
    assert image.std() > 0.05


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_scene_and_artist_give_the_same_bytes(kind: Kind) -> None:
    assert picture(kind, 2).tobytes() == picture(kind, 2, scene()).tobytes()


@pytest.mark.parametrize("kind", KINDS)
def test_painting_leaves_the_passes_as_they_were(kind: Kind) -> None:
    before = {name: np.copy(getattr(PASSES, name)) for name in ("albedo", "alpha", "line", "spec", "bg", "fore")}
    picture(kind, 3)
    assert all(np.array_equal(plane, getattr(PASSES, name)) for name, plane in before.items())


@pytest.mark.parametrize("kind", KINDS)
def test_every_artist_of_a_hand_can_paint(kind: Kind) -> None:
    """Choices that few artists make (patterns, papers, signs, screens) are all run."""
    small = scene(side=96)
    for seed in range(16):
        assert np.isfinite(picture(kind, seed, small, 64)).all()


@pytest.mark.parametrize("kind", KINDS)
def test_scenery_without_a_figure_can_be_painted(kind: Kind) -> None:
    nobody = {n: np.zeros_like(getattr(PASSES, n)) for n in ("alpha", "shade", "ao", "high", "line", "spec", "mat")}
    still = {n: np.zeros_like(getattr(PASSES, n)) for n in ("albedo", "part", "nx", "ny", "vx", "vy", "focus")}
    image = picture(kind, 1, replace(PASSES, **nobody, **still))
    assert np.isfinite(image).all()
    assert image.std() > 0.03


@pytest.mark.parametrize("kind", KINDS)
def test_a_small_picture_is_painted_within_a_second(kind: Kind) -> None:
    picture(kind, 1)
    begun = time.process_time()
    picture(kind, 4)
    assert time.process_time() - begun < 1


def test_two_artists_of_one_hand_differ() -> None:
    for kind in KINDS:
        assert np.abs(picture(kind, 1) - picture(kind, 2)).mean() > 0.01, kind


def test_two_hands_differ_more_than_two_artists_of_one_hand() -> None:
    seen = {kind: [appearance(picture(kind, seed)) for seed in range(4)] for kind in KINDS}

    def distance(a: NDArray[np.float64], b: NDArray[np.float64]) -> float:
        return float(np.abs(a - b).sum())

    within = [distance(h[i], h[j]) for h in seen.values() for i in range(4) for j in range(i)]
    between = [distance(a, b) for k in KINDS for m in KINDS if k < m for a in seen[k] for b in seen[m]]
    assert np.median(within) < 0.8 * np.median(between)


def test_an_artist_is_fixed_by_kind_and_seed() -> None:
    for kind in HANDS:
        assert repr(hand(kind, 5)) == repr(hand(kind, 5))
        assert repr(hand(kind, 5)) != repr(hand(kind, 6))


def test_a_pixel_hand_shows_its_pixels_unblurred() -> None:
    artist = hand("pixel", 1)
    own = paint(PASSES, artist)
    big = finish(own, artist, 2 * own.shape[0])
    assert np.array_equal(big[::2, ::2], big[1::2, 1::2])
