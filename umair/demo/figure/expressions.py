"""Expressions: what eyes, brows and mouth do together."""

from dataclasses import dataclass
from typing import Literal

from umair.demo.figure.model import Expression

EyeKind = Literal["open", "half", "wide", "smile", "closed"]
MouthKind = Literal["smile", "calm", "soft", "open", "laugh", "small", "pout", "grin"]


@dataclass(frozen=True)
class Face:
    """One expression. Brow offsets are in head heights, y downwards."""

    eyes: EyeKind
    mouth: MouthKind
    near_eye: EyeKind | None = None  # where it differs from the far one
    brow_inner: float = 0.0  # rise of the inner end
    brow_outer: float = 0.0  # rise of the outer end
    brow_drop: float = 0.0  # of the whole brow
    hatched: bool = False  # lines on the cheeks


FACES: dict[Expression, Face] = {
    "smile": Face("open", "smile", brow_drop=-0.012),
    "happy": Face("open", "open", hatched=True),
    "joy": Face("smile", "laugh", hatched=True),
    "calm": Face("open", "calm"),
    "sleepy": Face("half", "soft"),
    "wink": Face("open", "grin", near_eye="smile", hatched=True),
    "surprise": Face("wide", "small", brow_inner=-0.03, brow_outer=-0.03, brow_drop=-0.03),
    "sad": Face("open", "pout", brow_inner=0.06, brow_outer=-0.05),
    "angry": Face("open", "pout", brow_inner=-0.08, brow_outer=0.07, brow_drop=0.025),
    "shy": Face("open", "soft", brow_inner=0.045, brow_outer=-0.03, hatched=True),
    "cool": Face("half", "calm"),
}
