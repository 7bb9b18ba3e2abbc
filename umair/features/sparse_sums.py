"""Running sums of a log that is too large for one at every place: kept at every k-th bookmark, the rest added."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from umair.features.events import Events, users_at_once
from umair.features.history import coherences, squares_before, sums_before

STEP = 16  # a look-up of 4,096 rows took 1.3 ms at 4, 2.6 ms at 16, 5.4 ms at 64, and 1.1 ms at every place
AT_ONCE = 1 << 16  # bookmarks that are worked on at a time when the sums are made


@dataclass(frozen=True)
class BookmarkVectors:
    """The vectors of bookmarks, told by little: that of bookmark e is table[item[e]] + moving(e) @ loads.

    table: name -> (N, D) by illustration. loads: name -> (M, D). moving(first, last): (last - first, M) float32
    numbers of the bookmarks first..last, as they were then; None if nothing moves.
    """

    table: Mapping[str, np.ndarray]
    loads: Mapping[str, np.ndarray]
    moving: Callable[[int, int], np.ndarray] | None = None


@dataclass(frozen=True)
class SparseSums:
    """Sums before every step-th place of each user, and what is needed to add the bookmarks up to any other.

    kept (R, sum D): user u after k * step bookmarks is row first[u] + k. squares (E + U, J) at every place. moved
    (E, M). table (N, sum D) and loads (M, sum D) as in BookmarkVectors, side by side in the order of `widths`.
    """

    events: Events
    step: int
    widths: dict[str, int]
    first: np.ndarray
    kept: np.ndarray
    squares: np.ndarray
    moved: np.ndarray
    table: np.ndarray
    loads: np.ndarray

    @classmethod
    def of(cls, events: Events, vectors: BookmarkVectors, folder: Path | None, step: int = STEP) -> SparseSums:
        """The large arrays are files of the folder, mapped; in memory without one."""
        widths = {name: own.shape[1] for name, own in vectors.table.items()}
        table = np.concatenate(list(vectors.table.values()), axis=1, dtype=np.float32)
        loads = np.concatenate([vectors.loads[name] for name in widths], axis=1, dtype=np.float32)
        steps = np.diff(events.start) // step + 1
        first = np.cumsum(steps) - steps
        kept = _room(folder, "kept", (int(steps.sum()), table.shape[1]))
        squares = _room(folder, "squares", (len(events) + len(events.users), len(widths)))
        moved = _room(folder, "moved", (len(events), len(loads)))
        cuts = np.cumsum(list(widths.values()))[:-1]
        for low, high in users_at_once(events.start, AT_ONCE):
            own = slice(int(events.start[low]), int(events.start[high]))
            start = events.start[low : high + 1] - events.start[low]
            y = table[events.item[own]]
            if vectors.moving is not None:
                moved[own] = vectors.moving(own.start, own.stop)
                y += moved[own] @ loads
            at = _kept_places(start, step)
            kept[first[low] : first[low] + len(at)] = sums_before(start, y)[at]
            places = slice(own.start + low, own.stop + high)
            squares[places] = np.stack([squares_before(start, part) for part in np.split(y, cuts, axis=1)], axis=1)
        return cls(events, step, widths, first, kept, squares, moved, table, loads)

    def before(self, user: np.ndarray, earlier: np.ndarray) -> dict[str, np.ndarray]:
        # A bookmark and its negatives ask for one place: it is looked up once.
        _, once, back = np.unique(self.events.place(user, earlier), return_index=True, return_inverse=True)
        who, p = user[once].astype(np.int64), earlier[once].astype(np.int64)
        order = np.argsort(-(p % self.step), kind="stable")  # those with most to add first
        who, p = who[order], p[order]
        more = p % self.step
        total = self.kept[self.first[who] + p // self.step]
        moved = np.zeros((len(who), len(self.loads)), np.float32)
        begin = self.events.start[who] + p - more
        for k in range(int(more[0]) if len(more) else 0):
            n = int(np.searchsorted(-more, -k))  # the first n have a k-th bookmark to add
            total[:n] += self.table[self.events.item[begin[:n] + k]]
            moved[:n] += self.moved[begin[:n] + k]
        total += moved @ self.loads
        rank = np.empty_like(order)
        rank[order] = np.arange(len(order))
        total = total[rank[back]]
        cuts = np.cumsum(list(self.widths.values()))[:-1]
        return dict(zip(self.widths, np.split(total, cuts, axis=1), strict=True))

    def latest(self, name: str, user: np.ndarray, earlier: np.ndarray, n: int) -> np.ndarray:
        first = np.maximum(earlier - n, 0)
        return self.before(user, earlier)[name] - self.before(user, first)[name]

    def coherence(
        self, totals: Mapping[str, np.ndarray], user: np.ndarray, earlier: np.ndarray, spreads: np.ndarray
    ) -> np.ndarray:
        own = self.squares[self.events.place(user, earlier)]
        return coherences(totals, dict(zip(self.widths, own.T, strict=True)), earlier, spreads)


def _room(folder: Path | None, name: str, shape: tuple[int, int]) -> np.ndarray:
    """A new float32 array: a mapped file of the folder, so that the system may put its pages aside."""
    if folder is None or not shape[0] * shape[1]:
        return np.zeros(shape, np.float32)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.npy").unlink(missing_ok=True)
    return np.asarray(np.lib.format.open_memmap(folder / f"{name}.npy", "w+", np.float32, shape))


def _kept_places(start: np.ndarray, step: int) -> np.ndarray:
    """Places of these users that are kept: each after 0, step, 2 * step … bookmarks."""
    steps = np.diff(start) // step + 1
    owner = np.repeat(np.arange(len(steps)), steps)
    within = np.arange(len(owner)) - np.repeat(np.cumsum(steps) - steps, steps)
    return start[owner] + owner + within * step
