"""The build: twice the same bytes, resumable, and a library that opens with its truth kept apart."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from umair.demo import build as build_module
from umair.demo.artists import artists
from umair.demo.assignment import assign
from umair.demo.build import build
from umair.demo.files import stamp_of
from umair.demo.labels import THEMES
from umair.demo.painting import LONG_SIDE, Job, painted
from umair.demo.scenes import catalogue
from umair.demo.taste import MODALITIES
from umair.encoders.pairs import SUB_TYPES, read_glossary, read_tsv
from umair.library.store import Library

pytest.importorskip("skia", reason="drawing needs skia-python (requirements-dev.txt)")
PICTURES = 30


def _quick(job: Job) -> np.ndarray:
    """Colours instead of a drawing: what matters here is what is done with it."""
    rng = np.random.default_rng(int(job.key[:12], 16))
    return np.repeat(np.repeat(rng.integers(0, 255, (12, 8, 3)).astype(np.uint8), 16, 0), 16, 1)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], Path]:
    """Builds a small library whose pictures are not drawn."""
    monkeypatch.setattr(build_module, "painted", _quick)

    def make(name: str) -> Path:
        return build(tmp_path / name, PICTURES, seed=2, processes=1, users=25, kept=tmp_path / "kept")

    return make


def test_two_builds_are_equal_byte_by_byte(quick: Callable[[str], Path], tmp_path: Path) -> None:
    first, second = quick("a"), build(tmp_path / "b", PICTURES, 2, 1, 25, kept=tmp_path / "kept-elsewhere")
    files = {f.relative_to(first): f.read_bytes() for f in first.rglob("*") if f.is_file()}
    again = {f.relative_to(second): f.read_bytes() for f in second.rglob("*") if f.is_file()}
    assert files == again and len(files) > PICTURES


def test_the_library_opens_and_says_that_it_is_synthetic(quick: Callable[[str], Path]) -> None:
    library = Library.open(quick("a"))
    assert library.info.synthetic and library.info.stamp == stamp_of(library.path)
    rows = library.illustrations()
    assert len(rows) == PICTURES and rows["item_id"].is_unique().all()
    assert all(library.image_path(item).is_file() for item in rows["item_id"])
    assert rows["labels"].list.len().min() >= 2 and rows["artist_name"].null_count() == 0
    log = library.interactions().join(rows.select("item_id", "published_at"), on="item_id")
    assert (log["at"] > log["published_at"]).all() and len(log) == len(library.interactions())


def test_the_truth_lies_apart(quick: Callable[[str], Path]) -> None:
    path = quick("a")
    users, pictures = (pl.read_parquet(path / "truth" / f"{n}.parquet") for n in ("users", "pictures"))
    np.testing.assert_allclose(users.select(MODALITIES).to_numpy().sum(1), 1.0, atol=1e-6)
    assert set(users.columns) >= {"user_id", "favourite_hands", "favourite_characters"}
    assert set(pictures.columns) >= {"item_id", "hand", "character", "setting", "scene"}
    assert not set(pl.read_parquet(path / "users.parquet").columns) & {*MODALITIES, "favourite_hands"}


def test_the_glossary_comes_with_the_library(quick: Callable[[str], Path]) -> None:
    path = quick("a")
    pairs = read_glossary(path / "glossary.parquet") + read_tsv(path / "relations.tsv")
    assert {p.sub_type for p in pairs} == set(SUB_TYPES)


def test_a_stopped_build_paints_only_what_is_missing(
    quick: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick("a")
    kept = sorted((tmp_path / "kept").glob("*.png"))
    kept[0].unlink()
    asked: list[str] = []

    def counting(job: Job) -> np.ndarray:
        asked.append(job.key)
        return _quick(job)

    monkeypatch.setattr(build_module, "painted", counting)
    build(tmp_path / "b", PICTURES, seed=2, processes=1, users=25, kept=tmp_path / "kept")
    assert asked == [kept[0].stem]


def test_each_scene_is_painted_by_different_hands_and_artists_share_the_work() -> None:
    jobs = assign(catalogue(1, 40), artists(1, THEMES), each=5, seed=1)
    for n in range(0, len(jobs), 5):
        assert len({j.plan.key for j in jobs[n : n + 5]}) == 1
        assert len({j.artist.hand for j in jobs[n : n + 5]}) == 5
    counts = pl.Series([j.artist.artist_id for j in jobs]).value_counts()["count"]
    assert counts.min() >= counts.max() - 3
    assert len({j.key for j in jobs}) == len(jobs)


def test_a_picture_is_painted_the_same_twice_and_at_its_size() -> None:
    job = assign(catalogue(1, 40), artists(1, THEMES), each=5, seed=1)[3]
    first = painted(job)
    np.testing.assert_array_equal(first, painted(job))
    assert 0.7 * LONG_SIDE < max(first.shape[:2]) < 1.4 * LONG_SIDE and first.std() > 10
