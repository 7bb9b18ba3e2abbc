"""From clones to the table: copies and empty pictures go, a poor hand goes, the manifest holds together."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from PIL import Image

pytest.importorskip("skia", reason="skia draws SVG; it is a development dependency")
from umair.errors import TrainingError
from umair.experiments.open_hands.__main__ import COLUMNS, gather, write_table
from umair.experiments.open_hands.clones import Clone
from umair.experiments.open_hands.gather import near_empty, pack
from umair.experiments.open_hands.manifest import Part, Source, read_manifest

TINY = Source("tiny", "someone/pictures", "HEAD", "CC0 1.0", "by nobody", "drawing")


def test_copies_count_once_and_a_hand_of_few_pictures_is_left_out(clone: Clone) -> None:
    part = Part(re.compile(r"^art/(?P<hand>[^/]+)/"), pixels=True)
    rows = gather(replace(TINY, parts=(part,)), clone.git.parent)
    assert {row["hand"] for row in rows} == {"tiny/ann-ink"} and len(rows) == 7  # bob's seven are one picture


def test_icons_come_as_pictures_of_the_hands_size(clone: Clone, tmp_path: Path) -> None:
    source = replace(TINY, reader="icon-sets", kind="icon", licenses=(("MIT", "MIT"),))
    table = write_table(gather(source, clone.git.parent), tmp_path / "to" / "table.parquet")
    assert table.schema == pl.Schema(COLUMNS) and table["hand"].n_unique() == 2
    assert table.equals(pl.read_parquet(tmp_path / "to" / "table.parquet"))
    for (_,), of_hand in table.group_by("hand"):
        sizes = {Image.open(io.BytesIO(image)).size for image in of_hand["image"]}
        assert len(sizes) == 1 and 128 <= sizes.pop()[0] <= 160
    assert [path.name for path in (tmp_path / "to").iterdir()] == ["table.parquet"]


def test_near_empty_pictures_are_told() -> None:
    page = np.full((100, 100, 3), 255, np.uint8)
    assert near_empty(page) and near_empty(np.zeros((10, 100, 3), np.uint8))
    page[40:60, 40:60] = 0
    assert not near_empty(page)


def test_small_pictures_are_kept_without_loss() -> None:
    rgb = np.zeros((64, 64, 3), np.uint8)
    rgb[::2, ::2] = (200, 30, 90)
    assert np.array_equal(np.asarray(Image.open(io.BytesIO(pack(rgb, lossless=True)))), rgb)
    noise = np.random.default_rng(0).integers(0, 255, (200, 200, 3), np.uint8)
    assert len(pack(noise, lossless=True)) < noise.size * 0.9


def test_the_manifest_names_free_licenses_and_whole_commits() -> None:
    sources = read_manifest()
    assert len({source.name for source in sources}) == len(sources)
    for source in sources:
        assert re.fullmatch(r"[0-9a-f]{40}", source.commit) and source.credit and source.repository.count("/") == 1
        written = {source.license, *(part.license for part in source.parts), *dict(source.licenses).values()}
        assert not any(word in text for text in written for word in ("SA", "NC", "ND", "GPL"))
        assert source.parts or source.reader == "icon-sets"


def test_a_manifest_with_an_unknown_kind_is_refused(tmp_path: Path) -> None:
    entry = '[[source]]\nname="a"\nrepository="b/c"\ncommit="d"\nlicense="MIT"\ncredit="e"\nkind="photo"\n'
    (tmp_path / "manifest.toml").write_text(entry)
    with pytest.raises(TrainingError, match="'photo'"):
        read_manifest(tmp_path / "manifest.toml")
    (tmp_path / "manifest.toml").write_text('[[source]]\nname="a"\nkind="icon"\n')
    with pytest.raises(TrainingError, match="needs name, repository"):
        read_manifest(tmp_path / "manifest.toml")
