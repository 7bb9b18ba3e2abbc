"""Small invented files of the formats of pairs, and what a reading told, for the tests of their readers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from umair.encoders.pairs import Reading

Told = set[tuple[str, str, str]]


def told(reading: Reading) -> Told:
    return {(p.sub_type, p.a, p.b) for p in reading.pairs}


def left_out(reading: Reading) -> dict[str, int]:
    return {why: n for s in reading.report.sources for why, n in s.left_out.items()}


def lines(path: Path, rows: Sequence[object]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def document(path: Path, content: object, indent: int | None = None) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, ensure_ascii=False, indent=indent), encoding="utf-8")
    return path
