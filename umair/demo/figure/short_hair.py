"""Hair that ends above the shoulders, and the nape under tied hair."""

import numpy as np

from umair.demo.canvas.curves import ellipse, shape, spline
from umair.demo.canvas.pen import Pen
from umair.demo.figure.clump import Clump, Treatment, draw_clump
from umair.demo.figure.long_hair import shadowed
from umair.demo.figure.model import Back
from umair.demo.figure.view import View

LENGTH: dict[Back, float] = {
    **{"bob": 1.02, "short": 0.80, "wolf": 1.28},
    **{"twin": 0.95, "pony": 0.95, "braid": 0.98, "bun": 0.95},
}
_LOOSE = ("bob", "short", "wolf")


def short_hair(pen: Pen, view: View) -> None:
    kind, rng, sh = view.char.back, view.rng, 0.07 * view.k
    low = LENGTH[kind] if view.char.hair_len is None else view.char.hair_len
    root, tip_color = shadowed(view)
    loose = kind in _LOOSE
    left, right = _edges(kind, low, sh)
    mass = pen.part(shape(spline(left, 8), spline(right, 8)), root, "hair")
    if not view.from_outside:
        pen.shade(mass)
        pen.ao(ellipse(sh, 0.95, 0.3, 0.25), 0.8, blur=0.06)
    n = 11 if loose else 6
    for i in sorted(range(n), key=lambda i: abs(i - (n - 1) / 2)):
        x = -1 + 2 * i / (n - 1)
        tip, bend = _end(kind, x, low, sh, view.wind, rng)
        start = (x * (0.37 if loose else 0.30) + sh, 0.24)
        c1 = (x * (0.43 if kind == "short" else 0.54 if loose else 0.40) + sh, 0.45)
        clump = Clump(start, c1, bend, tip, 0.085, r0=0.6, peak=0.45, sharp=1.5)
        outer = abs(x) > 0.7  # these make the outline, so their lines begin at once
        how = Treatment(lit=outer or view.from_outside, cast=None, fade=0.05 if outer and loose else 0.30)
        draw_clump(pen, view, clump, root, tip_color, how)


def _edges(kind: Back, low: float, sh: float) -> tuple[list[tuple[float, float]], list[tuple[float, float]]]:
    """Left edge downwards and right edge upwards of the mass behind the head."""
    if kind == "short":  # cropped hair lies close to the nape
        left = [(-0.44 + sh * 0.5, 0.2), (-0.44 + sh * 0.7, 0.52), (-0.34 + sh, low - 0.12), (-0.20 + sh, low - 0.02)]
        right = [(0.22 + sh, low - 0.02), (0.36 + sh, low - 0.12), (0.445 + sh * 0.6, 0.52), (0.42 + sh * 0.8, 0.2)]
    elif kind in _LOOSE:
        left = [(-0.445 + sh * 0.5, 0.2), (-0.50 + sh * 0.7, 0.55), (-0.45 + sh, low - 0.18), (-0.26 + sh, low - 0.06)]
        right = [(0.28 + sh, low - 0.06), (0.46 + sh, low - 0.18), (0.50 + sh * 0.6, 0.55), (0.42 + sh * 0.8, 0.2)]
    else:
        left = [(-0.30 + sh * 0.5, 0.2), (-0.385 + sh * 0.7, 0.50), (-0.355 + sh, 0.74), (-0.22 + sh, low - 0.04)]
        right = [(0.22 + sh, low - 0.04), (0.36 + sh, 0.74), (0.43 + sh * 0.6, 0.50), (0.34 + sh * 0.8, 0.2)]
    return left, right


def _end(
    kind: Back, x: float, low: float, sh: float, wind: float, rng: np.random.Generator
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Tip and last control point of the clump at x (-1..1)."""
    if kind == "bob":
        tip = (x * 0.40 + sh - np.sign(x) * 0.02, low + 0.06 - 0.03 * abs(x) + rng.uniform(-0.02, 0.02))
        return tip, (x * 0.60 + sh, low - 0.18)
    if kind == "wolf":
        tip = (x * 0.60 + sh + np.sign(x) * 0.04 + wind * 0.1, low + rng.uniform(-0.10, 0.05) - 0.1 * abs(x))
        return tip, (x * 0.42 + sh, low - 0.3)
    if kind == "short":
        tip = (x * 0.40 + sh + wind * 0.05, low - 0.06 * abs(x) + rng.uniform(-0.05, 0.05))
        return tip, (x * 0.43 + sh, low - 0.30)
    return (x * 0.27 + sh, low + 0.02 + rng.uniform(-0.05, 0.02)), (x * 0.36 + sh, low - 0.2)
