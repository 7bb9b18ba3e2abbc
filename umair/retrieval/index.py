"""Nearest vectors: exact up to 20,000 illustrations, LanceDB's IVF above, with recall measured when it is built."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import lancedb
import numpy as np

from umair.errors import SearchError
from umair.retrieval.search import unit_rows

EXACT_UP_TO = 20_000
RECALL_QUERIES = 200
RECALL_AT = 10
SEED = 5


class Index(Protocol):
    """Answers `search(query (D,), n, allowed)` with rows and cosines, nearest first."""

    def search(self, query: np.ndarray, n: int, allowed: np.ndarray | None = None) -> tuple[np.ndarray, np.ndarray]: ...


@dataclass(frozen=True)
class ExactIndex:
    """All cosines, sorted. vectors (N, D) unit rows."""

    vectors: np.ndarray

    def search(self, query: np.ndarray, n: int, allowed: np.ndarray | None = None) -> tuple[np.ndarray, np.ndarray]:
        cosine = self.vectors @ unit_rows(query[None])[0]
        rows = np.arange(len(cosine)) if allowed is None else np.flatnonzero(allowed)
        best = rows[np.argsort(-cosine[rows], kind="stable")[:n]]
        return best, cosine[best]


class LanceIndex:
    """Approximate search in a LanceDB table on disk; `recall` is measured against exact search at build."""

    def __init__(self, table: lancedb.table.Table, recall: float | None) -> None:
        self._table = table
        self.recall = recall

    @classmethod
    def build(cls, folder: Path, vectors: np.ndarray) -> LanceIndex:
        """Write (N, D) unit rows into `folder` and index them by IVF-PQ under the cosine; measure recall@10."""
        rows = [{"row": n, "vector": v} for n, v in enumerate(vectors.astype(np.float32))]
        table = lancedb.connect(folder).create_table("vectors", rows, mode="overwrite")
        table.create_index(metric="cosine", vector_column_name="vector")
        built = cls(table, None)
        built.recall = built._measure(vectors)
        return built

    def search(self, query: np.ndarray, n: int, allowed: np.ndarray | None = None) -> tuple[np.ndarray, np.ndarray]:
        if n < 1:
            raise SearchError(f"A search must ask for at least one result, found n = {n}.")
        request = self._table.search(query.astype(np.float32)).metric("cosine").nprobes(32).refine_factor(10)
        if allowed is not None:
            kept = ",".join(str(r) for r in np.flatnonzero(allowed))
            request = request.where(f"row IN ({kept or -1})", prefilter=True)
        found = request.limit(n).select(["row"]).to_arrow()
        return found["row"].to_numpy(), 1.0 - found["_distance"].to_numpy()

    def _measure(self, vectors: np.ndarray) -> float:
        exact = ExactIndex(vectors)
        asked = np.random.default_rng(SEED).choice(len(vectors), min(RECALL_QUERIES, len(vectors)), replace=False)
        hit = [
            len(np.intersect1d(self.search(vectors[q], RECALL_AT)[0], exact.search(vectors[q], RECALL_AT)[0]))
            for q in asked
        ]
        return float(np.mean(hit)) / RECALL_AT


def index(vectors: np.ndarray, folder: Path) -> Index:
    """The index that fits the size of the library."""
    unit = unit_rows(vectors)
    return ExactIndex(unit) if len(unit) <= EXACT_UP_TO else LanceIndex.build(folder, unit)
