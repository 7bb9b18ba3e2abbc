"""One writer at a time, known by name and age; the dead hold nothing; readers do not wait."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from umair.errors import LibraryError
from umair.library.lock import FILE, holder, writer_lock
from umair.library.store import Library

HOLDER = """
import sys, time
from pathlib import Path
from umair.library.lock import writer_lock
with writer_lock(Path(sys.argv[1]), "a long import"):
    print("held", flush=True)
    time.sleep(60)
"""


def _hold(folder: Path) -> subprocess.Popen[bytes]:
    other = subprocess.Popen([sys.executable, "-c", HOLDER, str(folder)], stdout=subprocess.PIPE)
    assert other.stdout is not None and other.stdout.readline() == b"held\n"
    return other


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
def test_a_second_writer_is_refused_by_name_and_the_dead_are_taken_over(small_library: Library) -> None:
    other = _hold(small_library.path)
    try:
        told = rf"a long import.*process {other.pid}.*seconds"
        with pytest.raises(LibraryError, match=told), small_library.writing(wait_s=0):
            pass
        assert len(Library.open(small_library.path).interactions()) == 300  # a reader does not wait
    finally:
        other.send_signal(signal.SIGKILL)
        other.wait()
    stale = holder(small_library.path)
    assert stale is not None and stale.pid == other.pid
    with small_library.writing("me", wait_s=0):
        now = holder(small_library.path)
        assert now is not None and (now.owner, now.pid) == ("me", os.getpid())
    assert holder(small_library.path) is None


def test_a_note_of_a_dead_process_alone_blocks_nobody(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(" " + json.dumps({"owner": "x", "pid": 2**22, "host": "h", "since": 0}))
    with writer_lock(tmp_path, "me", wait_s=0):
        pass


def test_a_writer_may_nest_and_another_thread_may_not(tmp_path: Path) -> None:
    refused: list[str] = []

    def other() -> None:
        try:
            with writer_lock(tmp_path, "thread", wait_s=0):
                pass
        except LibraryError as error:
            refused.append(str(error))

    with writer_lock(tmp_path, "outer"):
        with writer_lock(tmp_path, "inner", wait_s=0):
            thread = threading.Thread(target=other)
            thread.start()
            thread.join()
        assert holder(tmp_path) is not None  # the inner block's end does not free the outer one
    assert len(refused) == 1 and "outer" in refused[0]


def test_a_waiting_writer_gets_its_turn(tmp_path: Path) -> None:
    entered = threading.Event()

    def other() -> None:
        with writer_lock(tmp_path, "second", wait_s=5):
            entered.set()

    thread = threading.Thread(target=other)
    with writer_lock(tmp_path, "first"):
        thread.start()
        assert not entered.wait(0.15)
    assert entered.wait(5)
    thread.join()
