"""What stands on top of a page: which data, by which command, when, where."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from umair.library.store import Library


@dataclass(frozen=True)
class Origin:
    """Of a page: libraries, command that prints it again, text encoder (name and fingerprint), weighting, seconds."""

    libraries: tuple[Library, ...]
    command: str
    encoder: str
    weighting: str
    spent: float

    @property
    def library(self) -> Library:
        """The first, or the only one."""
        return self.libraries[0]


def about(origin: Origin, facts: Mapping[str, int], split: str = "") -> list[str]:
    """As a list in Markdown."""
    told = []
    for library in origin.libraries:
        people = "**synthetic people**" if library.info.synthetic else "a real log"
        told.append(f"“{library.info.name}” ({people}, {len(library.illustrations()):,} illustrations)")
    counts = f" {', '.join(f'{n:,} {what}' for what, n in facts.items())}." if facts else ""
    weighed = f"; label lists weighed by {origin.weighting}" if origin.weighting else ""
    machine = f"{platform.machine()}, {os.cpu_count()} cores"
    now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    return [
        f"- Data: {', '.join(told)}.{counts}{f' Split {split}.' if split else ''}",
        f"- Text encoder: {origin.encoder}{weighed}.",
        f"- Command: `{origin.command}`",
        f"- Printed {now} on {machine}; this run took {origin.spent / 60:.1f} minutes "
        "(what was kept from an earlier run is not done again).",
    ]
