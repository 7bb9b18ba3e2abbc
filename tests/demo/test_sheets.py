"""Contact sheets: tiled in order, and small enough to be looked at on the web."""

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("skia", reason="skia-python draws the demo library; it is a development dependency")

from PIL import Image

from umair.demo import sheets


def test_pictures_are_tiled_in_reading_order() -> None:
    pictures = [np.full((4, 4, 3), 10 * i, np.uint8) for i in range(5)]
    sheet = sheets._tiled(pictures, columns=3, gap=2)
    assert sheet.shape == (14, 20, 3)
    assert [int(sheet[y, x, 0]) for y, x in ((2, 2), (2, 8), (2, 14), (8, 2), (8, 8), (8, 14))] == [
        0,
        10,
        20,
        30,
        40,
        250,
    ]


def test_a_sheet_stays_under_the_limit_even_when_it_is_all_noise(tmp_path: Path) -> None:
    noise = np.random.default_rng(0).integers(0, 255, (900, 900, 3)).astype(np.uint8)
    written = sheets.save_sheet(noise, tmp_path / "new" / "noise.webp")
    assert written == (tmp_path / "new" / "noise.webp").stat().st_size <= sheets.LIMIT
    assert Image.open(tmp_path / "new" / "noise.webp").size == (900, 900)


def test_a_portrait_shows_the_whole_head() -> None:
    for n, key in enumerate(("ysolde", "kuro", "suzu")):
        (figure,) = sheets._portrait(key, n).figures
        assert figure.char.name == key
        assert figure.y >= 0.13


def test_artists_of_one_hand_paint_the_same_scene_differently(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "DRAWN", 128)
    monkeypatch.setattr(sheets, "KINDS", ("cel",))
    sheet = sheets.artists_sheet(size=64)
    assert sheet.shape[1] > 2 * 64
    assert np.abs(sheet[4:68, 4:68].astype(int) - sheet[4:68, 72:136]).mean() > 1
