"""Putting the passes of a scene on top of each other."""

import numpy as np

from umair.demo.canvas.colours import Colour
from umair.demo.canvas.noise import blur
from umair.demo.canvas.pen import MATS, Material
from umair.demo.hands.picture import RGB, lay, screen, soft, unit
from umair.demo.passes import Passes, Plane


def material(passes: Passes, name: Material, softness: float = 0.0) -> Plane:
    """Where the figure is made of this material; softness blurs the border (pixels)."""
    return blur((passes.mat == MATS[name]).astype(np.float32), softness)


def over(figure: RGB, passes: Passes, ground: RGB, softness: float = 0.0) -> RGB:
    """The figure before the ground; softness blurs its outline (pixels)."""
    return lay(ground, figure, blur(passes.alpha, softness))


def put_line(
    under: RGB, passes: Passes, amount: float | Plane = 1.0, ink: Colour | None = None, tint: float = 0.0
) -> RGB:
    """The drawing's lines in their own colours, tinted towards one ink."""
    own = passes.line[..., :3]
    return lay(under, own if ink is None else own * (1 - tint) + ink * tint, passes.line[..., 3] * amount)


def put_spec(under: RGB, passes: Passes, amount: float = 1.0) -> RGB:
    """Catchlights and lamps."""
    return lay(under, passes.spec[..., :3], passes.spec[..., 3] * amount)


def put_fore(under: RGB, passes: Passes, amount: float = 1.0) -> RGB:
    """Particles in front of everything."""
    return lay(under, passes.fore[..., :3], passes.fore[..., 3] * amount)


def bloom(picture: RGB, threshold: float, reach: float, amount: float) -> RGB:
    """Light spilling out of what is brighter than the threshold; reach is a fraction of the side."""
    S = picture.shape[0]
    bright = unit(picture - threshold) / (1 - threshold)
    glow = soft(bright, reach * S) + 0.5 * soft(bright, reach * S * 2.5)
    return screen(picture, unit(glow * amount))
