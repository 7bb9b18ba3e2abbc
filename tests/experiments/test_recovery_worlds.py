"""Worlds with planted taste: what is planted is there, what is measured is kept, other people see the same pictures."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import polars as pl
import pytest

from umair.encoders.vectors import read_vectors
from umair.experiments.recovery.measure import Found, measure, trained
from umair.experiments.recovery.people import other_people
from umair.experiments.recovery.sheet import as_markdown, keep, kept, plot
from umair.experiments.recovery.worlds import BOOKMARKS, WORLDS, invent
from umair.features.schema import MODALITIES
from umair.library.store import Library
from umair.settings import assets


def test_who_follows_style_most_bookmarks_what_is_alike_in_style(tmp_path: Path) -> None:
    library = invent(WORLDS[0], tmp_path / "world", pictures=400, people=80, seed=1)
    style = read_vectors(library, "style").matrix
    style = style - style.mean(0)
    planted = pl.read_parquet(tmp_path / "world" / "truth" / "users.parquet")
    log = library.interactions()
    assert len(log) == 80 * BOOKMARKS
    length = []
    for user in planted["user_id"]:
        rows = [library.row_of(i) for i in log.filter(pl.col("user_id") == user)["item_id"]]
        length.append(np.linalg.norm(style[rows].mean(0)))
    assert np.corrcoef(length, planted["style"].to_numpy())[0, 1] > 0.8


def test_worlds_differ_in_what_they_are_named_for() -> None:
    worlds = {w.name: w for w in WORLDS}
    assert worlds["sharper"].strength > worlds["standard"].strength > worlds["blunter"].strength
    assert worlds["correlated"].shared > 0 == worlds["standard"].shared
    assert worlds["harsh"].directions == 2 and worlds["noise"].noise > worlds["standard"].noise


def test_every_estimate_is_measured_at_every_cut(tmp_path: Path) -> None:
    library = invent(WORLDS[0], tmp_path / "world", pictures=200, people=40, seed=1)
    run, _ = trained(library, "umair")
    found = measure(library, run, "standard", 1, (5, 80), people=30)
    assert [(f.bookmarks, f.estimate) for f in found] == [
        (n, e) for n in (5, 80) for e in ("alpha", "occlusion", "regression")
    ]
    few, many = (f for f in found if f.estimate == "regression")
    assert np.mean(many.rho) > np.mean(few.rho) + 0.1 and many.error < few.error
    assert many.covered is not None and 0.6 < many.covered <= 1


def test_what_was_found_is_kept_and_drawn(tmp_path: Path) -> None:
    rho = (0.9, 0.8, 0.7, 0.6)
    found = [Found("standard", 1, n, 300, "regression", rho, 0.05, 0.9, 0.5, None if n == 5 else 0.99) for n in (5, 80)]
    keep(found, tmp_path / "found.csv")
    assert kept(tmp_path / "found.csv") == found and kept(tmp_path / "none.csv") == []
    assert "| standard (1) | 80 | 300 | regression | 0.90 / 0.80 / 0.70 / 0.60 | 0.050 | 90% | 50% | 99% |" in (
        as_markdown(found)
    )
    assert len(ElementTree.fromstring(plot(found)).findall("{http://www.w3.org/2000/svg}polyline")) == 1


def test_the_demos_own_seed_gives_the_demos_own_people(tmp_path: Path) -> None:
    """Another seed, other people; the demo's pictures and vectors in any case."""
    if not (assets() / "demo" / "truth").is_dir():
        pytest.skip("no demo library here")
    demo = Library.open(assets() / "demo")
    own = other_people(demo, tmp_path / "own", len(demo.users()), seed=0)
    assert own.interactions().equals(demo.interactions())
    other = other_people(demo, tmp_path / "other", 30, seed=5)
    truth = [pl.read_parquet(lib.path / "truth" / "users.parquet").head(30).select(MODALITIES) for lib in (demo, other)]
    assert not truth[0].equals(truth[1])
    assert (read_vectors(other, "style").matrix == read_vectors(demo, "style").matrix).all()
