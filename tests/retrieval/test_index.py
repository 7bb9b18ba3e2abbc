"""The index: exact search is a naive sort, the approximate one comes close to it and keeps to the filter."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from umair.retrieval import index as module
from umair.retrieval.index import ExactIndex, LanceIndex, index
from umair.retrieval.search import unit_rows

RNG = np.random.default_rng(3)


def test_exact_search_is_what_a_naive_loop_finds() -> None:
    vectors = unit_rows(RNG.normal(size=(50, 5)))
    allowed = np.arange(50) % 2 == 0
    query = RNG.normal(size=5)
    rows, cosine = ExactIndex(vectors).search(query, 7, allowed)
    naive = sorted(
        (r for r in range(50) if allowed[r]), key=lambda r: -float(vectors[r] @ query / np.linalg.norm(query))
    )
    assert rows.tolist() == naive[:7]
    assert (np.diff(cosine) <= 0).all()


def test_a_large_library_gets_an_index_with_its_recall_measured(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(module, "EXACT_UP_TO", 1_000)
    vectors = RNG.normal(size=(2_000, 16)).astype(np.float32)
    built = index(vectors, tmp_path)
    assert isinstance(built, LanceIndex)
    assert built.recall > 0.8
    allowed = np.zeros(2_000, bool)
    allowed[100:140] = True
    rows, _ = built.search(vectors[120], 5, allowed)
    assert rows[0] == 120
    assert allowed[rows].all()
