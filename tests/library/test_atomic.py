"""A kill at any moment leaves the old file or the new one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import polars as pl
import pyarrow as pa
import pytest

from umair.library.atomic import append_line, replacing, write_bytes, write_parquet, write_text

WRITER = """
import sys
from pathlib import Path
from umair.library.atomic import write_bytes
n = 0
while True:
    n += 1
    write_bytes(Path(sys.argv[1]), bytes([n % 256]) * 3_000_000)
    if n == 1:
        print("written once", flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
def test_a_killed_writer_leaves_a_whole_file(tmp_path: Path) -> None:
    file = tmp_path / "file"
    for pause in (0.05, 0.11, 0.17, 0.23):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(file)], stdout=subprocess.PIPE)
        assert writer.stdout is not None and writer.stdout.readline() == b"written once\n"
        time.sleep(pause)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        content = file.read_bytes()
        assert len(content) == 3_000_000 and len(set(content)) == 1


def test_a_failed_block_changes_nothing_and_leaves_nothing_behind(tmp_path: Path) -> None:
    write_text(tmp_path / "a.txt", "old")
    with pytest.raises(RuntimeError), replacing(tmp_path / "a.txt") as aside:
        aside.write_text("half")
        raise RuntimeError
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]
    assert (tmp_path / "a.txt").read_text() == "old"


def test_folders_are_made_and_both_kinds_of_tables_are_written(tmp_path: Path) -> None:
    write_bytes(tmp_path / "new" / "deep" / "x", b"1")
    write_parquet(tmp_path / "p.parquet", pl.DataFrame({"a": [1, 2]}))
    write_parquet(tmp_path / "q.parquet", pa.table({"a": [1, 2]}))
    assert pl.read_parquet(tmp_path / "p.parquet").equals(pl.read_parquet(tmp_path / "q.parquet"))


def test_lines_are_added_whole(tmp_path: Path) -> None:
    append_line(tmp_path / "log", "一")
    append_line(tmp_path / "log", "二")
    assert (tmp_path / "log").read_text(encoding="utf-8") == "一\n二\n"
