"""Files come from the commit that was asked for, in the order that was asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from umair.errors import TrainingError
from umair.experiments.open_hands.clones import Clone, find_clone


def test_files_are_read_in_the_order_asked(clone: Clone) -> None:
    asked = ["art/bob/3.png", "art/Ann Ink/0.png", "json/shapes.json"]
    read = list(clone.read(asked))
    assert [path for path, _ in read] == asked
    assert read[0][1].startswith(b"\x89PNG") and read[0][1].endswith(b"IEND\xaeB`\x82")
    assert read[2][1].startswith(b"{") and read[2][1].endswith(b"}")


def test_nothing_asked_reads_nothing(clone: Clone) -> None:
    assert list(clone.read([])) == []


def test_an_unknown_commit_is_refused(clone: Clone) -> None:
    with pytest.raises(TrainingError, match="0000000"):
        Clone(clone.git, "0" * 40).paths()


def test_a_clone_is_found_by_owner_and_name(clone: Clone) -> None:
    assert find_clone(clone.git.parent, "someone/pictures", "HEAD").git == clone.git
    with pytest.raises(TrainingError, match=r"nobody\+pictures"):
        find_clone(clone.git.parent / "elsewhere", "nobody/pictures", "HEAD")


def test_a_plain_clone_is_found_by_its_git_folder(clone: Clone, tmp_path: Path) -> None:
    work = tmp_path / "work"
    assert find_clone(work.parent, "anyone/work", "HEAD").git == work / ".git"
