"""Drawing: vectors, rasters, grounds."""

from __future__ import annotations

import numpy as np
import pytest

from umair.errors import ImageError
from umair.experiments.open_hands.ground import on_ground, print_of
from umair.experiments.open_hands.raster import cut_to_drawn, open_raster, tiles, to_size

pytest.importorskip("skia", reason="skia draws SVG; it is a development dependency")
from umair.experiments.open_hands.vector import draw_svg

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10">'


def test_ink_is_current_colour_and_the_rest_is_clear() -> None:
    rgba = draw_svg(f'{HEAD}<rect width="10" height="10" fill="currentColor"/></svg>', 40, "#ff0000")
    assert rgba.shape == (20, 40, 4)
    assert rgba[10, 10].tolist() == [255, 0, 0, 255] and rgba[10, 30, 3] == 0


def test_a_style_sheet_colours_its_class_and_an_own_style_wins() -> None:
    sheet = "<style>.a,.b{fill:#00ff00} .b{fill:#0000ff}</style>"
    body = '<rect class="a" width="5" height="10"/><rect class="b" x="10" width="5" height="10"/>'
    own = '<rect class="a" style="fill:#ff0000" x="15" width="5" height="10"/>'
    rgba = draw_svg(f"{HEAD}{sheet}{body}{own}</svg>", 40)
    assert rgba[10, 5, :3].tolist() == [0, 255, 0]
    assert rgba[10, 25, :3].tolist() == [0, 0, 255]
    assert rgba[10, 35, :3].tolist() == [255, 0, 0]


def test_width_and_height_stand_in_for_a_view_box() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="8mm" height="4mm"><rect width="4" height="4"/></svg>'
    rgba = draw_svg(svg, 80)
    assert rgba.shape[:2] == (40, 80) and rgba[20, 20, 3] == 255 and rgba[20, 60, 3] == 0


@pytest.mark.parametrize("text", ["plain words", "<svg></svg>", '<svg viewBox="0 0 0 5"/>'])
def test_what_cannot_be_drawn_is_refused(text: str) -> None:
    with pytest.raises(ImageError):
        draw_svg(text, 40)


def test_no_picture_is_refused() -> None:
    with pytest.raises(ImageError, match="no picture"):
        open_raster(b"not a picture at all")


def test_pixel_art_grows_in_whole_steps() -> None:
    small = np.random.default_rng(1).integers(0, 255, (16, 10, 4), np.uint8)
    large = to_size(small, pixels=True)
    assert large.shape[0] == 96 and np.array_equal(large[::6, ::6], small)


@pytest.mark.parametrize(("side", "longer"), [(40, 96), (150, 150), (900, 224)])
def test_all_else_comes_between_the_limits(side: int, longer: int) -> None:
    assert max(to_size(np.full((side, side // 2, 4), 255, np.uint8), pixels=False).shape) == longer


def test_a_picture_is_cut_to_what_is_drawn() -> None:
    rgba = np.zeros((100, 100, 4), np.uint8)
    rgba[20:70, 40:60] = 255
    cut = cut_to_drawn(rgba, margin=0)
    assert cut.shape == (50, 20, 4) and cut.min() == 255


def test_a_sheet_falls_into_whole_tiles() -> None:
    sheet = np.arange(4 * 6 * 4, dtype=np.uint8).reshape(4, 6, 4)
    pieces = list(tiles(sheet, 2))
    assert len(pieces) == 6 and np.array_equal(pieces[-1], sheet[2:, 4:])


def test_a_hand_is_always_printed_alike_and_legibly() -> None:
    prints = [print_of(f"hand {at}", plain=True) for at in range(200)]
    assert prints[7] == print_of("hand 7", plain=True)
    assert all(128 <= one.side <= 160 for one in prints)
    assert all(abs(sum(one.ink) - sum(one.ground)) > 200 for one in prints)
    assert 0.3 < np.mean([one.chain is not None for one in prints]) < 0.5
    assert 0.3 < np.mean([{one.ink, one.ground} == {(0, 0, 0), (255, 255, 255)} for one in prints]) < 0.7


def test_half_clear_paint_lets_the_ground_through() -> None:
    rgba = np.array([[[200, 0, 0, 0], [200, 0, 0, 255], [0, 0, 0, 51]]], np.uint8)
    assert on_ground(rgba, (10, 20, 100)).tolist() == [[[10, 20, 100], [200, 0, 0], [8, 16, 80]]]
