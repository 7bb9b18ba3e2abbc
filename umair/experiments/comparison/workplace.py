"""Where a comparison keeps its trials, and with how many processes it works."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from umair.library.store import Library

FOLDER = "comparison"


@dataclass(frozen=True)
class Workplace:
    """folder: of the kept trials; processes: trainings at one time."""

    folder: Path
    processes: int = 1

    @classmethod
    def of(cls, library: Library, folder: Path | None, processes: int) -> Workplace:
        """Without a folder, one inside the library."""
        return cls(folder if folder is not None else library.path / FOLDER, processes)
