"""Borders, badges and seals keep within the part of the square that is shown."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("skia", reason="the demo draws with skia-python (a development requirement)")

from umair.demo.content import Box
from umair.demo.hands import riso, woodblock
from umair.demo.hands.framed import Framed, centred, edge_distance, framed
from umair.demo.hands.model import Kind
from umair.demo.hands.picture import RGB
from umair.demo.hands.registry import hand, paint
from umair.demo.hands.shapes import badge
from umair.demo.scene import passes
from umair.demo.sheets import _hand_scenes

TALL = Box(0.15, 0.0, 0.75, 0.9)
SIDE = 160


@pytest.fixture(scope="module")
def shown() -> Framed:
    return framed(passes(_hand_scenes()[0], SIDE), TALL)


def strips(picture: RGB, box: Box, wide: int) -> list[RGB]:
    """The four strips just inside the box."""
    left, top, right, bottom = box.pixels(SIDE)
    seen = picture[top:bottom, left:right]
    return [seen[:wide], seen[-wide:], seen[:, :wide], seen[:, -wide:]]


def test_distance_is_nought_on_the_frame_and_negative_beyond(shown: Framed) -> None:
    distance = edge_distance(shown)
    left, top, right, bottom = TALL.pixels(SIDE)
    assert distance[top:bottom, left + 1 : right - 1].min() >= 0
    assert distance[:, : left - 1].max() < 0
    assert distance[bottom + 1 :].max() < 0
    assert distance.max() == pytest.approx(TALL.width / 2, abs=0.01)


def test_a_disk_is_round_and_in_the_middle_of_what_is_shown(shown: Framed) -> None:
    inside = badge(shown, "disk", 0.4) < 0
    rows, columns = np.nonzero(inside)
    assert columns.mean() / SIDE == pytest.approx((TALL.left + TALL.right) / 2, abs=0.01)
    assert rows.mean() / SIDE == pytest.approx((TALL.top + TALL.bottom) / 2, abs=0.01)
    assert np.ptp(rows) == pytest.approx(np.ptp(columns), abs=1)
    assert np.ptp(columns) / SIDE == pytest.approx(0.8 * TALL.width, abs=0.02)


def test_a_square_badge_takes_the_pictures_proportions(shown: Framed) -> None:
    rows, columns = np.nonzero(badge(shown, "square", 0.45) < 0)
    gap = 0.05 * TALL.width
    assert np.ptp(columns) / SIDE == pytest.approx(TALL.width - 2 * gap, abs=0.02)
    assert np.ptp(rows) / SIDE == pytest.approx(TALL.height - 2 * gap, abs=0.02)


def test_middle_is_nought(shown: Framed) -> None:
    u, v = centred(shown)
    x, y = round((TALL.left + TALL.right) / 2 * SIDE), round((TALL.top + TALL.bottom) / 2 * SIDE)
    assert abs(u[y, x]) < 0.01
    assert abs(v[y, x]) < 0.01


def test_the_margin_of_a_print_is_whole_on_all_four_sides(shown: Framed) -> None:
    look = replace(riso.artist(np.random.default_rng(1)), margin=0.06)
    printed = riso.paint(shown, look, np.random.default_rng(2))
    for strip in strips(printed, TALL, 6):
        assert np.abs(strip - look.paper).max() < 0.1


def test_the_sheet_of_a_woodblock_print_has_its_border_on_all_four_sides(shown: Framed) -> None:
    look = woodblock.artist(np.random.default_rng(3))
    look = replace(look, sheet=replace(look.sheet, margin=0.06, frame="none", seal="tall", slip=False))
    printed = woodblock.paint(shown, look, np.random.default_rng(2))
    for strip in strips(printed, TALL, 6):
        assert strip.std(axis=(0, 1)).max() < 0.05


@pytest.mark.parametrize("kind", ["sticker", "riso", "woodblock", "pastel", "watercolour", "neon", "pencil", "gouache"])
def test_what_is_shown_changes_where_the_hand_puts_its_frame(kind: Kind) -> None:
    """Of eight artists at least one has a border or badge, and it follows the box."""
    drawn = passes(_hand_scenes()[0], 96)
    moved = [np.abs(paint(drawn, hand(kind, n), TALL) - paint(drawn, hand(kind, n))).max() for n in range(8)]
    assert max(moved) > 0.2
