"""Locks that fall in front of the ears."""

from dataclasses import dataclass

from umair.demo.canvas.pen import Pen
from umair.demo.figure.clump import Clump, Halo, Treatment, draw_clump
from umair.demo.figure.fringe import PARTING
from umair.demo.figure.model import Side
from umair.demo.figure.view import View

_TIP: dict[Side, float] = {"none": 0.66, "mid": 1.06, "long": 1.75, "xlong": 2.3, "short": 0.84, "hime": 0.98}
_BLUNT = 0.8


@dataclass(frozen=True)
class _Lock:
    side: int
    x: float
    y: float
    w: float
    blunt: float = 0.0


def draw_side_locks(pen: Pen, view: View, halo: Halo) -> None:
    """Four a side at 50, 80, 100 and 22 % of the length (three where they are cut straight or short)."""
    for lock in _locks(view):
        _draw(pen, view, lock, halo)


def _locks(view: View) -> list[_Lock]:
    kind, k = view.char.side, view.k
    y = _TIP[kind]
    locks = []
    for side in (1, -1):
        # the outermost is drawn in by its own half width, or it would stand out of the skull
        edge = ((0.49 + 0.05 * k) if side > 0 else (-0.455 + 0.025 * k)) - side * 0.052
        inner = 0.385 if side > 0 else (-0.375 + 0.01 * k)
        middle = (edge + inner) / 2
        if kind == "none":
            locks += [
                _Lock(side, edge * 0.98, 0.52, 0.075),
                _Lock(side, inner + side * 0.03, 0.60, 0.06),
                _Lock(side, inner - side * 0.01, 0.68, 0.042),
            ]
        elif kind == "hime":
            locks += [
                _Lock(side, edge, y * 0.97, 0.080, _BLUNT),
                _Lock(side, middle + side * 0.012, y, 0.080, _BLUNT),
                _Lock(side, inner - side * 0.01, y * 1.0, 0.062, _BLUNT),
            ]
        else:
            locks += [
                _Lock(side, edge, 0.66 + (y - 0.66) * 0.50, 0.085),
                _Lock(side, middle + side * 0.015, 0.66 + (y - 0.66) * 0.80, 0.074),
                _Lock(side, inner - side * 0.012, y, 0.060),
                _Lock(side, inner + side * 0.022, 0.70 + (y - 0.66) * 0.22, 0.045),
            ]
    return locks


def _draw(pen: Pen, view: View, lock: _Lock, halo: Halo) -> None:
    rng, side, x, y = view.rng, lock.side, lock.x, lock.y
    part = PARTING["mlock"] - 0.07 * view.k
    flick = rng.uniform(-0.02, 0.05) * (0 if lock.blunt else 1)
    short = y < 1.0
    wavy = view.char.back in ("wavy", "curls")
    lifted = 0 if short else 0.30 * (y - 0.8)
    spread = 0.92 if short else 1.10 + 0.10 * max(0.0, y - 1.1)  # beside the cheek, never across it
    tip_x = x * spread + view.wind * 0.10 * y + side * flick - (side * 0.02 if short else 0) + view.gust * lifted
    clump = Clump(
        (part + (x - part) * 0.50, -0.050 + 0.26 * abs(x - part) ** 1.6),
        (x * 0.99, 0.10),
        (x * 1.09 + side * (0.02 if y < 1.2 else 0.05), y * 0.58 + 0.10),
        (tip_x, y - abs(view.gust) * 0.4 * lifted + rng.uniform(-0.04, 0.04)),
        lock.w * view.char.side_w,
        r0=0.5,
        peak=0.48,
        blunt=lock.blunt,
        sharp=1.8,
        n=36,
        wave=0 if lock.blunt or short else 0.028 + 0.03 * wavy,
        freq=1.8 if wavy else 1.15,
        ph=side * 0.9 + rng.uniform(-0.3, 0.3),
    )
    sliver = 1.0 if view.lit(side) else 1.35
    how = Treatment(halo=halo, sliver=sliver, fade=rng.uniform(0.34, 0.44), start=0.32)
    draw_clump(pen, view, clump, view.hair, view.hair_tip, how)
