"""What a command says: answers on standard output, everything on the way there on standard error."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stdout
from dataclasses import asdict, is_dataclass
from datetime import date
from pathlib import Path
from typing import TextIO
from unicodedata import east_asian_width

QUIET_S = 5.0  # between two lines of progress where there is no terminal to overwrite
SWIFT_S = 0.1

_answers: TextIO | None = None


@contextmanager
def alone_on_stdout(json_wanted: bool) -> Iterator[None]:
    """While a command answers in JSON, whatever else any package prints goes to standard error."""
    global _answers
    _answers = sys.stdout
    try:
        if json_wanted:
            with redirect_stdout(sys.stderr):
                yield
        else:
            yield
    finally:
        _answers = None


def document(answer: object) -> None:
    """One JSON document on standard output."""
    print(json.dumps(_plain(answer), ensure_ascii=False, indent=2, allow_nan=False), file=_answers or sys.stdout)


def say(text: str = "") -> None:
    """A line of the answer for people."""
    print(text, file=_answers or sys.stdout)


def note(text: str) -> None:
    """Something on the way, on standard error."""
    print(text, file=sys.stderr)


def fail(message: str) -> None:
    print(f"umair: {message}", file=sys.stderr)


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Rows as aligned text; numbers to the right. Wide (Japanese, Chinese) letters count as two."""
    cells = [[_cell(v) for v in row] for row in rows]
    widths = [max([_width(h), *(_width(row[k]) for row in cells)]) for k, h in enumerate(head)]
    right = [all(isinstance(row[k], int | float) for row in rows) and bool(rows) for k in range(len(head))]
    lines = [head, *cells]
    return "\n".join("  ".join(_padded(c, widths[k], right[k]) for k, c in enumerate(line)).rstrip() for line in lines)


class Progress:
    """How far a long command is, on standard error: one line that is overwritten, or a line now and then."""

    def __init__(self, what: str) -> None:
        self.what = what
        self._shown = -QUIET_S
        self._overwrites = sys.stderr.isatty()

    def __call__(self, row: Mapping[str, float | str | None]) -> None:
        now, last = time.monotonic(), row["step"] == row["of"]
        if not last and now - self._shown < (SWIFT_S if self._overwrites else QUIET_S):
            return
        self._shown = now
        line = f"{self.what}  {row['step']:,}/{row['of']:,} {row['unit']}"
        if row.get("rate"):
            line += f"  {float(row['rate'] or 0):,.1f}/s"
        if row.get("eta_s"):
            line += f"  {duration(float(row['eta_s'] or 0))} to go"
        extra = {k: v for k, v in row.items() if k not in ("at", "step", "of", "unit", "rate", "eta_s")}
        line += "".join(f"  {k} {_cell(v)}" for k, v in extra.items() if v is not None)
        print(
            f"\r\x1b[K{line}" if self._overwrites else line,
            end="" if self._overwrites and not last else "\n",
            file=sys.stderr,
        )

    def done_of(self, unit: str) -> Callable[[int, int], None]:
        """The same for code that only counts (done, of)."""
        began = time.monotonic()

        def told(done: int, of: int) -> None:
            seconds = max(time.monotonic() - began, 1e-6)
            rate = done / seconds
            self({"step": done, "of": of, "unit": unit, "rate": rate, "eta_s": (of - done) / rate if rate else None})

        return told


def duration(seconds: float) -> str:
    """2:05, or 1:02:05."""
    whole = round(seconds)
    hours, minutes = whole // 3600, whole // 60 % 60
    return f"{hours}:{minutes:02d}:{whole % 60:02d}" if hours else f"{minutes}:{whole % 60:02d}"


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return _plain(asdict(value))
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(v) for v in value]
    if isinstance(value, float) and not abs(value) < float("inf"):
        return None
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Path) else value


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:.3g}" if isinstance(value, float) else str(value)


def _width(text: str) -> int:
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)


def _padded(text: str, width: int, right: bool) -> str:
    space = " " * (width - _width(text))
    return space + text if right else text + space
