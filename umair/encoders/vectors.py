"""Vectors of a library on disk: one folder for each space and fingerprint, so that stale and fresh never mix.

`vectors/<space>-<fingerprint[:12]>/part-00000.parquet …` holds `item_id` and `vector`; every part carries the whole
fingerprint of the weights and the preprocessing that made it. `vectors/active.toml` says which one of each space is
in use. Needs neither torch nor the encoders.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from umair.errors import EncoderError
from umair.library.atomic import replacing, write_text

ACTIVE = "active.toml"
FINGERPRINT = b"umair.fingerprint"
MANTISSA_DROPPED = 13  # of 23 bits: as precise as float16, with the range of float32, and half the bytes once packed


class Catalogue(Protocol):
    """What of a library matters here: where it lies and which illustrations it has (umair.library.store.Library)."""

    @property
    def path(self) -> Path: ...

    def illustrations(self) -> pl.DataFrame: ...


@dataclass(frozen=True)
class Vectors:
    """Vectors in the row order of `library.illustrations()`.

    item_ids (N), matrix (N, D) float32 with zeros where there is none, present (N,) bool; fingerprint "" if the space
    was never encoded (D is 0 then).
    """

    item_ids: list[str]
    matrix: np.ndarray
    present: np.ndarray
    fingerprint: str


def write_vectors(
    library_path: Path | str, space: str, fingerprint: str, item_ids: Sequence[str], matrix: np.ndarray
) -> Path:
    """Append one part: item_ids (n), matrix (n, D) finite. Atomic; of an item written twice the later part counts.

    Numbers keep 10 bits of mantissa (a relative error of 5e-4 at most), which halves the file.
    Raises EncoderError if counts differ or a number is not finite.
    """
    matrix = np.ascontiguousarray(matrix, dtype=np.float32)
    if matrix.ndim != 2 or len(matrix) != len(item_ids):
        raise EncoderError(f"{len(item_ids)} item ids came with vectors of shape {matrix.shape}; one row each belongs.")
    if not np.isfinite(matrix).all():
        raise EncoderError(f"A {space} vector holds numbers that are not finite. Nothing was written; check the model.")
    folder = _folder(Path(library_path), space, fingerprint)
    folder.mkdir(parents=True, exist_ok=True)
    parts = _parts(folder)
    path = folder / f"part-{int(parts[-1].stem[5:]) + 1 if parts else 0:05d}.parquet"
    flat = pa.array(_shortened(matrix).reshape(-1), pa.float32())
    table = pa.table(
        {
            "item_id": pa.array(list(item_ids), pa.string()),
            "vector": pa.FixedSizeListArray.from_arrays(flat, matrix.shape[1]),
        }
    ).replace_schema_metadata({FINGERPRINT: fingerprint.encode()})
    with replacing(path) as aside:
        pq.write_table(
            table,
            aside,
            compression="zstd",
            use_dictionary=["item_id"],
            use_byte_stream_split=["vector.list.element"],
        )
    return path


def read_vectors(library: Catalogue, space: str, fingerprint: str | None = None) -> Vectors:
    """All vectors of one space in catalogue order; `fingerprint=None` reads the active ones."""
    wanted = fingerprint or active_fingerprint(library.path, space)
    ids = library.illustrations()["item_id"].to_list()
    present = np.zeros(len(ids), dtype=bool)
    found = [_read(p, wanted) for p in _parts(_folder(library.path, space, wanted))] if wanted else []
    matrix = np.zeros((len(ids), found[0][1].shape[1] if found else 0), dtype=np.float32)
    row_of = {item: row for row, item in enumerate(ids)}
    for part_ids, vectors in found:
        rows = np.array([row_of.get(item, -1) for item in part_ids], dtype=np.int64)
        known = rows >= 0
        matrix[rows[known]] = vectors[known]
        present[rows[known]] = True
    return Vectors(ids, matrix, present, wanted or "")


def missing(library: Catalogue, space: str, fingerprint: str) -> list[str]:
    """Item ids that have no vector of this fingerprint yet, in catalogue order."""
    done: set[str] = set()
    for part in _parts(_folder(library.path, space, fingerprint)):
        _check(part, fingerprint)
        done.update(pq.read_table(part, columns=["item_id"])["item_id"].to_pylist())
    return [item for item in library.illustrations()["item_id"].to_list() if item not in done]


def set_active_vectors(library: Catalogue, space: str, fingerprint: str) -> None:
    """Make these vectors the ones that search, maps and features read."""
    known = _active(library.path) | {space: fingerprint}
    write_text(library.path / "vectors" / ACTIVE, "".join(f'{name} = "{known[name]}"\n' for name in sorted(known)))


def active_fingerprint(library_path: Path | str, space: str) -> str | None:
    """Fingerprint of the vectors in use, or None if this space was never encoded."""
    return _active(Path(library_path)).get(space)


def _active(library_path: Path) -> dict[str, str]:
    path = library_path / "vectors" / ACTIVE
    return {k: str(v) for k, v in tomllib.loads(path.read_text("utf-8")).items()} if path.exists() else {}


def _folder(library_path: Path, space: str, fingerprint: str) -> Path:
    if not re.fullmatch(r"[0-9a-f]{12,64}", fingerprint) or not re.fullmatch(r"[a-z_]+", space):
        raise EncoderError(
            f"Vectors need a space like “semantic” and 12 to 64 hexadecimal digits, found {space!r}, {fingerprint!r}."
        )
    return library_path / "vectors" / f"{space}-{fingerprint[:12]}"


def _parts(folder: Path) -> list[Path]:
    return sorted(folder.glob("part-*.parquet"))


def _check(part: Path, fingerprint: str) -> None:
    own = (pq.read_schema(part).metadata or {}).get(FINGERPRINT, b"").decode()
    if own != fingerprint:
        raise EncoderError(
            f"{part.name} was made by weights {own[:16] or 'unknown'}…, expected {fingerprint[:16]}…. "
            f"Delete the folder {part.parent.name} and encode again."
        )


def _read(part: Path, fingerprint: str) -> tuple[list[str], np.ndarray]:
    _check(part, fingerprint)
    table = pq.read_table(part).combine_chunks()
    vector = table["vector"].combine_chunks()
    width = vector.type.list_size
    return table["item_id"].to_pylist(), vector.flatten().to_numpy(zero_copy_only=False).reshape(-1, width)


def _shortened(matrix: np.ndarray) -> np.ndarray:
    bits = matrix.view(np.uint32)
    half = np.uint32(1 << (MANTISSA_DROPPED - 1))
    return ((bits + half) & np.uint32(0xFFFFFFFF << MANTISSA_DROPPED & 0xFFFFFFFF)).view(np.float32)
