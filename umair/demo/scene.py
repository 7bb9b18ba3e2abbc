"""A scene on its way to a painter's hand: figures and setting taken apart into passes."""

from functools import lru_cache

import cv2
import numpy as np

from umair.demo.canvas.habits import Habits
from umair.demo.canvas.noise import blur
from umair.demo.canvas.pen import Pen
from umair.demo.content import Place, Scene
from umair.demo.figure.draw import draw_figure
from umair.demo.figure.model import Figure
from umair.demo.passes import Passes, Plane
from umair.demo.setting.backdrop import Ground
from umair.demo.setting.particles import particles
from umair.demo.setting.registry import ground_of

__all__ = ["Scene", "passes"]
SWELL = 0.22  # the whole figure's volume reaches in at most this far, fraction of the side


def passes(scene: Scene, size: int = 640, line_weight: float = 1.0, habits: Habits | None = None) -> Passes:
    """Draw the scene, square, `size` pixels a side.

    line_weight and habits are the hand's; everything else is content. The same arguments give the same bytes.
    """
    pen = Pen(size, line_weight, style=habits)
    for i, figure in enumerate(scene.figures):
        draw_figure(pen, figure, scene.lx, scene.seed * 101 + i)
    drawn = pen.read()
    ground = _ground(scene.place, size, scene.seed * 13 + 5, scene.lx)
    vx, vy = _volume(drawn["alpha"])
    return Passes(
        **drawn,
        vx=vx,
        vy=vy,
        focus=_focus(scene.figures, size),
        bg=ground.rgb,
        bgline=ground.line,
        emit=ground.emit,
        fore=particles(size, scene.particles, scene.seed),
        light=ground.light,
        dof=ground.dof,
        horizon=ground.horizon,
        S=size,
        seed=scene.seed,
        lx=scene.lx,
    )


@lru_cache(maxsize=2)
def _ground(place: Place, size: int, seed: int, lx: int) -> Ground:
    """The setting, kept (read only) for the next artist of the same scene: hands do not change it."""
    ground = ground_of(place, size, seed, lx)
    for plane in (ground.rgb, ground.line, ground.emit):
        plane.setflags(write=False)
    return ground


def _volume(alpha: Plane) -> tuple[Plane, Plane]:
    """x and y of very soft normals of the whole silhouette, which the foot of the frame does not end."""
    size = alpha.shape[0]
    mask = np.pad((alpha > 0.5).astype(np.uint8), 1)
    mask[-1] = mask[-2]
    if not mask.any():
        return np.zeros_like(alpha), np.zeros_like(alpha)
    distance = cv2.distanceTransform(mask, cv2.DIST_L2, 5)[1:-1, 1:-1]
    reach = max(1.0, min(float(distance.max()), SWELL * size))
    t = np.clip(distance / reach, 0, 1)
    height = blur(reach * np.sqrt(np.clip(1 - (1 - t) ** 2, 0, 1)), size * 0.012)
    gy, gx = np.gradient(height, axis=0), np.gradient(height, axis=1)
    nz = 1 / np.sqrt(1 + gx * gx + gy * gy)
    return -gx * nz * alpha, -gy * nz * alpha


def _focus(figures: tuple[Figure, ...], size: int) -> Plane:
    """A soft spot on every face, where the eye should rest."""
    focus = np.zeros((size, size), np.float32)
    yy, xx = np.mgrid[0:size, 0:size].astype(np.float32) / size
    for figure in figures:
        r = 0.34 * figure.scale
        spot = np.exp(-(((xx - figure.x) / r) ** 2 + ((yy - figure.y - 0.66 * figure.scale) / r) ** 2))
        focus = np.maximum(focus, spot)
    return focus
