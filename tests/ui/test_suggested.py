"""Suggested labels on screen: what the components are told, and what a click does to the library."""

from __future__ import annotations

import pytest
import streamlit as st

from umair.library.predictions import Predictions, write_predictions
from umair.library.store import Library
from umair.service import suggest
from umair.ui import suggested
from umair.ui.components import Event


@pytest.fixture
def lib(small_library: Library, monkeypatch: pytest.MonkeyPatch) -> Library:
    guesses = {"p01": (("night", 0.874), ("rain", 0.5), ("fog", 0.29)), "p02": (("rain", 0.6),)}
    write_predictions(small_library, Predictions(guesses, "a" * 64, "a model", True))
    monkeypatch.setattr(suggested, "opened", lambda: small_library)
    monkeypatch.setattr(suggested, "language", lambda: "en")
    st.session_state.pop(suggested.LAST, None)
    return small_library


def names(lib: Library, item: str) -> list[str]:
    return [chip["label"] for chip in suggested.of_picture(lib, item)["suggested"]]  # type: ignore[index,union-attr]


def test_a_picture_tells_its_sure_suggestions_with_their_chance(lib: Library) -> None:
    told = suggested.of_picture(lib, "p01")
    assert told["suggested"] == [{"label": "night", "chance": "87%"}, {"label": "rain", "chance": "50%"}]
    assert told["decided"] is None and suggested.of_picture(lib, "p00")["suggested"] == []


def test_a_click_writes_and_the_way_back_is_told_for_that_picture_alone(lib: Library) -> None:
    suggested.decide(Event("accept", "p01", value="night"))
    assert "night" in lib.illustrations()["labels"][1].to_list() and names(lib, "p01") == ["rain"]
    assert "“night”" in str(suggested.last("p01")) and suggested.last("p02") is None and suggested.last() is not None
    suggested.decide(Event("undo", "p01", value="night"))
    assert "night" not in lib.illustrations()["labels"][1].to_list() and names(lib, "p01") == ["night", "rain"]
    assert suggested.last() is None


def test_a_refusal_is_of_one_picture(lib: Library) -> None:
    suggested.decide(Event("refuse", "p01", value="rain"))
    assert names(lib, "p01") == ["night"] and names(lib, "p02") == ["rain"]


def test_damaged_predictions_do_not_hide_the_picture_and_an_unknown_one_changes_nothing(
    lib: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(st, "toast", lambda text, icon: said.append(text))
    suggested.decide(Event("accept", "p99", value="rain"))
    assert "p99" in said[0] and suggested.last() is None and not (lib.path / suggest.FILE).exists()
    table = next((lib.path / "predictions").glob("*.parquet"))
    table.write_bytes(b"no table")
    (lib.path / "predictions" / "another file").touch()  # the folder has changed, so it is read again
    assert suggested.of_picture(Library.open(lib.path), "p01") == {}
