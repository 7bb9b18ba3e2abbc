"""A tiny repository, invented here: an icon set with two styles, and files by two painters."""

from __future__ import annotations

import io
import json
import subprocess
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from umair.experiments.open_hands.clones import Clone


def png(colour: tuple[int, int, int], side: int = 32) -> bytes:
    """A square with a frame of transparency, whose grey dot differs by colour."""
    rgba = np.zeros((side, side, 4), np.uint8)
    rgba[8:-8, 8:-8] = (*colour, 255)
    out = io.BytesIO()
    Image.fromarray(rgba).save(out, "PNG")
    return out.getvalue()


def icon(at: int) -> dict[str, str]:
    """One icon's entry: a bar whose length is its number."""
    return {"body": f'<path d="M2 2h{at % 18 + 2}v{at // 18 + 4}H2z" fill="currentColor"/>'}


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    """A bare clone at CLONES/someone+pictures.git, where CLONES is `clone.git.parent`."""
    work = tmp_path / "work"
    names = [*(f"thing{at}" for at in range(45)), *(f"thing{at}-bold" for at in range(45)), "hidden-bold"]
    icons = {name: icon(at) for at, name in enumerate(names)} | {"hidden-bold": icon(0) | {"hidden": True}}
    info = {"license": {"spdx": "MIT"}, "category": "UI", "palette": False}
    sets = {
        "shapes": {"info": info, "icons": icons, "width": 24, "height": 24},
        "copyleft": {"info": info | {"license": {"spdx": "GPL-3.0"}}, "icons": icons},
        "brands": {"info": info | {"category": "Logos"}, "icons": icons},
    }
    files = {f"json/{name}.json": json.dumps(of).encode() for name, of in sets.items()}
    for at in range(7):
        files[f"art/Ann Ink/{at}.png"] = png((at * 30, 10, 10))
        files[f"art/bob/{at}.png"] = png((10, 10, 10))  # seven copies of one picture
    for path, data in files.items():
        (work / path).parent.mkdir(parents=True, exist_ok=True)
        (work / path).write_bytes(data)
    bare = tmp_path / "clones" / "someone+pictures.git"
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "pictures"]):
        _git(work, *words)
    subprocess.run(["git", "clone", "-q", "--bare", str(work), str(bare)], check=True, capture_output=True)
    return Clone(bare, "HEAD")


def _git(folder: Path, *words: str) -> None:
    who = ["-c", "user.name=nobody", "-c", "user.email=nobody@example.org"]
    subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True)
