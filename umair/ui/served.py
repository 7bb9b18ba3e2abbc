"""The app in a process of its own, with a home of its own: for its browser test, its benchmark and its screenshots."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from umair.errors import UmairError
from umair.settings import write_toml

ROOT = Path(__file__).resolve().parents[2]
READY_S = 60.0


@dataclass(frozen=True)
class Served:
    """Where the app answers, when its process was started (time.monotonic) and its person's home folder."""

    url: str
    started: float
    home: Path


@contextmanager
def served(library: Path | None = None, home: Path | None = None) -> Iterator[Served]:
    """Run the app on a free port until the end of the block; on a library, else on the demo.

    UmairError with the end of its output if it does not answer within a minute.
    """
    with tempfile.TemporaryDirectory(prefix="umair-home-", ignore_cleanup_errors=True) as own:
        place = home or Path(own)
        if library is not None:
            shelf = {"open_library": str(library), "libraries": [str(library)]}
            write_toml(place / "settings.toml", shelf)
        port = _free_port()
        log = Path(own) / "app.log"
        with log.open("wb") as out:
            started = time.monotonic()
            process = subprocess.Popen(
                [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)],
                cwd=ROOT,
                env={**os.environ, "UMAIR_HOME": str(place)},
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            try:
                _wait(f"http://localhost:{port}/_stcore/health", process, log)
                yield Served(f"http://localhost:{port}", started, place)
            finally:
                process.terminate()
                try:
                    process.wait(10)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + READY_S
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    said = log.read_text(encoding="utf-8", errors="replace")[-2000:]
    raise UmairError(f"The app did not answer at {address}. It said:\n{said}")
