"""The finished picture of one scene by one artist: drawn, painted, cropped, at its final size."""

from __future__ import annotations

import ast
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from umair.demo.artists import Artist
from umair.demo.content import SETTING_NAMES, ScenePlan
from umair.demo.hands.model import KINDS
from umair.demo.hands.registry import finish, hand, paint
from umair.demo.scene import passes

DRAWN = 640  # side of the square that is drawn and painted
LONG_SIDE = 320  # of a picture of the library
DRAWING_CODE = ("canvas", "figure", "setting", "hands")  # plans and people are in the key as data


@dataclass(frozen=True)
class Job:
    """One picture to be made."""

    plan: ScenePlan
    artist: Artist

    @property
    def key(self) -> str:
        """Names the picture by scene, artist and drawing code: equal keys, equal pixels."""
        code = _code(self.plan.setting, self.artist.hand)
        told = f"{self.plan!r}|{hand(self.artist.hand, self.artist.seed)!r}|{DRAWN}|{LONG_SIDE}|{code}"
        return hashlib.sha256(told.encode()).hexdigest()[:24]


def painted(job: Job) -> NDArray[np.uint8]:
    """(h, w, 3) the finished picture, its long side about LONG_SIDE."""
    artist = hand(job.artist.hand, job.artist.seed)
    drawn = passes(job.plan.scene, DRAWN, artist.line_weight, artist.habits)
    picture = paint(drawn, artist, job.plan.box)
    box = job.plan.box
    side = round(LONG_SIDE / max(box.width, box.height))
    if artist.kind == "pixel":  # whole multiples, so that every drawn pixel stays a square
        side = picture.shape[0] * max(1, round(side / picture.shape[0]))
    left, top, right, bottom = box.pixels(side)
    whole = finish(picture, artist, side)
    return np.ascontiguousarray((np.clip(whole, 0, 1) * 255 + 0.5).astype(np.uint8)[top:bottom, left:right])


@cache
def _code(setting: str, hand: str) -> str:
    """Hash of what draws this setting by this hand, comments and layout aside: a changed brush repaints its own."""
    here = Path(__file__).parent
    others = {*SETTING_NAMES, *KINDS} - {setting, hand}
    files = [here / "scene.py", here / "painting.py", *(f for d in DRAWING_CODE for f in (here / d).rglob("*.py"))]
    digest = hashlib.sha256()
    for file in sorted(f for f in files if f.stem not in others):
        told = ast.unparse(ast.parse(file.read_text(encoding="utf-8")))
        digest.update(f"{file.relative_to(here).as_posix()}\n{told}\n".encode())
    return digest.hexdigest()
