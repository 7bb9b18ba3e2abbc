"""What every drawing function needs to know about the figure it helps to draw."""

from dataclasses import dataclass, replace

import numpy as np

from umair.demo.canvas.colours import Colour, hsv_shift, mix, rgb
from umair.demo.figure.model import Character

WARM_INK = rgb("#3a1420")  # lines on skin


@dataclass(frozen=True)
class View:
    """A character as seen in one picture, in head space: crown y = 0, chin y = 1, facing left.

    The caller mirrors the canvas for a figure that looks right, so light and wind are already mirrored.
    """

    char: Character
    k: float  # how far the head is turned: 0 frontal .. 1 three-quarter
    light: int  # side the key light comes from: -1 left, 1 right
    rng: np.random.Generator
    wind: float = 0.0
    pitch: float = 0.0
    arms_later: tuple[int, ...] = ()  # sides whose arm will be drawn over the body: outfits leave them out
    from_outside: bool = False  # over the shoulder: the outer side of the back hair is seen, in the light
    arm_raised: bool = False  # the near arm goes up behind the head

    def mirrored(self) -> "View":
        """The same on a mirrored canvas."""
        return replace(self, light=-self.light, wind=-self.wind)

    @property
    def skin(self) -> Colour:
        return rgb(self.char.skin)

    @property
    def hair(self) -> Colour:
        """Hair at the roots."""
        return rgb(self.char.hair)

    @property
    def hair_tip(self) -> Colour:
        return rgb(self.char.hair2) if self.char.hair2 else hsv_shift(self.hair, 0.015, 0.92, 1.08)

    @property
    def cloth(self) -> tuple[Colour, Colour, Colour]:
        """c1, c2, c3: main cloth, second cloth, trim."""
        return rgb(self.char.c1), rgb(self.char.c2), rgb(self.char.c3)

    @property
    def accent(self) -> Colour:
        return rgb(self.char.acc)

    @property
    def ribbon(self) -> Colour:
        return rgb(self.char.ribbon)

    @property
    def skin_line(self) -> Colour:
        """Contour of the skin."""
        return mix(hsv_shift(self.skin, -0.03, 2.0, 0.42), WARM_INK, 0.3)

    @property
    def feature_line(self) -> Colour:
        """Mouth: the skin's contour, a little redder."""
        return mix(hsv_shift(self.skin, -0.02, 2.0, 0.42), WARM_INK, 0.3)

    @property
    def gust(self) -> float:
        """What of the wind is strong enough to lift long hair: 0 up to half strength, then up to ±1."""
        return max(0.0, 2 * abs(self.wind) - 1) * (1 if self.wind > 0 else -1)

    def lit(self, side: int) -> bool:
        """Whether this side of the figure (-1 or 1) is turned to the light."""
        return side * self.light > 0
