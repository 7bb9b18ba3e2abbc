"""Where things are, and TOML that reads back as it was written."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from umair import settings
from umair.errors import LibraryError, UmairError
from umair.library.store import Library

PLAIN = st.one_of(st.text(), st.booleans(), st.integers(-(2**60), 2**60), st.floats(allow_nan=False))
TABLE = st.dictionaries(st.text(), st.one_of(PLAIN, st.lists(st.text()), st.lists(st.floats(allow_nan=False))))


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UMAIR_HOME", str(tmp_path / "home"))


@given(plain=TABLE, tables=st.dictionaries(st.text(), TABLE))
def test_toml_reads_back(plain: dict, tables: dict) -> None:
    content = plain | tables
    assert tomllib.loads(settings.toml_text(content)) == content


def test_choices_are_kept_and_others_have_defaults() -> None:
    assert settings.read_settings() == settings.Settings()
    chosen = settings.Settings(device="cpu", image_encoder="timm:resnet50")
    settings.write_settings(chosen)
    settings.set_known_libraries([Path("/a"), Path("/b"), Path("/a")])
    assert settings.read_settings() == chosen
    assert settings.known_libraries() == (Path("/a"), Path("/b"))


def test_a_wrong_choice_or_a_broken_file_is_told() -> None:
    file = settings.home() / "settings.toml"
    file.parent.mkdir()
    file.write_text("[settings]\ndevice = 3\n")
    with pytest.raises(UmairError, match="device = 3"):
        settings.read_settings()
    file.write_text("[settings")
    with pytest.raises(UmairError, match=r"settings\.toml is not a readable TOML"):
        settings.read_settings()


def test_the_demo_is_copied_once_an_edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UMAIR_ASSETS", str(tmp_path / "assets"))
    with pytest.raises(LibraryError, match="demo build"):
        settings.demo_library()
    shipped = Library.create(tmp_path / "assets" / "demo", "Demo", synthetic=True)
    toml = shipped.path / "library.toml"
    toml.write_text('stamp = "one"\n' + toml.read_text())
    first = settings.demo_library()
    assert first.parent == settings.home() / "libraries" and Library.open(first).info.synthetic
    Library.open(first).rename("Mine")
    assert settings.demo_library() == first and Library.open(first).info.name == "Mine"
    toml.write_text(toml.read_text().replace("one", "two"))
    second = settings.demo_library()
    (shipped.path / "vectors").mkdir()
    (shipped.path / "vectors" / "active.toml").write_text('style = "abc"')
    third = settings.demo_library()
    assert len({first, second, third}) == 3
    assert set((settings.home() / "libraries").iterdir()) == {first, second, third}


def test_the_open_library_is_the_one_chosen_or_the_demo(small_library: Library, monkeypatch) -> None:
    settings.set_open_library(small_library.path)
    assert settings.open_library_path() == small_library.path
    (small_library.path / "library.toml").unlink()
    monkeypatch.setattr(settings, "demo_library", lambda: Path("/demo"))
    assert settings.open_library_path() == Path("/demo")
