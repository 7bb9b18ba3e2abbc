"""The same picture in another size or file is found; other pictures are not."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image, ImageEnhance

from umair.library.importers.folder import import_folder
from umair.library.near_duplicates import ALIKE, _pairs, near_duplicates
from umair.library.store import Library


def _scene(seed: int, size: tuple[int, int] = (320, 240)) -> Image.Image:
    rng = np.random.default_rng(seed)
    return Image.fromarray(rng.integers(0, 255, (6, 8, 3), dtype=np.uint8)).resize(size, Image.Resampling.BICUBIC)


def test_resized_recompressed_and_recoloured(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    _scene(1).save(folder / "a.png")
    _scene(1).resize((200, 150)).save(folder / "b.jpg", quality=60)
    ImageEnhance.Color(_scene(1)).enhance(0.7).save(folder / "c.webp")
    for n in range(2, 12):
        _scene(n).save(folder / f"other{n:02d}.png")
    for n in range(3):
        Image.new("RGB", (64, 64), (n, n, n)).save(folder / f"blank{n}.png")
    library = Library.create(tmp_path / "lib", "x")
    import_folder(library, folder)
    titles = dict(zip(library.illustrations()["item_id"], library.illustrations()["width_px"], strict=True))
    pairs = near_duplicates(library)
    assert len(pairs) == 3 and {titles[i] for pair in pairs for i in pair} == {320, 200}


def test_pairs_are_those_of_a_naive_loop() -> None:
    rng = np.random.default_rng(0)
    prints = (rng.random((60, 256)) < 0.5).astype(np.float32)
    for k in range(10):  # some near copies
        prints[50 + k] = prints[k]
        prints[50 + k, rng.integers(0, 256, 6 + k)] = 1 - prints[50 + k, 0]
    naive = [(a, b) for a in range(60) for b in range(a + 1, 60) if np.abs(prints[a] - prints[b]).sum() <= ALIKE]
    assert _pairs(prints) == naive and naive


def test_an_empty_library_has_none(tmp_path: Path) -> None:
    assert near_duplicates(Library.create(tmp_path / "new", "new")) == []
