"""Labels of a library as groups: one name in each language, all spellings kept, the library itself untouched."""

from __future__ import annotations

import hashlib

import polars as pl
import pytest

from umair.library.store import Library
from umair.service import label_groups as module
from umair.service.label_groups import labels
from umair.settings import assets

DEMO = assets() / "demo"
needs_demo = pytest.mark.skipif(not (DEMO / "library.toml").is_file(), reason="no demo library in assets/")
TERMS = [("moon", "en", "moon", True), ("moon", "ja", "月", True), ("moon", "zh", "月亮", True)]


@pytest.fixture
def lib(small_library: Library) -> Library:
    """p00 and every fifth picture have 'moon', 'window' or 'mountain' alone; glossary: the moon only."""
    names = pl.DataFrame([dict(zip(("concept", "lang", "text", "is_main"), t, strict=True)) for t in TERMS])
    names.write_parquet(small_library.path / "glossary.parquet")
    return small_library


def test_a_group_has_a_name_in_each_language_and_all_its_pictures(lib: Library) -> None:
    moon = labels(lib).group("月")
    assert moon is labels(lib).group("moon") and set(moon.spellings) == {"moon", "月"}
    assert [moon.name(at) for at in ("en", "ja", "zh", "fr")] == ["moon", "月", "月亮", moon.spellings[0]]
    assert moon.others("en") == ("月",) and moon.others("zh") == moon.spellings
    assert moon.pictures == 8 == len({int(r) for r in moon.rows})


def test_without_a_concept_the_commonest_spelling_in_a_language_is_the_name(lib: Library) -> None:
    frame = lib.illustrations()
    own = [["Sunset"], ["sunset"], ["sunset"], *frame["labels"].to_list()[3:]]
    lib.write_illustrations(frame.with_columns(labels=pl.Series(own, dtype=pl.List(pl.String))))
    found = labels(Library.open(lib.path)).group("Sunset")
    assert found.spellings[0] == "sunset" and found.name("en") == "sunset" == found.name("ja")


def test_a_picture_has_each_group_once_in_the_order_of_its_labels(lib: Library) -> None:
    groups = labels(lib).grouped(["circle", "月", "moon", "nothing of this library"])
    assert [g.name("en") for g in groups] == ["circle", "moon"]


def test_no_word_encoder_leaves_glossary_and_spelling(lib: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(lib: Library) -> None:
        raise module.EncoderError("none here")

    monkeypatch.setattr(module, "words", absent)
    (lib.path / "illustrations.parquet").touch()
    found = labels(Library.open(lib.path))
    assert found.group("moon").spellings == found.group("月").spellings
    assert sorted(s for g in found.groups for s in g.spellings) == sorted(found.of)


@needs_demo
def test_on_the_demo_groups_are_the_glossary_s_concepts_and_nothing_is_written() -> None:
    lib = Library.open(DEMO)
    before = {p: hashlib.sha256(p.read_bytes()).hexdigest() for p in DEMO.glob("*.parquet")}
    found = labels(lib)
    told = dict(pl.read_parquet(DEMO / "glossary.parquet", columns=["text", "concept"]).iter_rows())
    distinct = {label for own in lib.illustrations()["labels"].to_list() for label in own}
    assert sorted(s for g in found.groups for s in g.spellings) == sorted(distinct)
    assert all({told[s] for s in g.spellings} == {g.concept} for g in found.groups)
    assert [g.pictures for g in found.groups] == sorted((g.pictures for g in found.groups), reverse=True)
    assert {p: hashlib.sha256(p.read_bytes()).hexdigest() for p in DEMO.glob("*.parquet")} == before
