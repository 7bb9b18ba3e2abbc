"""What an import did, file by file: for the screen, for a script, and kept beside the library."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from umair.library.atomic import write_json

FOLDER = "reports"


@dataclass(frozen=True)
class Note:
    """A file (or row) and what is to be said about it."""

    file: str
    reason: str


@dataclass(frozen=True)
class Duplicate:
    """A file with the same bytes as an illustration that is in the library already."""

    file: str
    item_id: str


@dataclass(frozen=True)
class Report:
    """An import's end. `taken` illustrations (or rows of a table); `problems` were taken, but not as they should be."""

    kind: str
    source: str
    started: str
    seconds: float
    taken: int
    skipped: tuple[Note, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    problems: tuple[Note, ...] = ()
    users: int = 0
    interactions: int = 0
    stopped: bool = False
    remarks: tuple[str, ...] = ()
    file: str = field(default="", compare=False)

    def reasons(self) -> dict[str, int]:
        """How many were skipped for each reason, the most frequent first."""
        counts: dict[str, int] = {}
        for note in self.skipped:
            counts[note.reason] = counts.get(note.reason, 0) + 1
        return dict(sorted(counts.items(), key=lambda pair: -pair[1]))


def keep_report(library: Path, report: Report) -> Path:
    """Write the report as reports/import-<time>.json and say where."""
    now = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")[:-3]
    file = library / FOLDER / f"import-{now}.json"
    write_json(file, {**asdict(report), "file": file.name})
    return file
