"""An arm or leg out of two straight pieces with a round joint: one outline, whatever the angle."""

from dataclasses import dataclass

import numpy as np
import skia

from umair.demo.canvas.colours import Colour
from umair.demo.canvas.curves import ellipse, moved, path, ribbon
from umair.demo.canvas.pen import Material, Pen
from umair.demo.figure.dome import union
from umair.demo.figure.marks import cast, fold
from umair.demo.figure.view import View

Point = tuple[float, float]


@dataclass(frozen=True)
class Limb:
    """Three joints and the half width at each, in the units of the body."""

    root: Point
    joint: Point
    end: Point
    widths: tuple[float, float, float]

    def outline(self) -> skia.Path:
        """Two tapered pieces, round at root and joint, straight at the end."""
        a, b, c = self.widths
        upper = path(ribbon(np.linspace(self.root, self.joint, 6), np.linspace(a, b, 6)))
        lower = path(ribbon(np.linspace(self.joint, self.end, 6), np.linspace(b, c, 6)))
        knobs = union(path(ellipse(*self.root, a, a)), path(ellipse(*self.joint, b, b)))
        return union(union(upper, lower), knobs)

    def free(self, open_end: bool) -> skia.Path:
        """Everywhere but where the root joins the body (and skin the hand): no line is drawn there."""
        (x, y), a = self.root, self.widths[0]
        joined = path(ellipse(x - 0.45 * a, y + 0.15 * a, 1.12 * a, 1.12 * a))
        if open_end:
            joined = union(joined, path(ellipse(*self.end, 0.9 * self.widths[2], 0.9 * self.widths[2])))
        return skia.Op(path([(-9, -9), (9, -9), (9, 9), (-9, 9)]), joined, skia.PathOp.kDifference_PathOp)

    def cuff(self) -> skia.Path:
        """The last eighth of it, a little wider."""
        spine = np.linspace(np.add(self.joint, np.subtract(self.end, self.joint) * 0.87), self.end, 4)
        return path(ribbon(spine, self.widths[2] * 1.12))


def draw_limb(
    pen: Pen, view: View, limb: Limb, color: Colour, material: Material = "cloth", shadow: float = 0.03
) -> None:
    """Colour, form shadow, line, and folds at the joint where it is cloth."""
    outline = limb.outline()
    cast(pen, outline, -0.02 * view.light, shadow, 0.9)
    part = pen.part(outline, color, material, round_=0.09)
    depth = 0.45 * limb.widths[1]
    dark = skia.Op(outline, moved(outline, view.light * depth, -0.35 * depth), skia.PathOp.kDifference_PathOp)
    if dark:
        pen.shade(dark)
    pen.clip(limb.free(open_end=material == "skin"))
    pen.outline(part, 0.0115, view.skin_line if material == "skin" else None)
    pen.unclip()
    if material != "skin":
        _folds(pen, limb)


def _folds(pen: Pen, limb: Limb) -> None:
    """Out of the inside of the bend."""
    joint, w = np.array(limb.joint), limb.widths[1]
    inside = (np.array(limb.root) + np.array(limb.end)) / 2 - joint
    bend = float(np.linalg.norm(inside))
    if bend < 0.12:  # nearly straight: nothing is pressed
        return
    inside = inside / bend
    start = joint + inside * w * 0.95
    for towards, reach in ((limb.root, 0.8), (limb.end, 0.9)):
        along = np.subtract(towards, joint)
        along = along / max(1e-6, float(np.linalg.norm(along)))
        for arch in (0.10, -0.06):
            fold(pen, start, joint - inside * w * 0.5 + along * w * reach * (1 + 4 * arch), w * 0.22, arch, 0.6)


def direction(a: Point, b: Point) -> float:
    """The turn, in radians, that brings a hand drawn upwards into the direction from a to b."""
    return float(np.arctan2(b[0] - a[0], -(b[1] - a[1])))
