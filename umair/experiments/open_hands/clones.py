"""Reads files of a cloned repository at one commit, bare or not, without checking anything out."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from umair.errors import TrainingError


@dataclass(frozen=True)
class Clone:
    """`git` is the git directory, `commit` what is read."""

    git: Path
    commit: str

    def paths(self) -> list[str]:
        """Every file's path at the commit; TrainingError if the clone lacks the commit."""
        return list(self._blobs())

    def read(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """(path, content) in the order asked; a file whose content the clone lacks is left out."""
        blobs, wanted = self._blobs(), list(paths)
        ask = "\n".join(blobs[path] for path in wanted).encode() + b"\n"
        out = self._run("cat-file", "--batch", stdin=ask) if wanted else b""
        at = 0
        for path in wanted:
            head, _, _ = out[at : at + 200].partition(b"\n")
            at += len(head) + 1
            if head.endswith(b"missing"):
                continue
            size = int(head.rsplit(b" ", 1)[1])
            yield path, out[at : at + size]
            at += size + 1

    def _blobs(self) -> dict[str, str]:
        rows = self._run("ls-tree", "-r", "-z", self.commit).decode("utf-8", "replace").split("\0")
        split = (row.split("\t", 1) for row in rows if row)
        return {path: head.split()[2] for head, path in split if head.split()[1] == "blob"}

    def _run(self, *words: str, stdin: bytes = b"") -> bytes:
        done = subprocess.run(["git", f"--git-dir={self.git}", *words], input=stdin, capture_output=True)
        if done.returncode:
            raise TrainingError(f"{self.git} cannot be read at {self.commit}: {done.stderr.decode().strip()}")
        return done.stdout


def find_clone(clones: Path, repository: str, commit: str) -> Clone:
    """The clone of `owner/name`: CLONES/owner+name or CLONES/name, with or without `.git`."""
    owner, name = repository.split("/")
    for folder in (f"{owner}+{name}", f"{owner}+{name}.git", name, f"{name}.git"):
        for git in (clones / folder / ".git", clones / folder):
            if (git / "HEAD").exists():
                return Clone(git, commit)
    raise TrainingError(f"{clones} has no clone of {repository}; clone it there as {owner}+{name}")
