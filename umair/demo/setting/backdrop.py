"""The canvas of a setting: a plain, soft painting, its contour, its lamps."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
import skia
from numpy.typing import ArrayLike, NDArray

from umair.demo.canvas.colours import Colour, col, gradient, hsv_shift, mix, radial, rgb
from umair.demo.canvas.curves import path
from umair.demo.canvas.noise import blur
from umair.demo.passes import Light
from umair.demo.setting.hours import Hour

Outline: TypeAlias = skia.Path | ArrayLike
RGB: TypeAlias = NDArray[np.float32]
BLACK = (0.0, 0.0, 0.0)
WHITE = (1.0, 1.0, 1.0)
INK = rgb("#221a2a")


@dataclass(frozen=True)
class Ground:
    """A finished setting, side S, float32 in 0..1, and the light it throws on figures."""

    rgb: RGB  # (S, S, 3)
    line: RGB  # (S, S, 4)
    emit: RGB  # (S, S, 3)
    light: Light
    dof: float  # blur in a camera's eyes, fraction of the side
    horizon: float  # fraction of the side from the top


class Backdrop:
    """A square of `size` pixels, drawn on in fractions of its side.

    Colours are local colours as the setting's own hour shows them; another `hour` tones them as they are
    laid. What glows (`lit`) keeps its colour.
    """

    def __init__(self, size: int, seed: int, lx: int, hour: Hour) -> None:
        self.size, self.seed, self.lx, self.hour = size, seed, lx, hour
        self.rng = np.random.default_rng(seed)
        self._surfaces = [skia.Surface(size, size) for _ in range(3)]
        self._paint, self._line, self._emit = (surface.getCanvas() for surface in self._surfaces)
        self._line.clear(skia.ColorTRANSPARENT)
        self._emit.clear(skia.ColorBLACK)
        for canvas in (self._paint, self._line, self._emit):
            canvas.scale(size, size)

    # ------------------------------------------------------------ colours and shaders
    def toned(self, color: ArrayLike) -> Colour:
        """The colour at this hour."""
        return self.hour.tone(np.asarray(color, np.float32))

    @contextmanager
    def untoned(self) -> Iterator[None]:
        """What follows has colours of its own hour already, until the block ends."""
        hour, self.hour = self.hour, replace(self.hour, tint="#ffffff", gain=1.0, veiled=0.0)
        yield
        self.hour = hour

    def upright(
        self, y0: float, y1: float, cols: Sequence[ArrayLike], pos: Sequence[float] | None = None, lit: bool = False
    ) -> skia.Shader:
        """A gradient from height y0 down to y1."""
        return gradient((0, y0), (0, y1), cols if lit else [self.toned(c) for c in cols], pos)

    def across(self, x0: float, x1: float, cols: Sequence[ArrayLike]) -> skia.Shader:
        """A gradient from x0 to x1."""
        return gradient((x0, 0), (x1, 0), [self.toned(c) for c in cols])

    # ------------------------------------------------------------ laying paint
    def wash(self, cols: Sequence[str], pos: Sequence[float] | None = None) -> None:
        """The whole square from top to bottom, in colours that are not toned: a sky has its own hours."""
        shader = self.upright(0, 1, [rgb(c) for c in cols], pos, lit=True)
        self._paint.drawRect(skia.Rect(0, 0, 1, 1), skia.Paint(Shader=shader))

    def area(
        self,
        outline: Outline,
        color: ArrayLike,
        a: float = 1.0,
        blur: float = 0.0,
        shader: skia.Shader | None = None,
        line: float = 0.0,
        lcol: ArrayLike | None = None,
        erase: bool = True,
        mode: skia.BlendMode | None = None,
        lit: bool = False,
    ) -> None:
        """A filled shape. Opaque ones hide contour and lamps behind them unless erase is False."""
        p = outline if isinstance(outline, skia.Path) else path(outline)
        local = np.asarray(color, np.float32) if lit else self.toned(color)
        paint = skia.Paint(AntiAlias=True, Color=col(local, a))
        if blur:
            paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, blur))
        if shader is not None:
            paint.setShader(shader)
        if mode is not None:
            paint.setBlendMode(mode)
        self._paint.drawPath(p, paint)
        if erase and a > 0.9 and not blur:
            self._line.drawPath(p, skia.Paint(AntiAlias=True, BlendMode=skia.BlendMode.kClear))
            self._emit.drawPath(p, skia.Paint(AntiAlias=True, Color=skia.ColorBLACK))
        if line:
            self._contour(p, line, mix(hsv_shift(local, -0.02, 1.2, 0.38), INK, 0.3) if lcol is None else lcol)

    def box(
        self,
        x0: float,
        y0: float,
        x1: float,
        y1: float,
        color: ArrayLike,
        a: float = 1.0,
        blur: float = 0.0,
        shader: skia.Shader | None = None,
        line: float = 0.0,
        erase: bool = True,
        lit: bool = False,
    ) -> None:
        """A rectangle from (x0, y0) to (x1, y1)."""
        corners = [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]
        self.area(corners, color, a, blur, shader, line, erase=erase, lit=lit)

    def glow(self, x: float, y: float, r: float, color: ArrayLike, a: float = 1.0) -> None:
        """Soft light added round (x, y)."""
        c = np.asarray(color, np.float32)
        shader = radial((x, y), r, [np.r_[c, a], np.r_[c, a * 0.35], np.r_[c, 0]], [0, 0.45, 1])
        paint = skia.Paint(AntiAlias=True, Shader=shader, BlendMode=skia.BlendMode.kPlus)
        self._paint.drawCircle(x, y, r, paint)

    def lamp(self, outline: Outline, color: ArrayLike = WHITE, a: float = 1.0) -> None:
        """This shape shines by itself."""
        p = outline if isinstance(outline, skia.Path) else path(outline)
        paint = skia.Paint(AntiAlias=True, Color=col(color, a), BlendMode=skia.BlendMode.kPlus)
        self._emit.drawPath(p, paint)

    def clear(self) -> None:
        """Nothing painted yet: for what lies over a figure."""
        self._paint.clear(skia.ColorTRANSPARENT)

    # ------------------------------------------------------------ pixels
    def rgba(self) -> RGB:
        """(S, S, 4), alpha not multiplied in."""
        return _pixels(self._surfaces[0])

    def rgb(self) -> RGB:
        """(S, S, 3) as painted so far."""
        return self.rgba()[..., :3]

    def repaint(self, picture: RGB) -> None:
        """Replace everything painted by these pixels (S, S, 3)."""
        opaque = np.full((self.size, self.size), 255, np.uint8)
        pixels = np.ascontiguousarray(np.dstack([(np.clip(picture, 0, 1) * 255).astype(np.uint8), opaque]))
        image = skia.Image.fromarray(pixels, colorType=skia.kRGBA_8888_ColorType)
        self._paint.save()
        self._paint.resetMatrix()
        self._paint.drawImage(image, 0, 0)
        self._paint.restore()

    def soften(self, amount: float) -> None:
        """Blur what is painted; amount is a fraction of the side."""
        self.repaint(blur(self.rgb(), self.size * amount))

    def ground(self, dof: float, horizon: float) -> Ground:
        """What has been drawn, in the hour's light."""
        line, emit = (_pixels(surface) for surface in self._surfaces[1:])
        return Ground(self.rgb(), line, emit[..., :3], self.hour.shine.light(self.lx), dof, horizon)

    def _contour(self, p: skia.Path, width: float, color: ArrayLike) -> None:
        paint = skia.Paint(
            AntiAlias=True,
            Style=skia.Paint.kStroke_Style,
            StrokeWidth=width,
            StrokeJoin=skia.Paint.kRound_Join,
            Color=col(color),
        )
        self._line.drawPath(p, paint)


def _pixels(surface: skia.Surface) -> RGB:
    return surface.toarray(colorType=skia.kRGBA_8888_ColorType).astype(np.float32) / 255
