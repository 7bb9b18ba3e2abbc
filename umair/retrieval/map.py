"""Where each picture lies on a flat map of a vector space: UMAP (arXiv:1802.03426), then overlaps pushed apart.

Layouts are made when vectors are and stored beside them, so no page waits for one.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
from umap import UMAP

from umair.encoders.vectors import Vectors
from umair.library.atomic import write_parquet
from umair.retrieval.layouts import layout_file, read_layout
from umair.retrieval.search import unit_rows

SEED = 3
FEW = 8  # pictures below which UMAP has nothing to learn from
APART = 0.030  # distance that two pictures keep, as a share of the map's width, while there is room
ROOM = 3_000  # pictures above which pushing apart would cost more than it shows
STEPS = 200


def layout(vectors: np.ndarray, neighbours: int = 15) -> np.ndarray:
    """(N, D) vectors to (N, 2) places in 0..1; the same for the same input."""
    count = len(vectors)
    if count < FEW:
        return np.stack([np.linspace(0, 1, max(count, 1))[:count], np.full(count, 0.5)], axis=1)
    unit = unit_rows(vectors - vectors.mean(0))
    near = min(neighbours, count - 1)
    reducer = UMAP(
        n_neighbors=near,
        min_dist=0.35,
        spread=1.6,
        metric="cosine",
        random_state=SEED,
        init="random" if count < 30 else "spectral",
    )
    places = _into_unit(reducer.fit_transform(unit))
    return _into_unit(_apart(places)) if count <= ROOM else places


def store_layout(library: Path, space: str, vectors: Vectors) -> np.ndarray:
    """Make and keep the map of one space; (N, 2), NaN for pictures without a vector."""
    places = np.full((len(vectors.item_ids), 2), np.nan)
    if vectors.present.any():
        places[vectors.present] = layout(vectors.matrix[vectors.present])
    table = pl.DataFrame({"item_id": vectors.item_ids, "x": places[:, 0], "y": places[:, 1]})
    file = layout_file(library, space, vectors.fingerprint)
    file.parent.mkdir(exist_ok=True)
    write_parquet(file, table)
    return places


def ensure_layout(library: Path, space: str, vectors: Vectors) -> np.ndarray:
    """The stored map if it covers every encoded picture, else a fresh one."""
    stored = read_layout(library, space, vectors)
    if stored is not None and not np.isnan(stored[vectors.present]).any():
        return stored
    return store_layout(library, space, vectors)


def _into_unit(places: np.ndarray) -> np.ndarray:
    low, high = places.min(0), places.max(0)
    return (places - low) / np.maximum(high - low, 1e-9)


def _apart(places: np.ndarray) -> np.ndarray:
    """Push pictures that lie on top of each other a little apart."""
    want = min(APART, 0.8 / np.sqrt(len(places)))
    for _ in range(STEPS):
        gap = places[:, None] - places[None]
        far = np.hypot(gap[..., 0], gap[..., 1]) + 1e-6
        np.fill_diagonal(far, 9.0)
        push = 0.3 * (gap * (np.maximum(0.0, want - far) / far)[..., None]).sum(1)
        if np.abs(push).max() < 1e-4:
            break
        places = places + push
    return places
