"""One writer at a time: a lock that says who holds it and since when. Readers never look at it.

The kernel holds the lock for the process, so it is free again at the moment the process ends, however it ends;
the note in the file (owner, process, since) is for people. A writer may lock again inside its own block.
"""

from __future__ import annotations

import json
import os
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from umair.errors import LibraryError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

FILE = "writer.lock"
NOTE_AT = 1  # byte 0 is the one that is locked on Windows; the note begins behind it
PAUSE_S = 0.05


@dataclass(frozen=True)
class Holder:
    """Who writes: purpose in words, process number and machine, and when it began (seconds since 1970)."""

    owner: str
    pid: int
    host: str
    since: float

    def told(self) -> str:
        age = max(0, round(time.time() - self.since))
        return f"“{self.owner}” (process {self.pid} on {self.host}, for {_age(age)})"


@dataclass
class _Held:
    number: int
    thread: int
    depth: int


_HELD: dict[Path, _Held] = {}
_GUARD = threading.Lock()


@contextmanager
def writer_lock(folder: Path, owner: str, wait_s: float = 2.0) -> Iterator[None]:
    """Be the only writer of a library folder; LibraryError names the other one if it does not end within `wait_s`."""
    key = folder.resolve()
    until = time.monotonic() + wait_s
    while not _enter(key, owner):
        if time.monotonic() >= until:
            other = holder(folder)
            raise LibraryError(
                f"The library at {folder} is being written by {other.told() if other else 'another process'}. "
                "Wait until it is done, or stop it, then try again. Reading is possible meanwhile."
            )
        time.sleep(PAUSE_S)
    try:
        yield
    finally:
        _leave(key)


def holder(folder: Path) -> Holder | None:
    """The writer that the lock file names; it may have ended since (the lock itself is then free)."""
    try:
        note = json.loads((folder / FILE).read_bytes()[NOTE_AT:])
        return Holder(str(note["owner"]), int(note["pid"]), str(note["host"]), float(note["since"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _enter(key: Path, owner: str) -> bool:
    with _GUARD:
        held = _HELD.get(key)
        if held is not None:
            if held.thread != threading.get_ident():
                return False
            held.depth += 1
            return True
        try:
            number = os.open(key / FILE, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise LibraryError(f"{key} cannot be written to ({error.strerror}). Check the folder's rights.") from error
        if not _try_lock(number):
            os.close(number)
            return False
        note = {"owner": owner, "pid": os.getpid(), "host": socket.gethostname(), "since": time.time()}
        os.ftruncate(number, 0)
        os.lseek(number, 0, os.SEEK_SET)
        os.write(number, b" " * NOTE_AT + json.dumps(note).encode())
        _HELD[key] = _Held(number, threading.get_ident(), 1)
        return True


def _leave(key: Path) -> None:
    with _GUARD:
        held = _HELD[key]
        held.depth -= 1
        if held.depth == 0:
            del _HELD[key]
            os.ftruncate(held.number, 0)
            if sys.platform == "win32":
                os.lseek(held.number, 0, os.SEEK_SET)
                msvcrt.locking(held.number, msvcrt.LK_UNLCK, 1)
            os.close(held.number)


def _try_lock(number: int) -> bool:
    try:
        if sys.platform == "win32":
            os.lseek(number, 0, os.SEEK_SET)
            msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except PermissionError:  # how Windows says that it is taken
        return False
    return True


def _age(seconds: int) -> str:
    if seconds < 120:
        return f"{seconds} seconds"
    return f"{seconds // 60} minutes" if seconds < 7200 else f"{seconds // 3600} hours"
