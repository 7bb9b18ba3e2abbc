"""The peers' own environment below build/peer (ignored by git): a venv with both libraries, and FuxiCTR's model zoo.

The zoo is not in FuxiCTR's package: it is read from its repository at one commit, whose version is the package's.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
REQUIREMENTS = HERE / "requirements.txt"
ZOO_COMMIT = "0245987fdc1d43c36164ea496a02324885a8557a"  # FuxiCTR 2.3.10
TORCH = ("torch==2.13.0+cpu", "torch")  # the first that an index has: the small build, else the usual one
COMMON = ("numpy", "torch", "pandas", "fuxictr", "deepctr-torch")


class PeerError(RuntimeError):
    """What could not be had, and what to do."""


@dataclass(frozen=True)
class Environment:
    """python: of the venv; zoo: FuxiCTR's folder of models."""

    python: Path
    zoo: Path

    def versions(self) -> dict[str, str]:
        asked = f"import importlib.metadata as m, json; print(json.dumps({{n: m.version(n) for n in {COMMON}}}))"
        told = subprocess.run([self.python, "-c", asked], check=True, capture_output=True, text=True).stdout
        return {"python": sys.version.split()[0], **json.loads(told), "fuxictr's model zoo": ZOO_COMMIT[:7]}


def prepare(folder: Path, repository: str) -> Environment:
    """Make it, or take the one that is there; PeerError if the package index or the repository does not answer."""
    python = folder / "venv" / "bin" / "python"
    stamp = folder / "venv" / "ready.txt"
    if not stamp.exists() or stamp.read_text() != REQUIREMENTS.read_text():
        shutil.rmtree(folder / "venv", ignore_errors=True)
        venv.create(folder / "venv", with_pip=True)
        _install(python)
        stamp.write_text(REQUIREMENTS.read_text())
    return Environment(python, _zoo(folder / "fuxictr", repository))


def _install(python: Path) -> None:
    pip: list[str | Path] = [python, "-m", "pip", "install", "-q"]
    if all(subprocess.run([*pip, name]).returncode for name in TORCH):
        raise PeerError("No torch could be installed for the peers. Is a package index configured?")
    if subprocess.run([*pip, "-r", REQUIREMENTS]).returncode:
        raise PeerError(f"The peers could not be installed from {REQUIREMENTS}; pip said why above.")


def _zoo(clone: Path, repository: str) -> Path:
    if not (clone / "model_zoo").exists():
        shutil.rmtree(clone, ignore_errors=True)
        if subprocess.run(["git", "clone", "-q", "--no-checkout", repository, clone]).returncode:
            raise PeerError(f"{repository} could not be cloned. Give a clone of it that is here: --fuxictr FOLDER.")
        if subprocess.run(["git", "-C", clone, "checkout", "-q", ZOO_COMMIT]).returncode:
            raise PeerError(f"{repository} has no commit {ZOO_COMMIT}. Fetch it there, or give another clone.")
    return clone / "model_zoo"
