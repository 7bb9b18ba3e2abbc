"""Long and wavy hair behind the shoulders: a mass in shadow, lit clumps, locks that leave the outline."""

import math

import numpy as np

from umair.demo.canvas.colours import Colour, gradient, hsv_shift, mix
from umair.demo.canvas.curves import ellipse, shape, spline
from umair.demo.canvas.pen import Pen
from umair.demo.figure.clump import Clump, Treatment, draw_clump
from umair.demo.figure.model import Back
from umair.demo.figure.view import View

LENGTH: dict[Back, float] = {"long": 2.45, "xlong": 3.3, "mid": 1.55, "wavy": 2.25}
CLUMPS = 13


def shadowed(view: View) -> tuple[Colour, Colour]:
    """Root and tip colour of hair that lies behind the head."""
    return hsv_shift(view.hair, -0.02, 1.06, 0.84), hsv_shift(view.hair_tip, -0.02, 1.04, 0.88)


def shadow_of_head(pen: Pen, view: View) -> None:
    """What a head that looks over its shoulder throws on the hair below it."""
    pen.shade(ellipse(-0.06 * view.k - 0.04 * view.light, 0.98, 0.36, 0.20), 0.9, clip=None)


def long_hair(pen: Pen, view: View) -> None:
    wavy = view.char.back == "wavy"
    low = LENGTH[view.char.back] if view.char.hair_len is None else view.char.hair_len
    wave, width = (0.075, 0.68) if wavy else (0.026, 0.58)
    if view.from_outside:  # it lies on the back and leaves the shoulders free
        low, width = min(low, 2.3), 0.74 * width
    _mass(pen, view, low, width)
    for i in sorted(range(CLUMPS), key=lambda i: abs(np.linspace(-1, 1, CLUMPS)[i])):
        _clump(pen, view, i, low, width, wave)
    for side in (-1, 1):
        for y0, y1, out, w in (
            *((0.55, 1.42, 0.70, 0.052), (0.75, 1.86, 0.80, 0.060)),
            (0.95, low * 0.94, 0.84, 0.062),
        ):
            if y1 <= low + 0.05:
                _flick(pen, view, side, y0, y1, out, w, wave)
    if view.gust:
        _streamers(pen, view, low)
    if view.from_outside:
        shadow_of_head(pen, view)


def _mass(pen: Pen, view: View, low: float, width: float) -> None:
    root, tip = shadowed(view)
    sh, wind, gust = 0.07 * view.k, view.wind, view.gust
    lift = 0.48 * abs(gust)
    drift, knee = wind * 0.2 + gust * 0.35, low * 0.82 + 0.1
    left = [(-0.28 + sh * 0.4, 0.05), (-0.42 + sh * 0.4, 0.30), (-0.49 + sh, 0.8), (-width + sh, 1.3)]
    left += [(-width * 0.98 + sh + wind * 0.15 + gust * 0.3, knee - 0.6 * lift)]
    left += [(-0.30 + sh + wind * 0.2 + gust * 0.5, low - lift)]
    right = [(0.30 + sh + wind * 0.25 + gust * 0.6, low - lift), (width + 0.04 + sh + drift, knee - lift)]
    right += [(width + 0.04 + sh, 1.3), (0.50 + sh, 0.8), (0.44 + sh, 0.30), (0.30 + sh, 0.05)]
    a, b = spline(left, 8), spline(right, 8)
    mass = pen.part(shape(a, b), root, "hair", shader=gradient((0, 0.3), (0, low), [root, tip]))
    pen.stroke(a, 0.011, 0.6, 0.4, 0.4)
    pen.stroke(b, 0.011, 0.4, 0.6, 0.6)
    if not view.from_outside:
        pen.shade(mass)
        pen.ao(ellipse(sh, 1.15, 0.34, 0.42), 0.8, blur=0.08)


def _clump(pen: Pen, view: View, i: int, low: float, width: float, wave: float) -> None:
    rng, k, wind, gust = view.rng, view.k, view.wind, view.gust
    root, tip = shadowed(view)
    sh, wavy = 0.07 * k, view.char.back == "wavy"
    x = np.linspace(-1, 1, CLUMPS)[i]
    at = x * width + sh + (0.05 * k if x > 0 else 0)
    out = np.sign(x) * (0.05 + 1.2 * wave) * abs(x)
    end = (
        at * 1.02 + wind * 0.34 + gust * (0.80 + 0.25 * x * np.sign(gust)) + out + rng.uniform(-0.05, 0.05),
        low + 0.14 - 0.34 * x * x - 0.42 * abs(gust) + rng.uniform(-0.16, 0.12),
    )
    clump = Clump(
        (x * 0.35 + sh, 0.20),
        (at * 0.98 + 0.03 * np.sign(x) + wave * math.sin(i * 2.1) * 1.6, 0.85),
        (at * 1.12 - wave * math.sin(i * 1.7) * 2.5 + wind * 0.08 + gust * 0.18, low * 0.72 - 0.12 * abs(gust)),
        end,
        (0.075 + 0.05 * rng.random()) * (1.1 if wavy else 1.0),
        r0=0.5,
        peak=0.5,
        sharp=1.9,
        n=40,
        wave=wave * 1.15,
        freq=1.9 if wavy else 1.2,
        ph=1.1 * x + rng.uniform(-0.4, 0.4),
    )
    if abs(x) > 0.45 or view.from_outside:
        how = Treatment(cast=(0.012, 0.01))
        draw_clump(pen, view, clump, mix(root, view.hair, 0.7), view.hair_tip, how)
    else:
        draw_clump(pen, view, clump, root, tip, Treatment(lit=False, cast=None, lw=0.0062))


def _flick(pen: Pen, view: View, side: int, y0: float, y1: float, out: float, w: float, wave: float) -> None:
    """A lock that leaves the mass, so that the outline has tips at several heights."""
    rng, sh = view.rng, 0.07 * view.k
    x = side * (out + rng.uniform(-0.05, 0.05)) + sh + view.wind * (0.10 + 0.10 * y1) + view.gust * 0.30 * (y1 - 0.6)
    clump = Clump(
        (side * 0.43 + sh, y0 - 0.25),
        (side * 0.55 + sh, y0 + 0.1),
        (side * (0.50 + 0.3 * wave) + sh, y1 - 0.40),
        (x, y1 + rng.uniform(-0.06, 0.06)),
        w,
        r0=0.4,
        peak=0.45,
        sharp=1.6,
        n=36,
        wave=side * 0.035 + wave * 0.5,
        freq=1.0,
        ph=2.4,
    )
    root = mix(shadowed(view)[0], view.hair, 0.8)
    draw_clump(pen, view, clump, root, view.hair_tip, Treatment(cast=(0.01, 0.01), fade=0.35))


def _streamers(pen: Pen, view: View, low: float) -> None:
    """Locks that a strong wind carries away from the head on its lee side."""
    rng, gust, lee = view.rng, view.gust, 1 if view.gust > 0 else -1
    sh = 0.07 * view.k
    for i in range(6):
        y = 0.62 + 0.17 * i
        reach = (0.62 + 0.45 * abs(gust)) * (0.80 + 0.10 * i) + rng.uniform(-0.06, 0.06)
        drop = 0.30 + 0.16 * i - 0.20 * abs(gust) + rng.uniform(-0.05, 0.05)
        clump = Clump(
            (lee * 0.36 + sh, y - 0.28),
            (lee * 0.56 + sh, y - 0.02),
            (lee * (0.50 + 0.55 * reach) + sh, y + 0.75 * drop + 0.10),
            (lee * (0.44 + reach) + sh, min(y + drop, low)),
            rng.uniform(0.045, 0.085),
            r0=0.4,
            peak=0.42,
            n=36,
            wave=-lee * 0.045,
            freq=1.1,
            ph=0.5 + 0.3 * i,
        )
        root = mix(shadowed(view)[0], view.hair, 0.8)
        draw_clump(pen, view, clump, root, view.hair_tip, Treatment(cast=(0.01, 0.01), fade=0.30))
