"""The effect of words in a world where their meaning decides, by construction; views, kept trials, the page."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from tests.experiments.label_text.words_by_hand import knowing, knowing_nothing, world
from umair.encoders.vectors import active_fingerprint, read_vectors
from umair.errors import TrainingError
from umair.experiments.comparison.measures import AUC, BCE
from umair.experiments.comparison.protocol import Protocol
from umair.experiments.comparison.work import fingerprint
from umair.experiments.comparison.workplace import Workplace
from umair.experiments.label_text.effect import Effect, Plan, effect
from umair.experiments.label_text.effect_sheet import HEAD, as_csv, pairs, verdicts, write_sheet
from umair.experiments.label_text.page import Origin
from umair.experiments.label_text.views import NONE, Variant, view
from umair.library.store import Library

HASHED, RANDOM, KNOWING = "hashed labels alone", "untrained encoder", "this encoder"
PROTOCOL = replace(
    Protocol(), grid=Protocol().grid[:1], seeds=1, passes=1, own_passes=30, own_cross_passes=1, resamples=100
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return world(tmp_path_factory.mktemp("words") / "by-hand")


@pytest.fixture(scope="module")
def plan() -> Plan:
    variants = (Variant(HASHED, None), Variant(RANDOM, knowing_nothing()), Variant(KNOWING, knowing()))
    return Plan(variants, PROTOCOL)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Workplace:
    return Workplace(tmp_path_factory.mktemp("trials"))


@pytest.fixture(scope="module")
def found(library: Library, plan: Plan, place: Workplace) -> Effect:
    return effect(library, plan, place, lambda _: None)


def test_a_view_changes_the_vectors_of_labels_and_nothing_else(library: Library, tmp_path: Path) -> None:
    before = {p: p.read_bytes() for p in sorted(library.path.rglob("*")) if p.is_file()}
    seen = [view(library, Variant("x", w), tmp_path / str(n)) for n, w in enumerate((None, knowing()))]
    assert {p: p.read_bytes() for p in sorted(library.path.rglob("*")) if p.is_file()} == before
    for own in seen:
        assert own.illustrations().equals(library.illustrations())
        assert own.interactions().equals(library.interactions())
    assert active_fingerprint(seen[0].path, "label_text") == NONE
    assert not read_vectors(seen[0], "label_text").matrix.any()
    np.testing.assert_allclose(np.linalg.norm(read_vectors(seen[1], "label_text").matrix, axis=1), 1.0, atol=1e-3)
    assert fingerprint(seen[0]) != fingerprint(seen[1])


def test_where_meaning_decides_only_the_encoder_that_knows_it_helps(found: Effect) -> None:
    assert not found.failures and set(found.measures["paper"]) == {HASHED, RANDOM, KNOWING}
    own = found.measures["umair"]
    assert own[KNOWING][AUC].interval.mean > 0.65
    for other in (HASHED, RANDOM):
        assert own[KNOWING][AUC].less(own[other][AUC]).low > 0.05
        assert own[KNOWING][BCE].less(own[other][BCE]).high < 0
    assert not own[RANDOM][AUC].less(own[HASHED][AUC]).certain


def test_what_is_kept_is_not_trained_again_and_says_the_same(
    library: Library, plan: Plan, place: Workplace, found: Effect
) -> None:
    before = {p.name: p.stat().st_mtime_ns for p in place.folder.iterdir()}
    assert len([name for name in before if name.endswith(".json")]) == 2 * 3  # instances, variants
    again = effect(library, plan, place, lambda _: None)
    assert {p.name: p.stat().st_mtime_ns for p in place.folder.iterdir()} == before
    for instance, own in found.measures.items():
        for name, measures in own.items():
            assert again.measures[instance][name][AUC].interval == measures[AUC].interval


def test_the_page_the_csv_and_the_sentences_say_what_was_measured(
    library: Library, found: Effect, tmp_path: Path
) -> None:
    origin = Origin((library,), "python -m umair words effect", "by hand", "idf", 60.0)
    page, numbers = write_sheet(found, origin, tmp_path)
    said = page.read_text(encoding="utf-8")
    assert page.name == "words_effect_by-hand.md" and "synthetic people" in said
    known = next(v for v in verdicts(found) if v.startswith("UMAIR-FPS (umair): this encoder over hashed"))
    assert "certainly better in AUC, BCE" in known and "worse" not in known and known in said
    rows = list(csv.DictReader(io.StringIO(numbers.read_text(encoding="utf-8"))))
    assert len(rows) == 2 * (3 + 3) and rows == list(csv.DictReader(io.StringIO(as_csv(found))))
    ours = "UMAIR-FPS (umair)"
    first = next(r for r in rows if (r["model"], r["labels"], r["less"]) == (ours, KNOWING, ""))
    assert float(first["auc"]) == pytest.approx(found.measures["umair"][KNOWING][AUC].interval.mean)
    assert all(f"| {h} " in said for h in HEAD.values()) and len(list(pairs(found))) == 6


def test_a_library_without_labels_is_refused(library: Library, tmp_path: Path) -> None:
    bare = Library.create(tmp_path / "bare", "Bare")
    bare.write_illustrations(library.illustrations().select("item_id"))
    with pytest.raises(TrainingError, match="no labels"):
        view(bare, Variant("x", None), tmp_path / "seen")


def test_a_library_that_cannot_be_trained_on_says_why(plan: Plan, tmp_path: Path) -> None:
    library = world(tmp_path / "seen")
    pictures = {"image": "there.png", "sha256": "0" * 64}  # that nobody has encoded
    sides = {"width_px": 9, "height_px": 9}
    frame = library.illustrations().with_columns(**{k: pl.lit(v) for k, v in (pictures | sides).items()})
    library.write_illustrations(frame)
    with pytest.raises(TrainingError, match="no semantic vectors"):
        effect(library, plan, Workplace(tmp_path / "trials"), lambda _: None)
