"""The printed Fig. 5: every picture is on it, at its place; unknown endings are refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from umair.errors import LibraryError
from umair.experiments.fig_5 import Figure5, TellingPair
from umair.experiments.fig_5_sheet import PAGE, save_sheet, sheet
from umair.library.store import Library
from umair.retrieval.quality import SpaceQuality
from umair.retrieval.separation import BINS, Separation

COLOURS = {f"p{n}": (20 * n + 10, 255 - 20 * n, 7 * n) for n in range(12)}


def _figure() -> Figure5:
    pairs = [TellingPair(f"p{2 * n}", f"p{2 * n + 1}", 1.0, 0.1, 99.0, 1.0) for n in range(6)]
    shares = tuple(np.full(BINS, 1 / BINS).tolist())
    plot = Separation("style", "hand", 0.97, tuple(np.linspace(0, 1.2, BINS + 1).tolist()), shares, shares)
    quality = SpaceQuality(0.9, 0.5, 0.5, 0.6, 0.9, 0.2, 1_000, "python -m umair figure 5")
    return Figure5("見本", True, tuple(pairs[:4]), tuple(pairs[4:]), quality, (plot,) * 4)


def _picture(item: str) -> Image.Image:
    return Image.new("RGB", (90, 60), COLOURS[item])


def test_every_picture_of_the_pairs_is_on_the_page() -> None:
    page = sheet(_figure(), _picture)
    assert page.size == PAGE
    found = set(page.getdata())  # type: ignore[arg-type]
    assert set(COLOURS.values()) <= found


def test_both_pictures_of_a_pair_stand_side_by_side() -> None:
    pixels = np.asarray(sheet(_figure(), _picture))
    first, second = (np.argwhere((pixels == COLOURS[item]).all(-1)) for item in ("p0", "p1"))
    assert set(first[:, 0]) == set(second[:, 0])
    assert first[:, 1].max() < second[:, 1].min() < first[:, 1].max() + 40


@pytest.mark.parametrize("ending", ["pdf", "png", "webp"])
def test_it_is_written_in_the_format_of_its_ending(
    ending: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small_library: Library
) -> None:
    monkeypatch.setattr(Library, "image_path", lambda self, item: item)
    monkeypatch.setattr("umair.experiments.fig_5_sheet.load_picture", _picture)
    out = tmp_path / f"figure.{ending}"
    save_sheet(_figure(), small_library, out)
    begins = {"pdf": b"%PDF", "png": b"\x89PNG", "webp": b"RIFF"}
    assert out.read_bytes().startswith(begins[ending])


def test_another_ending_is_refused_before_anything_is_written(tmp_path: Path, small_library: Library) -> None:
    with pytest.raises(LibraryError, match=r"\.gif"):
        save_sheet(_figure(), small_library, tmp_path / "figure.gif")
    assert not list(tmp_path.glob("figure*"))
