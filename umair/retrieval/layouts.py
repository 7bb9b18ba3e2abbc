"""Reading stored maps; apart from making them, so that a page pays for no UMAP."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl

from umair.encoders.vectors import Vectors


def layout_file(library: Path, space: str, fingerprint: str) -> Path:
    return library / "layouts" / f"{space}-{fingerprint[:12]}.parquet"


def read_layout(library: Path, space: str, vectors: Vectors) -> np.ndarray | None:
    """(N, 2) places in the order of the vectors, NaN where unknown; None if no map is stored for them."""
    file = layout_file(library, space, vectors.fingerprint)
    if not file.is_file():
        return None
    stored = pl.read_parquet(file)
    wanted = pl.DataFrame({"item_id": vectors.item_ids}).join(stored, on="item_id", how="left", maintain_order="left")
    return wanted.select(pl.col("x").fill_null(np.nan), pl.col("y").fill_null(np.nan)).to_numpy()
