"""Four artists of each hand, told apart by what they do, not only by their names."""

from __future__ import annotations

import itertools

import pytest

pytest.importorskip("skia", reason="the demo draws with skia-python (a development requirement)")

import cv2
import numpy as np

from umair.demo.artists import EACH, NAMES, SEEDS, artists
from umair.demo.hands.model import KINDS, Kind
from umair.demo.hands.registry import finish, hand, paint
from umair.demo.scene import passes
from umair.demo.sheets import _hand_scenes

EVERYONE = artists(1, ("a", "b"))
DRAWN = passes(_hand_scenes()[0], 160)  # as nobody in particular draws: only the painting differs


def test_everyone_has_a_name_and_an_id_of_their_own() -> None:
    assert len(EVERYONE) == EACH * len(KINDS) == 48
    assert len({a.artist_id for a in EVERYONE}) == len(EVERYONE)
    assert len({a.name for a in EVERYONE}) == len(EVERYONE)


def test_the_first_artists_keep_their_names() -> None:
    known = {a.artist_id: a.name for a in EVERYONE}
    assert known["cel-1"] == "水無月そら"
    assert known["ink-3"] == "夜半研墨"
    assert known["sticker-2"] == "Gumdrop Parade"


def test_names_are_written_in_three_languages() -> None:
    assert {a.lang for a in EVERYONE} == {"en", "ja", "zh"}
    assert next(a for a in EVERYONE if a.name == "半月庵").lang == "ja"
    assert next(a for a in EVERYONE if a.name == "二十四色").lang == "zh"


def test_no_two_artists_of_a_hand_share_a_seed() -> None:
    for kind in KINDS:
        assert len(set(SEEDS[kind])) == len(NAMES[kind]) == EACH


@pytest.mark.parametrize("kind", KINDS)
def test_artists_of_one_hand_are_told_apart_at_a_glance(kind: Kind) -> None:
    """On one scene, as small pictures: by colour or by the strength of edges."""
    seen = []
    for seed in SEEDS[kind]:
        artist = hand(kind, seed)
        picture = finish(paint(DRAWN, artist), artist, 64)
        lab = cv2.cvtColor(picture, cv2.COLOR_RGB2LAB)
        seen.append(np.concatenate([lab.ravel(), 3 * np.abs(np.diff(lab[..., 0], axis=1)).ravel()]))
    for (m, a), (n, b) in itertools.combinations(zip(SEEDS[kind], seen, strict=True), 2):
        assert np.abs(a - b).mean() > 5.0, (m, n)
