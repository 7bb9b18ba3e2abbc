"""Thresholds are measured: tables agree with a loop, grouping is precise on concepts it was not chosen on."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from umair.encoders.text import TextEncoder
from umair.retrieval.meaning import (
    NEVER,
    PRECISION,
    AtThreshold,
    Meaning,
    best,
    first_precise,
    groups_by_threshold,
    part_of,
    read_meaning,
    search_by_threshold,
    write_meaning,
)
from umair.retrieval.written import key
from umair.settings import assets

GLOSSARY = assets() / "demo" / "glossary.parquet"
needs_glossary = pytest.mark.skipif(not GLOSSARY.is_file(), reason="no demo library in assets/")


def rows(*values: tuple[float, float, float]) -> list[AtThreshold]:
    return [AtThreshold(at, precision, 0.5, overlap) for at, precision, overlap in values]


def test_a_flat_top_gives_its_upper_end_and_nothing_found_gives_never() -> None:
    assert best(rows((0.4, 0.8, 0.70), (0.5, 0.9, 0.75), (0.6, 0.95, 0.745), (0.7, 0.99, 0.6))) == 0.6
    assert best(rows((0.4, 0, 0), (0.5, 0, 0))) == NEVER


def test_precise_means_from_there_on() -> None:
    assert first_precise(rows((0.4, 0.99, 0), (0.5, 0.9, 0), (0.6, 0.98, 0), (0.7, 1.0, 0))) == 0.6
    assert first_precise(rows((0.4, 0.9, 0), (0.5, 0.9, 0))) == NEVER


def test_the_table_of_a_search_is_what_a_loop_counts() -> None:
    told = {"a": "x", "b": "x", "A": "x", "c": "y", "d": "y", "e": "z"}
    rng = np.random.default_rng(2)
    vectors = {t: rng.normal(size=4) for t in told}

    def encode(texts: list[str]) -> np.ndarray:
        found = np.stack([vectors[t] for t in texts])
        return found / np.linalg.norm(found, axis=1, keepdims=True)

    table = search_by_threshold(told, encode, (0.0, 0.3))
    for row in table:
        found = right = wanted = 0
        overlaps = []
        for one in told:
            others = [t for t in told if key(t) != key(one)]
            near = {t for t in others if encode([one.lower()])[0] @ encode([t.lower()])[0] >= row.threshold}
            good = {t for t in others if told[t] == told[one]}
            found, right, wanted = found + len(near), right + len(near & good), wanted + len(good)
            if good:
                overlaps.append(len(near & good) / len(near | good))
        assert (row.precision, row.recall) == pytest.approx((right / found, right / wanted))
        assert row.overlap == pytest.approx(np.mean(overlaps))


def test_what_is_kept_is_read_again_for_these_weights_alone(tmp_path: Path) -> None:
    meaning = Meaning(0.6, 0.7, "a" * 64)
    assert read_meaning(tmp_path, "a" * 64) is None
    write_meaning(tmp_path, meaning, {"search": rows((0.6, 0.9, 0.8))})
    assert read_meaning(tmp_path, "a" * 64) == meaning and read_meaning(tmp_path, "b" * 64) is None
    (tmp_path / "meaning.json").write_text('{"same": "much"}')
    assert read_meaning(tmp_path, "a" * 64) is None


@needs_glossary
def test_groups_without_the_glossary_are_precise_on_concepts_the_threshold_was_not_chosen_on(
    capsys: pytest.CaptureFixture[str],
) -> None:
    encoder = TextEncoder.load()
    told = dict(pl.read_parquet(GLOSSARY, columns=["text", "concept"]).iter_rows())
    chosen_on = part_of(told, 1_400)
    other = {t: c for t, c in told.items() if c not in set(chosen_on.values())}
    least = first_precise(groups_by_threshold(chosen_on, encoder.encode, (0.4, 0.5, 0.6, 0.7, 0.8, 0.9)))
    (measured,) = groups_by_threshold(other, encoder.encode, (least,))
    with capsys.disabled():
        print(
            f"\ngroups of {len(other)} other texts at {least}: precision {measured.precision:.3f}, "
            f"recall {measured.recall:.3f} of all pairs of a concept (three of up to ten spellings can be one group)"
        )
    assert least < NEVER and measured.precision >= PRECISION - 0.02
    assert measured.recall > 0.15
