"""What a bad camera or an old screen adds."""

from dataclasses import dataclass

import numpy as np

from umair.demo.canvas.noise import smooth
from umair.demo.hands.framed import Framed, across
from umair.demo.hands.jitter import between, one_of
from umair.demo.hands.picture import RGB, deep, normal_noise


@dataclass(frozen=True)
class Lens:
    """Faults, 0 = none."""

    fringe: float  # colour fringes, pixels of a 640 px picture
    scan: float  # scan lines
    grain: float  # of the film, deviation
    corners: float  # darkening
    tears: int  # bands of the picture that slip sideways


def lens_of(rng: np.random.Generator) -> Lens:
    """One artist's lens."""
    return Lens(
        fringe=between(rng, 0.0, 2.6),
        scan=one_of(rng, (0.0, 0.0, 0.6, 1.0)),
        grain=one_of(rng, (0.0, 0.012, 0.03)),
        corners=between(rng, 0.1, 0.6),
        tears=one_of(rng, (0, 0, 0, 3, 5)),
    )


def seen_through(picture: RGB, passes: Framed, lens: Lens, rng: np.random.Generator) -> RGB:
    """The picture through the lens; may leave 0..1 a little."""
    S = picture.shape[0]
    shift = round(lens.fringe * S / 640)
    red, blue = np.roll(picture[..., 0], shift, 1), np.roll(picture[..., 2], -shift, 1)
    picture = np.stack([red, picture[..., 1], blue], -1)
    for _ in range(lens.tears):
        y, h = int(rng.uniform(0.02, 0.95) * S), int(rng.uniform(0.006, 0.022) * S)
        if abs(y / S - 0.42) > 0.16:  # never through the face's usual place
            picture[y : y + h] = np.roll(picture[y : y + h], int(rng.uniform(-0.03, 0.03) * S), 1)
    lines = 0.5 + 0.5 * np.sin(np.arange(S, dtype=np.float32) * (2 * np.pi / (3.0 * S / 512)))
    picture *= 1 - lens.scan * 0.14 * lines[:, None, None]
    x, y = across(passes)
    picture *= deep(1 - lens.corners * smooth(np.hypot(x - 0.5, y - 0.5), 0.42, 0.80))
    if lens.grain:
        picture = picture + deep(normal_noise(S, rng)) * lens.grain
    return picture
