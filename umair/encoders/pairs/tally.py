"""Reading other people's files line by line: what is broken is counted and named, and the rest goes on."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from umair.errors import TrainingError

NAMED = 5  # of the broken places, how many are named
BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Choices:
    """What else may become pairs: each is left out unless it is chosen, and the number left out is told."""

    machine: bool = False  # names translated by a machine
    share_alike: bool = False  # kinds of words under a share-alike licence
    keywords: bool = False  # keywords of emoji, which many emoji share
    measured: bool = False  # the things whose names measure encoders (validation and test, by hash)


NOTHING_MORE = Choices()


@dataclass
class Tally:
    """What a reader met beside the pairs. With `strict`, the first broken place is an error instead."""

    strict: bool = False
    broken: int = 0
    first_broken: list[str] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    licences: dict[str, str] = field(default_factory=dict)  # source -> what its own file says of it

    def broke(self, path: Path, line: int | None, why: str) -> None:
        """Count a place that cannot be read; line None stands for the whole file."""
        place = f"{path}: {why}" if line is None else f"{path}, line {line}: {why}"
        if self.strict:
            raise TrainingError(place)
        self.broken += 1
        if len(self.first_broken) < NAMED:
            self.first_broken.append(place)

    def leave_out(self, why: str, count: int = 1) -> None:
        if count:
            self.left_out[why] += count


def text_lines(path: Path, tally: Tally) -> Iterator[tuple[int, str]]:
    """(line number from 1, line) of a file in UTF-8, empty lines passed over. TrainingError if it cannot be opened."""
    try:
        with path.open("rb") as file:
            for number, raw in enumerate(file, 1):
                try:
                    line = (raw.removeprefix(BOM) if number == 1 else raw).decode("utf-8").rstrip("\r\n")
                except UnicodeDecodeError as error:
                    tally.broke(path, number, f"not UTF-8 ({error.reason})")
                    continue
                if line.strip():
                    yield number, line
    except OSError as error:
        raise TrainingError(f"{path} cannot be read ({error}).") from error


def json_lines(path: Path, tally: Tally) -> Iterator[tuple[int, dict[str, object]]]:
    """(line number, object) of a file with one JSON object a line."""
    for number, line in text_lines(path, tally):
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            tally.broke(path, number, f"not JSON ({error})")
            continue
        if isinstance(row, dict):
            yield number, row
        else:
            tally.broke(path, number, "not a JSON object")


def json_whole(path: Path, tally: Tally) -> object:
    """The one JSON value of a file; None, and counted as broken, if it is not JSON."""
    try:
        return json.loads(path.read_bytes().removeprefix(BOM).decode("utf-8"))
    except OSError as error:
        raise TrainingError(f"{path} cannot be read ({error}).") from error
    except (ValueError, RecursionError) as error:
        tally.broke(path, None, f"not whole JSON ({error})")
        return None


def clean(text: str) -> str:
    """A text on one line, without letters that no file can hold (halves of a surrogate pair)."""
    return " ".join(text.encode("utf-8", "ignore").decode("utf-8").split())


def text_of(row: Mapping[str, object], name: str) -> str:
    """The text under a name, cleaned; empty if there is none."""
    value = row.get(name)
    return clean(value) if isinstance(value, str) else ""


def texts_of(row: Mapping[str, object], name: str) -> list[str]:
    """The texts of a list under a name, cleaned, without empty ones."""
    value = row.get(name)
    return [t for t in (clean(v) for v in value if isinstance(v, str)) if t] if isinstance(value, list) else []


def number_of(row: Mapping[str, object], name: str) -> int | None:
    """The whole number under a name, if there is one."""
    value = row.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else None
