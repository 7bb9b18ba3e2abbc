"""What a scene hands to a painter's hand: the picture taken apart into passes, and the light it stands in."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.float32]
Ids = NDArray[np.int32]


@dataclass(frozen=True)
class Light:
    """The light of a setting. Colours are RGB (3,) in 0..1, multiplied onto the local colour."""

    key: Plane  # sun, lamp, window
    amb: Plane  # from everywhere
    shadow: Plane  # what shadows lean to
    lx: int = -1  # side the key comes from: -1 left, +1 right
    rim: Plane | None = None  # light that grazes the outline from behind
    rim_dir: int = 1  # side of the outline it grazes
    tint: float = 0.12  # how far the light colours things: .05 noon, .12 indoors, .16 dusk, .22 night
    bounce: Plane | None = None  # thrown back from the ground


@dataclass(frozen=True)
class Passes:
    """One scene, square, side S. Planes are (S, S) float32 in 0..1 unless another shape or range is given.

    Content ends here: a hand sees pixels and material numbers (`umair.demo.canvas.pen.MATS`), never names.
    """

    # the figures
    albedo: Plane  # (S, S, 3) flat local colour, no light
    alpha: Plane  # coverage
    shade: Plane  # hard shadow shapes: form shadow and cast shadow
    ao: Plane  # deep and contact shadow
    high: Plane  # painted highlight shapes
    line: Plane  # (S, S, 4) contour and detail lines in their own colours
    spec: Plane  # (S, S, 4) catchlights, lamps, glowing trims: on top, never shaded
    mat: Ids  # material
    part: Ids  # number of the part, 1 = drawn first
    nx: Plane  # -1..1 normal of the part's cushion, to the right
    ny: Plane  # -1..1 the same, downwards
    vx: Plane  # -1..1 normal of the whole silhouette's volume, to the right
    vy: Plane  # -1..1 the same, downwards
    focus: Plane  # how near to a face: brushes grow finer and grain weaker there

    # the ground
    bg: Plane  # (S, S, 3) the setting, plainly painted
    bgline: Plane  # (S, S, 4) its contour
    emit: Plane  # (S, S, 3) its lamps
    fore: Plane  # (S, S, 4) particles before everything
    light: Light
    dof: float  # blur of the ground in a camera's eyes, fraction of the side
    horizon: float  # height of the horizon, fraction of the side from the top

    S: int  # side in pixels
    seed: int  # of the scene
    lx: int  # side the key comes from, as light.lx
