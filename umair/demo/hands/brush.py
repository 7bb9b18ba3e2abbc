"""The brush engine: strokes laid from broad to fine until the picture is near enough to what is meant."""

import math
from dataclasses import dataclass

import numpy as np
import skia
from numpy.typing import NDArray

from umair.demo.canvas.noise import blur
from umair.demo.hands.layers import material
from umair.demo.hands.picture import RGB, unit
from umair.demo.passes import Passes, Plane

OPAQUE = 0xFF000000  # of a colour packed as 0xAARRGGBB
SEGMENTS = 5  # a stroke is traced in this many steps


@dataclass(frozen=True)
class Brushes:
    """A painter's set of brushes and how they are moved. Sizes in pixels of a 640 px picture."""

    sizes: tuple[float, ...]  # broad first
    length: float  # of a stroke, in widths of the brush
    jitter: float  # of the colour
    hue_jitter: float = 0.5  # how much of it is hue
    square: bool = False  # flat brush: square ends
    threshold: float = 0.05  # difference above which a stroke is worth laying
    relief: bool = True  # the paint has height


@dataclass(frozen=True)
class Strokes:
    """Strokes ready to be laid: N of them."""

    points: NDArray[np.float64]  # (N, SEGMENTS + 1, 2)
    widths: NDArray[np.float64]
    colours: NDArray[np.int64]  # (N, 3) 0..255
    heights: NDArray[np.int64]  # 0..255


def importance(passes: Passes) -> Plane:
    """Where small brushes are allowed: faces, eyes, mouths, lines."""
    fine = blur(material(passes, "eye") + passes.line[..., 3] * 0.6 + material(passes, "lip"), passes.S * 0.005)
    return unit(passes.focus * 0.8 + fine * (0.45 + passes.focus) + passes.alpha * 0.22)


def brush_paint(
    target: RGB, angle: Plane, important: Plane, brushes: Brushes, under: RGB, rng: np.random.Generator
) -> tuple[RGB, Plane]:
    """Paint the target over `under`, strokes along `angle` (radians). Returns colour and height (0..1).

    After Hertzmann 1998: each finer brush works only where the canvas is still wrong, and more so where
    the picture is important.
    """
    S = target.shape[0]
    colour, height = skia.Surface(S, S), skia.Surface(S, S)
    height.getCanvas().clear(skia.ColorGRAY)
    colour.getCanvas().drawImage(_image(under), 0, 0)
    last = len(brushes.sizes) - 1
    for i, size in enumerate(brushes.sizes):
        size = size * S / 640
        meant = blur(target, size * 0.28)
        if i == 0:
            wanted = np.ones((S, S), bool)
        else:
            wrong = blur(np.abs(_pixels(colour) - meant).sum(-1) / 3, size * 0.3)
            weight = 0.35 + 1.4 * important if i < last else 0.15 + 2.2 * important
            wanted = wrong * weight > brushes.threshold * 0.8
        length = size * brushes.length * (1 - 0.35 * i / max(1, last))
        tolerance = 0.22 + 0.05 * (len(brushes.sizes) - i)
        strokes = _strokes(meant, angle, important, wanted, size, length, tolerance, brushes, rng)
        _lay(strokes, colour.getCanvas(), height.getCanvas() if brushes.relief else None, brushes.square)
    return _pixels(colour), _pixels(height)[..., 0]


def _strokes(
    meant: RGB,
    angle: Plane,
    important: Plane,
    wanted: NDArray[np.bool_],
    size: float,
    length: float,
    tolerance: float,
    brushes: Brushes,
    rng: np.random.Generator,
) -> Strokes:
    S = meant.shape[0]
    step = max(1.9, size * 0.60)
    gx, gy = np.meshgrid(np.arange(step / 2, S, step), np.arange(step / 2, S, step))
    start = np.stack([gx.ravel(), gy.ravel()], 1) + rng.uniform(-0.5, 0.5, (gx.size, 2)) * step
    start = start[_at(wanted, start)]
    rng.shuffle(start)
    n = len(start)
    colour = _at(meant, start)
    points = _trace(meant, angle, start, colour, length, tolerance, rng)
    care = np.clip(_at(important, start), 0, 1)
    jitter = brushes.jitter * (1 - 0.78 * care)[:, None]
    colour = colour * (1 + rng.normal(0, 1, (n, 1)) * jitter)
    colour = colour + rng.normal(0, 1, (n, 3)) * jitter * brushes.hue_jitter * 0.6
    height = np.clip(128 + rng.normal(0, 34, n) * (1 - 0.7 * care), 40, 215)
    width = size * (0.55 + 0.55 * rng.random(n))
    return Strokes(points, width, (np.clip(colour, 0, 1) * 255).astype(int), height.astype(int))


def _trace(
    meant: RGB,
    angle: Plane,
    start: NDArray[np.float64],
    colour: NDArray[np.float32],
    length: float,
    tolerance: float,
    rng: np.random.Generator,
) -> NDArray[np.float64]:
    """All strokes at once; one stops where the colour is no longer its own."""
    first = _at(angle, start) + rng.normal(0, 0.10, len(start))
    way = np.stack([np.cos(first), np.sin(first)], 1)
    stopped = np.zeros(len(start), bool)
    points = [start]
    for _ in range(SEGMENTS):
        ahead = points[-1] + way * (length / SEGMENTS) * (~stopped)[:, None]
        stopped |= np.abs(_at(meant, ahead) - colour).sum(1) > tolerance
        points.append(np.where(stopped[:, None], points[-1], ahead))
        t = _at(angle, ahead)
        turn = np.stack([np.cos(t), np.sin(t)], 1)
        turn *= np.where((turn * way).sum(1) < 0, -1, 1)[:, None]
        way = 0.55 * way + 0.45 * turn
        way /= np.linalg.norm(way, axis=1, keepdims=True)
    return np.stack(points, 1)


def _lay(strokes: Strokes, colour: skia.Canvas, height: skia.Canvas | None, square: bool) -> None:
    paint = skia.Paint(
        AntiAlias=True,
        Style=skia.Paint.kStroke_Style,
        StrokeCap=skia.Paint.kSquare_Cap if square else skia.Paint.kRound_Cap,
        StrokeJoin=skia.Paint.kRound_Join,
    )
    ends = strokes.points[:, [0, 2, -1]].reshape(-1, 6)
    short = np.abs(ends[:, 0] - ends[:, 4]) + np.abs(ends[:, 1] - ends[:, 5]) < 0.5  # a dab: too short for a curve
    ends[short, 2:] = ends[short][:, [0, 1, 0, 1]] + np.array([0.3, 0, 0.6, 0])
    r, g, b = strokes.colours.T
    colours = (OPAQUE | (r << 16) | (g << 8) | b).tolist()
    heights = (OPAQUE | strokes.heights * 0x010101).tolist()
    stroke = skia.Path()
    for (x0, y0, x1, y1, x2, y2), width, c, h in zip(
        ends.tolist(), strokes.widths.tolist(), colours, heights, strict=True
    ):
        stroke.rewind()
        stroke.moveTo(x0, y0)
        stroke.quadTo(x1, y1, x2, y2)
        paint.setStrokeWidth(width)
        paint.setColor(c)
        colour.drawPath(stroke, paint)
        if height is not None:
            paint.setColor(h)
            height.drawPath(stroke, paint)


def _at(plane: NDArray, points: NDArray[np.float64]) -> NDArray:
    """Values under the points (N, 2), held inside the picture."""
    i = np.clip(points.astype(int), 0, plane.shape[0] - 1)
    return plane[i[:, 1], i[:, 0]]


def _image(picture: RGB) -> skia.Image:
    S = picture.shape[0]
    rgba = np.dstack([(unit(picture) * 255).astype(np.uint8), np.full((S, S), 255, np.uint8)])
    return skia.Image.fromarray(np.ascontiguousarray(rgba), colorType=skia.kRGBA_8888_ColorType)


def _pixels(surface: skia.Surface) -> RGB:
    return surface.toarray(colorType=skia.kRGBA_8888_ColorType)[..., :3].astype(np.float32) / 255


def canvas_weave(S: int) -> Plane:
    """The threads of a canvas, -1..1."""
    thread = np.sin(np.arange(S, dtype=np.float32) * (2 * math.pi / (3.2 * S / 640)))
    return thread[:, None] * thread[None]
