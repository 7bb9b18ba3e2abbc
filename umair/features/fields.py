"""Names and labels as slots of tables: hashed, so that a table has the size we give it and needs no dictionary."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from umair.features.schema import PADDING, UNKNOWN, Field

HASHED = ("user_id", "username", "illust_id", "artist_id", "label", "user_label")
SANITY = {"general": 2, "sensitive": 4, "questionable": 5, "explicit": 6}  # pixiv's levels
X_RESTRICT = {"general": 0, "sensitive": 0, "questionable": 0, "explicit": 1}


def slot(value: str | None, size: int) -> int:
    """Slot 1..size-1 of a name; the slot of the unknown for none."""
    return UNKNOWN if value is None else 1 + zlib.crc32(value.encode()) % (size - 1)


def slots(values: Sequence[str | None], size: int) -> np.ndarray:
    return np.fromiter((slot(v, size) for v in values), np.int32, len(values))


def item_slots(frame: pl.DataFrame, fields: Sequence[Field]) -> np.ndarray:
    """(N, F) slots of what does not change about an illustration; moving fields are left 0."""
    columns = [_still(frame, f) for f in fields]
    return np.stack(columns, axis=1) if columns else np.zeros((len(frame), 0), np.int32)


def moving_slots(views: np.ndarray, bookmarks: np.ndarray, field: Field) -> np.ndarray | None:
    """(B) slots of a count at its time, on a scale of doublings; None for a field that does not move."""
    match field.name:
        case "views":
            return _doublings(views, field.size)
        case "bookmarks":
            return _doublings(bookmarks, field.size)
    return None


def user_slots(users: Sequence[str], names: Mapping[str, str], fields: Sequence[Field]) -> np.ndarray:
    """(U, F) slots of id and name; label fields are left 0."""
    columns = []
    for f in fields:
        values = {"user_id": list(users), "username": [names.get(u) for u in users]}.get(f.name)
        columns.append(np.zeros(len(users), np.int32) if values is None else slots(values, f.size))
    return np.stack(columns, axis=1) if columns else np.zeros((len(users), 0), np.int32)


@dataclass(frozen=True)
class Known:
    """Which slots training has met: the others go to the trained slot of the unknown. table -> (size) bool."""

    met: dict[str, np.ndarray]

    @classmethod
    def of(cls, fields: Sequence[Field], rows: np.ndarray) -> Known:
        """rows (B, F): the training rows' slots in the order of `fields`."""
        met = {f.table: np.zeros(f.size, bool) for f in fields}
        for k, f in enumerate(fields):
            there = rows[:, k] >= 0
            met[f.table][rows[there, k]] = True
        for known in met.values():
            known[UNKNOWN] = True
        return cls(met)

    def apply(self, fields: Sequence[Field], rows: np.ndarray) -> np.ndarray:
        """rows (B, F) with every slot that training has not met replaced by the unknown; padding stays."""
        out = rows.copy()
        for k, f in enumerate(fields):
            there = rows[:, k] >= 0
            out[there & ~self.met[f.table][np.maximum(rows[:, k], 0)], k] = UNKNOWN
        return out


def forget_some(fields: Sequence[Field], rows: np.ndarray, share: float, seed: int) -> np.ndarray:
    """A share of hashed names made unknown, so that training teaches that slot what an unknown name means."""
    hashed = np.array([f.table in HASHED for f in fields], dtype=bool)
    gone = (np.random.default_rng(seed).random(rows.shape) < share) & hashed & (rows >= 0)
    return np.where(gone, UNKNOWN, rows).astype(np.int32)


def _still(frame: pl.DataFrame, field: Field) -> np.ndarray:
    rating = frame["rating"].to_list()
    match field.name:
        case "illust_id":
            return slots(frame["item_id"].to_list(), field.size)
        case "artist_id":
            return slots(frame["artist_id"].to_list(), field.size)
        case "sanity_level":
            return np.array([SANITY.get(r or "", 0) for r in rating], np.int32)
        case "x_restrict":
            return np.array([1 + X_RESTRICT[r] if r in X_RESTRICT else UNKNOWN for r in rating], np.int32)
        case "width" | "height":
            sides = frame[f"{field.name}_px"].fill_null(0).to_numpy()
            return np.clip(np.log2(np.maximum(sides, 1) / 256).astype(np.int32), 0, field.size - 1)
    if field.table == "label":
        place = int(field.name.removeprefix("label_")) - 1
        named = [(l[place] if len(l) > place else None) for l in frame["labels"].to_list()]
        return np.array([PADDING if v is None else slot(v, field.size) for v in named], np.int32)
    return np.zeros(len(frame), np.int32)  # a field that our tables do not have (restrict), or one that moves


def _doublings(counts: np.ndarray, size: int) -> np.ndarray:
    return np.minimum(np.log2(1.0 + np.maximum(counts, 0)).astype(np.int32), size - 1)
