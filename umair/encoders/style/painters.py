"""Made painters draw: creatures, things, crowds of shapes and bands, each picture new, each hand always the same.

Training material without limit for the style head; nothing of it is shown to anyone.
"""

from __future__ import annotations

import cv2
import numpy as np

from umair.encoders.style.brush import Canvas
from umair.encoders.style.painter_hand import Colour, PainterHand, darker, line_colour

SIDE = 128
WASHES = 6
Chance = np.random.Generator


def paint(hand: PainterHand, chance: Chance, side: int = SIDE) -> np.ndarray:
    """(side, side, 3) uint8: one picture of a random content."""
    return Painting(hand, chance, side).finished()


class Painting:
    """One picture in work."""

    def __init__(self, hand: PainterHand, chance: Chance, side: int) -> None:
        self.hand, self.chance, self.side = hand, chance, side
        self.canvas = Canvas(side, self._ground())

    def finished(self) -> np.ndarray:
        if self.hand.ground == "gradient":
            self._gradient()
        if self.hand.ground == "scene":
            self._layers()
        (self._creature, self._thing, self._crowd, self._bands)[int(self.chance.integers(4))]()
        self._details()
        return self.hand.pixels(self.canvas.finished(self.hand.paint.smooth_edges), self.chance)

    # what is shown

    def _creature(self) -> None:
        chance, own = self.chance, self._colour()
        body = np.array([0.5, 0.58]) * self.side + chance.normal(0, 4, 2)
        s = self.side * self.hand.form.zoom * 0.25 * chance.uniform(0.8, 1.2)
        for sign in (-1, 1):
            for down in (0.5, 1.0):
                at = body + s * np.array([sign * chance.uniform(0.6, 1.1), down])
                self._shape(self._blob(at, (0.22 * s, 0.5 * s * chance.uniform(0.6, 1.2)), sign * -0.4), own)
        self._shape(self._blob(body, (0.8 * s, s), 0.0), own)
        head, h = body - np.array([chance.normal(0, 0.1) * s, 1.05 * s]), s * chance.uniform(0.5, 0.95)
        for sign in (-1, 1):
            ear = self._blob(head + h * np.array([0.7 * sign, -0.7]), (0.25 * h, 0.45 * h), sign * 0.5, points=4)
            self._shape(ear, own if chance.random() < 0.6 else self._colour())
        self._shape(self._blob(head, (h, 0.9 * h), 0.0), own if chance.random() < 0.6 else self._colour())
        for sign in (-1, 1):
            eye = head + h * np.array([0.4 * sign, -0.05])
            self._shape(self._blob(eye, (0.22 * h, 0.27 * h), 0.0, points=8), (1.0, 1.0, 1.0), plain=True)
            self.canvas.lay(self.canvas.dots(eye[None], 0.11 * h), (0.05, 0.05, 0.1))
        mouth = head + h * np.array([[-0.3, 0.45], [0, 0.45 + 0.12 * chance.normal()], [0.3, 0.45]])
        self._line(mouth, closed=False, colour=line_colour(self.hand.line, own))

    def _thing(self) -> None:
        chance, form = self.chance, self.hand.form
        middle, s = np.full(2, self.side / 2), self.side * form.zoom * 0.36
        for part in range(min(self._count(), 7)):
            size = s * (0.8 if part == 0 else chance.uniform(0.15, 0.5))
            at = middle + (chance.normal(0, 0.35 * s, 2) if part else 0)
            blob = self._blob(at, (size, size * chance.uniform(form.slimmest, 1)), chance.uniform(0, np.pi))
            colour = self._colour()
            self._shape(blob, colour)
            if chance.random() < form.symmetry:
                self._shape(np.array([self.side, 0]) + blob * np.array([-1, 1]), colour)

    def _crowd(self) -> None:
        chance, form = self.chance, self.hand.form
        for _ in range(2 * self._count()):
            size = max(3.0, self.side * form.zoom * form.size * 0.5 * np.exp(chance.normal(0, form.size_spread)))
            at = chance.uniform(0, self.side, 2)
            sides = (size, size * chance.uniform(form.slimmest, 1))
            self._shape(self._blob(at, sides, chance.uniform(0, np.pi)), self._colour())

    def _bands(self) -> None:
        chance, form = self.chance, self.hand.form
        for _ in range(self._count()):
            count = int(chance.integers(3, 6))
            along = np.linspace(0, 1, count)[:, None]
            one, other = chance.uniform(0.05, 0.95, (2, 2)) * self.side
            middle = one + (other - one) * along + chance.normal(0, 0.1 * self.side, (count, 2))
            way = (other - one) / max(float(np.linalg.norm(other - one)), 1.0)
            width = self.side * form.zoom * form.size * 0.3 * chance.uniform(0.4, 1.3)
            out = np.array([-way[1], way[0]]) * width * np.sin(np.pi * (0.8 * along + 0.1))
            self._shape(np.concatenate([middle + out, (middle - out)[::-1]]), self._colour())

    def _details(self) -> None:
        for _ in range(int(self.hand.form.details * 10)):
            at, length = self.chance.uniform(0.1, 0.9, 2) * self.side, 0.1 * self.side * self.chance.uniform(0.4, 1.5)
            turn = self.chance.uniform(0, 2 * np.pi)
            way = length * np.array([np.cos(turn), np.sin(turn)])
            places = np.stack([at - way, at + self.chance.normal(0, 0.3 * length, 2), at + way])
            self._line(places, closed=False, colour=line_colour(self.hand.line, self._colour()))

    # how it is painted

    def _shape(self, points: np.ndarray, colour: Colour, plain: bool = False) -> None:
        paint, canvas = self.hand.paint, self.canvas
        outline = self._contour(points, closed=True, wobble=0.0)
        inside = canvas.mask_of(outline)
        fill = "flat" if plain else paint.fill
        if paint.drop_shadow and not plain:
            canvas.lay(canvas.mask_of(outline + np.array([2, 3])), (0, 0, 0), 0.3)
        if fill != "none":
            self._fill(fill, inside, points, outline, colour)
            if not plain and fill != "wash":
                self._shade(inside, outline, colour)
            if paint.highlight and not plain:
                centre, radius = _extent(outline)
                at = centre - 0.5 * radius * self._light()
                spot = self._blob(
                    at, (radius * paint.highlight, 0.6 * radius * paint.highlight), 0.0, points=12, even=True
                )
                canvas.lay(np.minimum(inside, canvas.mask_of(spot)), (1, 1, 1), 0.75)
        if self.hand.line.drawn or fill == "none":
            self._line(points, closed=True, colour=line_colour(self.hand.line, colour))

    def _fill(self, kind: str, inside: np.ndarray, points: np.ndarray, outline: np.ndarray, colour: Colour) -> None:
        paint, canvas, chance = self.hand.paint, self.canvas, self.chance
        if kind == "flat":
            canvas.lay(inside, colour, paint.opacity)
        elif kind in ("linear", "radial"):
            canvas.lay(inside, self._toned(kind, outline, colour), paint.opacity)
        elif kind == "wash":
            radius = _extent(outline)[1]
            for _ in range(WASHES):
                shifted = self._contour(points + chance.normal(0, 0.06 * radius, points.shape), True, 0.8)
                noisy = np.clip(np.array(colour) + chance.normal(0, 0.05, 3), 0, 1)
                canvas.lay(canvas.mask_of(shifted), (float(noisy[0]), float(noisy[1]), float(noisy[2])), 0.28)
        elif kind == "brush":
            canvas.lay(inside, colour, 0.6)
            self._brush_marks(inside, outline, colour)
        elif kind == "hatching":
            canvas.lay(inside, (0, 0, 0) if self.hand.ground == "black" else (1, 1, 1), 0.9)
            canvas.lay(np.minimum(inside, self._hatching(outline)), colour)
        else:
            canvas.lay(inside, (colour[0] * 0.3 + 0.7, colour[1] * 0.3 + 0.7, colour[2] * 0.3 + 0.7))
            canvas.lay(np.minimum(inside, self._screen(outline)), colour)

    def _shade(self, inside: np.ndarray, outline: np.ndarray, colour: Colour) -> None:
        paint, canvas = self.hand.paint, self.canvas
        if paint.shade == "none":
            return
        radius = _extent(outline)[1]
        away = canvas.mask_of(outline + 0.45 * radius * self._light())
        if paint.shade == "cel":
            canvas.lay(np.minimum(inside, away), darker(colour, paint.darker), 0.9)
        elif paint.shade == "soft":
            canvas.lay(np.minimum(inside, _blurred(away, 0.9 * radius + 1.5)), darker(colour, paint.darker), 0.85)
        elif paint.shade == "hatching":
            marks = np.minimum(self._hatching(outline), away)
            canvas.lay(np.minimum(inside, marks), darker(colour, 0.3), 0.8)
        else:
            centre = _extent(outline)[0] + 0.5 * radius * self._light()
            dots = centre + self.chance.normal(0, 0.5 * radius, (min(200, int(radius * radius / 6) + 1), 2))
            canvas.lay(np.minimum(inside, canvas.dots(dots, 0.7)), darker(colour, 0.3), 0.9)

    def _line(self, points: np.ndarray, closed: bool, colour: Colour) -> None:
        line = self.hand.line
        for again in range(line.passes):
            places = self._contour(points, closed, line.wobble + (0.6 if again else 0.0))
            width = line.width * max(0.3, 1 + line.noise * self.chance.normal())
            if line.taper:
                ends = np.concatenate([places, places[:1]]) if closed else places
                along = np.linspace(0, 2 * np.pi if closed else np.pi, len(ends) - 1)
                mask = self.canvas.strokes(
                    np.stack([ends[:-1], ends[1:]], 1), width * (0.25 + 0.95 * np.abs(np.sin(along)))
                )
            else:
                mask = self.canvas.outline(places, closed, width)
            self.canvas.lay(mask, colour, line.opacity)

    def _brush_marks(self, inside: np.ndarray, outline: np.ndarray, colour: Colour) -> None:
        paint, chance = self.hand.paint, self.chance
        low, high = outline.min(0), outline.max(0)
        count = int(np.clip(2 * np.prod(high - low) / (paint.brush_length * paint.brush_width), 8, 90))
        tones = 6
        for _ in range(tones):
            at = chance.uniform(low, high, (count // tones + 1, 2))
            turn = paint.brush_angle + chance.normal(0, paint.brush_spread, len(at))
            way = 0.5 * paint.brush_length * np.stack([np.cos(turn), np.sin(turn)], 1)
            marks = self.canvas.strokes(np.stack([at - way, at + way], 1), np.full(len(at), paint.brush_width))
            own = np.clip(np.array(colour) * chance.uniform(paint.darker, 1.15) + chance.normal(0, 0.04, 3), 0, 1)
            self.canvas.lay(np.minimum(inside, marks), (float(own[0]), float(own[1]), float(own[2])), 0.85)

    def _hatching(self, outline: np.ndarray) -> np.ndarray:
        paint = self.hand.paint
        mask = self._parallel(outline, paint.hatch_angle)
        return np.maximum(mask, self._parallel(outline, paint.hatch_angle + 1.3)) if paint.crossed else mask

    def _parallel(self, outline: np.ndarray, angle: float) -> np.ndarray:
        centre, radius = _extent(outline)
        reach, way = 1.5 * radius + 2, np.array([np.cos(angle), np.sin(angle)])
        across = np.array([-way[1], way[0]])
        offset = np.arange(-reach, reach, self.hand.paint.hatch_gap)
        offset = offset + self.chance.normal(0, 0.4 * self.hand.line.wobble + 1e-9, len(offset))
        middle = centre + offset[:, None] * across
        lines = np.stack([middle - reach * way, middle + reach * way], 1)
        return self.canvas.strokes(lines, np.full(len(lines), self.hand.paint.hatch_width))

    def _screen(self, outline: np.ndarray) -> np.ndarray:
        gap, low, high = self.hand.paint.hatch_gap, outline.min(0), outline.max(0)
        rows = np.arange(low[1], high[1], gap)
        centres = [
            np.array([x + (n % 2) * gap / 2, y]) for n, y in enumerate(rows) for x in np.arange(low[0], high[0], gap)
        ]
        return self.canvas.dots(np.array(centres).reshape(-1, 2), 0.28 * gap)

    def _toned(self, kind: str, outline: np.ndarray, colour: Colour) -> np.ndarray:
        """(S, S, 3) from the colour to its darker tone, along the light or outwards."""
        centre, radius = _extent(outline)
        size = self.canvas.pixels.shape[0]
        y, x = np.mgrid[0:size, 0:size].astype(np.float32) * (self.side / size)
        light = self._light()
        if kind == "linear":
            share = ((x - centre[0]) * light[0] + (y - centre[1]) * light[1]) / (2 * radius) + 0.5
        else:
            from_light = centre - 0.4 * radius * light
            share = np.hypot(x - from_light[0], y - from_light[1]) / (1.4 * radius)
        mixed = 1 + (self.hand.paint.darker - 1) * np.clip(share, 0, 1)
        return mixed[..., None].astype(np.float32) * np.array(colour, np.float32)

    # places and colours

    def _contour(self, points: np.ndarray, closed: bool, wobble: float) -> np.ndarray:
        smooth = self.chance.random() < self.hand.form.curved
        places = _through(points, closed, smooth)
        return places + self.chance.normal(0, wobble, places.shape) if wobble else places

    def _blob(
        self, at: np.ndarray, sides: tuple[float, float], turn: float, points: int = 0, even: bool = False
    ) -> np.ndarray:
        chance = self.chance
        count = points or max(3, self.hand.form.points + int(chance.integers(-1, 2)))
        angle = np.linspace(0, 2 * np.pi, count, endpoint=False) + (0 if even else chance.normal(0, 0.1, count))
        radius = 1.0 if even else np.clip(1 + 0.6 * self.hand.form.rough * chance.normal(0, 1, count), 0.3, 2)
        x, y = sides[0] * radius * np.cos(angle), sides[1] * radius * np.sin(angle)
        c, s = np.cos(turn), np.sin(turn)
        return at + np.stack([c * x - s * y, s * x + c * y], 1)

    def _count(self) -> int:
        return max(2, int(self.hand.form.shapes * self.chance.uniform(0.6, 1.4)))

    def _colour(self) -> Colour:
        base = self.hand.palette[int(self.chance.integers(len(self.hand.palette)))]
        own = np.clip(np.array(base) + self.chance.normal(0, self.hand.colour_noise, 3), 0, 1)
        return (float(own[0]), float(own[1]), float(own[2]))

    def _light(self) -> np.ndarray:
        return np.array([np.cos(self.hand.paint.light), np.sin(self.hand.paint.light)])

    def _ground(self) -> Colour:
        plain: dict[str, Colour] = {"white": (1, 1, 1), "black": (0, 0, 0), "paper": (0.95, 0.92, 0.84)}
        return plain.get(self.hand.ground, self.hand.ground_colours[0])

    def _gradient(self) -> None:
        share = np.linspace(0, 1, len(self.canvas.pixels), dtype=np.float32)[:, None, None]
        upper, lower = (np.array(c, np.float32) for c in self.hand.ground_colours)
        self.canvas.pixels[:] = upper + (lower - upper) * share

    def _layers(self) -> None:
        for layer in range(3):
            x = np.linspace(-8, self.side + 8, 7)
            y = self.side * (0.35 + 0.2 * layer) + self.chance.normal(0, 0.08 * self.side, 7)
            below = np.array([[self.side + 8, self.side + 8], [-8, self.side + 8]])
            self._shape(np.concatenate([np.stack([x, y], 1), below]), self._colour())


def _through(points: np.ndarray, closed: bool, smooth: bool) -> np.ndarray:
    """A fine line through points: Catmull-Rom if smooth, else straight with places in between for the wobble."""
    count = len(points)
    segments = count if closed else count - 1
    t = np.linspace(0, 1, 7)[:-1, None]
    made = []
    for n in range(segments):
        at = [points[(n + k) % count] if closed else points[np.clip(n + k, 0, count - 1)] for k in (-1, 0, 1, 2)]
        before, one, two, after = at
        if smooth and count > 2:
            cubic = (-before + 3 * one - 3 * two + after) * t**3 + (2 * before - 5 * one + 4 * two - after) * t**2
            made.append(0.5 * (2 * one + (two - before) * t + cubic))
        else:
            made.append(one + (two - one) * t)
    return np.concatenate(made if closed else [*made, points[-1:]])


def _extent(outline: np.ndarray) -> tuple[np.ndarray, float]:
    """Centre and half the longer side of the box around an outline."""
    low, high = outline.min(0), outline.max(0)
    return (low + high) / 2, float((high - low).max()) / 2 + 1e-3


def _blurred(mask: np.ndarray, sigma: float) -> np.ndarray:
    return cv2.GaussianBlur(mask, (0, 0), sigma)
