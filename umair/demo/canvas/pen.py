"""The Pen: one drawing call feeds every pass, so that any hand can composite what was drawn."""

import math
from typing import Literal, TypeAlias, TypedDict

import numpy as np
import skia
from numpy.typing import ArrayLike, NDArray

from umair.demo.canvas.colours import Colour, col, hsv_shift, mix, rgb
from umair.demo.canvas.curves import path, pressure, ribbon
from umair.demo.canvas.habits import Habits
from umair.demo.canvas.puff import Part, puff

MATS = {"none": 0, "skin": 1, "hair": 2, "eye": 3, "cloth": 4, "dark": 5, "metal": 6, "prop": 7, "lip": 8}
Material = Literal["none", "skin", "hair", "eye", "cloth", "dark", "metal", "prop", "lip"]
Layer = Literal["flat", "mask", "line", "spec", "id"]
Outline: TypeAlias = skia.Path | ArrayLike
WHITE = (1, 1, 1)
INK = rgb("#2a1a2a")  # what every line leans to


class FigurePasses(TypedDict):
    """What `Pen.read` gives: arrays (size, size, ...) as float32 in 0..1 unless stated otherwise."""

    albedo: NDArray[np.float32]  # (…, 3) flat local colour, no light
    alpha: NDArray[np.float32]  # coverage
    shade: NDArray[np.float32]  # hard shadow shapes: form shadow and cast shadow
    ao: NDArray[np.float32]  # deep and contact shadow
    high: NDArray[np.float32]  # painted highlight shapes
    line: NDArray[np.float32]  # (…, 4) tapered contour and detail lines, coloured
    spec: NDArray[np.float32]  # (…, 4) catchlights, lamps, glowing trims: never shaded
    mat: NDArray[np.int32]  # material, one of MATS
    part: NDArray[np.int32]  # number of the part, 1 = drawn first
    nx: NDArray[np.float32]  # -1..1, inflated normals
    ny: NDArray[np.float32]


class Pen:
    """A square canvas of `size` pixels, drawn on in units of its side; `push` changes the units.

    lw multiplies every line's width, line_dark (0..1) darkens every line's own colour, style holds the
    hand's habits. `cur` and `curcol` are the part drawn last and its colour: shades, highlights and
    strokes refer to it unless told otherwise, and may be set back to an earlier part.
    """

    def __init__(self, size: int, lw: float = 1.0, line_dark: float = 0.55, style: Habits | None = None) -> None:
        self.size, self.lw, self.line_dark = size, lw, line_dark
        self.style = style or Habits()
        layers: tuple[Layer, ...] = ("flat", "mask", "line", "spec", "id")
        self._surface = {layer: skia.Surface(size, size) for layer in layers}
        self._canvas = {layer: surface.getCanvas() for layer, surface in self._surface.items()}
        for layer, canvas in self._canvas.items():
            clear = layer in ("flat", "line", "spec")
            canvas.clear(skia.ColorTRANSPARENT if clear else skia.ColorBLACK)
            canvas.scale(size, size)
        self._parts: list[Part] = []
        self.cur: skia.Path | None = None
        self.curcol: Colour = INK

    # ------------------------------------------------------------ where: transforms and clips
    def push(
        self,
        tx: float = 0,
        ty: float = 0,
        sx: float = 1,
        sy: float | None = None,
        rot: float = 0,
        pivot: tuple[float, float] = (0, 0),
        turn: float = 0.0,
        turn_y: float = 1.3,
    ) -> None:
        """Move, turn (radians about pivot) and scale what follows, until `pop`.

        turn: a perspective that enlarges the +x side at height turn_y, as when a near shoulder comes forward.
        """
        for canvas in self._canvas.values():
            canvas.save()
            canvas.translate(tx, ty)
            if rot:
                canvas.rotate(math.degrees(rot), *pivot)
            canvas.scale(sx, sx if sy is None else sy)
            if turn:
                matrix = skia.Matrix()
                matrix.setAll(1 - 0.5 * abs(turn), 0, 0, 0, 1, 0, -turn, 0, 1)
                canvas.translate(0, turn_y)
                canvas.concat(matrix)
                canvas.translate(0, -turn_y)

    def pop(self) -> None:
        """Undo the last `push`."""
        self._restore()

    def clip(self, outline: Outline) -> None:
        """Keep what follows inside the outline, until `unclip`."""
        for canvas in self._canvas.values():
            canvas.save()
            canvas.clipPath(_path(outline), skia.ClipOp.kIntersect, True)

    def unclip(self) -> None:
        """Undo the last `clip`."""
        self._restore()

    def unit(self) -> float:
        """Length of one present unit as a fraction of the picture."""
        m = self._canvas["flat"].getTotalMatrix()
        return math.sqrt(abs(m.getScaleX() * m.getScaleY() - m.getSkewX() * m.getSkewY())) / self.size

    # ------------------------------------------------------------ what: parts and marks on them
    def part(
        self,
        outline: Outline,
        color: ArrayLike,
        mat: Material = "cloth",
        round_: float | None = None,
        shader: skia.Shader | None = None,
        line: float = 0.0,
        lcol: ArrayLike | None = None,
        alpha: float = 1.0,
    ) -> skia.Path:
        """A new opaque region: it hides the passes of whatever lies behind, and becomes `cur`.

        round_ limits how far in its cushion reaches (fraction of the picture); line > 0 strokes its outline.
        """
        p = _path(outline)
        number = len(self._parts) + 1
        self.cur, self.curcol = p, np.asarray(color, np.float32)
        paint = skia.Paint(AntiAlias=True, Color=col(self.curcol, alpha))
        if shader is not None:
            paint.setShader(shader)
        self._canvas["flat"].drawPath(p, paint)
        self._canvas["mask"].drawPath(p, skia.Paint(AntiAlias=True, Color=skia.ColorBLACK))
        erase = skia.Paint(AntiAlias=True, BlendMode=skia.BlendMode.kClear)
        self._canvas["line"].drawPath(p, erase)
        self._canvas["spec"].drawPath(p, erase)
        code = skia.Color(MATS[mat] * 16, number % 256, number // 256)
        self._canvas["id"].drawPath(p, skia.Paint(AntiAlias=False, Color=code))
        on_device = skia.Path(p)
        on_device.transform(self._canvas["flat"].getTotalMatrix())
        self._parts.append(Part(on_device, number, round_))
        if line:
            self.outline(p, line, lcol)
        return p

    def linecol(self, color: ArrayLike | None = None) -> Colour:
        """The colour of a line on this colour (default: the part drawn last): darker, leaning to ink."""
        dark = hsv_shift(self.curcol if color is None else color, -0.02, 1.25, 0.30 + 0.25 * (1 - self.line_dark))
        return mix(dark, INK, 0.35)

    def outline(self, outline: Outline, w: float = 0.01, lcol: ArrayLike | None = None) -> None:
        """A line of even width round a shape."""
        paint = skia.Paint(
            AntiAlias=True,
            Style=skia.Paint.kStroke_Style,
            StrokeWidth=w * self.lw,
            StrokeJoin=skia.Paint.kRound_Join,
            Color=col(self.linecol() if lcol is None else lcol),
        )
        self._canvas["line"].drawPath(_path(outline), paint)

    def stroke(
        self,
        pts: ArrayLike,
        w: float = 0.008,
        a: float = 0.0,
        b: float = 0.0,
        peak: float = 0.5,
        color: ArrayLike | None = None,
        alpha: float = 1.0,
        clip: skia.Path | None = None,
    ) -> None:
        """A tapered ink line along pts (N, 2): width w at its peak, a and b of it at the two ends."""
        q = np.asarray(pts, np.float64)
        poly = path(ribbon(q, pressure(len(q), a, b, peak) * w * self.lw * 0.5 + 1e-5))
        paint = skia.Paint(AntiAlias=True, Color=col(self.linecol() if color is None else color, alpha))
        self._draw("line", poly, paint, clip)

    def fill(
        self,
        layer: Layer,
        outline: Outline,
        color: ArrayLike = WHITE,
        alpha: float = 1.0,
        clip: skia.Path | bool | None = True,
        blur: float = 0.0,
        shader: skia.Shader | None = None,
        mode: skia.BlendMode | None = None,
    ) -> None:
        """Fill a shape on one layer; clip True keeps it on the part drawn last, None lets it go anywhere."""
        paint = skia.Paint(AntiAlias=True, Color=col(color, alpha))
        if shader is not None:
            paint.setShader(shader)
        if mode is not None:
            paint.setBlendMode(mode)
        if blur:
            paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, blur))
        if isinstance(clip, bool):
            clip = self.cur if clip else None
        self._draw(layer, _path(outline), paint, clip)

    def shade(self, outline: Outline, a: float = 1.0, clip: skia.Path | bool | None = True, blur: float = 0.0) -> None:
        """A shape of shadow."""
        self.fill("mask", outline, (1, 0, 0), a, clip, blur, mode=skia.BlendMode.kScreen)

    def ao(self, outline: Outline, a: float = 1.0, clip: skia.Path | bool | None = True, blur: float = 0.0) -> None:
        """A shape of deep shadow, where no light comes in."""
        self.fill("mask", outline, (0, 1, 0), a, clip, blur, mode=skia.BlendMode.kScreen)

    def high(self, outline: Outline, a: float = 1.0, clip: skia.Path | bool | None = True, blur: float = 0.0) -> None:
        """A shape of painted highlight."""
        self.fill("mask", outline, (0, 0, 1), a, clip, blur, mode=skia.BlendMode.kScreen)

    def paint(
        self,
        outline: Outline,
        color: ArrayLike,
        a: float = 1.0,
        clip: skia.Path | bool | None = True,
        blur: float = 0.0,
        shader: skia.Shader | None = None,
    ) -> None:
        """Local colour on the part drawn last."""
        self.fill("flat", outline, color, a, clip, blur, shader)

    def glow(
        self,
        outline: Outline,
        color: ArrayLike,
        a: float = 1.0,
        clip: skia.Path | bool | None = None,
        blur: float = 0.0,
    ) -> None:
        """Light that is never shaded."""
        self.fill("spec", outline, color, a, clip, blur)

    # ------------------------------------------------------------ read back
    def read(self) -> FigurePasses:
        """The passes of everything drawn so far."""
        flat, mask, line, spec, ids = (self._pixels(k) for k in ("flat", "mask", "line", "spec", "id"))
        codes = np.round(ids * 255).astype(np.int32)
        part = codes[..., 1] + 256 * codes[..., 2]
        nx, ny = puff(self._parts, part, self.size)
        alpha = flat[..., 3]
        return FigurePasses(
            albedo=flat[..., :3],  # skia hands it back without premultiplied alpha
            alpha=alpha,
            shade=mask[..., 0] * alpha,
            ao=mask[..., 1] * alpha,
            high=mask[..., 2] * alpha,
            line=line,
            spec=spec,
            mat=codes[..., 0] // 16,
            part=part,
            nx=nx,
            ny=ny,
        )

    def _pixels(self, layer: Layer) -> NDArray[np.float32]:
        image = self._surface[layer].makeImageSnapshot()
        return image.toarray(colorType=skia.kRGBA_8888_ColorType).astype(np.float32) / 255

    def _restore(self) -> None:
        for canvas in self._canvas.values():
            canvas.restore()

    def _draw(self, layer: Layer, outline: skia.Path, paint: skia.Paint, clip: skia.Path | None) -> None:
        canvas = self._canvas[layer]
        if clip is not None:
            canvas.save()
            canvas.clipPath(clip, skia.ClipOp.kIntersect, True)
        canvas.drawPath(outline, paint)
        if clip is not None:
            canvas.restore()


def _path(outline: Outline) -> skia.Path:
    return outline if isinstance(outline, skia.Path) else path(outline)
