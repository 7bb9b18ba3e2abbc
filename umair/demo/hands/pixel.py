"""Pixel: a small picture drawn pixel by pixel, few colours, ordered dither, dark outline."""

from dataclasses import dataclass

import cv2
import numpy as np

from umair.demo.canvas.colours import rgb
from umair.demo.hands.jitter import between
from umair.demo.hands.kuwahara import kuwahara
from umair.demo.hands.layers import over
from umair.demo.hands.light import Lighting, lit_figure
from umair.demo.hands.picture import RGB, from_lab, lay, saturate, to_lab, unit
from umair.demo.hands.pigments import distances
from umair.demo.passes import Passes, Plane

OUTLINE = rgb("#1c1430")
LIGHTING = Lighting(form=0.10, seam=0, highlight=0.8, rim=0.9, shadow_chroma=1.2)
BAYER = np.array([[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]], np.float32) / 16 - 0.47
CROSS = np.array([[0, 1, 0], [1, 1, 1], [0, 1, 0]], np.uint8)


@dataclass(frozen=True)
class Pixel:
    """One artist of this hand."""

    size: int  # side of the picture in its own pixels
    colours: int  # of the palette
    dither: float


@dataclass(frozen=True)
class _Small:
    """The passes that are needed again, reduced to the picture's own pixels."""

    figure: np.ndarray  # bool
    mat: np.ndarray
    spec: Plane  # coverage
    focus: Plane


def artist(rng: np.random.Generator) -> Pixel:
    """One artist's choices."""
    return Pixel(
        size=int(rng.choice([128, 144, 160])), colours=int(rng.choice([24, 32, 40])), dither=between(rng, 0.4, 1.1)
    )


def paint(passes: Passes, look: Pixel, rng: np.random.Generator) -> RGB:
    """The scene at (size, size): enlarge it by nearest neighbour only."""
    n = look.size
    picture, small = _reduced(passes, n)
    lab = to_lab(picture)
    palette = _palette(lab, small.focus, look.colours)
    dither = np.tile(BAYER, (n // 4 + 1, n // 4 + 1))[:n, :n] * 15 * look.dither
    dither *= np.where(small.figure, np.where(small.mat == 2, 0.30, 0.12), 0.75)
    lab[..., 0] += dither
    lab[..., 2] += dither * 0.3
    nearest = distances(lab.reshape(-1, 3), palette, (1.0, 1.2, 1.2)).argmin(1)
    return from_lab(_cleaned(palette[nearest].reshape(n, n, 3), small))


def _reduced(passes: Passes, n: int) -> tuple[RGB, _Small]:
    """Everything at the small size, with lines only where they are strong enough to be a whole pixel."""

    def small(a: np.ndarray) -> np.ndarray:
        return cv2.resize(np.ascontiguousarray(a), (n, n), interpolation=cv2.INTER_AREA)

    picture = over(lit_figure(passes, LIGHTING), passes, saturate(passes.bg, 1.1))
    picture = small(kuwahara(picture, max(1, passes.S / n * 0.45)))
    mat = cv2.resize(passes.mat.astype(np.float32), (n, n), interpolation=cv2.INTER_NEAREST)
    line, line_colour = _premultiplied(passes.line, small)
    face = (mat == 1) | (mat == 3) | (mat == 8)
    weakest = np.where(mat == 2, 0.40, np.where(face, 0.20, 0.32))
    kept = unit((line - weakest) / 0.20) * np.where(mat == 2, 0.75, 0.95)
    picture = lay(picture, unit(line_colour * 0.92), kept)
    figure = small(passes.alpha) > 0.5
    edge = (cv2.dilate(figure.astype(np.uint8), CROSS) > 0) & ~figure
    picture[edge] = picture[edge] * 0.25 + OUTLINE * 0.75
    spec, spec_colour = _premultiplied(passes.spec, small)
    picture = np.where(spec[..., None] > 0.40, spec_colour, picture)
    fore = small(passes.fore)
    picture = np.where(fore[..., 3:] > 0.40, fore[..., :3], picture)
    reduced = _Small(figure=figure, mat=mat, spec=spec, focus=small(passes.focus))
    return saturate(unit(picture).astype(np.float32), 1.12), reduced


def _premultiplied(layer: np.ndarray, small) -> tuple[Plane, RGB]:
    """Coverage and true colour of a reduced RGBA layer."""
    a = small(layer[..., 3])
    return a, small(layer[..., :3] * layer[..., 3:]) / np.maximum(a[..., None], 1e-3)


def _palette(lab: RGB, focus: Plane, colours: int) -> np.ndarray:
    """(colours, 3) Lab by k-means over figure and ground together; faces count four times."""
    rows = np.concatenate([lab.reshape(-1, 3), np.repeat(lab[focus > 0.3], 3, axis=0)])
    cv2.setRNGSeed(7)
    criteria = (cv2.TERM_CRITERIA_MAX_ITER + cv2.TERM_CRITERIA_EPS, 24, 0.5)
    return cv2.kmeans(rows.astype(np.float32), colours, None, criteria, 1, cv2.KMEANS_PP_CENTERS)[2]


def _cleaned(lab: RGB, small: _Small) -> RGB:
    """Pixels alone in their colour are given the median around them, but not in eyes and faces."""
    same = sum((np.abs(lab - np.roll(lab, by, axis)).sum(-1) < 1).astype(int) for by in (1, -1) for axis in (0, 1))
    alone = (same == 0) & small.figure & (small.spec < 0.3) & (small.focus < 0.25)
    return np.where(alone[..., None], cv2.medianBlur(lab.astype(np.float32), 3), lab)
