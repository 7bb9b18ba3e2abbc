"""The drawing habits of a hand: how it draws what it draws, never what."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Habits:
    """Multipliers on the drawing (1 = as constructed) and the choice of lights in eye and hair.

    A hand sets them; content never reads or changes them.
    """

    eye: float = 1.0  # width of the eyes
    light: int = 0  # catchlight: 0 three lights, 1 one small hard light, 2 a window, 3 sparkles
    halo: int = 0  # light on hair: 0 broken zigzag, 1 smooth band, 2 two thin lines, 3 none
    strands: float = 1.0  # lines inside a clump of hair
    lash: float = 1.0  # weight of the upper lash
    sliver: float = 1.0  # width of the shadow along a clump of hair
    brow: float = 1.0  # weight of the brows
