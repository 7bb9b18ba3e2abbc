"""Every page opens on a library without pictures, and says nothing about what it cannot know."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from umair.encoders.vectors import set_active_vectors, write_vectors
from umair.library.store import Library
from umair.settings import set_open_library
from umair.ui import warm

PAGES = Path(__file__).parents[2] / "pages"


@pytest.fixture
def bare(small_library: Library, monkeypatch: pytest.MonkeyPatch) -> Library:
    none = {c: pl.lit(None, dtype=pl.String) for c in ("image", "sha256", "color")}
    sides = {c: pl.lit(None, dtype=pl.Int32) for c in ("width_px", "height_px")}
    small_library.write_illustrations(small_library.illustrations().with_columns(**none, **sides))
    ids = small_library.illustrations()["item_id"].to_list()
    words = np.random.default_rng(0).normal(size=(len(ids), 8))
    write_vectors(small_library.path, "label_text", "c" * 64, ids, words)
    set_active_vectors(small_library, "label_text", "c" * 64)
    monkeypatch.setattr(warm, "begin", lambda: None)
    set_open_library(small_library.path)
    return small_library


def _shown(page: AppTest) -> str:
    parts = (page.title, page.header, page.subheader, page.markdown, page.caption, page.info)
    return " ".join(str(element.value) for kind in parts for element in kind)


def _components(block: Any) -> list[str]:
    """Names of our own components in a part of a page."""
    parts = block.children.values()
    names = [str(getattr(getattr(part, "proto", None), "component_name", "")) for part in parts]
    return names + [name for part in parts if hasattr(part, "children") for name in _components(part)]


@pytest.mark.parametrize("name", sorted(p.stem for p in PAGES.glob("*.py") if p.stem != "navigation"))
def test_a_page_opens(bare: Library, name: str) -> None:
    page = AppTest.from_file(str(PAGES / f"{name}.py"), default_timeout=60).run()
    assert not page.exception, page.exception
    told = _shown(page).casefold()
    if name in ("find", "people"):
        assert "painting style" not in told and "painted the same way" not in told
    if name == "find":
        assert "no pictures" in told and _components(page.main).count("umair_words") == 1
