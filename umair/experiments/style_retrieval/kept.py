"""What was measured before, kept on disk: a second run of the evaluation is quick."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from umair.encoders.style.hand_table import HandTable
from umair.encoders.style.stack import VERSION, statistics
from umair.library.atomic import replacing


@lru_cache(maxsize=1)
def stack_key() -> str:
    """Changes with the numbers that the stack gives, even where its version was not raised: those of one picture."""
    chance = np.random.default_rng(0)
    picture = np.kron(chance.integers(0, 256, (12, 16, 3)), np.ones((8, 8, 1), np.int64)).astype(np.uint8)
    picture[20:60, 30:90] = np.linspace(0, 255, 60, dtype=np.uint8)[:, None]
    rounded = np.round(statistics(picture).astype(np.float64), 3) + 0.0
    return f"{VERSION}-{hashlib.sha256(rounded.tobytes()).hexdigest()[:8]}"


@dataclass(frozen=True)
class Kept:
    """A folder of `.npz` files. A name must change with everything that its numbers depend on."""

    folder: Path

    def arrays(self, name: str, make: Callable[[], Mapping[str, np.ndarray]]) -> dict[str, np.ndarray]:
        """The named arrays, made once."""
        file = self.folder / f"{name}.npz"
        if not file.exists():
            with replacing(file, durable=False) as aside, aside.open("wb") as out:
                np.savez(out, **dict(make()))  # type: ignore[arg-type]
        with np.load(file) as found:
            return {key: found[key] for key in found.files}

    def rows(self, name: str, make: Callable[[], np.ndarray]) -> np.ndarray:
        """One array, made once."""
        return self.arrays(name, lambda: {"rows": make()})["rows"]

    def table(self, name: str, make: Callable[[], HandTable]) -> HandTable:
        """A table of measured hands, made once."""
        file = self.folder / f"{name}.npz"
        if not file.exists():
            make().save(file)
        return HandTable.load(file)
