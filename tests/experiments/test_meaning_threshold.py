"""The command measures an encoder on the demo's glossary and on unseen names, and keeps what it found beside it."""

from __future__ import annotations

import shutil
from pathlib import Path

import polars as pl
import pytest

from umair.encoders.names import part_of
from umair.encoders.text import TextEncoder
from umair.encoders.words import shipped_folder
from umair.experiments import meaning_threshold
from umair.retrieval.meaning import read_meaning
from umair.settings import assets

pytestmark = pytest.mark.skipif(
    not (assets() / "demo" / "glossary.parquet").is_file(), reason="no demo library in assets/"
)


@pytest.fixture
def names(tmp_path: Path) -> Path:
    """A table of 400 invented things whose English and Japanese names are written alike."""
    things = [f"thing:{n}" for n in range(400)]
    rows = [(t, "name", lang, f"{lang} word {t}") for t in things for lang in ("en", "ja")]
    pl.DataFrame(rows, schema=["entity_id", "kind", "lang", "text"], orient="row").write_parquet(tmp_path / "n.parquet")
    return tmp_path


def test_only_things_of_the_test_part_measure(names: Path) -> None:
    told = meaning_threshold.unseen_names(names)
    assert told and {part_of(thing) for thing in told.values()} == {"test"}


def test_the_thresholds_are_printed_marked_and_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(meaning_threshold, "TEXTS_OF_NAMES", 600)
    monkeypatch.setattr(meaning_threshold, "TEXTS_GROUPED", 300)
    folder = tmp_path / "text"
    shutil.copytree(shipped_folder(), folder)
    (folder / "meaning.json").unlink(missing_ok=True)
    meaning_threshold.main(["--encoder", str(folder), "--write"])
    said = capsys.readouterr().out
    kept = read_meaning(folder, TextEncoder.load(folder).fingerprint)
    assert kept is not None and 0 < kept.same < 1 and 0 < kept.grouped <= 1
    assert f"same    {kept.same:.2f}" in said and f"grouped {kept.grouped:.2f}" in said
    assert f"{kept.same:9.2f}" in said and said.count("  <") >= 1
